"""`make demo` as a newcomer runs it, in a folder of its own, and what it left behind."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pypdf

from app import database

ROOT = Path(__file__).parent.parent.parent


class Demo:
    """One folder with its own embedded server, as on a machine of its own."""

    def __init__(self, folder: Path) -> None:
        self.var, self.out = folder / "var", folder / "out"
        self.environment = {**os.environ, "THIDUA_VAR": str(self.var), "DATABASE_URL": ""}

    def make(self) -> subprocess.CompletedProcess[str]:
        return self.run("make", "--no-print-directory", "demo", "SERVE=no", f"OUT={self.out}")

    def thidua(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "app", *arguments)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def files(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.out)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
        }


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def rows_of(made: Demo, statement: bytes) -> list[tuple[object, ...]]:
    url = database.embedded_url(made.var)
    try:
        with psycopg.connect(url) as connection:
            return connection.execute(statement).fetchall()
    finally:
        database.get_server(made.var / "pgdata").cleanup()
