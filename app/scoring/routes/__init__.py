from app.scoring.routes import ranking, sheets

ROUTES = (*sheets.ROUTES, *ranking.ROUTES)
