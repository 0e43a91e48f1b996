from __future__ import annotations

from app.initiatives import policy
from app.initiatives.queries import initiative_for, initiatives_like
from app.initiatives.rules import SCOPES
from app.kernel.abilities import act
from app.kernel.refusal import N_, Refusal
from app.reports.rights.thing import HITS, Hit, Kind, Question, Thing


async def _initiative(question: Question) -> Thing:
    found = await initiative_for(question.id, question.asker)
    here = frozenset({found.unit_id})
    # Each scope has a paper of its own.
    whole = len(found.recognitions) == len(SCOPES)
    return Thing(
        found.title,
        found.code,
        (
            act(
                N_("Gửi sáng kiến"),
                lambda actor: policy.may_submit(actor, found.unit_id, found.authors),
                over=here,
                refusal=Refusal("submitted", N_("Sáng kiến đã được gửi.")),
            ),
            act(
                N_("Ghi quyết định công nhận sáng kiến"),
                lambda actor: policy.may_recognise(actor, found.unit_id),
                over=here,
                refusal=Refusal("recognised", N_("Sáng kiến đã được công nhận ở mọi phạm vi."))
                if whole
                else None,
            ),
        ),
        people=frozenset(author.person_id for author in found.authors),
    )


async def _find(text: str, question: Question) -> list[Hit]:
    found = await initiatives_like(text, question.asker, limit=HITS + 1)
    return [Hit(row.id, row.title, row.code) for row in found]


INITIATIVE = Kind(N_("Sáng kiến"), _initiative, _find)
