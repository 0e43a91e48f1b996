from app.accounts.routes import administering, exports, own, reset, roles, signing_in
from app.accounts.routes.signing_in import own_path

ROUTES = (
    *signing_in.ROUTES,
    *own.ROUTES,
    *reset.ROUTES,
    *administering.ROUTES,
    *exports.ROUTES,
    *roles.ROUTES,
)

__all__ = ["ROUTES", "own_path"]
