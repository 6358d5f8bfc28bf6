"""Intervals of proportions against R and statsmodels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from relecture.printed.arithmetic.proportions import proportion_interval
from relecture.printed.finding import Verdict

CONSISTENT, CONDITIONAL = Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

R = [  # R 4.2, in percent: count, n, bounds, words of the condition
    (38, 64, ("47,34", "71,41"), ""),  # p -+ qnorm(.975) sqrt(p (1 - p) / n)
    (38, 64, ("46,38", "71,25"), "corrigé de la continuité"),  # prop.test
    (38, 64, ("47,15", "70,54"), "Wilson"),  # prop.test(correct = FALSE)
    (38, 64, ("46,37", "71,49"), "exact"),  # binom.test
    (38, 64, ("47,148", "70,775"), "Jeffreys"),  # qbeta(c(.025, .975), x + .5, n - x + .5)
    (38, 64, ("47,020", "70,648"), "logit"),  # plogis(logit p -+ qnorm(.975) / sqrt(n p (1 - p)))
    (0, 20, ("0,00", "16,11"), "Wilson"),
    (0, 20, ("0,00", "16,84"), "exact"),
    (0, 20, ("0,00", "20,05"), "corrigé"),
    (25, 25, ("86,28", "100,0"), "exact"),
    (3, 25, ("-0,74", "24,74"), ""),
    (3, 25, ("0,00", "24,74"), ""),  # cut at zero
    (412, 1000, ("38,15", "44,25"), ""),
]


@pytest.mark.parametrize(("count", "n", "interval", "words"), R)
def test_against_r(count, n, interval, words):
    percent = f"{100 * count / n:.1f}"
    interval = tuple(bound.replace(",", ".") for bound in interval)
    for more in ({}, {"count": str(count)}):
        finding = proportion_interval(percent, interval, str(n), **more)
        assert (finding.verdict, words in "".join(finding.conditions)) == (CONDITIONAL if words else CONSISTENT, True)


def test_shares_and_what_is_stated():
    assert proportion_interval("0.594", ("0.473", "0.714"), "64").verdict is CONSISTENT
    wilson = ("47.1", "70.5")
    assert proportion_interval("59.4", wilson, "64", conventions={"interval": "wilson"}).verdict is CONSISTENT
    assert proportion_interval("59.4", wilson, "64", conventions={"interval": "score"}).verdict is CONSISTENT
    assert proportion_interval("59.4", wilson, "64", conventions={"interval": "wald"}).verdict is INCONSISTENT
    assert proportion_interval("59.4", wilson, "64", conventions={"interval": "profile"}).verdict is CONDITIONAL
    assert proportion_interval("59.4", ("49.3", "69.5"), "64", conventions={"interval": "wald"}).conditions == (
        "si l'intervalle est à 90 %",  # 59.375 -+ 1.645 x 6.139
    )


def test_what_does_not_hold():
    assert proportion_interval("59,4", ("52,1", "66,5"), "64").verdict is INCONSISTENT
    assert proportion_interval("59,9", ("47,3", "71,4"), "64").explanation == "aucun effectif sur 64 ne fait 59,9 %"
    assert proportion_interval("59,4", ("47,3", "71,4"), "64", "40").verdict is INCONSISTENT
    assert "hors de son intervalle" in proportion_interval("79,4", ("47,3", "71,4"), "64").explanation
    assert proportion_interval("59,4", ("47,3", "71,4")).verdict is UNCHECKABLE
    assert proportion_interval("79,4", ("47,3", "71,4")).verdict is INCONSISTENT
    assert proportion_interval("0,0", ("0,0", "77,1"), "1").verdict is CONDITIONAL  # Jeffreys at 90 %, begun at 0
    assert proportion_interval("59,4", ("47,3", "71,4"), "0").verdict is UNCHECKABLE


def test_registries_are_judged_at_once():
    assert proportion_interval("34", ("33,9", "34,1"), "1000000").holds  # 34 -+ 0,093
    assert proportion_interval("34", ("33,1", "34,9"), "1000000").verdict is INCONSISTENT


METHODS = ["normal", "wilson", "beta", "agresti_coull", "jeffreys"]
cases = st.integers(1, 1000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=400, deadline=None)
@given(cases, st.sampled_from(METHODS), st.sampled_from([0.1, 0.05, 0.01]), st.integers(0, 3), st.booleans())
def test_correct_intervals_are_never_inconsistent(case, method, alpha, decimals, counted):
    count, n = case
    bounds = proportion_confint(count, n, alpha, method)
    percent, low, high = (f"{100 * value:.{decimals}f}" for value in (count / n, *bounds))
    finding = proportion_interval(percent, (low, high), str(n), str(count) if counted else None)
    assert finding.holds, finding
    assert finding.verdict is CONSISTENT or method != "normal" or alpha != 0.05
