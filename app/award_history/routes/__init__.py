from app.award_history.routes import entering, exports, reading

ROUTES = (*reading.ROUTES, *entering.ROUTES, *exports.ROUTES)
