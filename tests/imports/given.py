"""Files as people send them, and a personnel officer who sends them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter

from app.accounts import actions as accounts
from app.imports import actions, jobs
from app.imports.queries import runs
from app.imports.queries.runs import RunFacts
from app.imports.rules.kinds import KINDS
from app.kernel.actor import Actor, Role
from tests.cast import START
from tests.conftest import World

OFFICER = "personnel"
PERSON = ("KS9001", "Nguyễn Thị Minh Ánh", "05/03/1990", "Nữ", "Tày", "Công chức", "01/09/2014")


def sheet(kind: str, *rows: Sequence[object], headers: Sequence[str] | None = None) -> bytes:
    """CSV with the kind's own headers; cells a row does not give are blank."""
    head = headers or KINDS[kind].headers()
    out = StringIO()
    csv.writer(out).writerows([head, *([*row, *[""] * (len(head) - len(row))] for row in rows)])
    return out.getvalue().encode("utf-8-sig")


def workbook(kind: str, *rows: Sequence[object]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet()
    for line, row in enumerate((KINDS[kind].headers(), *rows)):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(line, place, cell)
            else:
                page.write(line, place, cell)
    book.close()
    return out.getvalue()


async def officer(world: World, unit: str = "root") -> Actor:
    """The personnel officer of the cast, or one more over a smaller unit."""
    if unit == "root":
        return await world.actor(OFFICER)
    login = f"{OFFICER}.{unit}"
    await accounts.create_account(
        None, login=login, name="Cán bộ tổ chức", password=world.password, now=world.now
    )
    actor = await world.actor(login)
    await accounts.grant(
        None, actor.account_id, Role.PERSONNEL_OFFICER, world.ids[unit], START, now=world.now
    )
    return await world.actor(login)


async def check(
    world: World, actor: Actor, kind: str, content: bytes, name: str = "t.csv"
) -> RunFacts:
    run_id = await actions.upload(kind, content, name, actor=actor, now=world.now)
    await jobs.work(run_id, now=world.now)
    return await runs.run(run_id)


async def apply(world: World, actor: Actor, run_id: int) -> RunFacts:
    await actions.order_application(run_id, actor=actor, now=world.now)
    await jobs.work(run_id, now=world.now)
    return await runs.run(run_id)


async def bring_in(world: World, actor: Actor, kind: str, content: bytes) -> RunFacts:
    run = await check(world, actor, kind, content)
    assert run.state == "ready", (run.error, run.problems)
    return await apply(world, actor, run.id)


def said(run: RunFacts) -> list[tuple[int, str, str, str]]:
    """(row, column, value, words) of every line."""
    return [
        (p.row, p.column, p.value, p.refusal.message.format(**p.refusal.values))
        for p in run.problems
    ]
