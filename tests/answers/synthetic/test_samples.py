"""Whole numbers that print as they should, and ratings that add up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.answers.synthetic import samples


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(20, 80), min_size=2, max_size=40).filter(lambda xs: len(set(xs)) > 1), st.integers(0, 99))
def test_integers_finds_back_what_a_sample_prints(sample, seed):
    mean, sd = (f"{value:.1f}".replace(".", ",") for value in (np.mean(sample), np.std(sample, ddof=1)))
    found = samples.integers(len(sample), mean, sd, 20, 80, rng=np.random.default_rng(seed))
    assert 20 <= found.min() <= found.max() <= 80
    unit = 0.1 + 1e-9  # half a unit by rounding, one unit by truncation
    assert abs(found.mean() - float(mean.replace(",", "."))) <= unit
    assert abs(found.std(ddof=1) - float(sd.replace(",", "."))) <= unit


@pytest.mark.parametrize(
    ("n", "mean", "sd"), [(21, "41,02", "8,39"), (21, "41,09", "60"), (1, "41", "0"), (0, "41", "8")]
)  # no such sum; too wide for the bounds; no deviation of one; nobody
def test_numbers_that_no_sample_has_are_approached_within_bounds(n, mean, sd):
    found = samples.integers(n, mean, sd, 24, 75, median="41", rng=np.random.default_rng(1))
    assert len(found) == n
    assert ((found >= 24) & (found <= 75)).all()
    assert n == 0 or sd == "60" or abs(found.mean() - 41) < 2


@given(st.lists(st.integers(20, 80), min_size=1, max_size=20), st.integers(0, 99))
def test_items_always_add_up(totals, seed):
    rows = samples.items(totals, rng=np.random.default_rng(seed))
    assert rows.sum(axis=1).tolist() == totals
    assert 1 <= rows.min() <= rows.max() <= 4


def test_items_refuses_a_total_out_of_reach():
    with pytest.raises(ValueError, match="20–80"):
        samples.items([81], rng=np.random.default_rng(1))
