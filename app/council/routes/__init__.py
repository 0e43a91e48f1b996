from app.council.routes import exports, session

ROUTES = (*session.ROUTES, *exports.ROUTES)
