"""Reading printed numbers: exact centres, and every true value that each convention prints so."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.core.numbers import Interval, OneSided, Printed, rounded, size, whole

READ = [  # by hand
    ("63,9", Fraction(639, 10), 1),
    ("63.90", Fraction(639, 10), 2),  # the same centre, one more decimal
    ("-1,14", Fraction(-114, 100), 2),
    ("- 1,14", Fraction(-114, 100), 2),  # a space after the sign, as the source prints it
    ("−.22", Fraction(-22, 100), 2),  # what is not a plain number is read by `core.notation`: see its tests
    ("1 683,5", Fraction(3367, 2), 1),
    ("-0,00", Fraction(0), 2),
    ("1.2e-3", Fraction(12, 10_000), 4),
    ("quatorze", Fraction(14), 0),
    ("deuxième", Fraction(2), 0),
    ("vingt", Fraction(20), 0),
    ("quinzième", Fraction(15), 0),
]


@pytest.mark.parametrize(("text", "centre", "decimals"), READ)
def test_read(text, centre, decimals):
    assert Printed.read(text) == Printed(text, centre, decimals)


@pytest.mark.parametrize(
    ("text", "comparison"), [("< 0,001", "<"), ("≤ 0,001", "≤"), ("> .05", ">"), ("≥ 5", "≥"), ("= 3", "")]
)
def test_the_comparison_of_a_print(text, comparison):
    assert Printed.read(text).comparison == comparison


def test_not_significant_is_a_p_of_005_or_above():
    assert Printed.read("ns") == Printed("ns", Fraction(1, 20), 2, "≥")


@pytest.mark.parametrize(("text", "shown"), [("−.22", "-0.22"), ("63,9", "63,9"), ("1,234.5", "1234.5")])
def test_a_print_as_a_sentence_shows_it(text, shown):
    assert Printed.read(text).plain == shown


WITHIN = [  # by hand
    ("63,9", "nearest", Interval(Fraction("63.85"), Fraction("63.95"))),
    ("63,9", "truncated", Interval(Fraction("63.9"), Fraction(64), closed_above=False)),
    ("63,9", "either", Interval(Fraction("63.85"), Fraction(64), closed_above=False)),
    ("-0,5", "truncated", Interval(Fraction("-0.6"), Fraction("-0.5"), closed_below=False)),
    ("-0,5", "either", Interval(Fraction("-0.6"), Fraction("-0.45"), closed_below=False)),
    ("0,0", "truncated", Interval(Fraction("-0.1"), Fraction("0.1"), False, False)),  # cut from either side
    ("0,0", "nearest", Interval(Fraction("-0.05"), Fraction("0.05"))),
    ("< 0,001", "nearest", Interval(Fraction(0), Fraction("0.001"), closed_above=False)),
    ("< 0,001", "either", Interval(Fraction(0), Fraction("0.001"), closed_above=False)),
    ("≤ 0,001", "nearest", Interval(Fraction(0), Fraction("0.001"))),
    ("< -1", "nearest", Interval(-inf, Fraction(-1), False, False)),  # what may be below 0 has no end there
    ("> 0,05", "nearest", Interval(Fraction("0.05"), inf, False, False)),
    ("≥ 0,05", "either", Interval(Fraction("0.05"), inf, True, False)),
    ("ns", "nearest", Interval(Fraction("0.05"), inf, True, False)),
]


@pytest.mark.parametrize(("text", "rounding", "expected"), WITHIN)
def test_within(text, rounding, expected):
    assert Printed.read(text).within(rounding) == expected


CONVENTIONS = {ROUND_HALF_UP: "nearest", ROUND_HALF_EVEN: "nearest", ROUND_DOWN: "truncated"}
numbers = st.decimals(-1000, 1000, places=5)
decimals_ = st.integers(0, 4)


def put(value: Decimal, decimals: int, convention: str) -> str:
    """The value as Python's decimal module prints it under a convention."""
    return str(value.quantize(Decimal(1).scaleb(-decimals), convention))


@given(numbers, decimals_, st.sampled_from(list(CONVENTIONS)))
def test_every_number_is_within_its_own_print(value, decimals, convention):
    print_ = Printed.read(put(value, decimals, convention))
    assert Fraction(value) in print_.within(CONVENTIONS[convention])
    assert Fraction(value) in print_.within("either")


@given(numbers, decimals_, numbers)
def test_either_holds_the_nearest_and_the_truncated(value, decimals, other):
    print_ = Printed.read(put(value, decimals, ROUND_HALF_UP))
    close = print_.centre + Fraction(other) * print_.unit / 500  # within two units of the print
    inside = [close in print_.within(rounding) for rounding in ("nearest", "truncated")]
    assert (close in print_.within("either")) == any(inside)


@given(st.decimals(0, 1000, places=5), decimals_, st.sampled_from(["nearest", "truncated", "either"]))
def test_a_negative_print_mirrors_the_positive_one(value, decimals, rounding):
    text = put(value, decimals, ROUND_HALF_UP)
    assert Printed.read(f"-{text}").within(rounding) == Printed.read(text).within(rounding) * -1


@given(st.decimals(-1000, 1000, places=6), decimals_)
def test_rounded_is_half_up_with_a_comma(value, decimals):
    expected = put(value, decimals, ROUND_HALF_UP).replace(".", ",")
    assert rounded(Fraction(value), decimals) == (expected if expected.strip("-0,") else expected.lstrip("-"))


ends = st.fractions(-5, 5, max_denominator=4)


@st.composite
def intervals(draw):
    low, high = sorted((draw(ends), draw(ends)))
    closed = low == high
    return Interval(low, high, closed or draw(st.booleans()), closed or draw(st.booleans()))


@given(intervals(), intervals(), st.fractions(0, 1, max_denominator=4), st.fractions(0, 1, max_denominator=4))
def test_sums_and_differences_hold_those_of_their_members(one, other, here, there):
    first, second = one.low + here * (one.high - one.low), other.low + there * (other.high - other.low)
    if first in one and second in other:
        assert first + second in one + other
        assert first - second in one - other
        assert first * -3 in one * -3
        assert (first != second) or one.meets(other)


@given(intervals(), st.integers(1, 12))
def test_whole_numbers_inside_are_those_that_a_search_finds(one, scale):
    assert list(one.integers(scale)) == [k for k in range(-60, 61) if Fraction(k, scale) in one]


@given(intervals(), st.fractions(0, 6, max_denominator=8))
def test_squares_are_those_of_the_values_of_zero_and_above(one, root):
    if one.high >= 0:
        assert (root**2 in one.squared()) == (root in one)


def test_an_end_at_infinity_goes_through_every_operation():
    """Oracle: the arithmetic of the extended line."""
    beyond, one = Printed.read("> 2").within("nearest"), Interval(Fraction(1), Fraction(3))
    assert 10**9 in beyond and 2 not in beyond
    assert beyond + one == Interval(Fraction(3), inf, False, False)
    assert one - beyond == Interval(-inf, Fraction(1), False, False)
    assert beyond * -2 == Interval(-inf, Fraction(-4), False, False)
    assert beyond * 0 == Interval(Fraction(0), Fraction(0))
    assert beyond.squared() == Interval(Fraction(4), inf, False, False)
    assert beyond.meets(one) and not beyond.meets(Interval(Fraction(1), Fraction(2)))
    assert float(beyond.high) == inf


@pytest.mark.parametrize("text", ["> 2", "≥ 2", "< -1"])
def test_whole_numbers_without_end_are_not_listed(text):
    with pytest.raises(OneSided, match="n'est limité que d'un côté"):
        Printed.read(text).within("nearest").integers()


@pytest.mark.parametrize("text", ["< 5", "≥ 5", "ns"])
def test_a_limit_is_not_taken_for_the_number(text):
    """A registry prints « < 5 » for a count that it masks: it is not 5."""
    for read in (whole, size, lambda masked: Printed.read(masked).exact):
        with pytest.raises(OneSided) as error:
            read(text)
        assert str(error.value) == f"« {text} » n'est qu'une limite : le calcul demande le nombre"
    assert Printed.read("5,0").exact == 5


@given(st.decimals(0, 1000, places=5), decimals_)
def test_a_doubled_print_is_the_middle_of_its_ends(value, decimals):
    print_ = Printed.read(put(value, decimals, ROUND_HALF_UP))
    twice, unit = print_.doubled
    assert Interval(Fraction(twice - 1, unit), Fraction(twice + 1, unit)) == print_.within("nearest")


@given(intervals(), intervals())
def test_meeting_is_having_a_common_value(one, other):
    eighths = [Fraction(k, 24) for k in range(-130, 131)]  # finer than the ends: a common open part holds one
    assert one.meets(other) == other.meets(one) == any(value in one and value in other for value in eighths)


@pytest.mark.parametrize(("number", "expected"), [("21", 21), (60, 60), ("quatre", 4), ("21,0", 21)])
def test_whole(number, expected):
    assert whole(number) == expected


@pytest.mark.parametrize("number", ["2,5", "-3"])
def test_what_is_not_a_count_is_refused(number):
    with pytest.raises(ValueError) as error:
        whole(number)
    assert str(error.value) == f"« {number} » n'est pas un effectif (attendu : un entier positif)"


@pytest.mark.parametrize(("counts", "expected"), [("21", 21), (["21", ["6", "1"]], 28), ([], 0), (7, 7)])
def test_size(counts, expected):
    assert size(counts) == expected
