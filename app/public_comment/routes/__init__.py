from app.public_comment.routes import exports, office, public, publishing

ROUTES = (*public.ROUTES, *publishing.ROUTES, *office.ROUTES, *exports.ROUTES)
