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
from app.organization import actions as organization
from app.organization.rules import PersonRecord
from app.organization.tables import Person, Posting
from app.piccolo_conf import DB
from app.scoring.tables import Mark, Ranking
from tests import cast
from tests.conftest import World
from tests.finished_round import Finished

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
    "initiative": ("Bảng tra hoa sim", "Mô tả chưa công bố", "Từ 91 giờ xuống 7 giờ"),
    "birth date": ("29/02/1988", "1988-02-29"),
    "absence": ("Điều trị ở viện phổi",),
    "recusal": ("Bạn học cũ cùng lớp ở Hà Giang",),
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


async def plant(world: World, finished: Finished, person: int) -> None:
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
    title, summary, benefit = SECRETS["initiative"]
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
