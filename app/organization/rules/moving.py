"""The people of a unit that ends, posted on where it is taken over, if they are told to go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.kernel.period import Period
from app.kernel.refusal import N_, Refusal
from app.organization.rules.records import PersonRecord

# Whether people follow their unit; "" is not said.
PEOPLE = {
    "move": N_("Chuyển sang đơn vị tiếp nhận từ ngày hiệu lực, giữ nguyên chức vụ"),
    "later": N_("Chưa chuyển; điều động từng người được ghi sau"),
}
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Move:
    """`ended`: the posting as it ends; `new`: as it goes on. Either may be missing.

    A posting that had not begun does not end: it keeps its id and changes its unit.
    """

    ended: PersonRecord | None
    new: PersonRecord | None


def moves_of(
    postings: Sequence[PersonRecord], ending: Collection[int], to: int, day: date
) -> tuple[Move, ...]:
    """`postings`: all of one person. `day`: the first day in `to`.

    Whoever holds the same post there already keeps that one; if it is not the main one and this
    is, the posting is left as it is: which of them is the main one is a decision of its own.
    """
    held = [posting for posting in postings if posting.unit_id not in ending]
    found = []
    for posting in sorted(postings, key=lambda p: (not p.is_main, p.period.first, p.id)):
        if posting.unit_id not in ending or not posting.period.overlaps(Period(day)):
            continue
        goes_on = replace(
            posting, unit_id=to, period=Period(max(posting.period.first, day), posting.period.last)
        )
        clash = next((p for p in held if _same_post(p, goes_on)), None)
        begun = posting.period.first < day
        if clash is not None and (not begun or posting.is_main > clash.is_main):
            continue
        ended = None
        if begun:
            ended = replace(posting, period=Period(posting.period.first, day - _A_DAY))
            goes_on = replace(goes_on, id=0)
        if clash is None:
            held.append(goes_on)
        found.append(Move(ended, goes_on if clash is None else None))
    return tuple(found)


def refuse_people_untold(posted: int, people: str, *, received: bool) -> Refusal | None:
    """`posted`: how many are there on the day or later; `received`: some unit takes them over."""
    if people == "move" and not received:
        return Refusal("no-receiver", N_("Vui lòng ghi đơn vị tiếp nhận."), {}, "to")
    if posted and people not in PEOPLE:
        return Refusal(
            "people-untold",
            N_("Còn {n} người công tác tại đơn vị; vui lòng chọn họ chuyển đi đâu."),
            {"n": posted},
            "people",
        )
    return None


def _same_post(held: PersonRecord, new: PersonRecord) -> bool:
    return (held.unit_id, held.text) == (new.unit_id, new.text) and held.period.overlaps(new.period)
