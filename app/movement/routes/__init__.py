from app.movement.routes import (
    building,
    criteria,
    criteria_exports,
    joined,
    launching,
    movements,
    protocol,
    rounds,
    scheduling,
)

ROUTES = (
    *movements.ROUTES,
    *criteria.ROUTES,
    *criteria_exports.ROUTES,
    *building.ROUTES,
    *launching.ROUTES,
    *joined.ROUTES,
    *rounds.ROUTES,
    *scheduling.ROUTES,
    *protocol.ROUTES,
)
