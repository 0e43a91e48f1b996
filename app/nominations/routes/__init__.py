from app.nominations.routes import dossier

ROUTES = (*dossier.ROUTES,)
