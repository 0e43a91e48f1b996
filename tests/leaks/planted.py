"""The facts that some may know and others must not even be able to guess."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from app.accounts.tables import Account, SignInSession
from app.discipline import actions as discipline
from app.initiatives import actions as initiatives
from app.initiatives.rules import Author
from app.kernel.period import Period
from app.kernel.vietnamese import person_order_key, search_key
from app.nominations import actions as nominations
from app.nominations.tables import (
    EvidenceFile,
    InterAgencyOpinion,
    Nomination,
    PeerReview,
    ScoreColumn,
    ScoreColumnMark,
)
from app.organization import actions as organization
from app.organization.rules import PersonRecord
from app.organization.tables import Person, Posting
from app.piccolo_conf import DB
from app.scoring.tables import Mark, Ranking
from tests import cast
from tests.conftest import World
from tests.finished_round import Finished
from tests.permissions.planted import Planted
from tests.permissions.sent_on import comment

NAME = "Vương Thục Quyên"
# secret -> how it could show: as stored, as shown, in either notation of a date or a number.
SECRETS = {
    "discipline": (
        "4711/QĐ-VKS",
        "Để mất hồ sơ vụ Ngọc Lan",
        "dismissal_from_post",
        "Cách chức",
        "13/03/2025",
        "2025-03-13",
        "14/04/2025",
        "2025-04-14",
        "15/05/2025",
        "2025-05-15",
    ),
    "mark": ("17.37", "17,37"),
    "draft": ("Bản thảo về lớp tin học vùng cao",),
    "initiative": ("Bảng tra hoa sim",),
    "initiative's content": ("Mô tả chưa công bố", "Từ 91 giờ xuống 7 giờ"),
    "birth date": ("29/02/1988", "1988-02-29"),
    "absence": ("Điều trị ở viện phổi",),
    "recusal": ("Bạn học cũ cùng lớp ở Hà Giang",),
    "own points": ("13.31", "13,31"),
    "appraisal": ("11.19", "11,19"),
    "opinion": ("Nên xem lại phần đồi chè",),
    "comment": ("Chưa thấy lớp học nào ở bản",),
    "commenter": ("Lò Thị Phương Xa", "phuong.xa@vidu.vn"),
    "file name": ("phum sóc Tà Lùng",),
    "votes": ("86419", "86.419", "Có 1357 người vắng"),
}
# What somebody would type who suspects something; never spelled like a secret itself.
SUSPICIONS = ("ngoc lan", "4711", "hoa sim", "ban thao", "cach chuc", "1737", "quyen", "29021988")


async def prepare(world: World) -> int:
    """Somebody whose name anybody may know, and whose birth date not."""
    person = Person(
        staff_code="KS0099",
        full_name=NAME,
        search_key=search_key(NAME),
        order_key=person_order_key(NAME),
        birth_date=date(1988, 2, 29),
        sex="female",
        ethnicity="Tày",
        staff_category="civil_servant",
        recruited_on=date(2010, 1, 4),
    )
    await person.save()
    await Posting(
        person=person.id, unit=world.ids["cb_kv_1"], post="Chuyên viên", valid_from=cast.START
    ).save()
    return int(person.id)


async def appraise(world: World) -> int:
    """A dossier that is still appraised: its gates and points are in the making."""
    made = await nominations.nominate_person(
        world.ids["round_2025"],
        world.ids["chi"],
        world.ids["kv_1"],
        "Đã mở lớp học ở khu vực",
        actor=await world.actor("officer"),
        now=world.now,
    )
    async with DB.transaction():
        await DB.run_ddl("SET LOCAL session_replication_role = replica")
        await Nomination.raw(
            "UPDATE nomination SET stage = 'office', submitted_at = {} WHERE id = {}",
            world.now,
            made,
        )
    return made


async def plant(world: World, planted: Planted, person: int, appraised: int) -> None:
    finished = planted.finished
    await _discipline(world, "dung")
    await _discipline(world, "chi")
    await nominations.nominate_person(
        world.ids["round_2025"],
        person,
        world.ids["cb_kv_1"],
        SECRETS["draft"][0],
        actor=await world.actor("other_officer"),
        now=world.now,
    )
    title, (summary, benefit) = SECRETS["initiative"][0], SECRETS["initiative's content"]
    await initiatives.submit(
        "SK-9",
        title,
        summary,
        world.ids["kv_1"],
        date(2025, 3, 1),
        benefit,
        [Author(world.ids["chi"], Decimal(100))],
        actor=await world.actor("officer"),
        now=world.now,
    )
    await organization.add_record(
        world.ids["em"],
        "absences",
        PersonRecord(0, SECRETS["absence"][0], Period(date(2025, 2, 3), date(2025, 6, 27))),
        actor=await world.actor("personnel"),
        now=world.now,
    )
    await _mark_and_recusal(world, finished)
    await _points(world, finished.other, "self", SECRETS["own points"][0])
    await _points(world, appraised, "appraisal", SECRETS["appraisal"][0])
    await _said(world, planted)


async def _points(world: World, nomination: int, giver: str, points: str) -> None:
    column = ScoreColumn(
        nomination=nomination,
        giver=giver,
        version=1,
        note="",
        by=world.ids["account:appraiser"],
        at=world.now,
    )
    await column.save()
    await ScoreColumnMark.raw(
        "INSERT INTO score_column_mark (score_column, criterion, points) SELECT {}, id, {}"
        " FROM criterion WHERE criteria_set = {} AND code = 'C2'",
        column.id,
        Decimal(points),
        world.ids["set:individual"],
    )


async def _said(world: World, planted: Planted) -> None:
    """A view, a comment, a file and a count of votes."""
    finished = planted.finished
    await InterAgencyOpinion(
        nomination=finished.collective,
        unit=world.ids["root"],
        question="Đề nghị cho ý kiến.",
        due_on=date(2025, 11, 20),
        by=world.ids["account:secretary"],
        at=world.now,
        view="no_view",
        answer=SECRETS["opinion"][0],
        answered_by=world.ids["account:leader"],
        answered_at=world.now,
    ).save()
    await comment(world, planted.publication, *SECRETS["commenter"], SECRETS["comment"][0])
    await EvidenceFile.raw(
        "INSERT INTO evidence_file (nomination, purpose, file, name, by, at, removed_because)"
        " SELECT {}, 'other', min(file), {}, {}, {}, '' FROM evidence_file",
        finished.other,
        f"Biên bản {SECRETS['file name'][0]}.pdf",
        world.ids["account:other_officer"],
        world.now,
    )
    async with DB.transaction():
        await DB.run_ddl("SET LOCAL session_replication_role = replica")
        await PeerReview.raw(
            "UPDATE peer_review_vote SET agree_votes = 86419, note = {} WHERE nomination = {}",
            SECRETS["votes"][2],
            finished.draft,
        )


async def _discipline(world: World, person: str) -> None:
    officer = await world.actor("discipline")
    number, note, form = SECRETS["discipline"][:3]
    case = await discipline.open_case(
        world.ids[person],
        "discipline",
        date(2025, 4, 14),
        actor=officer,
        now=world.now,
        violated_on=date(2025, 3, 13),
        note=note,
    )
    await discipline.decide_case(
        case, form, number, date(2025, 5, 15), actor=officer, now=world.now
    )


async def _mark_and_recusal(world: World, finished: Finished) -> None:
    """As if scored so: the frozen ranking's input follows, and nothing that is published."""
    frozen = await Ranking.select().where(Ranking.subject == "individual").first()
    assert frozen is not None
    document = json.loads(frozen["input"])
    # Who goes by which label was drawn by lot.
    seats = {
        row["account"]: row["label"]
        for row in await Mark.raw("SELECT account, label FROM panel_member")
    }
    second, third = (seats[world.ids[f"account:member_{n}"]] for n in (2, 3))
    changed = next(row for row in document["marks"] if row[0] == second and row[2] == "C2")
    changed[3] = "17.37"
    async with DB.transaction():
        await DB.run_ddl("SET LOCAL session_replication_role = replica")
        await Mark.raw(
            "UPDATE mark m SET points = 17.37 FROM score_sheet s, panel_member p, criterion c"
            " WHERE s.id = m.sheet AND p.id = s.member AND c.id = m.criterion"
            " AND p.label = {} AND c.code = 'C2' AND s.nomination = {}",
            second,
            finished.own,
        )
        await Ranking.raw(
            "UPDATE ranking SET input = {} WHERE id = {}",
            json.dumps(document, ensure_ascii=False),
            frozen["id"],
        )
        await Mark.raw(
            "INSERT INTO recusal (member, nomination, reason, at)"
            " SELECT id, {}, {}, {} FROM panel_member WHERE label = {}",
            finished.collective,
            SECRETS["recusal"][0],
            world.at("2025-11-25"),
            third,
        )


async def locked_away() -> tuple[str, ...]:
    """What nobody ever reads: hashes of passwords and of session tokens."""
    hashes = await Account.raw("SELECT DISTINCT password_hash AS hidden FROM account")
    tokens = await SignInSession.raw("SELECT token_hash AS hidden FROM sign_in_session")
    return ("$argon2", *(row["hidden"] for row in (*hashes, *tokens)))
