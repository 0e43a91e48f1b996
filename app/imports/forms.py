"""The upload form: a file and what it holds."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath

from app.kernel.refusal import N_
from app.kernel.vietnamese import tidy
from app.web.forms import Form

LONGEST_NAME = 200


def read_upload(form: Form, content: bytes | None, file_name: str, kinds: Collection[str]) -> str:
    """The kind; errors are in the form. `content` None: no file was chosen."""
    kind = form.choice("kind", kinds)
    if content is None or not file_name:
        form.refuse("file", "required", N_("Vui lòng chọn tệp."))
    return kind


def plain_name(file_name: str) -> str:
    """Without a path, without what no screen shows."""
    name = PurePosixPath(file_name.replace("\\", "/")).name
    return tidy("".join(c for c in name if c.isprintable()))[:LONGEST_NAME]
