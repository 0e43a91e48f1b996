from app.files.rules.kinds import (
    ACCEPT,
    DOCX,
    EXTENSIONS,
    IMAGES,
    JPEG,
    LARGEST_FILE,
    PDF,
    PNG,
    WEBP,
    XLSX,
    refuse_size,
    sniff,
)
from app.files.rules.names import LONGEST_NAME, disposition, tidy_name
from app.files.rules.office import office_kind

__all__ = [
    "ACCEPT",
    "DOCX",
    "EXTENSIONS",
    "IMAGES",
    "JPEG",
    "LARGEST_FILE",
    "LONGEST_NAME",
    "PDF",
    "PNG",
    "WEBP",
    "XLSX",
    "disposition",
    "office_kind",
    "refuse_size",
    "sniff",
    "tidy_name",
]
