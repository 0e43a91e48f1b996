"""What recognised initiatives measure."""

from __future__ import annotations

INDICATORS = ()
