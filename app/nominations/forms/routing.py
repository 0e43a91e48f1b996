"""What the pages of a dossier's way post. Readers return their record, or None with errors set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.refusal import N_
from app.nominations.rules.endorsing import ListLine
from app.nominations.rules.opinions import VIEWS
from app.web.forms import LARGEST_INTEGER, Form

LONGEST_REASON = 2000
MOST_LINES = 20_000
# Longer lists are sent as they stand: each line has three fields.
MOST_EDITED = 2_000
_OF_ROWS = ("pick-", "order-", "votes-", "drop-")


@dataclass(frozen=True, slots=True)
class NewPaper:
    """The level's own paper, and how many voted in its meeting."""

    number: str
    on: date
    votes_total: int | None


@dataclass(frozen=True, slots=True)
class NewReturn:
    to_step: int
    reason: str


@dataclass(frozen=True, slots=True)
class NewItem:
    key: str
    question: str
    due_on: date


@dataclass(frozen=True, slots=True)
class NewOpinion:
    unit: str
    question: str
    due_on: date


@dataclass(frozen=True, slots=True)
class NewView:
    view: str
    answer: str


def read_selection(
    form: Form, offered: Sequence[int], *, ticked_only: bool = True
) -> list[ListLine] | None:
    """The dossiers ticked among those offered, or all of them, by the order typed beside them.

    Without a number a dossier comes after those with one; equal numbers stay as offered.
    """
    chosen = []
    for place, nomination_id in enumerate(offered):
        if ticked_only and form.values.get(f"pick-{nomination_id}") != "yes":
            continue
        order = _number(form, f"order-{nomination_id}", most=MOST_LINES)
        votes = _number(form, f"votes-{nomination_id}")
        rank = MOST_LINES + 1 if order is None else order
        chosen.append((rank, place, ListLine(nomination_id, votes)))
    if not chosen:
        form.refuse("pick", "nothing-chosen", N_("Vui lòng chọn ít nhất một hồ sơ."))
    return None if form.errors else [line for _, _, line in sorted(chosen, key=lambda c: c[:2])]


def written(lines: Sequence[ListLine]) -> str:
    """The list in one hidden field: a page of two thousand rows is one value."""
    return " ".join(
        f"{line.nomination_id}:{'' if line.votes is None else line.votes}" for line in lines
    )


def read_list(form: Form) -> list[ListLine] | None:
    """What `written` wrote; None for anything else."""
    lines = []
    for part in form.values.get("list", "").split()[: MOST_LINES + 1]:
        nomination_id, colon, votes = part.partition(":")
        if not colon or not _small(nomination_id) or (votes and not _small(votes)):
            return None
        lines.append(ListLine(int(nomination_id), int(votes) if votes else None))
    ids = {line.nomination_id for line in lines}
    return lines if lines and len(ids) == len(lines) <= MOST_LINES else None


def read_edited(form: Form) -> list[ListLine] | None:
    """The list with the order and votes typed beside its lines, without those taken out.

    A line that was given another number gets that place, also where another line has it.
    """
    if (lines := read_list(form)) is None:
        form.refuse("pick", "nothing-chosen", N_("Vui lòng chọn ít nhất một hồ sơ."))
        return None
    kept = []
    for place, line in enumerate(lines, 1):
        if form.values.get(f"drop-{line.nomination_id}") == "yes":
            continue
        votes = line.votes
        if f"votes-{line.nomination_id}" in form.values:
            votes = _number(form, f"votes-{line.nomination_id}")
        wanted = _number(form, f"order-{line.nomination_id}", most=MOST_LINES)
        rank = place if wanted is None else wanted
        side = (rank > place) - (rank < place)
        kept.append((rank, side, place, ListLine(line.nomination_id, votes)))
    if not kept:
        form.refuse("pick", "all-dropped", N_("Vui lòng giữ lại ít nhất một hồ sơ."))
    return None if form.errors else [found[3] for found in sorted(kept, key=lambda k: k[:3])]


def forget_rows(form: Form) -> None:
    """What was typed beside the rows went into the list; nothing of it is shown again."""
    form.values = {k: v for k, v in form.values.items() if not k.startswith(_OF_ROWS)}


def read_paper(form: Form) -> NewPaper | None:
    number = form.text("paper_number", longest=60)
    on = form.day("paper_on")
    typed = form.values.get("votes_total", "").strip()
    total = form.integer("votes_total", least=1, most=10_000) if typed else None
    return None if form.errors or on is None else NewPaper(number, on, total)


def read_reason(form: Form) -> str | None:
    reason = form.text("reason", longest=LONGEST_REASON)
    return None if form.errors else reason


def read_return(form: Form) -> NewReturn | None:
    to_step = form.integer("to_step", most=100)
    reason = form.text("reason", longest=LONGEST_REASON)
    return None if form.errors else NewReturn(to_step, reason)


def read_item(form: Form) -> NewItem | None:
    key = form.text("item", longest=30)
    asked = read_question(form)
    return None if asked is None else NewItem(key, *asked)


def read_question(form: Form) -> tuple[str, date] | None:
    question = form.text("question", longest=LONGEST_REASON)
    due_on = form.day("due_on")
    return None if form.errors or due_on is None else (question, due_on)


def read_answer(form: Form) -> str | None:
    answer = form.text("answer", longest=LONGEST_REASON)
    return None if form.errors else answer


def read_opinion(form: Form) -> NewOpinion | None:
    unit = form.text("unit", longest=300)
    asked = read_question(form)
    return None if asked is None else NewOpinion(unit, *asked)


def read_view(form: Form) -> NewView | None:
    view = form.choice("view", VIEWS)
    answer = form.text("answer", longest=LONGEST_REASON, required=view == "disagree")
    return None if form.errors else NewView(view, answer)


def _number(form: Form, name: str, most: int = 10_000) -> int | None:
    """None when left empty."""
    if not form.values.get(name, "").strip():
        return None
    return form.integer(name, most=most)


def _small(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST_INTEGER
