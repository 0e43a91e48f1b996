from app.imports.routes import exports, listing, run, uploading

ROUTES = (*listing.ROUTES, *uploading.ROUTES, *run.ROUTES, *exports.ROUTES)
