"""The council of nine. None of its members belongs to a unit that nominates."""

from __future__ import annotations

from app.demo.world.council_facts import Council, CouncilMember, Recusal, Seat
from app.demo.world.facts import Sex
from app.demo.world.roster import Roster
from app.demo.world.story_facts import Initiative, Nominee
from app.demo.world.units import ROOT

_HEADS_WITH_A_SEAT = ("vu-tccb", "thanh-tra", "cuc-tai-chinh", "vien-khks", "vu-7", "bao-bvpl")
_COAUTHOR_OF = "vien-khks"
_RELATIVE_OF = "bao-bvpl"
_RELATIVE_WORKS_IN = "van-phong"


def build_council(roster: Roster) -> Council:
    chosen = [
        (roster.head(ROOT).key, Seat.CHAIR),
        (roster.deputy(ROOT, 0).key, Seat.VICE_CHAIR),
        (roster.deputy(ROOT, 1).key, Seat.VICE_CHAIR),
        *((roster.head(unit).key, Seat.MEMBER) for unit in _HEADS_WITH_A_SEAT),
    ]
    return Council(
        name="Hội đồng Thi đua - Khen thưởng ngành Kiểm sát nhân dân",
        members=tuple(CouncilMember(f"M{n}", *pair) for n, pair in enumerate(chosen, 1)),
        secretary=roster.head("van-phong.tdkt").key,
    )


def build_recusals(
    roster: Roster,
    council: Council,
    nominees: tuple[Nominee, ...],
    initiatives: tuple[Initiative, ...],
) -> tuple[Recusal, ...]:
    codes = {member.person: member.code for member in council.members}
    return (
        _coauthor(roster, codes, nominees, initiatives),
        _relative(roster, codes, nominees),
    )


def _coauthor(
    roster: Roster,
    codes: dict[str, str],
    nominees: tuple[Nominee, ...],
    initiatives: tuple[Initiative, ...],
) -> Recusal:
    member = roster.head(_COAUTHOR_OF).key
    shared = {i.key for i in initiatives if member in dict(i.authors)}
    subject = next(n.key for n in nominees if n.person and shared & set(n.initiatives))
    return Recusal(codes[member], subject, "Là đồng tác giả sáng kiến của người được đề nghị.")


def _relative(roster: Roster, codes: dict[str, str], nominees: tuple[Nominee, ...]) -> Recusal:
    """A spouse where the drawn people allow it, else an in-law: both must stay out."""
    member = roster.head(_RELATIVE_OF)
    people = {
        nominee.key: roster.person(nominee.person)
        for nominee in nominees
        if nominee.nominating_unit == _RELATIVE_WORKS_IN and nominee.person
    }
    subject = min(people, key=lambda key: (people[key].sex is member.sex, key))
    relation = "vợ" if people[subject].sex is Sex.FEMALE else "chồng"
    if people[subject].sex is member.sex:
        relation = "em dâu" if member.sex is Sex.FEMALE else "em rể"
    return Recusal(
        codes[member.key], subject, f"Người được đề nghị là {relation} của thành viên Hội đồng."
    )
