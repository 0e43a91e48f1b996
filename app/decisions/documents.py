"""The award decision with its annex as PDF, laid out by NĐ 30/2020/NĐ-CP; no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.lines import Face, keep_together
from app.kernel.money import show_money
from app.kernel.period import in_words
from app.kernel.vietnamese import tidy
from app.web import paper, pdf_fonts

# Measures in mm of the places where lines are balanced; see paper.css.
_CENTRED, _PLACE = 138.0, 89.0


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One line of the annex; `bonus` in whole đồng."""

    name: str
    position_line: str
    award: str
    bonus: int


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one subject kind, with the heading and the label of their name column."""

    heading: str
    rows: tuple[AwardRow, ...]

    @property
    def total(self) -> int:
        return sum(row.bonus for row in self.rows)


@dataclass(frozen=True, slots=True)
class DecisionData:
    """Strings ready to print. `superior` and `signer_capacity` may be empty.

    `legal_basis` holds one line each, the proposal last (`Theo đề nghị của …`); punctuation at
    the ends is put right here. `subject` begins with `Về việc`; `achievement` completes
    "tặng Giấy khen cho … cá nhân …"; `fund_source` completes "được chi từ …";
    `responsible` lists who carries the decision out.
    """

    superior: str
    agency: str
    number: str
    place: str
    decided_on: date
    subject: str
    authority: str
    legal_basis: tuple[str, ...]
    award: str
    achievement: str
    fund_source: str
    responsible: str
    recipients: tuple[str, ...]
    signer_capacity: str
    signer_title: str
    signer_name: str
    individuals: tuple[AwardRow, ...] = ()
    collectives: tuple[AwardRow, ...] = ()

    @property
    def total(self) -> int:
        return sum(row.bonus for row in (*self.collectives, *self.individuals))

    def sections(self) -> tuple[Section, ...]:
        named = (("TẬP THỂ", self.collectives), ("CÁ NHÂN", self.individuals))
        filled = [(heading, rows) for heading, rows in named if rows]
        return tuple(
            Section(f"{numeral}. {heading}", rows)
            for numeral, (heading, rows) in zip(("I", "II"), filled, strict=False)
        )


def render_decision(data: DecisionData) -> bytes:
    """The decision and its annex; equal input gives equal bytes."""
    return paper.write(
        "decisions/_print_decision.html",
        "decisions/decision.css",
        data=data,
        day=in_words(data.decided_on),
        legal_basis=punctuated(data.legal_basis),
        recipients=punctuated(data.recipients),
        awarded=award_count(data),
        annex_subject=_subjects(data),
        columns=(
            "TT",
            _name_column(data),
            "Chức vụ, đơn vị",
            "Hình thức",
            "Tiền thưởng (đồng)",
        ),
        superior=paper.letterhead_lines(data.superior, "Regular"),
        agency=paper.letterhead_lines(data.agency, "Bold"),
        subject=paper.balanced(data.subject, "Bold", 14, _CENTRED),
        authority=paper.balanced(data.authority.upper(), "Bold", 14, _CENTRED),
        place_shift=_place_shift(f"{tidy(data.place)}, {in_words(data.decided_on)}"),
        money=show_money,
        t=unbroken,
    )


def _place_shift(text: str) -> float:
    """How far (mm) a long place and date must begin further left to end at the margin."""
    face = Face(pdf_fonts.document_advances("Italic"))
    if face.missing(text) is not None:
        return 0.0
    return max(0.0, face.width(text) / 1000 * 13 * paper.POINT * paper.scale() - _PLACE)


def unbroken(text: str) -> str:
    """Composed text whose dates and numbers never part at the end of a line."""
    return keep_together(tidy(text))


def punctuated(lines: Sequence[str]) -> tuple[str, ...]:
    """Each line ends with a semicolon, the last with a full stop."""
    bare = [tidy(line).rstrip(" ;.,") for line in lines]
    return (*(f"{line};" for line in bare[:-1]), *(f"{line}." for line in bare[-1:]))


def award_count(data: DecisionData) -> str:
    """`12 tập thể và 40 cá nhân`: counts below ten carry a leading zero."""
    counts = ((len(data.collectives), "tập thể"), (len(data.individuals), "cá nhân"))
    return " và ".join(f"{count:02d}\u00a0{kind}" for count, kind in counts if count)


def _subjects(data: DecisionData) -> str:
    kinds = (("tập thể", data.collectives), ("cá nhân", data.individuals))
    return ", ".join(kind for kind, rows in kinds if rows).capitalize()


def _name_column(data: DecisionData) -> str:
    if data.collectives and data.individuals:
        return "Tên tập thể, họ và tên"
    return "Tên tập thể" if data.collectives else "Họ và tên"
