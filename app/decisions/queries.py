from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.catalogue.rules import Coefficient, LegalSourceEntry, Salary, in_citing_order
from app.catalogue.tables import LegalSource
from app.council import queries as council
from app.decisions import policy
from app.decisions.rules import AnnexItem, Held, Issuer, Preparation
from app.decisions.tables import AwardDecision, DecisionItem
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible
from app.kernel.waiting import WaitingItem
from app.public_comment.queries import open_comments
from app.web.paging import Cursor, PageOf

LARGEST_ID = 2**31 - 1
ROWS = 50


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """`data` is what the printed file was made from; the bonus sums are in đồng.

    `unit_id`: launched the movement.
    """

    id: int
    round_id: int
    round_name: str
    movement_id: int
    movement_name: str
    unit_id: int
    award_form: str
    paper_width: int
    paper_height: int
    number: str
    signed_on: date
    place: str
    authority: str
    signer_capacity: str
    signer_title: str
    signer_name: str
    base_salary: int
    data: Mapping[str, Any]
    file_id: int
    sha256: str
    individuals: int
    collectives: int
    bonus_total: int

    @property
    def capacity_line(self) -> str:
        """The line above the signer's title as it was printed; empty when the head signed."""
        return str(self.data["document"]["signer_capacity"])

    @property
    def legal_basis(self) -> tuple[str, ...]:
        return tuple(self.data["document"]["legal_basis"])

    @property
    def salary(self) -> Salary:
        found = self.data["bonus"]["base_salary"]
        return Salary(date.fromisoformat(found["effective_from"]), found["amount"], found["source"])

    @property
    def coefficients(self) -> dict[str, Coefficient]:
        """By kind of subject, as they were on the day of signing."""
        return {
            subject: Coefficient(
                found["award_form"],
                found["subject"],
                Decimal(found["coefficient"]),
                date.fromisoformat(found["effective_from"]),
                found["source"],
            )
            for subject, found in self.data["bonus"]["coefficients"].items()
        }


async def preparation(round_id: int) -> Preparation:
    """What the round has come to. The caller has loaded the round as visible."""
    # The issuing unit goes by the name it has on the day of the session.
    rows = await AwardDecision.raw(
        "SELECT d.id AS decision_id, s.held_on, s.minutes_number, c.name AS council_name,"
        " c.head_title, c.symbol, c.place, v.name, p.name AS superior"
        " FROM review_round r LEFT JOIN award_decision d ON d.round = r.id"
        " LEFT JOIN council_session s ON s.round = r.id LEFT JOIN council c ON c.id = s.council"
        " LEFT JOIN unit_version v ON v.unit = c.unit"
        " AND v.valid_from <= s.held_on AND (v.valid_to IS NULL OR v.valid_to >= s.held_on)"
        " LEFT JOIN unit_version p ON p.unit = v.parent"
        " AND p.valid_from <= s.held_on AND (p.valid_to IS NULL OR p.valid_to >= s.held_on)"
        " WHERE r.id = {}",
        round_id,
    )
    row = rows[0]
    if row["held_on"] is None:
        return Preparation(row["decision_id"], None, ())
    issuer = Issuer(
        row["name"] or "", row["superior"] or "", row["head_title"], row["symbol"], row["place"]
    )
    held = Held(row["held_on"], row["minutes_number"], row["council_name"], issuer)
    approved, comments = await council.approved(round_id), await open_comments(round_id)
    return Preparation(row["decision_id"], held, approved, comments)


async def decision_of(round_id: int) -> int | None:
    rows = await AwardDecision.raw("SELECT id FROM award_decision WHERE round = {}", round_id)
    return int(rows[0]["id"]) if rows else None


async def decision(decision_id: int) -> DecisionFacts:
    """A decision is published: every signed-in reader sees it. NotVisible if unknown."""
    if not 0 < decision_id <= LARGEST_ID:
        raise NotVisible
    rows = await AwardDecision.raw(
        "SELECT d.id, d.round AS round_id, r.name AS round_name, r.movement AS movement_id,"
        " m.name AS movement_name, m.launched_by AS unit_id, coalesce(a.name, '') AS award_form,"
        " coalesce(a.paper_width, 297) AS paper_width,"
        " coalesce(a.paper_height, 210) AS paper_height, d.number, d.signed_on,"
        " d.place, d.authority, d.signer_capacity, d.signer_title, d.signer_name, d.base_salary,"
        " d.data, d.file AS file_id, f.sha256, i.individuals, i.collectives, i.bonus_total"
        " FROM award_decision d JOIN review_round r ON r.id = d.round"
        " JOIN movement m ON m.id = r.movement JOIN stored_file f ON f.id = d.file"
        " LEFT JOIN award_form a ON a.id = r.award_form,"
        " LATERAL (SELECT count(*) FILTER (WHERE n.subject = 'individual') AS individuals,"
        "  count(*) FILTER (WHERE n.subject = 'collective') AS collectives,"
        "  coalesce(sum(x.bonus_amount), 0) AS bonus_total FROM decision_item x"
        "  JOIN nomination n ON n.id = x.nomination WHERE x.decision = d.id) i"
        " WHERE d.id = {}",
        decision_id,
    )
    if not rows:
        raise NotVisible
    return DecisionFacts(**{**rows[0], "data": json.loads(rows[0]["data"])})


async def legal_sources(movement_id: int, day: date) -> tuple[LegalSourceEntry, ...]:
    """The papers an award of this movement rests on, in force on `day`, in citing order.

    These are the ones the catalogue marks as cited, and whatever the movement itself rests on.
    """
    rows = await LegalSource.raw(
        "SELECT number, title, issuer, signed_on, effective_from, effective_to, note, cited"
        " FROM legal_source s WHERE (effective_to IS NULL OR effective_to >= {})"
        " AND ((effective_from <= {} AND cited) OR"
        " (coalesce(effective_from, {}) <= {} AND EXISTS (SELECT 1 FROM movement_source m"
        " WHERE m.source = s.id AND m.movement = {})))",
        *(day, day, day, day, movement_id),
    )
    return in_citing_order(LegalSourceEntry(**row) for row in rows)


async def annex_page(
    decision_id: int, cursor: Cursor | None = None, limit: int = ROWS
) -> PageOf[AnnexItem]:
    rows = await DecisionItem.raw(
        "SELECT i.position, i.nomination AS nomination_id, n.subject, n.name, n.post,"
        " n.unit_name, i.coefficient, i.bonus_amount"
        " FROM decision_item i JOIN nomination n ON n.id = i.nomination"
        " WHERE i.decision = {} AND i.position > {} ORDER BY i.position LIMIT {}",
        decision_id,
        cursor.id if cursor else 0,
        limit + 1,
    )
    items = tuple(AnnexItem(**row) for row in rows[:limit])
    return PageOf(items, Cursor("", items[-1].position) if len(rows) > limit else None)


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """Rounds whose council approved somebody, without a decision and not before the public."""
    if not (units := policy.decides_for(actor)):
        return ()
    today = today_in_vietnam(now)
    rows = await AwardDecision.raw(
        "SELECT r.id, r.name FROM review_round r JOIN council_session s ON s.round = r.id"
        " JOIN movement w ON w.id = r.movement"
        " WHERE w.launched_by = ANY({}::int[]) AND s.held_on <= {} AND NOT EXISTS"
        " (SELECT 1 FROM award_decision d WHERE d.round = r.id) AND EXISTS"
        " (SELECT 1 FROM council_result c WHERE c.session = s.id AND c.approved)"
        " AND NOT EXISTS (SELECT 1 FROM publication p WHERE p.round = r.id"
        " AND p.withdrawn_at IS NULL AND p.last_on >= {})"
        " ORDER BY s.held_on, r.id LIMIT 20",
        sorted(units),
        today,
        today,
    )
    return tuple(
        WaitingItem(
            N_("Lập quyết định khen thưởng của {round}."),
            f"/rounds/{row['id']}/decision",
            {"round": row["name"]},
        )
        for row in rows
    )


async def decided_by(nomination_ids: Collection[int]) -> Mapping[int, tuple[str, date]]:
    """Number and day of the decision that names each; a nomination without one is not there."""
    rows = await AwardDecision.raw(
        "SELECT i.nomination, d.number, d.signed_on FROM decision_item i"
        " JOIN award_decision d ON d.id = i.decision WHERE i.nomination = ANY({})",
        list(nomination_ids),
    )
    return {row["nomination"]: (row["number"], row["signed_on"]) for row in rows}


async def awarded_in(round_ids: Collection[int]) -> Mapping[int, frozenset[int]]:
    """By round, the nominations its decision names; a round without a decision is not there."""
    rows = await AwardDecision.raw(
        "SELECT d.round, array_remove(array_agg(i.nomination), NULL) AS nominations"
        " FROM award_decision d LEFT JOIN decision_item i ON i.decision = d.id"
        " WHERE d.round = ANY({}) GROUP BY d.round",
        list(round_ids),
    )
    return {row["round"]: frozenset(row["nominations"]) for row in rows}
