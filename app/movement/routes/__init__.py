from app.movement.routes import movements

ROUTES = (*movements.ROUTES,)
