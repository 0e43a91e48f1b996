from app.organization.routes import events, exports, people, units

ROUTES = (*units.ROUTES, *events.ROUTES, *people.ROUTES, *exports.ROUTES)
