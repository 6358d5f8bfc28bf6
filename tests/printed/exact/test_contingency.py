"""Tables behind an odds ratio: R's p-values, scipy on any table, and a plain triple loop."""

from math import exp, sqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from relecture.printed.exact.contingency import Split, joint_groups, tables
from relecture.printed.exact.two_by_two import Table

cell = st.integers(1, 40)
cells = st.tuples(cell, cell, cell, cell)


def woolf(a, b, c, d) -> tuple[float, float, float]:
    """Odds ratio and 95 % interval, as a textbook writes them."""
    ratio, reach = a * d / (b * c), norm.ppf(0.975) * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return ratio, ratio * exp(-reach), ratio * exp(reach)


def printed(numbers, decimals: int = 2) -> tuple[str, tuple[str, str]]:
    ratio, low, high = (f"{number:.{decimals}f}" for number in numbers)
    return ratio, (low, high)


def by_triple_loop(row, bounds, n: int, half_unit: float) -> list[Table]:
    """Every table of n respondents whose three numbers are within half a unit of the print."""
    wanted = [float(text.replace(",", ".")) for text in (row, *bounds)]
    found = []
    for first in range(2, n - 1):
        for a in range(1, first):
            for c in range(1, n - first):
                table = (a, first - a, c, n - first - c)
                if all(abs(x - y) <= half_unit + 1e-12 for x, y in zip(woolf(*table), wanted, strict=True)):
                    found.append(Table(*table))
    return sorted(found)


def test_the_published_enumeration():
    # the vector of this project: the only table of 20 exposed and 30 unexposed, by enumeration
    assert tables("3.00", ("0.93", "9.70"), groups=(20, 30)) == (Table(12, 8, 10, 20),)


@given(cells, st.integers(1, 3))
def test_the_true_table_is_always_found(counts, decimals):
    a, b, c, d = counts
    row, bounds = printed(woolf(*counts), decimals)
    assert Table(*counts) in tables(row, bounds, groups=(a + b, c + d))
    assert Table(*counts) in tables(row, bounds, margin=(a + c, b + d))
    assert Table(*counts) in tables(row, bounds, groups=(a + b, c + d), margin=(a + c, b + d))


@given(cells, st.sampled_from(["Pearson", "Yates", "Fisher", "Wald", "rapport de vraisemblance"]))
def test_the_convention_of_a_printed_p_is_named(counts, test):
    a, b, c, d = counts
    p = f"{Table(*counts).p_values()[test]:.3f}"
    row, bounds = printed(woolf(*counts))
    assert test in Table(*counts).tests_printing(p)
    assert Table(*counts) in tables(row, bounds, groups=(a + b, c + d), p=p)


@settings(max_examples=60)
@given(st.integers(5, 14), st.data())
def test_all_splits_of_a_small_study_against_a_triple_loop(n, data):
    first = data.draw(st.integers(2, n - 2))
    a, c = data.draw(st.integers(1, first - 1)), data.draw(st.integers(1, n - first - 1))
    row, bounds = printed(woolf(a, first - a, c, n - first - c), decimals := data.draw(st.integers(0, 2)))
    assume(all(float(text.replace(",", ".")) for text in bounds))
    expected = by_triple_loop(row, bounds, n, 0.5 * 10**-decimals)
    assert list(tables(row, bounds, n=n)) == expected
    split = [table for table in expected if table.a + table.b == first]
    assert list(tables(row, bounds, groups=(first, n - first))) == split
    margin = (a + c, n - a - c)
    assert list(tables(row, bounds, margin=margin)) == [table for table in expected if table.a + table.c == margin[0]]


@given(cells)
def test_nothing_changes_when_the_table_turns_or_is_transposed(counts):
    a, b, c, d = counts
    for other in ((d, c, b, a), (a, c, b, d)):
        assert woolf(*other) == pytest.approx(woolf(*counts))
    row, bounds = printed(woolf(*counts))
    turned = {Table(t.d, t.c, t.b, t.a) for t in tables(row, bounds, groups=(c + d, a + b))}
    assert turned == set(tables(row, bounds, groups=(a + b, c + d)))


EDGES = [
    {"groups": (0, 50)},
    {"groups": (1, 49)},  # a group of one has an empty cell
    {"groups": (20, -5)},
    {"n": 0},
    {"n": 3},
]


@pytest.mark.parametrize("sizes", EDGES)
def test_too_few_respondents_have_no_table(sizes):
    assert tables("3.00", ("0.93", "9.70"), **sizes) == ()


@pytest.mark.parametrize(("row", "bounds"), [("-3,00", ("0,93", "9,70")), ("3,00", ("-9,70", "-0,93"))])
def test_no_table_has_a_negative_odds_ratio(row, bounds):
    assert tables(row, bounds, groups=(20, 30)) == ()


def test_a_bound_rounded_to_zero_still_has_tables():
    # by hand: (1, 40; 40, 1) has OR 1 / 1600 and bounds 0,00004 and 0,01
    assert Table(1, 40, 40, 1) in tables("0,00", ("0,00", "0,01"), groups=(41, 41))


def test_sizes_are_needed():
    with pytest.raises(ValueError) as error:
        tables("3.00", ("0.93", "9.70"))
    assert str(error.value) == "tables : il faut donner groups, margin ou n"


@settings(max_examples=20)
@given(st.lists(st.integers(1, 18), min_size=2, max_size=4), st.lists(st.integers(1, 14), min_size=4, max_size=4))
def test_joint_groups_explain_rows_of_the_same_respondents(ones, others):
    # 20 with the outcome, 15 without: each row divides the same 35 respondents by another exposure
    rows = {}
    for number, (one, other) in enumerate(zip(ones, others, strict=False)):
        rows[str(number)] = printed(woolf(one, other, 20 - one, 15 - other))
    splits = joint_groups(rows, 35)
    true = next(split for split in splits if set(split.sizes) == {15, 20})
    assert set(true.explained) == set(rows)
    assert len(splits) == 17
    lengths = [len(split.explained) for split in splits]
    assert lengths == sorted(lengths, reverse=True)


def test_joint_groups_against_a_triple_loop():
    rows = {"one": ("3,00", ("0,93", "9,70")), "two": ("1,00", ("0,33", "3,06"))}
    loops = {name: by_triple_loop(*row, 50, 0.005) for name, row in rows.items()}
    for split in joint_groups(rows, 50):
        found = tuple(name for name, kept in loops.items() if any(t.a + t.b in split.sizes for t in kept))
        assert split == Split(split.sizes, found)
