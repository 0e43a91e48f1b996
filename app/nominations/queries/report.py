"""What the achievement report says of the nominee beyond the dossier itself."""

from __future__ import annotations

from datetime import date

from app.award_history.queries.awards import WITH_PREDECESSORS
from app.award_history.tables import AwardRecord
from app.kernel.actor import Actor
from app.nominations.policy import may_read_birth_date
from app.nominations.rules import Dossier
from app.nominations.rules.report import AwardLine, Particulars
from app.organization.tables import Person, Unit

_AWARDS = (
    "SELECT f.kind, f.name AS form, r.decision_number, r.decided_on, r.issuer FROM award_record r"
    " JOIN award_form f ON f.id = r.award_form WHERE r.removed_at IS NULL"
    f" AND (r.person = {{}} OR r.collective IN ({WITH_PREDECESSORS}))"
    " AND r.decided_on <= {} ORDER BY r.decided_on, r.id"
)


async def awards_of(dossier: Dossier, until: date) -> tuple[AwardLine, ...]:
    """Oldest first, those decided by this system among them; a collective's with those of the
    units it came from."""
    rows = await AwardRecord.raw(_AWARDS, dossier.person_id, dossier.collective_id, until)
    return tuple(AwardLine(**row) for row in rows)


async def particulars_of(dossier: Dossier, actor: Actor, today: date) -> Particulars:
    """Without the birth date for a reader who may not know it."""
    if dossier.person_id is not None:
        rows = await Person.raw(
            "SELECT staff_code, birth_date, sex, ethnicity, staff_category, recruited_on"
            " FROM person WHERE id = {}",
            dossier.person_id,
        )
        hidden = {} if may_read_birth_date(actor, dossier) else {"birth_date": None}
        return Particulars(**rows[0] | hidden)
    rows = await Unit.raw(
        "SELECT u.kind, u.founded_on, (SELECT count(DISTINCT q.person) FROM posting q"
        " WHERE q.unit = u.id AND q.is_main AND q.valid_from <= {}"
        " AND (q.valid_to IS NULL OR q.valid_to >= {})) AS members FROM unit u WHERE u.id = {}",
        today,
        today,
        dossier.collective_id,
    )
    return Particulars(**rows[0])
