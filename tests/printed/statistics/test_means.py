"""Standard errors and intervals of means, Cronbach's alpha: R's values, and draws of scipy and numpy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from scipy.stats import t as student

from relecture.printed.finding import Verdict
from relecture.printed.statistics.means import alpha, mean_interval, standard_error

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

# R 4.2, set.seed(3); x <- round(rnorm(30, 25, 8), 1): mean 23.136667, sd 6.4768811, sd / sqrt(30) 1.1825113
SAMPLE = {"mean": "23,14", "n": "30", "sd": "6,48"}
INTERVALS = [
    (("20,72", "25,56"), CONSISTENT, ""),  # t.test(x)$conf.int: 20.718160 25.555174
    (("21,13", "25,15"), CONDITIONAL, "90 %"),  # t.test(x, conf.level = .9): 21.127430 25.145904
    (("20,82", "25,45"), CONDITIONAL, "normale"),  # mean(x) -+ qnorm(.975) * se: 20.818987 25.454346
    (("21,72", "24,55"), INCONSISTENT, ""),
    (("20,72", "25,65"), INCONSISTENT, ""),  # the mean is not in the middle
]


@pytest.mark.parametrize(("interval", "verdict", "words"), INTERVALS)
@pytest.mark.parametrize("error", [{"sd": "6,48"}, {"se": "1,18"}, {"sd": "6,48", "se": "1,18"}])
def test_mean_interval(interval, verdict, words, error):
    finding = mean_interval("23,14", interval, "30", **error)
    assert (finding.verdict, words in "".join(finding.conditions)) == (verdict, True), finding


def test_what_is_stated_is_held_and_what_is_missing_is_not_asked():
    interval = ("20,82", "25,45")
    assert mean_interval(**SAMPLE, interval=interval, conventions={"law": "t"}).verdict is INCONSISTENT
    assert mean_interval(**SAMPLE, interval=interval, conventions={"law": "normal"}).verdict is CONSISTENT
    assert mean_interval("23,14", interval, "30").verdict is CONSISTENT
    assert mean_interval("23,14", ("20,82", "25,65"), "30").verdict is INCONSISTENT
    assert "hors de son intervalle" in mean_interval("27,14", interval, "30").explanation
    assert mean_interval("23,14", interval, "30", sd="6,48", se="2,50").verdict is INCONSISTENT
    assert mean_interval("23,14", interval, "1", sd="6,48").verdict is INCONSISTENT


STANDARD_ERRORS = [
    ("1,18", "30", CONSISTENT),  # 1.1825
    ("1,20", "30", CONDITIONAL),  # 6,48 / sqrt(29) = 1.203, the SD divided by n
    ("6,48", "30", INCONSISTENT),
    ("6,48", "1", CONSISTENT),
    ("1,18", "0", INCONSISTENT),
]


@pytest.mark.parametrize(("se", "n", "verdict"), STANDARD_ERRORS)
def test_standard_error(se, n, verdict):
    assert standard_error(se, "6,48", n).verdict is verdict


def test_alpha():
    # R 4.2: four items of five people, apply(y, 2, sd) and sd(rowSums(y)); psych::alpha's formula: 0.94994675
    items = ["1,58", "1,00", "1,67", "1,64"]
    assert alpha("0,95", items, "5,59").verdict is CONSISTENT
    assert alpha("0,90", items, "5,59").verdict is INCONSISTENT
    assert alpha("0,95", items, "6,59").explanation.startswith("l'écart type du total, 6,59, dépasse la somme")
    assert alpha("0,95", items, "0,0").verdict is INCONSISTENT
    assert alpha("0,95", items[:1], "5,59").verdict is UNCHECKABLE


values = st.lists(st.floats(-50, 150), min_size=2, max_size=200)


@settings(max_examples=300, deadline=None)
@given(
    values, st.integers(1, 3), st.sampled_from([0.9, 0.95, 0.99]), st.booleans(), st.sampled_from(["sd", "se", None])
)
def test_correct_intervals_are_never_inconsistent(sample, decimals, level, normal, error):
    n, mean, sd = len(sample), np.mean(sample), np.std(sample, ddof=1)
    quantile = norm.ppf((1 + level) / 2) if normal else student.ppf((1 + level) / 2, n - 1)
    low, high, sd_, se = (
        f"{value:.{decimals}f}"
        for value in (mean - quantile * sd / n**0.5, mean + quantile * sd / n**0.5, sd, sd / n**0.5)
    )
    given_ = {"sd": sd_} if error == "sd" else {"se": se} if error else {}
    finding = mean_interval(f"{mean:.{decimals}f}", (low, high), str(n), **given_)
    assert finding.verdict in ((CONSISTENT, CONDITIONAL) if normal or level != 0.95 else (CONSISTENT,))
    assert standard_error(se, sd_, str(n)).holds


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(0, 10), min_size=4, max_size=4), min_size=3, max_size=30), st.integers(1, 3))
def test_correct_alphas_are_never_inconsistent(answers, decimals):
    table = np.array(answers)
    variances, total = table.var(axis=0, ddof=1), table.sum(axis=1).var(ddof=1)
    if total:
        value = 4 / 3 * (1 - variances.sum() / total)
        sds = [f"{variance**0.5:.{decimals}f}" for variance in variances]
        assert alpha(f"{value:.{decimals}f}", sds, f"{total**0.5:.{decimals}f}").holds
