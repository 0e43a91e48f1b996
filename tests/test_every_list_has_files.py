"""A page that shows a list offers it as files; one that does not says here why."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"
# A table, or a page's own list of cards or lines that lead somewhere.
A_LIST = re.compile(r'<table|ui\.table\(|\{% macro table\(|<ul class="(stack plain|lines|files)"')
AN_INCLUDE = re.compile(r'\{%-? include "([^"]+)"')

FORM = "a form in the shape of a table: what is typed there is not stored yet"
ONE_THING = "lines of one thing, shown beside it; its papers repeat them"
PAPER = "the printed paper itself"
EXEMPT = {
    "_ui.html": "the macro",
    "accounts/account.html": "the reader's own sessions, open now",
    "accounts/sheet.html": "the roles of one account; the file of accounts has today's",
    "council/_result_form.html": FORM,
    "decisions/_annex.html": "its page offers the annex of the decision as files",
    "decisions/_print_decision.html": PAPER,
    "imports/_planned.html": "its page offers the lines of the run as files",
    "imports/_problems.html": "its page offers the lines of the run as files",
    "movement/_calendar.html": ONE_THING,
    "movement/criteria/_corrections.html": ONE_THING,
    "movement/criteria/_fields.html": FORM,
    "movement/criteria/_print_sheet.html": PAPER,
    "movement/criteria/form.html": FORM,
    "movement/criteria/preview.html": "how a form will look",
    "movement/criteria/set.html": "one version; printed as the score sheet",
    "movement/edit.html": FORM,
    "nominations/_columns.html": FORM,
    "nominations/_minutes_fields.html": FORM,
    "_print_head.html": PAPER,
    "nominations/_registered.html": ONE_THING,
    "nominations/_print_minutes.html": PAPER,
    "nominations/_print_report.html": PAPER,
    "nominations/_print_score_sheet.html": PAPER,
    "nominations/correction.html": "what a correction would change, before it is made",
    "nominations/endorsement_confirm.html": FORM,
    "nominations/minutes.html": ONE_THING,
    "nominations/report.html": "one report, printed as PDF",
    "organization/person.html": ONE_THING,
    "public_comment/_print_result.html": PAPER,
    "reminders/list.html": "the reader's own messages, each about something listed elsewhere",
    "nominations/_files.html": "the files themselves, of one dossier",
    "reports/home.html": "the reader's own page; each line leads to its list",
    "reports/rights.html": "an answer to one question",
    "reports/round.html": "the figures of one round; each leads to its list",
    "scoring/no_ranking.html": "who has not scored yet; the ranking that follows has files",
    "scoring/score_sheet.html": FORM,
}


def listing() -> dict[str, str]:
    texts = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
        for path in TEMPLATES.rglob("*.html")
    }
    return {
        name: text for name, text in texts.items() if A_LIST.search(text) or "file_links(" in text
    }


def offered() -> set[str]:
    """Templates with file links of their own, or included by one that has them."""
    own = {name: text for name, text in listing().items() if "ui.file_links(" in text}
    return set(own) | {found for text in own.values() for found in AN_INCLUDE.findall(text)}


def test_every_list_has_file_links_or_a_reason_why_not() -> None:
    assert sorted(set(listing()) - offered() - set(EXEMPT)) == []


def test_no_exemption_outlives_its_page() -> None:
    assert sorted(set(EXEMPT) - set(listing())) == []
