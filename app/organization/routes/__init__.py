from app.organization.routes import events, exports, keeping, people, records, units

ROUTES = (
    *units.ROUTES,
    *events.ROUTES,
    *people.ROUTES,
    *keeping.ROUTES,
    *records.ROUTES,
    *exports.ROUTES,
)
