"""The fixed cast of every database test: few people, each with one reason to be there."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from app.accounts import actions as accounts
from app.accounts.queries import actor_for_login
from app.accounts.tables import Account
from app.catalogue.tables import AwardForm, BaseSalary, BonusCoefficient
from app.council.tables import Council, CouncilMember
from app.kernel.actor import Role
from app.kernel.period import VIETNAM, Period
from app.kernel.vietnamese import order_key, person_order_key, search_key
from app.movement import actions as movement
from app.movement.rules import default_protocol
from app.movement.tables import CriteriaSet, Criterion, Movement, ReviewRound
from app.organization.tables import Person, Posting, Unit, UnitVersion, YearlyClassification

PASSWORD = "mot-mat-khau-dai"
START = date(2024, 1, 1)
# When the achievements in the dossiers of the round 2025 were done.
WORKED = Period(date(2025, 2, 10), date(2025, 10, 17))

UNITS = (
    # key, parent, kind, name
    ("root", None, "supreme", "Viện kiểm sát nhân dân tối cao"),
    ("lang_son", "root", "province", "Viện kiểm sát nhân dân tỉnh Lạng Sơn"),
    ("phong_1", "lang_son", "room", "Phòng 1"),
    ("kv_1", "lang_son", "regional", "Viện kiểm sát nhân dân khu vực 1 - Lạng Sơn"),
    ("cao_bang", "root", "province", "Viện kiểm sát nhân dân tỉnh Cao Bằng"),
    ("cb_kv_1", "cao_bang", "regional", "Viện kiểm sát nhân dân khu vực 1 - Cao Bằng"),
)

PEOPLE = (
    # key, name, sex, unit, post
    ("anh", "Hoàng Văn Ánh", "male", "phong_1", "Kiểm sát viên"),
    ("binh", "Lý Thị Bình", "female", "phong_1", "Chuyên viên"),
    ("chi", "Nông Thị Chi", "female", "kv_1", "Kiểm tra viên"),
    ("dung", "Đặng Đình Dũng", "male", "kv_1", "Kiểm sát viên"),
    ("em", "Bế Văn Em", "male", "cb_kv_1", "Kiểm sát viên"),
)

LOGINS = (
    # login, name, role, unit, person
    ("staff", "Hoàng Văn Ánh", Role.STAFF, "phong_1", "anh"),
    ("officer", "Cán bộ đầu mối Lạng Sơn", Role.UNIT_OFFICER, "lang_son", None),
    ("head", "Viện trưởng Lạng Sơn", Role.UNIT_HEAD, "lang_son", None),
    ("other_officer", "Cán bộ đầu mối Cao Bằng", Role.UNIT_OFFICER, "cao_bang", None),
    ("other_head", "Viện trưởng Cao Bằng", Role.UNIT_HEAD, "cao_bang", None),
    ("appraiser", "Chuyên viên thẩm định", Role.APPRAISER, "root", None),
    ("member_1", "Chủ tịch Hội đồng", Role.COUNCIL_MEMBER, "root", None),
    ("member_2", "Ủy viên thứ hai", Role.COUNCIL_MEMBER, "root", None),
    ("member_3", "Ủy viên thứ ba", Role.COUNCIL_MEMBER, "root", None),
    ("secretary", "Thư ký Hội đồng", Role.COUNCIL_SECRETARY, "root", None),
    ("discipline", "Cán bộ thanh tra", Role.DISCIPLINE_OFFICER, "root", None),
    ("leader", "Lãnh đạo Viện", Role.LEADER, "root", None),
    ("auditor", "Kiểm toán viên", Role.AUDITOR, "root", None),
    ("administrator", "Quản trị tài khoản", Role.ADMINISTRATOR, "root", None),
    ("personnel", "Cán bộ tổ chức", Role.PERSONNEL_OFFICER, "root", None),
    ("initiative_member", "Thành viên sáng kiến", Role.INITIATIVE_COUNCIL_MEMBER, "root", None),
)
CAST = tuple(login for login, *_ in LOGINS)

INDIVIDUAL = (("C1", 25), ("C2", 40), ("C3", 20), ("C4", 15))
COLLECTIVE = (("T1", 20), ("T2", 20), ("T3", 20), ("T4", 25), ("T5", 15))
GATES = ("G1", "G2", "G3", "G4", "G5")


def at(day: str) -> datetime:
    """Nine in the morning of that day in Vietnam."""
    return datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=VIETNAM)


async def build() -> dict[str, int]:
    """Fill an empty schema; returns the ids by name."""
    ids: dict[str, int] = {}
    await _units(ids)
    await _people(ids)
    await _accounts(ids)
    await _catalogue(ids)
    await _movement(ids)
    await _council(ids)
    secretary = await actor_for_login("secretary", at("2025-10-20"))
    # No level endorses here: what a room of its own tests needs no way up.
    protocol = default_protocol() | {"min_members": 2, "routing": {"endorse": []}}
    await movement.open_round(
        ids["round_2025"], actor=secretary, now=at("2025-10-20"), protocol=protocol
    )
    return ids


async def _units(ids: dict[str, int]) -> None:
    for key, parent, kind, name in UNITS:
        unit = Unit(code=key.replace("_", "-"), kind=kind, founded_on=START)
        await unit.save()
        ids[key] = unit.id
        await UnitVersion(
            unit=unit.id,
            name=name,
            search_key=search_key(name),
            order_key=order_key(name),
            parent=ids[parent] if parent else None,
            valid_from=START,
        ).save()


async def _people(ids: dict[str, int]) -> None:
    for number, (key, name, sex, unit, post) in enumerate(PEOPLE, start=1):
        person = Person(
            staff_code=f"KS{number:04d}",
            full_name=name,
            search_key=search_key(name),
            order_key=person_order_key(name),
            birth_date=date(1985, number, 10),
            sex=sex,
            ethnicity="Tày",
            staff_category="civil_servant",
            recruited_on=date(2010, 1, 4),
        )
        await person.save()
        ids[key] = person.id
        await Posting(person=person.id, unit=ids[unit], post=post, valid_from=START).save()
        for year in (2024, 2025):
            await YearlyClassification(person=person.id, year=year, level="good").save()


async def _accounts(ids: dict[str, int]) -> None:
    password_hash = accounts.hash_password(PASSWORD)
    for login, name, role, unit, person in LOGINS:
        account = Account(
            login=login,
            name=name,
            person=ids[person] if person else None,
            password_hash=password_hash,
        )
        await account.save()
        ids[f"account:{login}"] = account.id
        await accounts.grant(None, account.id, role, ids[unit], START, now=at("2024-01-02"))


async def _catalogue(ids: dict[str, int]) -> None:
    form = AwardForm(code="giay-khen", name="Giấy khen", kind="form")
    await form.save()
    ids["award_form"] = form.id
    for subject, coefficient in (("individual", "0.3"), ("collective", "0.6")):
        await BonusCoefficient(
            award_form=form.id,
            subject=subject,
            coefficient=Decimal(coefficient),
            effective_from=START,
        ).save()
    for day, amount in ((date(2024, 7, 1), 2_340_000), (date(2026, 7, 1), 2_530_000)):
        await BaseSalary(effective_from=day, amount=amount).save()


async def _movement(ids: dict[str, int]) -> None:
    movement_ = Movement(
        code="XHHT",
        name="Xây dựng xã hội học tập, đẩy mạnh học tập suốt đời giai đoạn 2023 - 2030",
        launched_by=ids["root"],
        launched_on=date(2024, 1, 15),
        summary="",
    )
    await movement_.save()
    ids["movement"] = movement_.id
    for subject, criteria in (("individual", INDIVIDUAL), ("collective", COLLECTIVE)):
        ids[f"set:{subject}"] = await _criteria_set(movement_.id, subject, criteria)
    calendar = {
        "nominations_open_on": date(2025, 10, 20),
        "nominations_close_on": date(2025, 11, 20),
        "scoring_close_on": date(2025, 12, 5),
        "session_on": date(2025, 12, 12),
        "award_form": ids["award_form"],
        "individual_set": ids["set:individual"],
        "collective_set": ids["set:collective"],
    }
    for code, year, more in (("VKS-2025", 2025, calendar), ("VKS-2026", 2026, {})):
        round_ = ReviewRound(
            movement=movement_.id,
            code=code,
            kind="annual",
            name=f"Tổng kết năm {year}",
            achievements_from=date(year - 1, 12, 1),
            achievements_to=date(year, 11, 30),
            **more,
        )
        await round_.save()
        ids[f"round_{year}"] = round_.id


async def _criteria_set(
    movement_id: int, subject: str, criteria: tuple[tuple[str, int], ...]
) -> int:
    found = CriteriaSet(
        movement=movement_id, subject=subject, version=1, name=f"Mẫu đề xuất ({subject})", note=""
    )
    await found.save()
    rows = [(code, "judged", Decimal(points)) for code, points in criteria]
    rows += [(code, "gate", None) for code in GATES]
    for position, (code, kind, points) in enumerate(rows, start=1):
        await Criterion(
            criteria_set=found.id,
            code=code,
            kind=kind,
            title=f"Tiêu đề {code}",
            text=f"Nội dung {code}",
            max_points=points,
            position=position,
        ).save()
    return int(found.id)


async def _council(ids: dict[str, int]) -> None:
    council = Council(
        unit=ids["root"],
        name="Hội đồng Thi đua - Khen thưởng VKSND tối cao",
        founding_paper="Quyết định số 01/QĐ-VKSTC",
        head_title="Viện trưởng",
        symbol="VKSTC",
        place="Hà Nội",
        valid_from=START,
    )
    await council.save()
    ids["council"] = council.id
    for position, login in enumerate(("member_1", "member_2", "member_3"), start=1):
        await CouncilMember(
            council=council.id,
            account=ids[f"account:{login}"],
            office="chair" if position == 1 else "member",
            position=position,
            valid_from=START,
        ).save()
