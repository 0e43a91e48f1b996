from app.public_comment.routes import office, public, publishing

ROUTES = (*public.ROUTES, *publishing.ROUTES, *office.ROUTES)
