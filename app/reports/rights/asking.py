"""What the address of the page asks for: about whom, and about what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from app.accounts import policy as accounts_policy
from app.accounts import queries as accounts
from app.accounts.queries import Called
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible
from app.kernel.vietnamese import search_key
from app.reports.rights.kinds import KINDS, SINGLE
from app.reports.rights.thing import HITS, Hit, Kind, Question, Thing
from app.web.render import AnyRequest

LONGEST = 100
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """`account` and `text` as typed; `id` 0 where nothing single was chosen."""

    account: str
    text: str
    kind: str
    id: int

    def query(self, **changes: object) -> str:
        given = {"account": self.account, "text": self.text, "kind": self.kind, "id": self.id or ""}
        return urlencode({name: value for name, value in (given | changes).items() if value})


@dataclass(frozen=True, slots=True)
class Found:
    """Things of one kind that what was typed may mean; `more`: than are shown."""

    kind: str
    label: str
    hits: Sequence[Hit]
    more: bool


def read(request: AnyRequest) -> Asked:
    given = {
        name: request.query_params.get(name, "").replace("\x00", "").strip()[:LONGEST]
        for name in ("account", "text", "kind", "id")
    }
    number = given["id"]
    id_ = int(number) if number.isascii() and number.isdigit() and len(number) < 11 else 0
    kind = given["kind"] if given["kind"] in KINDS else ""
    return Asked(given["account"], given["text"], kind, min(id_, LARGEST_ID))


async def whom(asked: Asked, asker: Actor, now: datetime) -> tuple[Actor | None, Sequence[Called]]:
    """The account meant as it stands today, or those to choose from. Everybody may ask about
    themselves, also by name; about others who sees their account."""
    if not asked.account:
        return asker, ()
    reach = await accounts.reach_of(asker, today_in_vietnam(now), auditor_too=True)
    found = await accounts.called(asked.account, reach, own_id=asker.account_id, limit=HITS + 1)
    found = tuple(each for each in found if accounts_policy.may_ask_about(asker, each.id))
    if not found:
        raise NotVisible
    if len(found) > 1:
        return None, found
    if found[0].id == asker.account_id:
        return asker, ()
    return (await accounts.actors_of([found[0].row()], now))[0], ()


async def what(asked: Asked, question: Question) -> tuple[Thing | None, Asked, Sequence[Found]]:
    """The thing meant with its address, or those to choose from."""
    kind = KINDS.get(asked.kind)
    if kind is not None and (asked.id or kind.find is None):
        return await kind.load(question), asked, ()
    if not asked.text:
        return None, asked, ()
    searched = {asked.kind: kind} if kind else SINGLE
    if not search_key(asked.text):
        raise NotVisible
    found = [
        Found(name, each.label, hits[:HITS], len(hits) > HITS)
        for name, each in searched.items()
        if (hits := await _hits(each, asked.text, question))
    ]
    if not found:
        raise NotVisible
    if len(found) > 1 or len(found[0].hits) > 1:
        return None, asked, found
    only = Asked(asked.account, asked.text, found[0].kind, found[0].hits[0].id)
    loaded = Question(question.asker, only.id, question.now)
    return await KINDS[only.kind].load(loaded), only, ()


async def _hits(kind: Kind, text: str, question: Question) -> Sequence[Hit]:
    return await kind.find(text, question) if kind.find else ()
