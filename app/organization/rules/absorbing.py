"""Why one unit cannot take over from others and go on (sáp nhập), or receive what they leave."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.organization.rules.cycles import first_cycle
from app.organization.rules.facts import Link, UnitFacts
from app.organization.rules.refusing import refuse_ending, refuse_rename


def refuse_absorption(
    absorbed: Sequence[UnitFacts],
    into: UnitFacts,
    name: str,
    day: date,
    above: Collection[Link],
) -> Refusal | None:
    """`name`: what `into` is called from `day` on; `above`: as for `refuse_receiver`."""
    ids = [unit.id for unit in absorbed]
    if into.id in ids or len(set(ids)) != len(ids):
        return Refusal(
            "merged-with-itself",
            N_("Một đơn vị không thể sáp nhập vào chính nó hoặc được ghi hai lần."),
            field_name="others",
        )
    for unit in absorbed:
        if refusal := refuse_ending(unit, day, (), taken_over=True):
            return refusal
    if refusal := refuse_receiver(ids, into, day, above):
        return replace(refusal, field_name="others")
    return refuse_rename(into, name, day) if name != into.latest.name else None


def refuse_receiver(
    ending: Collection[int], receiver: UnitFacts, day: date, above: Collection[Link]
) -> Refusal | None:
    """`above`: every edge above the receiver that holds on `day` or later."""
    name = receiver.latest.name
    if receiver.id in ending:
        message = N_("“{name}” kết thúc hoạt động nên không tiếp nhận được.")
        return Refusal("receives-itself", message, {"name": name}, "to")
    if day < receiver.founded_on:
        return Refusal(
            "receiver-not-founded",
            N_("“{name}” chỉ có từ ngày {day}."),
            {"name": receiver.versions[0].name, "day": show_date(receiver.founded_on)},
            "to",
        )
    if receiver.dissolved_on is not None:
        return Refusal(
            "receiver-dissolved",
            N_("“{name}” kết thúc hoạt động ngày {day}."),
            {"name": name, "day": show_date(receiver.dissolved_on)},
            "to",
        )
    # What lies below the units that end passes to the receiver, so it cannot be among that.
    if any(first_cycle(unit_id, receiver.id, day, above) for unit_id in ending):
        return Refusal(
            "receiver-below",
            N_("“{name}” nằm dưới đơn vị kết thúc hoạt động; cần chuyển sang cấp trên khác trước."),
            {"name": name},
            "to",
        )
    return None
