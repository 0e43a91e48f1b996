"""Files as people send them, and a personnel officer who sends them."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from app.accounts import actions as accounts
from app.imports import actions, jobs
from app.imports.queries import runs
from app.imports.queries.runs import RunFacts
from app.imports.rules.kinds import KINDS
from app.kernel.actor import Actor, Role
from app.organization.tables import Person
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


def drawn(fill: Callable[[Any, Any], None]) -> bytes:
    """`fill` gets a page with the header and one good person, and the book."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet()
    page.write_row(0, 0, KINDS["people"].headers())
    page.write_row(1, 0, PERSON)
    fill(page, book)
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


@asynccontextmanager
async def nothing_written(world: World) -> AsyncIterator[None]:
    """Of everything an import could write; runs, jobs, files and the log are its own."""
    own = ("import_run", "procrastinate", "stored_file", "audit", "sign_in_session")
    tables = await Person.raw("SELECT tablename AS t FROM pg_tables WHERE schemaname = 'public'")
    names = [row["t"] for row in tables if not row["t"].startswith(own)]
    assert {"unit", "unit_version", "person", "posting", "account"} <= set(names)
    asked = " UNION ALL ".join(
        f"SELECT '{name}' AS name, md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {name} t"
        for name in names
    )
    before = await Person.raw(f"{asked} ORDER BY 1")
    yield
    assert await Person.raw(f"{asked} ORDER BY 1") == before
