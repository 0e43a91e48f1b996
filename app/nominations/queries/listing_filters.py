"""What a reader asks the list of a round for, as conditions on `visible.FROM`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from piccolo.querystring import QueryString

from app.kernel.actor import Actor, Role
from app.kernel.vietnamese import search_key
from app.movement.rules import SUBJECTS
from app.nominations import policy
from app.nominations.queries.items import looked_at_by
from app.nominations.queries.visible import (
    STATE,
    awaiting_word_of,
    nominated_in,
    units_of,
    with_dissolved,
)
from app.nominations.rules import STATES
from app.nominations.rules.listing import REGISTERED_WORDS, TASK_WORDS

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty fields ask for nothing, and so does what is not known.

    `task`: one of rules.listing.TASK_WORDS; `registered`: yes or no; `unit_ids`: units as they
    are today, None for all; `sort`: one of rules.listing.SORT_KEYS, with a minus sign the other
    way round.
    """

    search: str = ""
    state: str = ""
    subject: str = ""
    award_form: str = ""
    task: str = ""
    registered: str = ""
    unit_ids: Collection[int] | None = None
    sort: str = "name"


def patterns(search: str) -> list[str]:
    """Each word starts a word of the key, in any order: LIKE patterns against `' ' || key`."""
    return [f"% {word}%" for word in search_key(search[:LONGEST_SEARCH]).split()]


def having_words(search: str) -> QueryString:
    """Left out where nothing is searched: the planner takes every pattern for a rare one."""
    words = patterns(search)
    if not words:
        return QueryString("true")
    return QueryString("(' ' || n.search_key) LIKE ALL({}::text[])", words)


def matching(wanted: Wanted, actor: Actor, today: date) -> QueryString:
    """What is not asked is left out, so that the planner sees what matters."""
    found = [having_words(wanted.search)]
    if wanted.state in STATES:
        found.append(QueryString(f"{STATE} = {{}}", wanted.state))
    if wanted.subject in SUBJECTS:
        found.append(QueryString("n.subject = {}", wanted.subject))
    if wanted.award_form:
        form = "(SELECT f.id FROM award_form f WHERE f.code = {})"
        found.append(QueryString(f"n.award_form = {form}", wanted.award_form))
    if wanted.registered in REGISTERED_WORDS:
        found.append(QueryString(REGISTERED if wanted.registered == "yes" else f"NOT {REGISTERED}"))
    if wanted.unit_ids is not None:
        found.append(_of_units(wanted.unit_ids))
    if wanted.task in TASK_WORDS:
        found.append(_waiting_for(wanted.task, actor, today))
    return QueryString(" AND ".join(["{}"] * len(found)), *found)


REGISTERED = (
    "EXISTS (SELECT FROM registration q WHERE q.round = n.round AND q.withdrawn_at IS NULL"
    " AND (q.person = n.person OR q.collective = n.collective))"
)
# Said only of a round that took registrations (`r`: its row).
UNREGISTERED = f"r.registration_open_on IS NOT NULL AND NOT {REGISTERED}"


def _of_units(unit_ids: Collection[int]) -> QueryString:
    """Nominated by them or by those whose work they took over, or of them when it was made."""
    units = with_dissolved(unit_ids)
    return QueryString(
        "(n.nominating_unit IN (SELECT unnest({})) OR n.collective IN (SELECT unnest({}))"
        " OR EXISTS (SELECT FROM posting w WHERE w.person = n.person AND w.unit = ANY({})"
        " AND w.valid_from <= (n.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
        " AND (w.valid_to IS NULL"
        " OR w.valid_to >= (n.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)))",
        units,
        units,
        units,
    )


def _waiting_for(task: str, actor: Actor, today: date) -> QueryString:
    if task == "mine":
        return QueryString("({} OR {})", _own_drafts(actor), _any_of(_mine(actor, today)))
    return _task(task, actor, today)


def _task(task: str, actor: Actor, today: date) -> QueryString:
    if task == "word":
        return awaiting_word_of(actor)
    if task == "level":
        return QueryString(
            "(n.stage = 'route' AND n.at_unit = ANY({}))", units_of(actor, Role.UNIT_HEAD)
        )
    if task == "view":
        return QueryString(
            "n.id IN (SELECT i.nomination FROM inter_agency_opinion i"
            " WHERE i.answered_at IS NULL AND i.unit = ANY({}))",
            units_of(actor, *policy.NOMINATE),
        )
    return _item(task, QueryString("true"), today)


def _mine(actor: Actor, today: date) -> list[QueryString]:
    asked_of_me = QueryString(
        "(i.due_on >= {} AND ({} OR (n.person = {} AND i.item IN ('criterion', 'report'))))",
        today,
        nominated_in(actor, *policy.NOMINATE),
        actor.person_id,
    )
    found = [_item("asked", asked_of_me, today)]
    found += [
        _task(task, actor, today)
        for task in ("word", "level", "view")
        if task in policy.list_tasks(actor)
    ]
    if policy.has_desk(actor):
        mine = looked_at_by(actor, today)
        found += [_item(task, mine, today) for task in ("answered", "overdue")]
    return found


def _own_drafts(actor: Actor) -> QueryString:
    return QueryString(
        "(n.stage = 'draft' AND ({} OR n.person = {}))",
        nominated_in(actor, *policy.NOMINATE),
        actor.person_id,
    )


def _item(task: str, whose: QueryString, today: date) -> QueryString:
    """An item sent back and not closed, so far: of a dossier that is still at the office."""
    answered = "NOT NULL" if task == "answered" else "NULL"
    late = QueryString("i.due_on < {}", today) if task == "overdue" else QueryString("true")
    return QueryString(
        "(n.stage = 'office' AND g.id IS NULL AND EXISTS (SELECT FROM item_return i"
        f" WHERE i.nomination = n.id AND i.closed_at IS NULL AND i.answered_at IS {answered}"
        " AND {} AND {}))",
        whose,
        late,
    )


def _any_of(found: list[QueryString]) -> QueryString:
    return QueryString(" OR ".join(["{}"] * len(found)), *found)
