from app.organization.routes import events, exports, people, records, units

ROUTES = (*units.ROUTES, *events.ROUTES, *people.ROUTES, *records.ROUTES, *exports.ROUTES)
