"""The criteria sets of 2026: those of 2025, with initiatives counted instead of judged."""

from __future__ import annotations

from decimal import Decimal

from app.demo.prepare import MOVEMENT_CODE
from app.movement.rules.measuring import Linear, to_text
from app.movement.tables import CriteriaSet, Criterion, CriterionBand

_NOTE = "Bản năm 2026: phần sáng kiến do hệ thống tự tính từ sổ sáng kiến."
# Of forty points for C2 ten follow from the register.
_JUDGED, _COUNTED = Decimal(30), Decimal(10)
_BANDS = (
    ("Xuất sắc", "Tự học thường xuyên, có sản phẩm được đơn vị áp dụng.", "20", "25"),
    ("Tốt", "Hoàn thành kế hoạch tự học đã đăng ký.", "12.5", "19.5"),
    ("Đạt", "Tham gia học tập theo kế hoạch của đơn vị.", "0", "12"),
)


async def next_version(subject: str) -> int:
    """The id of version 2 of this subject's set."""
    made = await CriteriaSet.raw(
        "INSERT INTO criteria_set (movement, subject, version, name, note, based_on, edits)"
        " SELECT s.movement, s.subject, 2, s.name, {}, s.id, 0 FROM criteria_set s"
        " JOIN movement m ON m.id = s.movement WHERE m.code = {} AND s.subject = {}"
        " AND s.version = 1 RETURNING id, based_on",
        _NOTE,
        MOVEMENT_CODE,
        subject,
    )
    new, old = int(made[0]["id"]), int(made[0]["based_on"])
    await Criterion.raw(
        "INSERT INTO criterion (criteria_set, code, kind, title, text, max_points, position, help,"
        " source, evidence_required, proposed) SELECT {}, code, kind, title, text, max_points,"
        " position, help, source, evidence_required, proposed FROM criterion"
        " WHERE criteria_set = {} ORDER BY position",
        new,
        old,
    )
    await (_count_shares(new) if subject == "individual" else _count_replicable(new))
    return new


async def _count_shares(set_id: int) -> None:
    await Criterion.raw(
        "UPDATE criterion SET max_points = {} WHERE criteria_set = {} AND code = 'C2'",
        _JUDGED,
        set_id,
    )
    await Criterion.raw(
        "UPDATE criterion SET position = position + 1 WHERE criteria_set = {} AND kind = 'gate'",
        set_id,
    )
    counted = Criterion(
        criteria_set=set_id,
        code="C5",
        kind="measured",
        title="Sáng kiến được công nhận",
        text="Cộng tỷ lệ đóng góp trong các sáng kiến được công nhận trong kỳ xét.",
        max_points=_COUNTED,
        position=5,
        help="",
        proposed=True,
        indicator="initiatives.shares",
        function=to_text(Linear(Decimal(0), Decimal(1))),
    )
    await counted.save()
    first = await Criterion.raw(
        "SELECT id FROM criterion WHERE criteria_set = {} AND code = 'C1'", set_id
    )
    await CriterionBand.insert(
        *(
            CriterionBand(
                criterion=first[0]["id"],
                label=label,
                description=description,
                points_from=Decimal(low),
                points_to=Decimal(high),
                position=position,
            )
            for position, (label, description, low, high) in enumerate(_BANDS, start=1)
        )
    )


async def _count_replicable(set_id: int) -> None:
    await Criterion.raw(
        "UPDATE criterion SET kind = 'measured', indicator = 'initiatives.replicable',"
        " function = {} WHERE criteria_set = {} AND code = 'T5'",
        to_text(Linear(Decimal(0), Decimal(2))),
        set_id,
    )
