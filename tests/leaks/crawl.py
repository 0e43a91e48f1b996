"""Everything one reader can fetch, as text."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import product
from urllib.parse import quote

import httpx
import pypdfium2
from python_calamine import CalamineWorkbook

from app.main import create_app
from tests.conftest import Browser, World
from tests.finished_round import Finished
from tests.leaks.planted import SUSPICIONS

# Files of the product itself, and a picture: its certificate is read as PDF.
SKIPPED = {"/static/{name}", "/certificates/{certificate_id}/preview.png"}
# Lists that can be searched, each with the name of its search field.
SEARCHED = {
    "/rounds/{round_id}/nominations": "q",
    "/rounds/{round_id}/nominations/new": "subject=individual&q",
    "/certificates": "q",
    "/people": "q",
    "/units": "q",
    "/accounts": "q",
    "/people/export.csv": "q",
    "/units/export.csv": "q",
    "/rounds/{round_id}/nominations/export.csv": "q",
    "/audit": "actor",
}
# Asked of lists besides words: filters whose answers could tell.
FILTERS = {
    "/rounds/{round_id}/nominations": (
        "state=draft",
        "state=fail",
        "state=hold",
        "subject=individual",
        "task=mine",
        "task=word",
        "task=asked",
        "task=overdue",
        "registered=yes",
        "sort=state",
        "sort=-appraisal",
        "unit=phong",
    ),
    "/rounds/{round_id}/nominations/new": ("subject=individual", "subject=collective"),
    "/certificates": ("decision=1",),
}

_RANDOM = ("set-cookie", "date")

Pages = dict[str, tuple[int, str]]


def paths(world: World, finished: Finished) -> list[str]:
    """Every GET route with every id, each list with every suspicion typed into its search."""
    values = _values(world, finished)
    found = []
    for route in sorted(_get_routes() - SKIPPED):
        asked = [
            *FILTERS.get(route, ()),
            *(f"{SEARCHED[route]}={quote(s)}" for s in SUSPICIONS if route in SEARCHED),
        ]
        for path in _filled(route, values):
            found += [path, *(f"{path}?{query}" for query in asked)]
    return [*found, "/no/such/page", f"/nominations/{quote(SUSPICIONS[0])}"]


def _get_routes() -> set[str]:
    return {
        route.path_format for route in create_app().routes if "GET" in getattr(route, "methods", ())
    }


def _values(world: World, finished: Finished) -> dict[str, list[object]]:
    return {
        "round_id": [world.ids["round_2025"], world.ids["round_2026"]],
        "movement_id": [world.ids["movement"]],
        # One more than there is: the draft to come.
        "nomination_id": list(range(1, finished.draft + 3)),
        "decision_id": [finished.decision],
        "batch_id": [finished.batch],
        "certificate_id": [finished.certificate, finished.certificate + 1],
        "subject": ["individual", "collective"],
        "person_id": list(range(1, 8)),
        "kind": ["postings", "classifications"],
        "unit_id": list(range(1, 7)),
        "account_id": [1, 8, 11],
        "role_id": [1, 8],
        "entry_id": [1, 20],
        "code": [finished.code, "ABCD-EFGH"],
    }


def _filled(route: str, values: dict[str, list[object]]) -> list[str]:
    names = re.findall(r"\{(\w+)\}", route)
    choices = [values.get(name, [1]) for name in names]
    return [route.format(**dict(zip(names, chosen, strict=True))) for chosen in product(*choices)]


async def crawl(browser: Browser, wanted: list[str]) -> Pages:
    return {path: _read(await browser.get(path)) for path in wanted}


def _read(answer: httpx.Response) -> tuple[int, str]:
    kind = answer.headers.get("content-type", "").split(";")[0]
    headers = {n: v for n, v in answer.headers.items() if n not in _RANDOM}
    if kind == "application/pdf":
        text = _pdf(answer.content)
    elif kind.endswith("spreadsheetml.sheet"):
        book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
        text = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
        # A sheet carries the second in which it was written, packed now longer, now shorter.
        headers.pop("content-length", None)
    else:
        text = answer.content.decode("utf-8-sig")
    return answer.status_code, _without_token(text) + str(sorted(headers.items()))


def _pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _without_token(text: str) -> str:
    """The page without what is another one each time: its token, and an error's reference."""
    return re.sub(r'name="_csrf_token" value="[^"]*"', "", text)
