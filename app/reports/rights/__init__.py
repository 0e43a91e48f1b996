from app.reports.rights import page, whom
from app.reports.rights.kinds import KINDS

ROUTES = (*page.ROUTES, *whom.ROUTES)

__all__ = ["KINDS", "ROUTES"]
