"""Draws print what they stand for, settle on the uniform law, and say how far a printed p lies.

Oracles: the printed mean and SD themselves; the exact list of samples (`samples.frequencies`) on a short
scale, where the uniform law over ordered samples can be written down (SD printed without decimals, so that
moves connect all samples); Student's test for two far groups; scipy's Mann-Whitney test.
"""

from math import factorial, prod

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from relecture.core.numbers import Printed
from relecture.printed.exact import rank_test_draws
from relecture.printed.whole_numbers import samples

SCALE = (20, 80)


GROUPS = [("21", "63,9", "10,5"), ("60", "47,3", "12"), ("17", "61,9", "9,7")]


@pytest.fixture(scope="module")
def side_by_side():
    return dict(zip(GROUPS, rank_test_draws.draws(GROUPS, SCALE, np.random.default_rng(5)), strict=True))


@pytest.mark.parametrize("group", GROUPS)
def test_every_draw_prints_its_mean_and_its_sd(side_by_side, group):
    drawn = side_by_side[group]
    assert drawn.shape == (rank_test_draws.LOOKS, rank_test_draws.CHAINS, int(group[0]))
    mean, sd = (Printed.read(text).within("nearest") for text in group[1:])
    means, spreads = drawn.mean(axis=2), drawn.std(axis=2, ddof=1)
    assert (means >= float(mean.low) - 1e-9).all() and (means <= float(mean.high) + 1e-9).all()
    assert (spreads >= float(sd.low) - 1e-9).all() and (spreads <= float(sd.high) + 1e-9).all()
    assert drawn.min() >= SCALE[0] and drawn.max() <= SCALE[1]
    assert len(np.unique(drawn.sum(axis=2))) > 1  # several sums print the same mean


def test_draws_settle_on_the_uniform_law_over_ordered_samples():
    rows = samples.frequencies("2,5", "1", n=8, scale=(1, 5))
    weights = {tuple(row): factorial(8) / prod(map(factorial, row)) for row in rows.to_numpy().tolist()}
    _, drawn = rank_test_draws.draws([("6", "2", "1"), ("8", "2,5", "1")], (1, 5), np.random.default_rng(7))
    seen = [tuple(np.bincount(one, minlength=6)[1:].tolist()) for one in drawn.reshape(-1, 8)]
    shares = {row: seen.count(row) / len(seen) for row in weights}
    assert sum(shares.values()) == pytest.approx(1)
    for row, weight in weights.items():
        assert shares[row] == pytest.approx(weight / sum(weights.values()), abs=0.03)


def test_two_far_groups_attain_only_small_p_values():
    found = rank_test_draws.mann_whitney(("21", "63,9", "10,5"), ("60", "47,3", "12"), "0,5", scale=SCALE)
    assert found.high < 0.001 and found.share_above == 0 and not found.typical


def test_the_third_comparison_of_guefif_is_atypical():
    found = rank_test_draws.mann_whitney(("21", "63,9", "10,5"), ("17", "61,9", "9,7"), "0,941", scale=SCALE)
    assert found.share_above < 0.01 and not found.typical
    assert found.low < 0.55 < found.high  # Student's p on the same summaries
    assert found.effective > 100


@pytest.mark.parametrize("group", [("7", "2,35", "0,5"), ("5", "50", "60")])
def test_a_group_that_nothing_prints_is_refused_in_french(group):
    with pytest.raises(ValueError, match="aucun"):
        rank_test_draws.draws([group], SCALE, np.random.default_rng(1))


@pytest.mark.parametrize("top", [2, 5, 80])
@pytest.mark.parametrize("sizes", [(2, 3), (8, 5), (21, 60)])
def test_p_values_are_those_of_scipy(sizes, top):
    rng = np.random.default_rng(3)
    one, two = (rng.integers(top, size=(300, n)) for n in sizes)
    expected = mannwhitneyu(one, two, axis=1, method="asymptotic").pvalue
    assert rank_test_draws.mann_whitney_p(one, two) == pytest.approx(expected, rel=1e-12)


def test_answers_that_are_all_equal_leave_nothing_to_test():
    assert rank_test_draws.mann_whitney_p(np.full((1, 4), 3), np.full((1, 6), 3)) == 1
