from app.scoring.routes import exports, ranking, sheets

ROUTES = (*sheets.ROUTES, *ranking.ROUTES, *exports.ROUTES)
