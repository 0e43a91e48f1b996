from app.certificates.routes import exports, pages

ROUTES = (*pages.ROUTES, *exports.ROUTES)
