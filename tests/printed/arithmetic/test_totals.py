"""Sums, percentages, differences, and the union of groups against the raw answers behind them."""

from fractions import Fraction
from itertools import product
from math import isqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.core.numbers import Interval, Printed, rounded
from relecture.printed.arithmetic import totals
from relecture.printed.finding import Verdict

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

PARTITIONS = [  # by hand
    (["8", "13"], "21", REPRODUCED, "la somme des parts est bien 21"),
    (["8", ["6", "7"]], "21", REPRODUCED, "la somme des parts est bien 21"),  # a part made of parts
    (["8", "13"], ["20", "1"], REPRODUCED, "la somme des parts est bien 21"),
    (["0", "0"], "0", REPRODUCED, "la somme des parts est bien 0"),
    (
        ["9", "11"],
        "21",
        CONDITIONAL,
        "la somme des parts est 20 pour un total de 21 : se retrouve si 1 répondant n'a pas répondu (4,8 %)",
    ),
    (
        ["9", "10"],
        "21",
        CONDITIONAL,
        "la somme des parts est 19 pour un total de 21 : se retrouve si 2 répondants n'ont pas répondu (9,5 %)",
    ),
    (
        ["9", "13"],
        "21",
        INCONSISTENT,
        "la somme des parts est 22 pour un total de 21 : il faudrait que 1 réponse soit comptée deux fois",
    ),
]


@pytest.mark.parametrize(("parts", "total", "verdict", "explanation"), PARTITIONS)
def test_partition(parts, total, verdict, explanation):
    found = totals.partition(parts, total)
    assert (found.verdict, found.explanation) == (verdict, explanation)


def test_missing_answers_are_excused_unless_all_are_said_to_have_answered():
    # doi 10.1371/journal.pone.0222638, table 1: 514 of 520 mothers, 6 / 520 = 1,15 %
    parts = ["119", "208", "76", "111"]
    assert totals.partition(parts, "520").conditions == ("si 6 répondants n'ont pas répondu (1,2 %)",)
    assert totals.partition(parts, "520", conventions={"answers": "all"}).verdict is INCONSISTENT
    assert totals.partition(parts, "520", conventions={"answers": "some"}).verdict is CONSISTENT
    assert totals.partition(parts, "513", conventions={"answers": "some"}).verdict is INCONSISTENT


LEAST = [  # by hand: ticks, respondents, least; then answers stated
    (["8", "3"], "11", 1, {}, CONSISTENT),
    (["8", "3"], "12", 1, {}, CONDITIONAL),
    (["8", "3"], "12", 1, {"answers": "all"}, INCONSISTENT),
    (["8", "3"], "10", 2, {}, INCONSISTENT),  # 11 ticks: 5 people with two each, but 8 ticked the first
    (["6", "6"], "10", 2, {}, CONDITIONAL),  # 6 people ticked both, 4 none
]


@pytest.mark.parametrize(("parts", "n", "least", "stated", "verdict"), LEAST)
def test_multiple_answers_at_least(parts, n, least, stated, verdict):
    assert totals.multiple_answers(parts, n, least=least, conventions=stated).verdict is verdict


CHOICES = [  # by hand
    (["15", "9"], "21", None, CONSISTENT, "24 choix cochés par 21 répondants, 42 possibles"),
    (["15", "9"], "21", 1, INCONSISTENT, "24 choix cochés, alors que 21 répondants × 1 en permettent 21"),
    (["22", "0"], "21", None, INCONSISTENT, "un choix est coché 22 fois par 21 répondants"),
    (["21", "21"], "21", 2, CONSISTENT, "42 choix cochés par 21 répondants, 42 possibles"),
]


@pytest.mark.parametrize(("parts", "n", "most", "verdict", "explanation"), CHOICES)
def test_multiple_answers(parts, n, most, verdict, explanation):
    found = totals.multiple_answers(parts, n, most=most)
    assert (found.verdict, found.explanation) == (verdict, explanation)


@pytest.mark.parametrize(
    ("count", "n", "verdict", "explanation", "expected"),
    [
        ("12", ["20", "11"], CONSISTENT, "12 sur 31", ""),
        ("0", "0", CONSISTENT, "0 sur 0", ""),
        ("20", "20", CONSISTENT, "20 sur 20", ""),
        ("21", "20", INCONSISTENT, "21 sur 20", "20 au plus"),
    ],
)
def test_part(count, n, verdict, explanation, expected):
    found = totals.part(count, n)
    assert (found.verdict, found.explanation, found.expected) == (verdict, explanation, expected)


DIFFERENCES = [
    ("63,9", "47,3", "16,6", REPRODUCED),  # Guefif 2023
    ("-1,1", "0,4", "-1,5", REPRODUCED),
    ("63,9", "47,3", "16,7", CONSISTENT),  # 63,949 - 47,251 = 16,698
    ("63,94", "47,3", "16,7", CONSISTENT),
    ("63,90", "47,30", "16,7", INCONSISTENT),  # 16,59 to 16,61 is not 16,65 or more
    ("63,90", "47,30", "16,5", CONDITIONAL),  # 16,59… cut
    ("64", "47,3", "16,9", CONSISTENT),  # 64,2 - 47,3
    ("63,9", "47,3", "17,6", INCONSISTENT),
]


@pytest.mark.parametrize(("minuend", "subtrahend", "result", "verdict"), DIFFERENCES)
def test_difference(minuend, subtrahend, result, verdict):
    assert totals.difference(minuend, subtrahend, result).verdict is verdict


@pytest.mark.parametrize(
    ("factors", "result", "verdict"), [(["20", 4], "80", REPRODUCED), (["20", "4"], "60", INCONSISTENT)]
)
def test_product(factors, result, verdict):
    assert totals.product(factors, result).verdict is verdict


# ---------------------------------------------------------------- union of groups


def moments(values) -> tuple[Fraction, Fraction]:
    n, total = len(values), sum(values)
    return Fraction(total, n), (sum(v * v for v in values) - Fraction(total**2, n)) / (n - 1)


def printed(values, decimals: int) -> tuple[str, str, str]:
    """A group as (n, mean, SD); the root is exact to 30 digits, far beyond the last printed one."""
    mean, variance = moments(values)
    root = Fraction(isqrt(variance.numerator * 10**60 // variance.denominator), 10**30)
    return str(len(values)), rounded(mean, decimals), rounded(root, decimals)


groups = st.lists(st.lists(st.integers(0, 100), min_size=2, max_size=20), min_size=2, max_size=4)


@settings(max_examples=200)
@given(groups, st.integers(0, 2))
def test_pooled_bounds_hold_the_raw_answers(raw, decimals):
    union = totals.pooled([printed(group, decimals) for group in raw])
    mean, variance = moments([value for group in raw for value in group])
    assert union.n == sum(map(len, raw))
    assert mean in union.mean_bounds
    assert variance in union.variance_bounds


def test_sds_divided_by_n_are_a_condition():
    # numpy 2.4 std of [1, 3], [5, 9] and of all four: 1, 2, 2.958 (divided by n)
    groups = [("2", "2,00", "1,0000"), ("2", "7,00", "2,0000")]
    assert totals.pooled_total(groups, "4,50", "2,9580").conditions == ("si la variance est divisée par n",)


@given(groups, st.integers(0, 2), st.integers(0, 2))
def test_the_printed_total_of_real_groups_is_never_inconsistent(raw, decimals, total_decimals):
    _, mean, sd = printed([value for group in raw for value in group], total_decimals)
    assert totals.pooled_total([printed(group, decimals) for group in raw], mean, sd).verdict is CONSISTENT


size_, mean_, sd_ = (
    st.integers(2, 60).map(str),
    st.integers(-300, 300).map(lambda units: rounded(Fraction(units, 10), 1)),
    st.integers(0, 200).map(lambda units: rounded(Fraction(units, 10), 1)),
)


@settings(max_examples=200)
@given(st.lists(st.tuples(size_, mean_, sd_), min_size=2, max_size=3))
def test_pooled_bounds_against_a_grid_of_true_values(printed_groups):
    # brute force: every mean and SD at seven points of its rounding interval, both ends included
    union, points = totals.pooled(printed_groups), [Fraction(k, 120) for k in range(-6, 7, 2)]
    sizes = [int(n) for n, _, _ in printed_groups]
    means = [[Printed.read(mean).centre + step for step in points] for _, mean, _ in printed_groups]
    spreads = [Printed.read(sd).within("nearest") for *_, sd in printed_groups]
    ends = [(spread.low, spread.high) for spread in spreads]
    inner = [sum((n - 1) * max(end[at], 0) ** 2 for n, end in zip(sizes, ends, strict=True)) for at in (0, 1)]
    between = [_between(sizes, chosen) for chosen in product(*means)]
    low, high = ((inner[at] + pick(between)) / (sum(sizes) - 1) for at, pick in ((0, min), (1, max)))
    assert union.variance_bounds.high == high  # the largest spread is at a corner: exact
    assert union.variance_bounds.low <= low  # the smallest may lie between two points of the grid
    if len(sizes) == 2:  # by hand: n1 n2 / (n1 + n2) times the squared distance of the boxes
        gap = max(abs(means[0][3] - means[1][3]) - Fraction(1, 10), Fraction(0))
        least = Fraction(sizes[0] * sizes[1], sum(sizes)) * gap**2
        assert union.variance_bounds.low == (inner[0] + least) / (sum(sizes) - 1)


def _between(sizes, means) -> Fraction:
    centre = Fraction(sum(n * mean for n, mean in zip(sizes, means, strict=True))) / sum(sizes)
    return sum(n * (mean - centre) ** 2 for n, mean in zip(sizes, means, strict=True))


def test_pooled_of_guefif():
    # by hand: (17 x 61,9 + 43 x 40,7) / 60 = 2802,4 / 60; (16 x 9,7^2 + 42 x 9,5^2 + 17 x 43 / 60 x 21,2^2) / 59
    union = totals.pooled([("17", "61,9", "9,7"), ("43", "40,7", "9,5")])
    assert union.mean == Fraction("2802.4") / 60
    spread = 16 * Fraction("9.7") ** 2 + 42 * Fraction("9.5") ** 2 + Fraction(17 * 43, 60) * Fraction("21.2") ** 2
    assert union.variance == spread / 59
    assert union.mean_bounds == Interval(union.mean - Fraction("0.05"), union.mean + Fraction("0.05"))


def test_pooled_needs_two_respondents():
    with pytest.raises(ValueError) as error:
        totals.pooled([("1", "5", "0"), ("0", "5", "0")])
    assert str(error.value) == "1 répondant en tout : un écart type en demande au moins deux"


def test_a_group_of_nobody_adds_nothing():
    groups = [("17", "61,9", "9,7"), ("43", "40,7", "9,5")]
    assert totals.pooled([*groups, ("0", "5", "3")]) == totals.pooled(groups)
    assert totals.pooled([("0", "80", "0"), *groups]) == totals.pooled(groups)


def test_pooled_of_identical_groups_without_spread():
    assert totals.pooled_total([("5", "3,0", "0,0"), ("7", "3,0", "0,0")], "3,0", "0,0").verdict is CONSISTENT
