"""Certificates as data in, PDF bytes out; no database, no clock."""

from app.certificates.documents.batch import RenderingStopped, check, render_certificates
from app.certificates.documents.data import CertificateData
from app.certificates.documents.print_file import join_print_file, write_print_file

__all__ = [
    "CertificateData",
    "RenderingStopped",
    "check",
    "join_print_file",
    "render_certificates",
    "write_print_file",
]
