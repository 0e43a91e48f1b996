"""The log, which stands below this room, calls its stages and fields as this room does."""

from __future__ import annotations

from dataclasses import fields

from app.audit import words
from app.audit.rules import labels
from app.movement.rules import COLUMNS, STAGES, MovementPlan, RoundPlan
from app.organization.rules import PERSON_FIELDS


def test_a_stage_has_the_same_name_in_the_log() -> None:
    assert {key: stage.label for key, stage in STAGES.items()} == labels.STAGES


def test_every_field_that_may_change_has_a_name_in_the_log() -> None:
    planned = {field.name for plan in (MovementPlan, RoundPlan) for field in fields(plan)}
    assert sorted(planned | {*COLUMNS, *PERSON_FIELDS}) == sorted(labels.FIELDS)


def test_changed_fields_are_named_in_words() -> None:
    assert words.detail_words('{"fields": "name, session_on, unknown"}') == [
        ("Các mục đã sửa", "Tên, Ngày họp Hội đồng, unknown")
    ]
    assert words.detail_words('{"stage": "comment"}') == [("Giai đoạn", "Lấy ý kiến công khai")]
