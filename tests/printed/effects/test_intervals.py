"""Estimates, intervals and p-values: Guefif 2023, textbook identities, and every row that is real."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from math import exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from relecture.printed.effects import intervals
from relecture.printed.finding import Verdict

CONSISTENT, CONDITIONAL = Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

STRICT = {"interval": "wald", "test": "wald", "law": "normal", "level": "95", "alternative": "two-sided"}
CONVENTIONS = [ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN]


def put(value: float, decimals: int, convention: str = ROUND_HALF_UP) -> str:
    return str(Decimal(value).quantize(Decimal(1).scaleb(-decimals), convention))


ODDS_RATIOS = [  # Guefif 2023, bivariate table; the oracle is sqrt(low x high), by hand
    ("1,36", ("0,53", "3,48"), None, CONSISTENT, ""),  # 1,358
    ("1,36", ("0,53", "3,48"), "0,520", CONSISTENT, ""),
    ("1,36", ("0,53", "3,48"), "0,942", INCONSISTENT, "p = 0,524"),
    ("0,59", ("0,43", "1,89"), None, INCONSISTENT, "OR 0,90"),  # 0,9015
    ("2,37", ("0,7", "7,09"), None, CONDITIONAL, ""),  # 0,7 cut from 0,79 or so: sqrt(0,79 x 7,09) = 2,367
    ("4,46", ("2,99", "20,06"), None, INCONSISTENT, "OR 7,74"),  # 7,745
    ("4,46", ("0,99", "20,06"), "0,05", CONSISTENT, ""),  # 4,456, the repair
    ("3,46", ("1,26", "9,45"), "0,013", INCONSISTENT, "p = 0,016"),
]


@pytest.mark.parametrize(("estimate", "interval", "p", "verdict", "expected"), ODDS_RATIOS)
def test_odds_ratio(estimate, interval, p, verdict, expected):
    found = intervals.odds_ratio(estimate, interval, p, conventions=STRICT)
    assert (found.verdict, found.expected) == (verdict, expected)


COEFFICIENTS = [  # Guefif 2023, multivariate table; the oracle is (low + high) / 2, by hand
    ("0,26", ("-0,89", "1,41"), "0,66", CONSISTENT, ""),  # 0,26
    ("-0,86", ("-2,43", "0,69"), None, CONSISTENT, ""),  # -0,87, one unit of rounding
    ("-0,86", ("-2,43", "0,69"), "0,28", CONSISTENT, ""),  # the middle -0,865 needs -2,425 and 0,695: z = 1,087
    ("-0,86", ("-2,43", "0,69"), "0,27", CONDITIONAL, ""),  # p = 0,2771, cut
    ("-1,14", ("-2,34", "0,07"), None, CONSISTENT, ""),  # -1,135
    ("-1,14", ("-2,34", "0,07"), "0,05", INCONSISTENT, "p = 0,06"),  # z = 1,846, p = 0,0649
    ("1,49", ("1,1", "2,99"), None, INCONSISTENT, "coefficient 2,05"),  # 2,045, half up
    ("1,14", ("-2,34", "0,07"), None, INCONSISTENT, "coefficient -1,14"),  # a lost sign
    ("0,00", ("-1,00", "1,00"), "1,00", CONSISTENT, ""),
    ("0,00", ("-1,00", "1,00"), "< 0,001", INCONSISTENT, "p = 1,000"),
]


@pytest.mark.parametrize(("estimate", "interval", "p", "verdict", "expected"), COEFFICIENTS)
def test_coefficient(estimate, interval, p, verdict, expected):
    found = intervals.coefficient(estimate, interval, p, conventions=STRICT)
    assert (found.verdict, found.expected) == (verdict, expected)


@settings(max_examples=300)
@given(
    st.floats(-6, 6),
    st.floats(0.005, 3),
    st.tuples(*[st.integers(1, 3)] * 4),
    st.tuples(*[st.sampled_from(CONVENTIONS)] * 4),
)
def test_a_real_coefficient_is_never_inconsistent(estimate, error, decimals, conventions):
    reach = norm.ppf(0.975) * error
    numbers = estimate, estimate - reach, estimate + reach, 2 * norm.sf(abs(estimate) / error)
    shown, low, high, p = map(put, numbers, decimals, conventions)
    found = intervals.coefficient(shown, (low, high), p)
    assert found.verdict is CONSISTENT or (ROUND_DOWN in conventions and found.verdict is CONDITIONAL)


@settings(max_examples=300)
@given(
    st.tuples(*[st.integers(1, 60)] * 4),
    st.tuples(*[st.integers(1, 3)] * 4),
    st.tuples(*[st.sampled_from(CONVENTIONS)] * 4),
)
def test_the_odds_ratio_of_a_real_table_is_never_inconsistent(counts, decimals, conventions):
    a, b, c, d = counts
    middle, error = log(a * d / (b * c)), (1 / a + 1 / b + 1 / c + 1 / d) ** 0.5
    reach = norm.ppf(0.975) * error
    numbers = exp(middle), exp(middle - reach), exp(middle + reach), 2 * norm.sf(abs(middle) / error)
    shown, low, high, p = map(put, numbers, decimals, conventions)
    found = intervals.odds_ratio(shown, (low, high), p)
    if float(low) == 0 or put(numbers[1], decimals[1], ROUND_DOWN).strip("0.") == "":
        assert found.verdict in (UNCHECKABLE, CONSISTENT, CONDITIONAL)
    else:
        assert found.verdict is CONSISTENT or (ROUND_DOWN in conventions and found.verdict is CONDITIONAL)


@settings(max_examples=300)
@given(st.integers(-300, 300), st.integers(-300, 300), st.integers(1, 300), st.integers(0, 100))
def test_an_inconsistent_coefficient_is_confirmed_by_a_grid(estimate, low, width, p):
    # brute force: true bounds at eleven points of each rounding interval; none has the printed middle and p
    texts = [put(units / 100, 2) for units in (estimate, low, low + width, p)]
    stated = STRICT | {"rounding": "nearest"}
    found = intervals.coefficient(texts[0], (texts[1], texts[2]), texts[3], conventions=stated)
    if found.verdict is INCONSISTENT:
        steps = [k / 2000 for k in range(-10, 11, 2)]
        for true_low in (low / 100 + step for step in steps):
            for true_high in (low / 100 + width / 100 + step for step in steps):
                if true_low >= true_high:
                    continue
                close = abs((true_low + true_high) / 2 - estimate / 100) <= 0.005 - 1e-9
                error = (true_high - true_low) / (2 * norm.ppf(0.975))
                true_p = 2 * norm.sf(abs(true_low + true_high) / 2 / error)
                assert not (close and abs(true_p - p / 100) <= 0.005 - 1e-9)


@given(st.integers(1, 400), st.integers(-500, 500), st.integers(1, 400))
def test_a_coefficient_and_its_opposite_have_the_same_verdict(estimate, low, width):
    bounds = put(low / 100, 2), put((low + width) / 100, 2)
    mirrored = put(-(low + width) / 100, 2), put(-low / 100, 2)
    one = intervals.coefficient(put(estimate / 100, 2), bounds, "0,04")
    other = intervals.coefficient(put(-estimate / 100, 2), mirrored, "0,04")
    assert one.verdict is other.verdict


EDGES = [
    ("1,36", ("-0,53", "3,48"), None, INCONSISTENT, "-0,53 : un odds ratio et ses bornes sont positifs"),
    ("-1,36", ("0,53", "3,48"), None, INCONSISTENT, "-1,36 : un odds ratio et ses bornes sont positifs"),
    ("1,36", ("3,48", "0,53"), None, INCONSISTENT, "les bornes 3,48 et 0,53 ne sont pas croissantes"),
    (
        "1,36",
        ("0,00", "3,48"),
        "0,5",
        UNCHECKABLE,
        "la borne 0,00 est arrondie à zéro : son logarithme n'est pas connu",
    ),
    (
        "1,0",
        ("1,0", "1,0"),
        "0,80",
        CONSISTENT,  # a very large study: 0,96 to 1,04 prints the same
        "l'intervalle est centré sur 1,0 (moyenne géométrique des bornes) ; "
        "les bornes sont confondues par l'arrondi : se retrouve aux arrondis près",
    ),
]


@pytest.mark.parametrize(("estimate", "bounds", "p", "verdict", "explanation"), EDGES)
def test_odds_ratio_edges(estimate, bounds, p, verdict, explanation):
    found = intervals.odds_ratio(estimate, bounds, p)
    assert (found.verdict, found.explanation) == (verdict, explanation)


TOUCHING = [  # bounds whose rounding intervals meet or overlap
    ("0,15", ("0,1", "0,2"), "< 0,001", CONSISTENT),  # 0,149 to 0,151 has a tiny error
    ("0,2", ("0,1", "0,2"), "0,000", CONSISTENT),
    ("0,0", ("0,0", "0,0"), "0,500", CONSISTENT),
    ("2,0", ("2,0", "2,0"), "0,500", INCONSISTENT),  # at least 1,95 / 0,026 standard errors away from 0
    ("1", ("1", "1"), "0,000", CONSISTENT),
    ("1", ("1", "1"), "0,010", INCONSISTENT),  # at the widest, 0,5 to 1,5: z = 3,92 and p = 0,0001
    ("1,09", ("1,1", "1,11"), "0,000", CONSISTENT),  # 1,06 prints 1,1
    ("-1,19", ("-1,1", "-1,2"), "0,000", CONDITIONAL),  # one bound cut, the other rounded
    ("-1,19", ("-1,0", "-1,2"), "0,000", INCONSISTENT),
    ("0", ("-0", "0"), "1.000", CONSISTENT),
]


@pytest.mark.parametrize(("estimate", "bounds", "p", "verdict"), TOUCHING)
def test_bounds_that_rounding_brings_together(estimate, bounds, p, verdict):
    assert intervals.coefficient(estimate, bounds, p, conventions=STRICT).verdict is verdict


ZEROS = [
    ("0", ("0,1", "2"), None, CONSISTENT),
    ("0", ("0,9", "2"), None, INCONSISTENT),
    ("0,0", ("0,002", "0,0"), "0,0", CONSISTENT),  # (1, 23; 40, 5) has OR 0,0054 [0,0006-0,049]: fewer decimals above
    ("0,0", ("0,002", "0,0"), "0,9", INCONSISTENT),  # 0,002 to 0,1 is far below 1
]


@pytest.mark.parametrize(("estimate", "bounds", "p", "verdict"), ZEROS)
def test_an_odds_ratio_printed_zero(estimate, bounds, p, verdict):
    # an odds ratio of "0" is anything up to 0,5 (up to 1 if cut): sqrt(0,1 x 2) = 0,45; sqrt(0,85 x 1,5) = 1,13
    assert intervals.odds_ratio(estimate, bounds, p, conventions=STRICT).verdict is verdict


@pytest.mark.parametrize("check", [intervals.odds_ratio, intervals.coefficient])
@pytest.mark.parametrize("bounds", [("1,10",), ("1,10", "3,81", "4")], ids=len)
def test_an_interval_has_two_bounds(check, bounds):
    with pytest.raises(ValueError, match="values to unpack"):
        check("2,05", bounds)


def test_degrees_of_freedom_that_statistic_and_p_imply_are_found():
    """Drawn with lm of R 4.2: t = -1.768 and p = 0.094 leave 17 or 18 degrees of freedom."""
    found = intervals.coefficient("-0.21", ("-0.45", "0.04"), "0.094", statistic="-1.768")
    assert found.verdict is CONDITIONAL and "degrés de liberté au moins" in found.conditions[0]


FISHER = [  # R 4.2, fisher.test of tables of unknown groups; the first with conf.level = 0.9
    ("2,93", ("0,96", "9,37"), "0,0845"),  # matrix(c(12, 10, 8, 20), 2)
    ("0,939", ("0,169", "5,5960"), "1,0000"),  # drawn, n = 44
]


@pytest.mark.parametrize(("estimate", "bounds", "p"), FISHER)
def test_exact_intervals_beside_the_p_of_fisher_are_not_called_wrong(estimate, bounds, p):
    assert intervals.odds_ratio(estimate, bounds, p).holds


STATED = [  # 1 -+ 0.82: SE 0.49853 at 90 %, R 2 * pnorm(-2.00588) = 0.04487, half of it 0.02243; 0.01684 at 95 %
    ({}, "0,30", INCONSISTENT, "p = 0,02"),
    ({"level": "90"}, "0,30", INCONSISTENT, "p = 0,04"),
    ({"level": "90"}, "0,045", CONSISTENT, "p = 0,045"),
    ({"level": "90", "alternative": "one-sided"}, "0,022", CONSISTENT, "p = 0,022"),
    ({"level": "90", "alternative": "one-sided"}, "0,30", INCONSISTENT, "p = 0,02"),
]


@pytest.mark.parametrize(("stated", "p", "verdict", "shown"), STATED)
def test_the_p_that_is_shown_is_that_of_what_is_stated(stated, p, verdict, shown):
    found = intervals.coefficient("1,00", ("0,18", "1,82"), p, conventions=stated)
    assert found.verdict is verdict
    assert f"{shown} d'après l'intervalle" in found.explanation
    assert found.expected == (shown if verdict is INCONSISTENT else "")
