"""Effect sizes at the edges, and how often their intervals hold the truth; agreement with R is in test_against_r."""

import numpy as np
import pytest
from scipy.stats import binom, chi2_contingency, kruskal, norm

from relecture.stats.estimates import effects

RNG = np.random.default_rng(2023)


def test_v_is_one_for_a_perfect_table_and_its_interval_stays_below():
    found = effects.cramers_v(30, 1, 30, 2)
    assert (found.estimate, found.high) == (1, 1)
    assert 0.5 < found.low < 1


def test_a_statistic_below_chance_keeps_a_wide_interval():
    none, usual = effects.cramers_v(0, 1, 81, 2), effects.cramers_v(1, 1, 81, 2)
    assert (none.estimate, none.low) == (0, 0)
    assert none.high == usual.high > 0.2


@pytest.mark.parametrize("arguments", [(np.nan, 1, 30, 2), (3.0, 0, 30, 1), (3.0, 1, 0, 2)])
def test_v_that_does_not_exist_is_nan(arguments):
    assert np.isnan(effects.cramers_v(*arguments).estimate)


TABLES = [[[0.25, 0.25], [0.25, 0.25]], [[0.35, 0.15], [0.15, 0.35]], [[0.2, 0.1, 0.1], [0.05, 0.2, 0.35]]]


@pytest.mark.parametrize("table", TABLES)
def test_v_intervals_hold_the_truth_as_the_docstring_says(table):
    shares = np.array(table)
    free = shares.sum(1, keepdims=True) * shares.sum(0, keepdims=True)
    truth, held = np.sqrt(((shares - free) ** 2 / free).sum()), 0
    for _ in range(200):
        drawn = RNG.multinomial(81, shares.ravel()).reshape(shares.shape)
        test = chi2_contingency(drawn, correction=False)
        found = effects.cramers_v(test.statistic, test.dof, 81, 2)
        held += found.low - 1e-12 <= truth <= found.high
    assert held >= 186  # 96 % of 200, less two standard errors


def shifted(sizes, shift):
    return [RNG.normal(shift * rank, 1, size) for rank, size in enumerate(sizes)]


@pytest.mark.parametrize("shift", [0.5, 1.2])
def test_epsilon_squared_holds_the_truth_as_the_docstring_says(monkeypatch, shift):
    monkeypatch.setattr(effects, "DRAWS", 499)
    sizes = (21, 17, 43)
    truth = kruskal(*shifted([1000 * size for size in sizes], shift)).statistic / 80_999
    found = [effects.epsilon_squared(shifted(sizes, shift)) for _ in range(200)]
    assert sum(one.low <= truth <= one.high for one in found) >= 184  # 95 % of 200, less two standard errors


def test_epsilon_squared_without_a_spread_has_no_bounds():
    pair = [np.array([1.0, 2]), np.array([2.0, 3, 4]), np.array([1.0, 5, 6])]
    assert np.isnan([effects.epsilon_squared(pair).low, effects.epsilon_squared(pair).high]).all()
    apart = effects.epsilon_squared([np.arange(5), np.arange(5, 10), np.arange(10, 15)])
    # R: kruskal.test(list(0:4, 5:9, 10:14))$statistic / 14
    assert apart.estimate == pytest.approx(0.8928571429) and np.isnan(apart.low)


def test_more_values_than_classes_change_nothing_to_the_sixth_digit_of_the_estimate():
    samples = shifted((700, 300, 500), 0.5)
    found = effects.epsilon_squared(samples)
    assert found.estimate == pytest.approx(kruskal(*samples).statistic / 1499, rel=1e-9)
    assert found.low < found.estimate < found.high < found.low + 0.1


def test_rank_biserial_is_minus_one_to_one_and_says_when_it_has_no_interval():
    apart = effects.rank_biserial(np.array([1, 2, 3]), np.array([4, 5, 6]))
    assert apart.estimate == -1 and np.isnan(apart.low)
    assert np.isnan(effects.rank_biserial(np.array([1]), np.array([2, 3])).estimate)


@pytest.mark.parametrize(("shift", "spread"), [(0, 1), (0.7, 1), (2, 1), (1, 2)])
def test_rank_biserial_holds_the_truth_as_the_docstring_says(shift, spread):
    truth, rng = 2 * norm.cdf(shift / np.hypot(1, spread)) - 1, np.random.default_rng(17)
    pairs = [(rng.normal(shift, spread, 21), rng.normal(0, 1, 60)) for _ in range(400)]
    held = sum(found.low <= truth <= found.high for found in (effects.rank_biserial(*pair) for pair in pairs))
    assert binom.ppf(0.001, 400, 0.93) <= held <= binom.ppf(0.999, 400, 0.97)


def test_rank_biserial_is_bounded_far_from_0_and_turns_with_its_groups():
    x, y = np.array([3, 5, 6, 7, 8, 9]), np.array([1, 1, 2, 2, 3, 4, 4])
    found, back = effects.rank_biserial(x, y), effects.rank_biserial(y, x)
    assert -1 < found.low < found.estimate < found.high < 1
    assert (back.low, back.high) == pytest.approx((-found.high, -found.low))


def test_rank_biserial_counts_pairs():
    x, y = RNG.integers(0, 9, 12), RNG.integers(2, 11, 15)
    pairs = np.sign(x[:, None] - y[None, :])  # by hand: every pair
    assert effects.rank_biserial(x, y).estimate == pytest.approx(pairs.mean())


def test_a_difference_with_nobody_is_nan():
    assert np.isnan(effects.difference(0, 0, 3, 9).low)
