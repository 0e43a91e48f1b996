from app.movement.routes import (
    building,
    criteria,
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
    *building.ROUTES,
    *launching.ROUTES,
    *joined.ROUTES,
    *rounds.ROUTES,
    *scheduling.ROUTES,
    *protocol.ROUTES,
)
