"""Shares of a whole: adjusted columns, those who are left, majorities; cases by hand, most from Ajoodha 2023."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.core.numbers import rounded
from relecture.printed.arithmetic import percentages
from relecture.printed.finding import Verdict

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

PERCENTAGES = [  # by hand
    ("25,9", "21", "81", REPRODUCED),  # 25,925…
    ("26", "21", "81", REPRODUCED),
    ("25", "21", "81", CONDITIONAL),
    ("25,8", "21", "81", INCONSISTENT),
    ("12", "1", "8", CONSISTENT),  # 12,5 rounded half-even
    ("13", "1", "8", REPRODUCED),  # 12,5 rounded half-up
    ("0", "0", "60", REPRODUCED),
    ("100", "60", ["43", "17"], REPRODUCED),
    ("< 5", "2", "60", CONSISTENT),  # 3,3
    ("< 5", "3", "60", INCONSISTENT),  # 5 is not less than 5
    ("0", "0", "0", INCONSISTENT),  # nobody: no percentage
]


@pytest.mark.parametrize(("percent", "count", "n", "verdict"), PERCENTAGES)
def test_percentage(percent, count, n, verdict):
    assert percentages.percentage(percent, count, n).verdict is verdict


def test_a_stated_rounding_is_held_strictly():
    assert percentages.percentage("25", "21", "81", conventions={"rounding": "nearest"}).verdict is INCONSISTENT
    assert percentages.percentage("25", "21", "81", conventions={"rounding": "truncate"}).verdict is CONSISTENT
    assert percentages.percentage("26", "21", "81", conventions={"rounding": "truncate"}).verdict is INCONSISTENT


IMPLIED = [
    ("18", "81", (438, 462)),  # 81 / 0,185 = 437,8 and 81 / 0,175 = 462,9
    ("18,0", "81", (449, 451)),  # 81 / 0,1805 = 448,8 and 81 / 0,1795 = 451,3
    ("0", "1", (200,)),  # less than 0,5 %: no largest size
    ("< 5", "1", (20,)),
]


@pytest.mark.parametrize(("percent", "count", "sizes"), IMPLIED)
def test_a_percentage_without_its_denominator(percent, count, sizes):
    found = percentages.percentage(percent, count)
    assert (found.verdict, found.evidence) == (UNCHECKABLE, sizes)


@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 2))
def test_a_true_percentage_is_reproduced_and_its_size_implied(count, more, decimals):
    n = count + more
    percent = rounded(Fraction(100 * count, n), decimals)
    assert percentages.percentage(percent, str(count), str(n)).verdict is REPRODUCED
    low, *high = percentages.percentage(percent, str(count)).evidence
    assert low <= n
    assert all(n <= end for end in high)


COLUMNS = [  # percentages, counts, verdict, expected
    (
        ["13", "30,5", "26", "30,5"],
        ["6", "14", "12", "14"],
        REPRODUCED,
        "13 ; 30,5 ; 26 ; 30,5",
    ),  # one point for two ties
    (["9", "22", "69"], ["4", "10", "32"], REPRODUCED, "9 ; 22 ; 69"),  # 8,70 21,74 69,57: two points, 0,57 has none
    (["9", "22", "70"], ["4", "10", "32"], INCONSISTENT, "9 ; 22 ; 69"),  # rounded one by one: 101
    (["33", "33", "33"], ["1", "1", "1"], INCONSISTENT, "33,3 ; 33,3 ; 33,3"),  # three ties share one point
    (["50", "50", "0"], ["2", "2", "0"], REPRODUCED, "50 ; 50 ; 0"),  # a part of zero
    (["100"], ["7"], REPRODUCED, "100"),
]


@pytest.mark.parametrize(("percents", "counts", "verdict", "expected"), COLUMNS)
def test_apportioned(percents, counts, verdict, expected):
    found = percentages.apportioned(percents, counts)
    assert (found.verdict, found.expected) == (verdict, expected)


def test_apportioned_says_what_the_column_would_be():
    found = percentages.apportioned(["9", "22", "70"], ["4", "10", "32"])
    assert found.explanation == "le total imprimé est 101 ; ajustée pour qu'il fasse 100, la colonne serait 9 ; 22 ; 69"


@pytest.mark.parametrize(
    ("percents", "counts", "message"),
    [
        (["50"], ["1", "1"], "1 pourcentages pour 2 effectifs"),
        (["0", "0"], ["0", "0"], "0 répondant : des pourcentages demandent un effectif"),
    ],
)
def test_apportioned_refuses(percents, counts, message):
    with pytest.raises(ValueError) as error:
        percentages.apportioned(percents, counts)
    assert str(error.value) == message


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6).filter(any))
def test_an_adjusted_column_adds_up_to_100_and_moves_no_share_by_a_point(counts):
    # Hamilton's quota rule: every share is its exact value cut or raised, ties in between
    adjusted = percentages._largest_remainders(list(map(str, counts)))
    assert sum(adjusted) == 100
    assert all(abs(share - Fraction(100 * part, sum(counts))) < 1 for share, part in zip(adjusted, counts, strict=True))


REMAINDERS = [
    ("8", ["6", "14", "12", "14"], "50", REPRODUCED),  # 50 - 46 = 4
    ("10", ["46"], "50", INCONSISTENT),
    ("0", "50", "50", REPRODUCED),
    ("2", ["51"], "50", INCONSISTENT),  # more than everybody
]


@pytest.mark.parametrize(("percent", "others", "n", "verdict"), REMAINDERS)
def test_remainder(percent, others, n, verdict):
    assert percentages.remainder(percent, others, n).verdict is verdict


def test_remainder_of_more_than_everybody_says_so():
    assert percentages.remainder("2", ["51"], "50").explanation == "51 répondants parmi 50 : la partie dépasse le tout"


MAJORITIES = [
    (["7", "33"], ["0", "6", "7", "33"], True, REPRODUCED),
    ("25", "50", True, INCONSISTENT),  # half is no majority
    ("25", "50", False, INCONSISTENT),  # and no minority
    ("24", "62", False, REPRODUCED),
    ("62,5", "100", True, REPRODUCED),
    ("40", "100", True, INCONSISTENT),
]


@pytest.mark.parametrize(("parts", "n", "claimed", "verdict"), MAJORITIES)
def test_majority(parts, n, claimed, verdict):
    assert percentages.majority(parts, n, claimed=claimed).verdict is verdict


def test_majority_says_the_share():
    assert percentages.majority(["7", "33"], "46").explanation == "annoncé : majorité ; 40 sur 46, soit 87 %"


def test_majority_of_nobody():
    with pytest.raises(ValueError) as error:
        percentages.majority("0", "0")
    assert str(error.value) == "une majorité se compte parmi des répondants, non parmi 0"
