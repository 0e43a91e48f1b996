from app.award_history.routes import entering, reading

ROUTES = (*reading.ROUTES, *entering.ROUTES)
