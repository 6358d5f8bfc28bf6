"""Intervals against R 4.2 (the call stands beside each number) and against their own properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.stats.estimates import describe

WILSON = [  # R: prop.test(count, n, conf.level = confidence, correct = FALSE)$conf.int
    (13, 21, 0.95, 0.408786537751, 0.792489886314),
    (0, 60, 0.95, 0, 0.06017185214),
    (46, 50, 0.90, 0.8333021053, 0.9635780187),
]


@pytest.mark.parametrize(("count", "n", "confidence", "low", "high"), WILSON)
def test_proportion_is_wilson(count, n, confidence, low, high):
    found = describe.proportion(count, n, confidence)
    assert (found.estimate, found.low, found.high) == pytest.approx((count / n, low, high), abs=1e-9)


@pytest.mark.parametrize(("count", "n"), [(1, 0), (5, 4), (-1, 4)])
def test_proportion_refuses_impossible_counts(count, n):
    with pytest.raises(ValueError, match=f"{count} sur {n}"):
        describe.proportion(count, n)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_proportions_is_proportion_on_every_row(pair):
    count, n = pair
    row = describe.proportions(pd.DataFrame({"count": [count], "n": [n]})).loc[0]
    alone = describe.proportion(count, n)
    assert (row["share"], row["low"], row["high"]) == pytest.approx((alone.estimate, alone.low, alone.high))
    assert -1e-12 <= alone.low <= alone.estimate + 1e-12 <= alone.high + 2e-12 <= 1 + 3e-12


def test_proportions_leaves_impossible_rows_empty_and_keeps_columns():
    frame = pd.DataFrame({"choix": list("abc"), "count": [1, 0, 9], "n": [2, 0, 3]})
    found = describe.proportions(frame)
    assert list(found["choix"]) == list("abc")
    assert found["low"].isna().tolist() == [False, True, True]


# R: 41.71 + c(-1, 1) * qt(.975, 59) * 11.55 / sqrt(60)
def test_mean_interval_is_student():
    found = describe.mean_interval(41.71, 11.55, 60)
    assert (found.low, found.high) == pytest.approx((38.72631862, 44.69368138), abs=1e-8)


def test_mean_interval_of_one_respondent_has_no_bounds():
    assert np.isnan(describe.mean_interval(3, 0, 1).low)


# R: sd(sleep$extra); quantile(sleep$extra, c(.25, .5, .75))
def test_summary_of_the_sleep_data():
    extra = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2, 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = describe.summary([*extra, None])
    assert found.n == 20
    assert (found.mean, found.sd, found.q1, found.median, found.q3) == pytest.approx(
        (1.54, 2.017919721, -0.025, 0.95, 3.4), abs=1e-9
    )


def test_summary_of_nothing_is_nan():
    found = describe.summary([])
    assert found.n == 0
    assert np.isnan(found.mean)
