"""A helper process that dies must not leave anybody waiting."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from multiprocessing import active_children

import pytest

from app.certificates.documents import RenderingStopped, render_certificates
from tests.certificates.samples import CERTIFICATE


def test_a_killed_process_is_an_error_not_a_hang() -> None:
    items = [replace(CERTIFICATE, register_number=f"{n:05d}/2025") for n in range(200)]
    made = render_certificates(items, processes=2)
    next(made)
    for child in active_children():
        os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(RenderingStopped):
        list(made)
    assert active_children() == []


def test_leaving_early_stops_the_helpers() -> None:
    items = [replace(CERTIFICATE, register_number=f"{n:05d}/2025") for n in range(60)]
    made = render_certificates(items, processes=2)
    next(made)
    made.close()
    assert active_children() == []
