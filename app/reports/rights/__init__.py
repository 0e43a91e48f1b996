from app.reports.rights.kinds import KINDS
from app.reports.rights.page import ROUTES

__all__ = ["KINDS", "ROUTES"]
