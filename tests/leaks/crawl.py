"""Everything one reader can fetch, as text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from urllib.parse import quote

import httpx
import pypdfium2
from python_calamine import CalamineWorkbook

from app.main import create_app
from tests.conftest import Browser, World
from tests.leaks.planted import SUSPICIONS
from tests.permissions.planted import Planted

# Files of the product itself.
SKIPPED = {"/static/{name}"}
# GET routes that answer 200 to nobody in the hunt, each with its reason.
FROZEN = "is for criteria of a round that is not open yet"
LEADS_ON = "leads on: there is nothing left to wait for or to fill in"
BEFORE_SIGN_IN = "is for those who are not signed in yet"
ANSWERS_NOBODY = {
    "/criteria-sets/{set_id}/criteria/new": FROZEN,
    "/criteria-sets/{set_id}/criteria/{criterion_id}": FROZEN,
    "/nominations/{nomination_id}/sheet": LEADS_ON,
    "/certificate-batches/{batch_id}/progress": LEADS_ON,
    "/imports/{run_id}/progress": LEADS_ON,
    "/sign-in": BEFORE_SIGN_IN,
    "/sign-in/code": BEFORE_SIGN_IN,
    "/reset/{token}": "is known to whoever was handed the link, and says nothing but their name",
    "/public-comment/{code}/receipts/{receipt}": "is signed; told to whoever sent the comment",
}
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
    "/rounds/{round_id}/registrations": "q",
    "/awards": "q",
    "/audit": "actor",
    "/rights": "text",
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
    # The case, the initiative and the draft to come, by themselves.
    "/rights": (
        *(f"kind=case&id={number}" for number in (1, 2)),
        *(f"kind=initiative&id={number}" for number in (1, 2, 3)),
        *(f"kind=nomination&id={number}" for number in (5, 6)),
        "kind=scoring&id=1",
        "kind=round&id=1",
        "kind=minutes&id=1",
    ),
}

_RANDOM = ("set-cookie", "date")

Pages = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Told:
    """What paths need besides: the dossier under appraisal, and two addresses of the public."""

    appraised: int
    publication_code: str
    calendar: str


def paths(world: World, planted: Planted, told: Told) -> dict[str, str]:
    """Every GET route with every id, each list with every suspicion typed into its search.

    The route by the path; a path of no route has none.
    """
    values = _values(world, planted, told)
    found = {"/no/such/page": "", f"/nominations/{quote(SUSPICIONS[0])}": ""}
    for route in sorted(routes()):
        asked = [
            *FILTERS.get(route, ()),
            *(f"{SEARCHED[route]}={quote(s)}" for s in SUSPICIONS if route in SEARCHED),
        ]
        filled = _filled(route, values)
        found |= dict.fromkeys(filled, route)
        # Of two rounds the one in which something is; the other is empty.
        found |= dict.fromkeys((f"{filled[0]}?{query}" for query in asked), route)
    return found


def routes() -> set[str]:
    """Of the pages and files."""
    return {
        route.path_format for route in create_app().routes if "GET" in getattr(route, "methods", ())
    } - SKIPPED


def _values(world: World, planted: Planted, told: Told) -> dict[str, list[object]]:
    finished = planted.finished
    return {
        "round_id": [world.ids["round_2025"], world.ids["round_2026"]],
        "movement_id": [world.ids["movement"]],
        # One more than there is: the draft to come.
        "nomination_id": list(range(1, told.appraised + 2)),
        "set_id": [world.ids["set:individual"]],
        "criterion_id": [planted.criterion],
        "item_id": [planted.item],
        "file_id": [1, 2],
        "minutes_id": [planted.minutes],
        "publication_id": [planted.publication],
        "list_id": [planted.sent.endorsement_list],
        "decision_id": [finished.decision],
        "batch_id": [finished.batch],
        "certificate_id": [finished.certificate, finished.certificate + 1],
        "subject": ["individual", "collective"],
        "person_id": list(range(1, 8)),
        "kind": ["postings", "classifications", "pipeline", "absences"],
        "unit_id": list(range(1, 7)),
        "account_id": [1, 8, 11],
        "role_id": [1, 8],
        "entry_id": [1, 20],
        "code": [finished.code, told.publication_code, "ABCD-EFGH"],
        "token": [told.calendar],
        "name": ["people.xlsx"],
        # Kinds that something secret is planted in; the search above asks for every kind.
        "thing": ["case", "initiative", "nomination", "minutes", "person", "scoring"],
        "thing_id": [1, told.appraised + 1],
    }


def _filled(route: str, values: dict[str, list[object]]) -> list[str]:
    names = re.findall(r"\{(\w+)\}", route)
    choices = [values.get(name, [1]) for name in names]
    return [route.format(**dict(zip(names, chosen, strict=True))) for chosen in product(*choices)]


async def crawl(browser: Browser, wanted: Iterable[str]) -> Pages:
    """What is not there is not searched either."""
    pages: Pages = {}
    for path in wanted:
        page, _, asked = path.partition("?")
        if not asked or pages[page][0] == 200:
            pages[path] = _read(await browser.get(path))
    return pages


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
    elif kind.startswith("image/"):
        text = hashlib.sha256(answer.content).hexdigest()
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
