"""The sentences of a decision: who awards what to whom, on which papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.catalogue.rules import LegalSourceEntry, cite, printed_title
from app.decisions.rules import Held
from app.kernel.period import in_words
from app.movement.rules import AwardFormFacts, RoundFacts


@dataclass(frozen=True, slots=True)
class Wording:
    """The parts of `documents.DecisionData` that are sentences; the names are the same."""

    superior: str
    agency: str
    subject: str
    authority: str
    legal_basis: tuple[str, ...]
    award: str
    achievement: str
    fund_source: str
    responsible: str
    recipients: tuple[str, ...]


def wording(
    round_: RoundFacts, form: AwardFormFacts, held: Held, sources: Iterable[LegalSourceEntry]
) -> Wording:
    award = printed_title(form.name)
    merit = f"có thành tích xuất sắc trong {movement_phrase(round_.movement_name)}"
    issuer = held.issuer
    return Wording(
        superior=issuer.superior,
        agency=issuer.unit_name,
        subject=f"Về việc tặng {award} cho tập thể, cá nhân {merit}",
        authority=issuer.authority,
        legal_basis=(
            *(f"Căn cứ {cite(source)}" for source in sources),
            f"Căn cứ Biên bản họp số {held.minutes_number} {in_words(held.on)}",
            f"Theo đề nghị của {held.council_name}",
        ),
        award=award,
        achievement=f"{merit}, xét tại đợt {lower_first(round_.name)}",
        fund_source=f"Quỹ thi đua, khen thưởng của {issuer.unit_name}",
        responsible="Thủ trưởng các đơn vị có liên quan",
        recipients=("Như Điều 3", held.council_name, "Lưu: VT"),
    )


def movement_phrase(name: str) -> str:
    """A movement's name inside a sentence, whether or not it says `Phong trào thi đua` itself."""
    return name if name.startswith("Phong trào") else f"Phong trào thi đua “{name}”"


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
