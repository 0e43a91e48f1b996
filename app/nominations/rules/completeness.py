"""What a dossier still owes before it may be submitted."""

from __future__ import annotations

from collections.abc import Sequence

from app.kernel.refusal import N_, Refusal
from app.nominations.rules.facts import Dossier, EvidenceFacts


def without_evidence(dossier: Dossier) -> tuple[str, ...]:
    """Codes of the criteria that ask for an achievement and have none."""
    shown = {item.criterion_code for item in dossier.evidence}
    return tuple(
        criterion.code
        for criterion in dossier.criteria
        if criterion.evidence_required
        and criterion.kind in ("judged", "attested")
        and criterion.code not in shown
    )


def without_paper(dossier: Dossier) -> tuple[str, ...]:
    """Codes of the attested criteria that have no achievement with a document or a file."""
    named = {item.criterion_code for item in dossier.evidence if item.document}
    shown = {item.criterion_code for item in dossier.evidence}
    return tuple(
        criterion.code
        for criterion in dossier.criteria
        if criterion.kind == "attested"
        and criterion.code not in named
        and not (criterion.code in shown and dossier.files.get(criterion.code))
    )


def undated(dossier: Dossier) -> tuple[EvidenceFacts, ...]:
    """Achievements entered before their days were asked for."""
    return tuple(item for item in dossier.evidence if item.days is None)


def refuse_incomplete(dossier: Dossier) -> Refusal | None:
    if codes := without_evidence(dossier):
        return _owed(
            "evidence-owed", N_("Chưa có thành tích ở tiêu chí bắt buộc: {criteria}."), codes
        )
    if codes := without_paper(dossier):
        return _owed(
            "paper-owed",
            N_("Tiêu chí cần thành tích có văn bản hoặc tệp kèm theo: {criteria}."),
            codes,
        )
    if items := undated(dossier):
        names = "; ".join(
            f"{item.criterion_code}: {shortened(item.statement).rstrip('.')}" for item in items
        )
        return Refusal(
            "days-owed",
            N_("Chưa ghi ngày đạt được của minh chứng: {items}."),
            {"items": names},
        )
    return None


def shortened(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _owed(code: str, message: str, criteria: Sequence[str]) -> Refusal:
    return Refusal(code, message, {"criteria": ", ".join(criteria)})
