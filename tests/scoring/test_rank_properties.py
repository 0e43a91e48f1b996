"""What must hold for every input: order of the file, scale, an independent mean, both passes."""

import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.scoring.rules.exact import places, scaled, show_ratio
from app.scoring.rules.explain import explain
from app.scoring.rules.marks import gather
from app.scoring.rules.roster import Roster
from tests.scoring.rank_documents import Document, answer, document

points = st.integers(0, 80).map(lambda quarters: f"{quarters / 4:g}")
sheet = st.tuples(points, points) | st.tuples(points)
sheets = st.dictionaries(st.sampled_from(["M1", "M2", "M3"]), sheet)
keys = st.dictionaries(st.sampled_from(["k", "l"]), st.sampled_from(["0.5", "-1", "0.50", "3"]))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    codes = ["N1", "N2", "N10", "n1", "Đ"]
    of = document(
        draw(st.dictionaries(st.sampled_from(codes), sheets)),
        min_members=draw(st.integers(1, 2)),
        tie_breaks=draw(st.lists(st.sampled_from(["criterion:C1", "criterion:C2", "key:k"]))),
        decimals=draw(st.integers(0, 3)),
    )
    for subject in of["subjects"]:
        subject["keys"] = draw(keys)
    return of


@given(documents(), st.randoms())
def test_the_order_of_the_file_changes_only_its_hash(of: Document, chance: random.Random) -> None:
    before = answer(of)
    for name in ("criteria", "members", "subjects", "marks"):
        chance.shuffle(of[name])
    after = answer(of)
    del before["input_sha256"], after["input_sha256"]
    assert after == before


@given(documents(), st.integers(2, 7))
def test_scaling_all_points_scales_values_and_nothing_else(of: Document, factor: int) -> None:
    def times(text: str) -> str:
        return show_ratio(scaled(text, 2) * factor, 100, 2)

    of["protocol"]["decimals"] = 9
    before = answer(of)["rows"], answer(of)["agreement"]
    for criterion in of["criteria"]:
        criterion["max"] = times(criterion["max"])
    for mark in of["marks"]:
        mark[3] = times(mark[3])
    after = answer(of)["rows"], answer(of)["agreement"]
    for old, new in zip(before[0], after[0], strict=True):
        was, now = old.pop("value"), new.pop("value")
        assert (was is None) == (now is None)
        if was is not None:
            assert abs(Fraction(now) - Fraction(was) * factor) <= Fraction(factor, 10**9)
    assert after == before


@given(documents())
def test_the_ranking_equals_a_reference_in_fractions(of: Document) -> None:
    reference = rank_by_fractions(of)
    rows = answer(of)["rows"]
    assert {row["subject"]: (row["rank"], row["tied"]) for row in rows} == {
        code: (rank, tied) for code, (rank, tied, _) in reference.items()
    }
    decimals = of["protocol"]["decimals"]
    for row in rows:
        value = reference[row["subject"]][2]
        if value is not None:
            shown = int(value * 10**decimals + Fraction(1, 2))
            assert Fraction(row["value"]) == Fraction(shown, 10**decimals)
            assert len(row["value"].partition(".")[2]) == decimals


def rank_by_fractions(of: Document) -> dict[str, tuple[int | None, bool, Fraction | None]]:
    """The rules of the format written down once more, slowly."""
    marks = {(m, s, c): Fraction(p) for m, s, c, p in of["marks"]}
    orders: dict[str, list[object]] = {}
    for subject in of["subjects"]:
        code = subject["code"]
        complete = [m for m in of["members"] if all((m, code, c) in marks for c in ("C1", "C2"))]
        if len(complete) < of["protocol"]["min_members"]:
            continue

        def mean(*criteria: str, code: str = code, by: list[str] = complete) -> Fraction:
            return sum((marks[m, code, c] for m in by for c in criteria), Fraction()) / len(by)

        order: list[object] = [mean("C1", "C2")]
        for tie in of["protocol"]["tie_breaks"]:
            kind, name = tie.split(":")
            own = subject["keys"].get(name)
            if kind == "criterion":
                order.append(mean(name))
            else:
                order.append((own is not None, Fraction(own or 0)))
        orders[code] = order
    result: dict[str, tuple[int | None, bool, Fraction | None]] = {}
    for subject in of["subjects"]:
        mine = orders.get(subject["code"])
        if mine is None:
            result[subject["code"]] = (None, False, None)
            continue
        better = sum(other > mine for other in orders.values())
        value = mine[0]
        assert isinstance(value, Fraction)
        result[subject["code"]] = (1 + better, list(orders.values()).count(mine) > 1, value)
    return result


loose_mark = st.lists(
    st.sampled_from(["M", "N", "C", "D", "5", "9.0", "9.1", "-1", "-0", "NaN"]) | st.just(5),
    min_size=4,
    max_size=4,
)
near_mark = st.tuples(
    st.sampled_from(["M", "L"]),
    st.sampled_from(["N", "O"]),
    st.sampled_from(["C", "D"]),
    st.sampled_from(["5", "0.25", "9", "9.000"]),
)


@given(
    st.lists(near_mark, unique_by=lambda mark: mark[:3]),
    st.lists(loose_mark | near_mark | st.just("MNC5") | st.just([]), max_size=1),
    st.frozensets(st.tuples(st.sampled_from("ML"), st.sampled_from("NO")), max_size=1),
)
def test_the_fast_pass_accepts_exactly_what_the_slow_one_finds_nothing_in(
    good: list[object], doubtful: list[object], recusals: frozenset[tuple[str, str]]
) -> None:
    roster = Roster({"C": "9", "D": "9.0"}, {"M": None, "L": None}, {"N": {}, "O": {}}, recusals)
    marks = good + doubtful
    assert (gather(marks, roster) is None) == bool(explain(marks, roster))


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**4), st.integers(0, 6))
def test_shown_ratios_round_half_away_from_zero(top: int, below: int, decimals: int) -> None:
    text = show_ratio(top, below, decimals)
    off = abs(Fraction(text)) - abs(Fraction(top, below))
    half = Fraction(1, 2 * 10**decimals)
    assert -half < off <= half
    assert places(text) == decimals
    assert Fraction(text) != 0 or not text.startswith("-")
