"""Every text people read has an English translation, and none escapes translation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.strings.bare import bare_texts
from tests.strings.catalogue import ENGLISH, problems, read
from tests.strings.found import texts

ROOT = Path(__file__).parents[1]


def expect_none(rule: str, offenders: list[str]) -> None:
    if offenders:
        pytest.fail("\n".join([rule, *(f"  {line}" for line in offenders)]), pytrace=False)


def test_the_english_catalogue_is_complete_and_has_nothing_else() -> None:
    found = texts(ROOT)
    # The kernel's refusals are always there: an extraction that finds nothing is broken.
    assert "Điểm không được vượt quá {maximum}." in {text.message for text in found}
    expect_none(f"Run `make strings` and mend {ENGLISH}:", problems(read(ROOT / ENGLISH), found))


def test_templates_hold_no_text_outside_of_translation() -> None:
    expect_none("Put these into `_()`:", bare_texts(ROOT / "templates"))
