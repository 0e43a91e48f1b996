"""A person's own data, and why it cannot be as it was typed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.organization.rules.typed import refuse_code_text, refuse_future, refuse_name_text

ADULT_YEARS = 15
# Why somebody's data is corrected; what they are called is said where the log is read.
PERSON_REASONS = ("typing_error", "new_paper")
# In the order of the form, by their names there and in the log.
PERSON_FIELDS = {
    "staff_code": N_("Mã cán bộ"),
    "full_name": N_("Họ và tên"),
    "birth_date": N_("Ngày sinh"),
    "sex": N_("Giới tính"),
    "ethnicity": N_("Dân tộc"),
    "staff_category": N_("Loại cán bộ"),
    "recruited_on": N_("Ngày tuyển dụng"),
}
CHANGED = Refusal(
    "changed-meanwhile",
    N_("Nội dung này vừa được sửa ở nơi khác, nên chưa ghi. Phần Ông/Bà đã nhập vẫn còn bên dưới."),
)


@dataclass(frozen=True, slots=True)
class PersonFacts:
    staff_code: str
    full_name: str
    birth_date: date
    sex: str
    ethnicity: str
    staff_category: str
    recruited_on: date

    @property
    def version(self) -> str:
        """Another for other data, whoever changed it: a form, an import or the demo."""
        told = json.dumps(astuple(self), ensure_ascii=False, default=str)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody of the same name, marks aside, born the same day."""

    id: int
    staff_code: str
    full_name: str


def refuse_person(person: PersonFacts, today: date) -> Refusal | None:
    for name, refusal in (
        ("staff_code", refuse_code_text(person.staff_code)),
        ("full_name", refuse_name_text(person.full_name)),
        ("birth_date", refuse_future(person.birth_date, today)),
        ("recruited_on", refuse_future(person.recruited_on, today)),
        ("recruited_on", refuse_recruitment(person.birth_date, person.recruited_on)),
    ):
        if refusal:
            return replace(refusal, field_name=name)
    return None


def refuse_recruitment(born: date, recruited: date) -> Refusal | None:
    if recruited.year - born.year < ADULT_YEARS:
        return Refusal(
            "recruited-as-child",
            N_("Ngày tuyển dụng phải sau khi đủ {n} tuổi; vui lòng kiểm tra cả ngày sinh."),
            {"n": ADULT_YEARS},
        )
    return None


def refuse_namesake(person: PersonFacts, namesakes: tuple[Namesake, ...]) -> Refusal | None:
    """Unless the one who types says that it is another person."""
    if not namesakes:
        return None
    other = namesakes[0]
    return Refusal(
        "same-person",
        N_("{name} ({code}) cũng sinh ngày {day}; có phải cùng một người?"),
        {"name": other.full_name, "code": other.staff_code, "day": show_date(person.birth_date)},
        "another",
    )


def refuse_taken_code(code: str, taken: bool) -> Refusal | None:
    if taken:
        message = N_("Mã cán bộ “{code}” đã được dùng.")
        return Refusal("code-taken", message, {"code": code}, "staff_code")
    return None


def changed_fields(before: PersonFacts, after: PersonFacts) -> tuple[str, ...]:
    old, new = asdict(before), asdict(after)
    return tuple(name for name in PERSON_FIELDS if old[name] != new[name])
