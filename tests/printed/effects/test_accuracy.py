"""Diagnostic performance and kappa: exact fractions by hand, statsmodels for kappa."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from relecture.printed.effects.accuracy import diagnostic, kappa
from relecture.printed.finding import Verdict

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

TABLE = [["90", "10"], ["30", "170"]]
PERFORMANCES = [  # by hand
    ({"sensitivity": "90", "specificity": "85,0", "ppv": "75", "npv": "94,4"}, REPRODUCED),  # 170 / 180 = 94,44
    ({"sensitivity": "0,90", "specificity": "0,85"}, REPRODUCED),
    ({"lr_plus": "6,0", "lr_minus": "0,12"}, REPRODUCED),  # 0,9 / 0,15, and 0,1 / 0,85 = 0,1176
    ({"accuracy": "86,7", "prevalence": "33,3"}, REPRODUCED),  # 260 / 300, 100 / 300
    ({"accuracy": "86,6"}, CONDITIONAL),
    ({"sensitivity": "90", "npv": "85"}, INCONSISTENT),
    ({"lr_plus": "0,06"}, INCONSISTENT),
    ({}, UNCHECKABLE),
]


@pytest.mark.parametrize(("given_", "verdict"), PERFORMANCES)
def test_diagnostic(given_, verdict):
    assert diagnostic(TABLE, **given_).verdict is verdict


def test_the_expected_value_is_on_the_scale_printed_and_exists():
    assert diagnostic(TABLE, sensitivity="90", npv="0,85").expected == "VPN = 0,94"
    assert diagnostic([["0", "0"], ["3", "4"]], sensitivity="50").verdict is INCONSISTENT
    assert diagnostic(TABLE, accuracy="86,6", conventions={"rounding": "nearest"}).verdict is INCONSISTENT
    with pytest.raises(ValueError, match="2 lignes et 2 colonnes"):
        diagnostic([["1", "2", "3"], ["4", "5", "6"]], sensitivity="50")


THREE = [["40", "6", "2"], ["5", "30", "4"], ["1", "3", "20"]]
# statsmodels 0.15 cohens_kappa(table, wt=None, "linear", "quadratic"): kappa, std_kappa, bounds at 95 %
KAPPAS = [
    ("0,707", ("0,595", "0,820"), CONSISTENT, ""),
    ("0,742", ("0,635", "0,848"), CONDITIONAL, "linéairement"),
    ("0,778", ("0,666", "0,890"), CONDITIONAL, "carrés"),
    ("0,707", ("0,613", "0,802"), CONDITIONAL, "90 %"),
    ("0,609", ("0,498", "0,720"), INCONSISTENT, ""),
    ("0,707", ("0,398", "0,820"), INCONSISTENT, ""),
]


@pytest.mark.parametrize(("value", "interval", "verdict", "words"), KAPPAS)
def test_kappa(value, interval, verdict, words):
    finding = kappa(value, THREE, interval)
    assert (finding.verdict, words in "".join(finding.conditions)) == (verdict, True), finding


def test_kappa_of_one_category_or_of_nobody():
    assert kappa("1,00", [["20", "0"], ["0", "0"]]).verdict is INCONSISTENT
    assert kappa("1,00", [["0", "0"], ["0", "0"]]).verdict is INCONSISTENT
    with pytest.raises(ValueError, match="autant de lignes"):
        kappa("1,00", [["20"]])


@settings(max_examples=200, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda k: st.lists(st.lists(st.integers(0, 40), min_size=k, max_size=k), min_size=k, max_size=k)
    ),
    st.sampled_from([None, "linear", "quadratic"]),
    st.integers(1, 3),
)
def test_correct_kappas_are_never_inconsistent(table, weights, decimals):
    if np.count_nonzero(np.add(np.sum(table, axis=0), np.sum(table, axis=1))) < 2:
        return
    found = cohens_kappa(np.array(table), wt=weights)
    assume(np.isfinite(found.std_kappa))  # no variance where one rater has one answer
    value, low, high, error = (
        f"{each:.{decimals}f}" for each in (found.kappa, found.kappa_low, found.kappa_upp, found.std_kappa)
    )
    printed = [[str(count) for count in row] for row in table]
    assert kappa(value, printed, (low, high), error).holds, (found.kappa, found.std_kappa)
