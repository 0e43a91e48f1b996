"""What is said about the lines of a file."""

from __future__ import annotations

from app.imports.queries.lines import REFUSED, WARNING
from app.imports.rules.preview import CHANGED, NEW, UNCHANGED, Planned
from app.kernel.refusal import N_
from app.web.i18n import gettext

SORTS = {
    NEW: N_("Mới"),
    CHANGED: N_("Thay đổi"),
    UNCHANGED: N_("Giữ nguyên"),
    REFUSED: N_("Bị từ chối"),
    WARNING: N_("Cần xem lại"),
}


def outlook(sort: str, line: Planned, *, done: bool) -> str:
    """What will be done with the line, or has been done."""
    if sort == UNCHANGED:
        return gettext(N_("Không có gì thay đổi."))
    if sort == NEW:
        return gettext(N_("Đã được thêm.") if done else N_("Sẽ được thêm."))
    if not line.now:
        text = N_("Đã ghi “{value}”.") if done else N_("Sẽ ghi “{value}”.")
    elif done:
        text = N_("Đã đổi từ “{now}” thành “{value}”.")
    else:
        text = N_("Sẽ đổi từ “{now}” thành “{value}”.")
    return gettext(text).format(now=line.now, value=line.value)
