"""Alpha and item-rest correlations against sums made by hand and against psych, through pingouin's examples."""

from math import sqrt

import numpy as np
import pandas as pd
import pingouin
import pytest
from scipy import stats

from relecture.stats.estimates.describe import INFINITE
from relecture.stats.estimates.reliability import alpha, item_rest

# Four respondents, three items; variances 5/3 each, covariances ab 1, ac 4/3, bc 0.
SMALL = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 1, 4, 3], "c": [1, 3, 2, 4]})


def test_alpha_by_hand():
    # alpha = 3/2 (1 - 5 / (5 + 2 (1 + 4/3 + 0))) = 3/2 (1 - 15/29) = 21/29
    found = alpha(SMALL)
    assert found.alpha == pytest.approx(21 / 29)
    assert (found.n, found.items) == (4, 3)


def test_interval_is_that_of_feldt():
    # R 4.2: a <- k / (k - 1) * (1 - sum(diag(cov(x))) / sum(cov(x)))
    # 1 - (1 - a) * qf(c(.95, .05), n - 1, (n - 1) * (k - 1))
    found = alpha(SMALL, 0.90)
    assert (found.low, found.high) == pytest.approx((-0.312293148438, 0.969145171826), abs=1e-10)


def test_missing_answers_leave_the_respondent_out():
    """psych::alpha(data, use = "complete.obs") gives 0.80; the interval is that of the nine complete rows."""
    data = pingouin.read_dataset("cronbach_wide_missing")
    found = alpha(data)
    assert found.alpha == pytest.approx(0.8016949152542373)
    assert (found.n, found.items) == (len(data.dropna()), 11) == (9, 11)
    low, high = (1 - (1 - found.alpha) * stats.f.ppf(q, 8, 80) for q in (0.975, 0.025))
    assert (found.low, found.high) == pytest.approx((low, high))


def test_an_item_that_never_varies_is_left_out_and_told():
    # R: psych::alpha(cbind(x, 2)) deletes it, with a warning
    found = alpha(SMALL.assign(d=2, e=5))
    assert (found.alpha, found.items) == (pytest.approx(21 / 29), 3)
    assert found.note == "2\u00a0affirmations sans variation, hors du calcul" and not alpha(SMALL).note


def test_items_that_are_the_same_agree_entirely():
    assert alpha(pd.DataFrame({"a": [1, 2, 4], "b": [1, 2, 4]})).alpha == pytest.approx(1)


NOTHING = {
    "no respondent": pd.DataFrame({"a": [], "b": []}, dtype=float),
    "one complete respondent": pd.DataFrame({"a": [1, 2], "b": [3, np.nan]}),
    "one item": pd.DataFrame({"a": [1, 2, 3]}),
    "sums that vary by a rounding": pd.DataFrame({"a": [0.1, 0.2, 0.3], "b": [0.3, 0.2, 0.1]}) + 0.1,
    "sums that never vary": pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]}),
    "all missing": pd.DataFrame({"a": [np.nan, np.nan], "b": [np.nan, np.nan]}),
}


@pytest.mark.parametrize("frame", NOTHING.values(), ids=NOTHING)
def test_no_alpha(frame):
    found = alpha(frame)
    assert np.isnan([found.alpha, found.low, found.high]).all() and found.note
    assert found.n == len(frame.dropna())


def test_item_rest_by_hand():
    # a with b + c = (3, 4, 6, 7): covariance 1 + 4/3 = 7/3, variances 5/3 and 10/3: r = 7/3 / sqrt(50/9) = 7 / sqrt(50)
    # b with a + c = (2, 5, 5, 8): covariance 1 + 0, variances 5/3 and 6: r = 1 / sqrt(10)
    # c with a + b = (3, 3, 7, 7): covariance 4/3 + 0, variances 5/3 and 16/3: r = 4/3 / sqrt(80/9) = 4 / sqrt(80)
    found = item_rest(SMALL).set_index("item")
    assert found["correlation"].tolist() == pytest.approx([7 / sqrt(50), 1 / sqrt(10), 4 / sqrt(80)])
    assert found["n"].tolist() == [4, 4, 4]
    assert found["mean"].tolist() == [2.5, 2.5, 2.5]


def test_item_rest_leaves_incomplete_respondents_out():
    incomplete = pd.DataFrame({"a": [*SMALL["a"], 9], "b": [*SMALL["b"], np.nan], "c": [*SMALL["c"], 9]})
    pd.testing.assert_frame_equal(item_rest(incomplete), item_rest(SMALL))


def test_an_item_that_never_varies_has_no_correlation():
    found = item_rest(pd.DataFrame({"a": [1, 2, 3], "b": [2, 2, 2]})).set_index("item")["correlation"]
    assert found.isna().tolist() == [True, True]  # neither the item, nor the other's rest
    assert item_rest(pd.DataFrame({"a": [1.0], "b": [2.0]}))["correlation"].isna().all()


def test_an_infinite_answer_has_no_alpha():
    frame = pd.DataFrame({"a": [1, 2, np.inf, 4], "b": [2, 1, 4, 3], "c": [1, 3, 2, 4]})
    found = alpha(frame)
    assert np.isnan([found.alpha, found.low, found.high]).all()
    assert found.note == INFINITE
    rows = item_rest(frame)
    assert (rows["note"] == INFINITE).all()
    assert rows["correlation"].isna().all()
