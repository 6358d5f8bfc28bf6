"""2 x 2 tables: p-values of R and of scipy, Woolf's interval as a textbook writes it."""

from fractions import Fraction
from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact, norm

from relecture.printed.exact.two_by_two import Table

R_P_VALUES = [  # R 4.2: chisq.test(correct = FALSE / TRUE), fisher.test, 2 * pnorm(-abs(log(or) / se))
    ("Wald", 0.0665),
    ("Pearson", 0.0627),
    ("Yates", 0.1164),
    ("Fisher", 0.0845),
    ("N − 1", 0.0654),  # pchisq(chisq.test(x, correct = FALSE)$statistic * 49 / 50, 1, lower.tail = FALSE)
    ("mi-p", 0.0632),  # fisher.test(x)$p.value - dhyper(12, 22, 28, 20) / 2
    ("rapport de vraisemblance", 0.0621),
]


@pytest.mark.parametrize(("name", "p"), R_P_VALUES)
def test_p_values_of_r(name, p):
    assert round(Table(12, 8, 10, 20).p_values()[name], 4) == p


@given(st.tuples(*[st.integers(1, 60)] * 4))
def test_p_values_of_scipy(counts):
    a, b, c, d = counts
    square, found = [[a, b], [c, d]], Table(*counts).p_values()
    expected = {
        "Pearson": chi2_contingency(square, correction=False).pvalue,
        "Yates": chi2_contingency(square, correction=True).pvalue,
        "Fisher": fisher_exact(square).pvalue,
        "Wald": 2 * norm.sf(abs(log(a * d / (b * c))) / sqrt(1 / a + 1 / b + 1 / c + 1 / d)),
        "rapport de vraisemblance": chi2_contingency(square, correction=False, lambda_="log-likelihood").pvalue,
    }
    assert {name: found[name] for name in expected} == pytest.approx(expected, rel=1e-7, abs=1e-12)


@given(st.tuples(*[st.integers(1, 40)] * 4))
def test_odds_ratio_and_interval(counts):
    a, b, c, d = counts
    ratio, reach = a * d / (b * c), norm.ppf(0.975) * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    table = Table(*counts)
    assert table.odds_ratio == Fraction(a * d, b * c)
    assert table.interval() == pytest.approx((ratio * exp(-reach), ratio * exp(reach)), rel=1e-12)


def test_a_zero_cell_has_no_wald_test_unless_half_is_added():
    # metafor 4: escalc("OR", ai = 0, bi = 10, ci = 5, di = 5): ln 0.0476 / 1.5681, p 0.0522
    table = Table(0, 10, 5, 5)
    assert "Wald" not in table.p_values()
    assert table.p_values(added=0.5)["Wald"] == pytest.approx(0.0522, abs=5e-5)
    assert table.woolf(0.5) == pytest.approx((log(0.0476), 1.5681), abs=5e-4)


def test_a_table_without_a_group_has_no_test():
    assert Table(0, 0, 5, 5).p_values() == {}
