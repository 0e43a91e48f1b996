"""The composition root of measuring: importing this module makes every indicator known."""

from __future__ import annotations

from app.initiatives import indicators as initiatives
from app.kernel.indicators import register
from app.organization import indicators as organization

register(*organization.INDICATORS, *initiatives.INDICATORS)
