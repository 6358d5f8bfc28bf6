"""Correlations and shares of variance, against R on raw answers and scipy on those drawn at random."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import f, pearsonr

from relecture.printed.effects import effect_sizes
from relecture.printed.finding import Verdict

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

CORRELATIONS = [  # R 4.2.2: r = .30, n = 50: p = .0343, interval .0236 to .5338, at 90 % .0695 to .5001
    ("0,30", "50", ["0,02", "0,53"], "0,034", {}, CONSISTENT, ()),
    ("0,30", "50", ["0,07", "0,50"], None, {}, CONDITIONAL, ("si l'intervalle est à 90 %",)),
    ("0,30", "50", ["0,07", "0,50"], None, {"level": "95"}, INCONSISTENT, ()),
    ("0,30", "50", None, "0,017", {}, CONDITIONAL, ("si le test est unilatéral",)),
    ("0,30", "50", ["0,02", "0,60"], None, {}, INCONSISTENT, ()),
    ("0,30", "50", ["0,35", "0,53"], None, {}, INCONSISTENT, ()),  # outside its own interval
    ("0,30", "50", None, "0,17", {}, INCONSISTENT, ()),
    ("0,30", "50", ["0,03", "0,54"], "0,031", {}, CONSISTENT, ()),  # r about .305
    (
        "0,30",
        "50",
        ["0,03", "0,54"],
        "0,038",
        {"correlation": "pearson"},
        INCONSISTENT,
        (),
    ),  # r: .295 by p, .305 by bounds
    ("0.629", "12", None, "0,032", {}, CONDITIONAL, ("si la corrélation est celle de Spearman",)),  # exact; .0283 by t
    ("0.629", "12", None, "0,032", {"correlation": "pearson"}, INCONSISTENT, ()),
    ("0,71", "7", None, "0,11", {}, UNCHECKABLE, ()),  # the exact p of Spearman is .0881 and not computed; .074 by t
    ("0,71", "7", None, "0,11", {"correlation": "pearson"}, INCONSISTENT, ()),
    ("1,00", "20", ["1,00", "1,00"], "< 0,001", {}, CONSISTENT, ()),
    ("0,30", "50", None, None, {}, UNCHECKABLE, ()),
    ("0,30", "3", None, "0,8", {}, UNCHECKABLE, ()),
]


@pytest.mark.parametrize(("r", "n", "interval", "p", "conventions", "verdict", "conditions"), CORRELATIONS)
def test_correlation(r, n, interval, p, conventions, verdict, conditions):
    finding = effect_sizes.correlation(r, n, interval, p, conventions=conventions)
    assert (finding.verdict, finding.conditions) == (verdict, conditions)


def test_an_estimate_outside_its_interval_is_said_in_those_words():
    finding = effect_sizes.correlation("0,30", "50", ["0,35", "0,53"])
    assert finding.explanation == "l'estimation 0,30 est hors de son intervalle, de 0,35 à 0,53"


def put(value, decimals):
    return str(Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals)))


@settings(max_examples=200)
@given(st.integers(0, 2**32), st.integers(5, 300), st.floats(-2, 2), st.tuples(*[st.integers(1, 4)] * 2))
def test_a_real_correlation_is_never_inconsistent(seed, n, slope, decimals):
    rng = np.random.default_rng(seed)
    one = rng.normal(size=n)
    run = pearsonr(one, slope * one + rng.normal(size=n))
    interval = [put(bound, decimals[0]) for bound in run.confidence_interval()]
    finding = effect_sizes.correlation(put(run.statistic, decimals[0]), str(n), interval, put(run.pvalue, decimals[1]))
    assert finding.verdict in (REPRODUCED, CONSISTENT)


SHARES = [  # F(2, 76) = 5.61: partial eta² .12864, omega² .10451, epsilon² .10571
    ("0,13", "5,61", ["2", "76"], {}, CONSISTENT, ()),
    ("0.1286", "5,61", ["2", "76"], {}, CONSISTENT, ()),
    ("0.1045", "5,61", ["2", "76"], {}, CONDITIONAL, ("si c'est un oméga²",)),
    ("0.1057", "5,61", ["2", "76"], {}, CONDITIONAL, ("si c'est un epsilon²",)),
    ("0,04", "5,61", ["2", "76"], {}, CONDITIONAL, ("si d'autres facteurs comptent dans la variance totale",)),
    ("0,04", "5,61", ["2", "76"], {"variance": "partial"}, INCONSISTENT, ()),
    ("0,31", "5,61", ["2", "76"], {}, INCONSISTENT, ()),
    ("0,13", "-5,61", ["2", "76"], {}, INCONSISTENT, ()),
    ("0,13", "5,61", ["0", "76"], {}, INCONSISTENT, ()),
    ("0,00", "0,00", ["2", "76"], {}, CONSISTENT, ()),
]


@pytest.mark.parametrize(("eta", "statistic", "df", "conventions", "verdict", "conditions"), SHARES)
def test_eta_squared(eta, statistic, df, conventions, verdict, conditions):
    finding = effect_sizes.eta_squared(eta, statistic, df, conventions=conventions)
    assert (finding.verdict, finding.conditions) == (verdict, conditions)


DETERMINATIONS = [  # R 4.2.2: summary(lm(mpg ~ wt + hp, mtcars)): R² .8268, adjusted .8148, F(2, 29) = 69.21
    ("0,83", {"statistic": "69,21", "df": ["2", "29"]}, CONSISTENT),
    ("0.8268", {"statistic": "69,21", "df": ["2", "29"]}, CONSISTENT),
    ("0,83", {"n": "32", "predictors": "2", "adjusted": "0,81"}, CONSISTENT),
    ("0,83", {"n": "32", "predictors": "2", "adjusted": "0,81", "statistic": "69,21", "df": ["2", "29"]}, CONSISTENT),
    ("0,81", {"statistic": "69,21", "df": ["2", "29"]}, CONDITIONAL),  # the adjusted one
    ("0,83", {"statistic": "96,21", "df": ["2", "29"]}, INCONSISTENT),
    ("0,83", {"n": "32", "predictors": "2", "adjusted": "0,84"}, INCONSISTENT),
    ("0,83", {"n": "32", "predictors": "2", "adjusted": "0,81", "df": ["2", "30"]}, INCONSISTENT),
    ("0.83", {"n": "32", "predictors": "2", "adjusted": "0.8148", "statistic": "72"}, INCONSISTENT),  # .8324 and .8268
    ("0,02", {"n": "32", "predictors": "2", "adjusted": "-0,05"}, CONSISTENT),
    ("0,83", {"n": "32", "predictors": "2"}, UNCHECKABLE),
    ("0,83", {"statistic": "69,21"}, UNCHECKABLE),
    ("0,83", {"n": "3", "predictors": "2", "adjusted": "0,81"}, UNCHECKABLE),
]


@pytest.mark.parametrize(("r2", "more", "verdict"), DETERMINATIONS)
def test_r_squared(r2, more, verdict):
    assert effect_sizes.r_squared(r2, **more).verdict is verdict


@settings(max_examples=200)
@given(st.floats(0.0, 0.999), st.integers(1, 8), st.integers(5, 300), st.tuples(*[st.integers(1, 4)] * 3))
def test_a_real_regression_is_never_inconsistent(r2, k, rest, decimals):
    value = r2 / k / ((1 - r2) / rest)
    assume(0 <= f.sf(value, k, rest) <= 1)
    finding = effect_sizes.r_squared(
        put(r2, decimals[0]),
        put(value, decimals[1]),
        [str(k), str(rest)],
        n=str(k + rest + 1),
        predictors=str(k),
        adjusted=put(1 - (1 - r2) * (k + rest) / rest, decimals[2]),
    )
    assert finding.verdict in (REPRODUCED, CONSISTENT)


KENDALL = "si la corrélation est le tau de Kendall"


@pytest.mark.parametrize(
    ("tau", "n", "p"),  # R 4.2: cor.test(x, y, method = "kendall"): exact, exact, and with ties by the normal law
    [("0,51", "10", "0,047"), ("0,78", "10", "< 0,001"), ("0,68", "12", "0,012")],
)
def test_a_tau_of_kendall(tau, n, p):
    stated = effect_sizes.correlation(tau, n, p=p, conventions={"correlation": "kendall"})
    assert stated.verdict is CONSISTENT
    assert effect_sizes.correlation("0,47", "25", p="< 0,001").conditions == (KENDALL,)  # 0.00078 of tau = 0.4733


def test_a_tau_excuses_neither_any_p_nor_an_interval():
    assert effect_sizes.correlation("0,47", "25", p="0,06").verdict is INCONSISTENT
    interval = {"interval": ("0,10", "0,90"), "conventions": {"correlation": "kendall"}}
    assert effect_sizes.correlation("0,47", "25", **interval).verdict is INCONSISTENT
