from __future__ import annotations

from collections.abc import Sequence

from app.council.rules import Meeting
from app.web.forms import Form

LONGEST_NOTE = 500


def read_meeting(form: Form, nominations: Sequence[int], total: int) -> Meeting | None:
    """None when a field has an error; a vote left empty is one: no answer is not zero votes."""
    held_on = form.day("held_on")
    present = form.integer("members_present", least=1)
    number = form.text("minutes_number", longest=60)
    votes = {id_: form.integer(f"votes_{id_}", most=total) for id_ in nominations}
    notes = {
        id_: form.text(f"note_{id_}", longest=LONGEST_NOTE, required=False) for id_ in nominations
    }
    if form.errors or held_on is None:
        return None
    return Meeting(held_on, present, number, votes, {id_: n for id_, n in notes.items() if n})
