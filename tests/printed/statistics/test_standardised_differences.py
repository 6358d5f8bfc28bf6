"""Standardised differences, against R 4.2.2 and on groups drawn at random."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, ttest_ind

from relecture.printed.finding import Verdict
from relecture.printed.statistics import standardised_differences

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

GROUPS = ["30", "12.00", "4.00"], ["20", "9.50", "5.00"]
CASES = [  # d .5652, g .5563, Glass .625 and .5, mean variance .5522; interval -.0113 to 1.1418, by t -.0262 to 1.1567
    ("0,57", None, {}, CONSISTENT, ()),
    ("-0,57", None, {}, CONSISTENT, ()),  # the second group minus the first
    ("0,5563", None, {}, CONDITIONAL, ("si le d est corrigé pour les petits effectifs (g de Hedges)",)),
    ("0,63", None, {}, CONDITIONAL, ("si l'écart type est celui du premier groupe (delta de Glass)",)),
    ("0,50", None, {}, CONDITIONAL, ("si l'écart type est celui du second groupe (delta de Glass)",)),
    ("0,5522", None, {"sd": "n-1"}, CONDITIONAL, ("si la variance est la moyenne de celles des deux groupes",)),
    ("0,50", None, {"difference": "pooled"}, INCONSISTENT, ()),
    ("0,75", None, {}, INCONSISTENT, ()),
    ("0,57", ["-0,01", "1,14"], {}, CONSISTENT, ()),
    ("0.565", ["-0.026", "1.157"], {}, CONDITIONAL, ("si la loi est celle de Student",)),
    (
        "0.565",
        ["-0.0145", "1.1393"],
        {"difference": "pooled"},
        CONDITIONAL,
        ("si l'intervalle est exact",),
    ),  # pt(t, df, ncp)
    ("0,57", ["0,08", "1,05"], {}, CONDITIONAL, ("si l'intervalle est à 90 %",)),  # .0814 to 1.0491
    ("0,57", ["0,08", "1,05"], {"level": "95"}, INCONSISTENT, ()),
    ("0,57", ["0,20", "1,14"], {}, INCONSISTENT, ()),
    ("0,57", ["0,60", "1,14"], {}, INCONSISTENT, ()),
]


@pytest.mark.parametrize(("d", "interval", "conventions", "verdict", "conditions"), CASES)
def test_from_two_groups(d, interval, conventions, verdict, conditions):
    finding = standardised_differences.cohen_d(d, *GROUPS, interval=interval, conventions=conventions)
    assert (finding.verdict, finding.conditions) == (verdict, conditions)


def test_the_correction_is_that_of_the_degrees_of_freedom():
    # d = 2, 6 degrees of freedom, R 4.2: 2 * exp(lgamma(3) - lgamma(2.5)) / sqrt(3) = 1.7372; with 8 it would be 1.8054
    groups = ["4", "3.0000", "1.0000"], ["4", "1.0000", "1.0000"]
    stated = {"difference": "hedges"}
    assert standardised_differences.cohen_d("1.737", *groups, conventions=stated).holds
    assert standardised_differences.cohen_d("1.805", *groups, conventions=stated).verdict is INCONSISTENT


def test_a_null_difference_may_have_either_sign():
    groups = ["289", "50,36", "11,14"], ["280", "50,39", "12,25"]  # d = -.0026, from -.167 to .162: the second first
    for interval in (["-0,17", "0,16"], ["-0,16", "0,17"]):
        assert standardised_differences.cohen_d("−0,00", *groups, interval=interval).verdict is CONSISTENT


def test_a_difference_too_large_for_the_noncentral_t_is_answered_at_once():
    groups = ["3", "0", "0,5"], ["3", "1000000", "1,00"]
    assert standardised_differences.cohen_d("0,5", *groups, interval=["0,00", "33.4"]).verdict is INCONSISTENT


FROM_T = [  # t(48) = 1.958
    ("0,57", CONSISTENT, ()),  # 2 t / sqrt(48) = .5652, 2 t / sqrt(50) = .5538
    ("0,55", CONSISTENT, ()),
    ("0.5452", CONDITIONAL, ("si le d est corrigé pour les petits effectifs (g de Hedges)",)),
    ("0,28", CONDITIONAL, ("si le d est celui de mesures appariées",)),  # t / sqrt(49) = .2797
    ("0,70", CONDITIONAL, ("si les groupes sont de tailles inégales",)),
    ("0,40", INCONSISTENT, ()),
    ("2,40", INCONSISTENT, ()),  # above t, even with one person in a group
]


@pytest.mark.parametrize(("d", "verdict", "conditions"), FROM_T)
def test_from_t(d, verdict, conditions):
    finding = standardised_differences.cohen_d(d, t="1.958", df="48")
    assert (finding.verdict, finding.conditions) == (verdict, conditions)


@pytest.mark.parametrize("given", [{}, {"t": "2,0"}, {"df": "20"}, {"t": "2,0", "df": "1"}, {"first": ["1", "5", "0"]}])
def test_what_is_missing(given):
    assert standardised_differences.cohen_d("0,50", **given).verdict is UNCHECKABLE


@settings(max_examples=200)
@given(st.integers(0, 2**32), st.tuples(*[st.integers(5, 200)] * 2), st.floats(-2, 2), st.integers(1, 3), st.booleans())
def test_a_real_difference_is_never_inconsistent(seed, sizes, shift, decimals, by_t):
    rng = np.random.default_rng(seed)
    one, two = rng.normal(10 + shift, 2, sizes[0]), rng.normal(10, 2, sizes[1])
    run, n = ttest_ind(one, two), sum(sizes)
    d = run.statistic * sqrt(1 / sizes[0] + 1 / sizes[1])
    reach = norm.ppf(0.975) * sqrt(n / (sizes[0] * sizes[1]) + d**2 / (2 * n))
    interval = [f"{bound:.{decimals}f}" for bound in (d - reach, d + reach)]
    groups = [[str(len(each)), f"{each.mean():.2f}", f"{each.std(ddof=1):.2f}"] for each in (one, two)]
    source = (
        {"t": f"{run.statistic:.2f}", "df": str(n - 2)} if by_t else dict(zip(("first", "second"), groups, strict=True))
    )
    finding = standardised_differences.cohen_d(f"{d:.{decimals}f}", interval=interval, **source)
    assert finding.verdict in (REPRODUCED, CONSISTENT) or (by_t and sizes[0] != sizes[1] and finding.holds)


def test_a_difference_printed_as_zero_may_have_either_sign():
    one, two = ["242", "3.6", "3.4"], ["362", "3.6", "3.1"]  # drawn: d = -0.004, noncentral interval of scipy
    assert standardised_differences.cohen_d("-0.00", one, two, interval=["-0.17", "0.16"]).holds
