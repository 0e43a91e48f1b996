"""A dossier of facts for the pure rules, with two judged criteria, one attested, one measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.kernel.period import VIETNAM, Period
from app.movement.rules import CriterionFacts
from app.nominations.rules import Dossier, DossierRound, EvidenceFacts
from tests.cast import WORKED

WINDOW = Period(date(2024, 12, 1), date(2025, 11, 30))
NOMINATIONS = Period(date(2025, 10, 20), date(2025, 11, 20))
TODAY, LATE = date(2025, 11, 10), date(2025, 11, 21)
MORNING = datetime(2025, 11, 10, 9, tzinfo=VIETNAM)


def criterion(code: str, kind: str = "judged", points: str = "20", **more: Any) -> CriterionFacts:
    most = None if kind == "gate" else Decimal(points)
    return CriterionFacts(int(code[1:]), code, kind, f"Tiêu đề {code}", "", most, 1, **more)


CRITERIA = (
    criterion("C1"),
    criterion("C2", points="40"),
    criterion("C3", "attested"),
    criterion("C4", "measured"),
    criterion("G1", "gate"),
    criterion("G4", "gate"),
)


def entry(code: str, number: int = 1, document: str = "", **more: Any) -> EvidenceFacts:
    plain = EvidenceFacts(number, code, f"Việc {number}", None, None, "", document, WORKED)
    return replace(plain, **more)


def dossier(**changes: Any) -> Dossier:
    review = DossierRound(
        1, "VKS-2025", "Tổng kết năm 2025", "annual", WINDOW, NOMINATIONS, "Giấy khen", {}
    )
    plain = Dossier(
        id=7,
        code="CN-2025-0001",
        review=review,
        subject="individual",
        person_id=3,
        collective_id=None,
        nominating_unit_id=2,
        name="Hoàng Văn Ánh",
        post="Kiểm sát viên",
        unit_name="Phòng 1, Viện kiểm sát nhân dân tỉnh Lạng Sơn",
        achievement="",
        criteria=CRITERIA,
        evidence=(),
        attestations={},
        submitted_at=None,
        outcome=None,
        verdicts=None,
        frozen_at=None,
        stage="draft",
        at_unit_id=None,
        period=WINDOW,
    )
    return replace(plain, **changes)
