"""The pure part: names, codes, and what is read from a form."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.kernel.period import Period
from app.nominations import forms
from app.nominations.rules import (
    Place,
    UnitStep,
    covering_unit,
    next_code,
    refuse_nominating,
    refuse_place,
    snapshot_of_collective,
    snapshot_of_person,
)
from app.web.forms import Form

ROOT = UnitStep(1, "supreme", "VKSND tối cao")
PROVINCE = UnitStep(2, "province", "VKSND tỉnh Lạng Sơn")
ROOM = UnitStep(3, "room", "Phòng 1")
REGIONAL = UnitStep(4, "regional", "VKSND khu vực 1 - Lạng Sơn")
OFFICE = UnitStep(5, "central", "Văn phòng")
FIRST, LAST = date(2025, 10, 20), date(2025, 11, 20)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("way", "name"),
    [
        ((ROOM, PROVINCE, ROOT), "Phòng 1, VKSND tỉnh Lạng Sơn"),
        ((REGIONAL, PROVINCE, ROOT), "VKSND khu vực 1 - Lạng Sơn"),
        ((ROOM, OFFICE, ROOT), "Phòng 1, Văn phòng, VKSND tối cao"),
        ((PROVINCE, ROOT), "VKSND tỉnh Lạng Sơn"),
    ],
)
def test_a_room_is_named_with_its_house(way: tuple[UnitStep, ...], name: str) -> None:
    snapshot = snapshot_of_person(7, Place("  Hoàng  Văn Ánh ", "Kiểm sát viên", way))
    assert (snapshot.subject, snapshot.name, snapshot.unit_name) == (
        "individual",
        "Hoàng Văn Ánh",
        name,
    )


@pytest.mark.parametrize(
    ("way", "name", "beside"),
    [
        ((ROOM, PROVINCE, ROOT), "Phòng 1", "VKSND tỉnh Lạng Sơn"),
        ((ROOM, OFFICE, ROOT), "Phòng 1", "Văn phòng, VKSND tối cao"),
        ((ROOT,), "VKSND tối cao", ""),
    ],
)
def test_a_collective_stands_beside_its_parent(
    way: tuple[UnitStep, ...], name: str, beside: str
) -> None:
    snapshot = snapshot_of_collective(Place(way[0].name, "", way))
    assert (snapshot.subject, snapshot.collective_id, snapshot.name, snapshot.unit_name) == (
        "collective",
        way[0].id,
        name,
        beside,
    )


def test_a_very_long_name_still_has_a_search_key() -> None:
    long = UnitStep(1, "province", "Viện " * 200)
    assert len(snapshot_of_person(7, Place("Ánh", "", (long,))).search_key("CN-2025-0001")) == 600


@pytest.mark.parametrize(
    ("units", "expected"), [({3}, 3), ({3, 2}, 2), ({1, 2, 3}, 1), ({9}, None), (set(), None)]
)
def test_the_highest_unit_held_nominates(units: set[int], expected: int | None) -> None:
    assert covering_unit((ROOM, PROVINCE, ROOT), units) == expected


@pytest.mark.parametrize(
    ("last", "code"),
    [(0, "CN-2025-0001"), (41, "CN-2025-0042"), (9999, "CN-2025-10000")],
)
def test_codes_count_on(last: int, code: str) -> None:
    assert next_code("CN-2025-", last) == code


@pytest.mark.parametrize(
    ("dissolved", "refused"),
    [(None, False), (LAST, True), (LAST - DAY, True), (LAST + DAY, False)],
)
def test_the_day_of_dissolution_is_too_late(dissolved: date | None, refused: bool) -> None:
    place = Place("Phòng 1", "", (UnitStep(3, "room", "Phòng 1", dissolved), ROOT))
    assert (refuse_place(place, LAST) is not None) == refused


@pytest.mark.parametrize(
    ("period", "opened", "today", "code"),
    [
        (None, True, FIRST, "round-not-open"),
        (Period(FIRST, LAST), False, FIRST, "round-not-open"),
        (Period(FIRST, LAST), True, FIRST - DAY, "nominations-not-open"),
        (Period(FIRST, LAST), True, FIRST, None),
        (Period(FIRST, LAST), True, LAST, None),
        (Period(FIRST, LAST), True, LAST + DAY, "nominations-closed"),
        (Period(FIRST), True, LAST + 999 * DAY, None),
    ],
)
def test_the_time_for_nominations(
    period: Period | None, opened: bool, today: date, code: str | None
) -> None:
    refusal = refuse_nominating(period, opened, today)
    assert (refusal.code if refusal else None) == code


WINDOW = Period(date(2024, 12, 1), date(2025, 11, 30))


def test_a_nomination_is_read() -> None:
    data = {"subject": "individual", "nominee": "7-12", "achievement": " Tự  học "}
    assert forms.read_nomination(Form(data), WINDOW) == forms.NewNomination(
        "individual", 7, 12, "Tự học", WINDOW
    )
    data = {"subject": "collective", "nominee": "12", "achievement": "Tự học"}
    data |= {"period_from": "01/02/2025", "period_to": "2025-03-31"}
    assert forms.read_nomination(Form(data), WINDOW) == forms.NewNomination(
        "collective", None, 12, "Tự học", Period(date(2025, 2, 1), date(2025, 3, 31))
    )


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        ("01/12/2024", "30/11/2025", {}),
        ("30/11/2024", "30/11/2025", {"period_from": "period-outside"}),
        ("01/12/2024", "01/12/2025", {"period_to": "period-outside"}),
        ("02/02/2025", "01/02/2025", {"period_to": "period-backwards"}),
        ("02/02/2025", "", {"period_to": "not-a-date"}),
    ],
)
def test_an_achievement_period_lies_inside_the_round(
    first: str, last: str, wrong: dict[str, str]
) -> None:
    data = {"subject": "collective", "nominee": "12", "achievement": "Tự học"}
    form = Form(data | {"period_from": first, "period_to": last})
    read = forms.read_nomination(form, WINDOW)
    assert {name: refusal.code for name, refusal in form.errors.items()} == wrong
    assert (read is None) == bool(wrong)


def test_everything_wrong_with_a_nomination_is_said_at_once() -> None:
    form = Form({"subject": "both", "nominee": "7-12-13"})
    assert forms.read_nomination(form, WINDOW) is None
    assert sorted(form.errors) == ["achievement", "nominee", "subject"]


def test_evidence_is_read() -> None:
    data = {
        "criterion": "C1",
        "statement": "Đã làm",
        "before": "1.250,5",
        "after": "0",
        "quantity_unit": "giờ",
        "last_on": "2025-06-30",
    }
    day = date(2025, 6, 30)
    read = forms.read_evidence(Form(data))
    assert read == forms.NewEvidence(
        "C1", "Đã làm", Decimal("1250.5"), Decimal(0), "giờ", "", Period(day, day)
    )
    whole = forms.read_evidence(Form(data | {"first_on": "01/02/2025"}))
    assert whole is not None
    assert whole.days == Period(date(2025, 2, 1), day)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, {"last_on": "not-a-date"}),
        ({"first_on": "2025-02-01"}, {"last_on": "not-a-date"}),
        ({"first_on": "hôm qua", "last_on": "2025-06-30"}, {"first_on": "not-a-date"}),
    ],
)
def test_an_achievement_has_its_day(typed: dict[str, str], wrong: dict[str, str]) -> None:
    form = Form({"criterion": "C1", "statement": "Đã làm"} | typed)
    assert forms.read_evidence(form) is None
    assert {name: refusal.code for name, refusal in form.errors.items()} == wrong


def test_an_unreadable_figure_is_not_called_missing() -> None:
    data = {"criterion": "C1", "statement": "Đã làm", "last_on": "30/06/2025"}
    form = Form(data | {"before": "3", "after": "năm"})
    assert forms.read_evidence(form) is None
    assert {name: refusal.code for name, refusal in form.errors.items()} == {
        "after": "not-a-number"
    }


@pytest.mark.parametrize("positive", ["", "maybe"])
def test_a_word_is_yes_or_no(positive: str) -> None:
    form = Form({"gate": "G4", "positive": positive, "statement": "Tốt"})
    assert forms.read_attestation(form) is None
    assert sorted(form.errors) == ["positive"]


def test_a_word_is_read() -> None:
    form = Form({"gate": "G4", "positive": "no", "statement": "Có đơn thư"})
    assert forms.read_attestation(form) == forms.NewAttestation("G4", False, "Có đơn thư")
