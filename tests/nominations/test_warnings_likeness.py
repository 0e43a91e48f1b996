"""How near two texts are: whole numbers, whatever marks, case and punctuation do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.nominations.rules.likeness import FEWEST_WORDS, alike, contained, runs

SENTENCE = "Hướng dẫn đồng nghiệp tự học trực tuyến được 12 buổi trong năm"
words = st.lists(st.sampled_from(["học", "tập", "suốt", "đời", "xã", "hội", "12"]), max_size=20)
percents = st.integers(1, 100)


def test_marks_case_and_punctuation_do_not_count() -> None:
    assert runs(SENTENCE) == runs(
        "HUONG DAN dong nghiep, tu hoc truc tuyen duoc 12 buoi; trong nam!"
    )


def test_a_short_sentence_is_like_nothing() -> None:
    short = "một hai ba bốn năm"
    assert runs(short) == frozenset()
    assert not alike(runs(short), runs(short), 1)
    assert not contained(runs(short), runs(short), 1)


def test_six_words_are_long_enough() -> None:
    assert len(runs("một hai ba bốn năm sáu")) == FEWEST_WORDS - 2


def test_one_changed_word_in_a_long_sentence_is_still_alike() -> None:
    long = " ".join(f"từ{n}" for n in range(60))
    changed = long.replace("từ30", "khác")
    assert alike(runs(long), runs(changed), 80)
    assert not alike(runs(long), runs(changed), 95)


def test_a_text_is_contained_in_one_that_says_more() -> None:
    more = f"{SENTENCE} và tổ chức thi tìm hiểu pháp luật cho cán bộ trẻ"
    assert contained(runs(SENTENCE), runs(more), 100)
    assert not contained(runs(more), runs(SENTENCE), 100)
    assert not alike(runs(SENTENCE), runs(more), 80)


@given(words, words, percents)
def test_being_alike_has_no_order(one: list[str], other: list[str], percent: int) -> None:
    a, b = runs(" ".join(one)), runs(" ".join(other))
    assert alike(a, b, percent) == alike(b, a, percent)


@given(words, percents)
def test_a_long_text_is_like_itself(text: list[str], percent: int) -> None:
    found = runs(" ".join(text))
    assert alike(found, found, percent) == (len(text) >= FEWEST_WORDS)


@given(words, words, percents)
def test_what_is_alike_is_contained_both_ways(
    one: list[str], other: list[str], percent: int
) -> None:
    a, b = runs(" ".join(one)), runs(" ".join(other))
    if alike(a, b, percent):
        assert contained(a, b, percent)
        assert contained(b, a, percent)
