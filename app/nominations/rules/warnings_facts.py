"""What warnings are about, as one reader may know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.award_history.rules import Award
from app.kernel.period import Period
from app.kernel.refusal import N_
from app.kernel.verdict import Reason

KINDS = {
    "rewarded": N_("Thành tích đã được khen thưởng"),
    "overlap": N_("Trùng thời kỳ thành tích"),
    "ground_method": N_("Căn cứ không được dùng"),
    "ground_removed": N_("Căn cứ ghi nhầm"),
    "same_file": N_("Tệp minh chứng trùng"),
    "copied": N_("Giống báo cáo đợt trước"),
    "no_evidence": N_("Số liệu chưa có minh chứng"),
    "undated": N_("Minh chứng chưa ghi ngày"),
    "expired_source": N_("Viện dẫn văn bản hết hiệu lực"),
    "unregistered": N_("Không đăng ký thi đua"),
    "dissolved": N_("Đơn vị đã kết thúc hoạt động"),
    "changed": N_("Thông tin đã thay đổi"),
}
# Of all three-word runs of two texts, how many must be common: a value of the round's protocol.
SIMILAR_PERCENT = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """One achievement: `quantified` has a figure after, `documented` a paper or a file, `dated`
    the days it was achieved in."""

    criterion_code: str
    statement: str
    document: str
    quantified: bool
    documented: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """An earlier award the dossier names; `removed`: marked since as entered by mistake."""

    id: int
    award_id: int
    award_form: str
    method: str
    decision_number: str
    decided_on: date
    removed: bool


@dataclass(frozen=True, slots=True)
class EarlierDossier:
    """Of the same nominee in another round. `id` None: the reader may not see it."""

    id: int | None
    code: str
    round_name: str
    awarded: bool
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file that lies in another dossier too; `other_id` None: one the reader may not see."""

    name: str
    criterion_code: str
    other_id: int | None
    other_code: str


@dataclass(frozen=True, slots=True)
class Source:
    """A legal paper of the catalogue that is no longer in force after `effective_to`."""

    number: str
    title: str
    effective_to: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A nominee's name, post and unit, as written on a dossier."""

    name: str
    post: str
    unit_name: str

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.post, self.unit_name) if part)


@dataclass(frozen=True, slots=True)
class Examined:
    """All that warnings of one dossier rest on, as one reader may know it.

    `standings`: what a snapshot taken on `day` could say; empty for somebody posted nowhere.
    `unregistered`: the round took registrations and the nominee has none. `gone`: units of the
    dossier dissolved by then, with their last day. `expired`: the papers of the catalogue no
    longer in force, `cited`: the numbers its criteria rest on, by criterion.
    """

    id: int
    method: str
    period: Period
    day: date
    snapshot: Standing
    standings: tuple[Standing, ...]
    gone: tuple[tuple[str, date], ...] = ()
    entries: tuple[Entry, ...] = ()
    awards: tuple[Award, ...] = ()
    awards_href: str = ""
    grounds: tuple[Ground, ...] = ()
    earlier: tuple[EarlierDossier, ...] = ()
    shared: tuple[SharedFile, ...] = ()
    expired: tuple[Source, ...] = ()
    cited: Mapping[str, str] = field(default_factory=dict)
    percent: int = SIMILAR_PERCENT
    unregistered: bool = False


@dataclass(frozen=True, slots=True)
class Caution:
    """`kind`: a key of KINDS. `about`: code of the criterion it concerns. `href`: what it names."""

    kind: str
    reason: Reason
    about: str = ""
    href: str = ""
