from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.kernel.refusal import N_
from app.kernel.vietnamese import tidy
from app.nominations.rules import MinutesHead, Nominee, Vote
from app.nominations.rules.minutes import LONGEST_DISCUSSION
from app.web.forms import Form

MOST_MEMBERS = 10_000


@dataclass(frozen=True, slots=True)
class TypedMinutes:
    head: MinutesHead
    votes: dict[int, Vote]


def read_minutes(form: Form, nominees: Sequence[Nominee]) -> TypedMinutes | None:
    """A nominee without any count was not voted on at this meeting."""
    number = form.text("number", longest=60)
    held_on = form.day("held_on")
    locality = tidy(form.text("locality", longest=60))
    place = form.text("place", longest=120)
    chair = form.text("chair", longest=120)
    secretary = form.text("secretary", longest=120)
    total = form.integer("members_total", least=1, most=MOST_MEMBERS)
    present = form.integer("members_present", least=1, most=MOST_MEMBERS)
    discussion = form.text("discussion", longest=LONGEST_DISCUSSION, required=False)
    votes = {}
    for nominee in nominees:
        if (vote := _vote(form, nominee.id)) is not None:
            votes[nominee.id] = vote
    if form.errors or held_on is None:
        return None
    head = MinutesHead(
        number, held_on, place, chair, secretary, total, present, discussion, locality
    )
    return TypedMinutes(head, votes)


def _vote(form: Form, nomination_id: int) -> Vote | None:
    agree, disagree, note = (f"{name}-{nomination_id}" for name in ("agree", "disagree", "note"))
    said = form.text(note, longest=300, required=False)
    if not form.values.get(agree, "").strip() and not form.values.get(disagree, "").strip():
        if said:
            form.refuse(agree, "no-count", N_("Vui lòng nhập số phiếu."))
        return None
    # The side nobody voted for may be left empty.
    form.values[disagree] = form.values.get(disagree, "").strip() or "0"
    return Vote(
        form.integer(agree, most=MOST_MEMBERS), form.integer(disagree, most=MOST_MEMBERS), said
    )
