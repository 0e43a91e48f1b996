"""What a browser calls itself, in the few words a person knows it by."""

from __future__ import annotations

# More telling names first: every Chrome also says Safari, every Edge also says Chrome.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """`Firefox, Windows`; empty when nothing is recognised."""
    found = (
        next((name for sign, name in known if sign in user_agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(name for name in found if name)
