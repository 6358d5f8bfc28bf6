"""Reported tests: vectors of statcheck's issues, R's laws, and every test drawn at random."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from relecture.printed.finding import Verdict
from relecture.printed.statistics import reported_tests

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

VECTORS = [  # statcheck's issues by number, R 4.2.2 otherwise
    ("t", "1.80", "40", "< 0.04", CONDITIONAL),  # 21: pt(-1.80, 40) = 0.0397
    ("t", "3", "10", "0.009", CONSISTENT),  # 12: t from 2.5 to 3.5, p from 0.0314 to 0.0057
    ("r", "0.17", "97", "0.084", CONSISTENT),  # 36: r from .165 to .175, p from 0.103 to 0.083
    ("F", "0", ["1", "210"], "1", CONSISTENT),  # 38
    ("chi2", "0.73", "4", "0.95", CONSISTENT),  # 105: 0.9476
    ("t", "2.67", "58", "0.010", CONSISTENT),  # 105: 0.00983
    ("t", "2.67", "58", "0.005", CONDITIONAL),  # one-sided 0.0049
    ("t", "2.67", "58", "0.05", INCONSISTENT),
    ("t", "2.67", "58", "0.000", INCONSISTENT),
    ("t", "4.67", "58", "0.000", CONSISTENT),  # 2*pt(-4.67, 58) = 1.8e-5, as software prints it
    ("t", "-2.67", "58", "0.995", CONDITIONAL),  # pt(2.67, 58) = 0.9951: the other tail
    ("F", "4.20", ["1.60", "38.20"], "0.030", CONSISTENT),  # pf(4.2, 1.6, 38.2, lower=FALSE) = 0.0300
    ("F", "9.40", ["1", "20"], "0.003", INCONSISTENT),  # half of 0.0061: F has one tail
    ("z", "1.96", None, "0.05", CONSISTENT),
    ("Z", "1.96", None, "0.025", CONDITIONAL),
    ("χ²", "12,3", "5", "0,031", CONSISTENT),  # pchisq(12.3, 5, lower=FALSE) = 0.0309
    ("Q", "12,3", "5", "0,31", INCONSISTENT),
    ("chi2", "5,00", "1", "0,0127", CONDITIONAL),  # prop.test(c(30, 18), c(60, 60), alternative = "greater")
    ("chi2", "4,2014", "1", "0,980", CONDITIONAL),  # the same with "less" and the correction for continuity
    ("chi2", "5,00", "2", "0,041", INCONSISTENT),  # half of 0.0821: more degrees have one tail
    ("t", "< 1", "33", "0.10", INCONSISTENT),  # 2*pt(-1, 33) = 0.325: p is above, and half of it too
    ("t", "< 1", "33", "0.50", CONSISTENT),
    ("t", "2.00", "3", "0.120", CONDITIONAL),  # df from 2.5 to 3.5: Welch's, rounded; 0.139 with 3
    ("t", "2.00", None, "0.05", UNCHECKABLE),
    ("F", "2.00", "30", "0.05", UNCHECKABLE),
]


@pytest.mark.parametrize(("law", "value", "df", "p", "verdict"), VECTORS)
def test_vectors(law, value, df, p, verdict):
    assert reported_tests.test_statistic(law, value, p, df=df).verdict is verdict


DOMAINS = [
    ("R", "1.2", "50", "r = 1.2 : une corrélation est entre −1 et 1"),
    ("F", "-3.1", ["2", "50"], "F = -3.1 : F n'est jamais négatif"),
    ("chi2", "-3.1", "2", "χ² = -3.1 : χ² n'est jamais négatif"),
    ("t", "2.1", "0", "0 : il y a au moins 1 degré de liberté"),
]


@pytest.mark.parametrize(("law", "value", "df", "reason"), DOMAINS)
def test_what_cannot_be_is_said(law, value, df, reason):
    finding = reported_tests.test_statistic(law, value, "0.05", df=df)
    assert (finding.verdict, finding.explanation) == (INCONSISTENT, reason)


def test_an_unknown_law_is_refused_with_those_known():
    with pytest.raises(ValueError, match=r"« w » n'est pas une loi prévue \(t, F, chi2, r, z, Q\)"):
        reported_tests.test_statistic("w", "1", "0,05")


def test_the_size_gives_the_degrees_of_freedom_of_a_correlation():
    finding = reported_tests.test_statistic("r", "0,30", "0,5", n=["20", "30"])
    assert finding.explanation.startswith("d'après r(48) = 0,30, p = 0,03 à 0,04 : ne se retrouve pas")


def test_what_is_stated_is_held_strictly():
    assert (
        reported_tests.test_statistic("t", "2.67", "0.005", df="58", conventions={"alternative": "two-sided"}).verdict
        is INCONSISTENT
    )
    one = reported_tests.test_statistic("t", "2.67", "0.005", df="58", conventions={"alternative": "greater"})
    assert one.verdict is CONSISTENT


def put(value, decimals, rounding=ROUND_HALF_UP):
    return str(Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding))


TRUE = {
    "t": lambda x, a, b: 2 * stats.t.sf(abs(x), a),
    "z": lambda x, a, b: 2 * stats.norm.sf(abs(x)),
    "r": lambda x, a, b: 2 * stats.t.sf(abs(x) * (a / (1 - x * x)) ** 0.5, a),
    "F": lambda x, a, b: stats.f.sf(abs(x), a, b),
    "chi2": lambda x, a, b: stats.chi2.sf(abs(x), a),
}


@settings(max_examples=400)
@given(
    st.sampled_from(list(TRUE)),
    st.floats(-6, 6),
    st.tuples(st.integers(1, 200), st.integers(1, 200)),
    st.booleans(),
    st.tuples(*[st.integers(1, 3)] * 2),
    st.sampled_from([ROUND_HALF_UP, ROUND_DOWN]),
)
def test_a_real_test_is_never_inconsistent(law, x, whole, fractional, decimals, rounding):
    x = x / 6.1 if law == "r" else x
    df = [size + 0.37 for size in whole] if fractional else whole
    printed = {"z": None, "F": [put(size, 2 * fractional, rounding) for size in df]}.get(
        law, put(df[0], 2 * fractional, rounding)
    )
    value, p = (
        put(abs(x) if law in ("F", "chi2") else x, decimals[0], rounding),
        put(TRUE[law](x, *df), decimals[1], rounding),
    )
    found = reported_tests.test_statistic(law, value, p, df=printed)
    assert found.verdict in (REPRODUCED, CONSISTENT) or (rounding == ROUND_DOWN and found.verdict is CONDITIONAL)


@pytest.mark.parametrize(
    ("law", "value", "p", "df"),
    [("r", ".22", ".26", "28"), ("chi2", "22.20", ".79", "28"), ("Q", "22.20", ".79", "28")],  # errors for statcheck
)
def test_degrees_of_freedom_that_count_are_whole(law, value, p, df):
    finding = reported_tests.test_statistic(law, value, p, df=df)
    assert finding.verdict is INCONSISTENT and "degrés" not in finding.explanation


def test_a_statistic_printed_as_an_inequality_is_shown_as_printed():
    finding = reported_tests.test_statistic("t", "> 2.2", ".02", df="28")
    assert finding.explanation.startswith("d'après t(28) > 2.2, p = 0,00 à 0,04")
