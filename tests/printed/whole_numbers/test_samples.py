"""Samples behind a mean and an SD: a published count, brute force, and uniform draws."""

import time
from collections import Counter
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from relecture.core.numbers import Printed, rounded
from relecture.printed.whole_numbers import samples


def prints(sample, mean: str, sd: str) -> bool:
    """Whether the sample prints so, rounded to nearest; exact."""
    n, total = len(sample), sum(sample)
    variance = (sum(v * v for v in sample) - Fraction(total**2, n)) / (n - 1)
    true_mean, true_sd = (Printed.read(text).within("nearest") for text in (mean, sd))
    return Fraction(total, n) in true_mean and variance in true_sd.squared()


def by_brute_force(mean, sd, n, scale) -> list[tuple[int, ...]]:
    values = range(scale[0], scale[1] + 1)
    real = [sample for sample in combinations_with_replacement(values, n) if prints(sample, mean, sd)]
    return sorted(tuple(Counter(sample)[value] for value in values) for sample in real)


def listed(frame, scale) -> list[tuple[int, ...]]:
    """Rows of the frame, for the values of the scale (others are never used)."""
    values = list(range(scale[0], scale[1] + 1))
    assert not frame.drop(columns=values).to_numpy().any()
    return sorted(map(tuple, frame[values].to_numpy().tolist()))


def test_the_published_count():
    assert samples.count("3.5", "0.5", n=52, scale=(1, 5)) == 15  # unsum, scrutipy


@st.composite
def problems(draw):
    """A print that some sample has, on a scale of one to six values, n = 2 to 7."""
    low = draw(st.integers(-2, 3))
    scale, n = (low, low + draw(st.integers(0, 5))), draw(st.integers(2, 7))
    sample = draw(st.lists(st.integers(*scale), min_size=n, max_size=n))
    mean = Fraction(sum(sample), n)
    variance = (sum(v * v for v in sample) - n * mean**2) / (n - 1)
    decimals = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    return rounded(mean, decimals[0]), rounded(float(variance) ** 0.5, decimals[1]), n, scale


@settings(max_examples=200)
@given(problems())
def test_counts_and_lists_are_those_of_brute_force(problem):
    mean, sd, n, scale = problem
    expected = by_brute_force(mean, sd, n, scale)
    assert listed(samples.frequencies(mean, sd, n=n, scale=scale), scale) == expected
    assert samples.count(mean, sd, n=n, scale=scale) == len(expected)


@pytest.mark.parametrize(
    ("mean", "sd", "n", "scale"),
    [
        ("3,42", "1,21", 50, (1, 5)),
        ("5,1", "2,31", 20, (0, 10)),
        ("2,0", "0,85", 30, (0, 3)),
        ("40,7", "9,5", 4, (20, 80)),
    ],
)
def test_every_listed_sample_prints_so(mean, sd, n, scale):
    frame = samples.frequencies(mean, sd, n=n, scale=scale)
    assert len(frame) == samples.count(mean, sd, n=n, scale=scale) > 1
    assert (frame.sum(axis=1) == n).all()
    assert not frame.duplicated().any()
    for row in frame.to_numpy().tolist()[:: max(1, len(frame) // 500)]:
        assert prints([value for value, times in zip(frame, row, strict=True) for _ in range(times)], mean, sd)


IMPOSSIBLE = [("3,00", "0,10", 12), ("9,00", "1,00", 12), ("3,25", "0,00", 12), ("3,33", "1,00", 4)]


@pytest.mark.parametrize(("mean", "sd", "n"), IMPOSSIBLE)
def test_nothing_prints_an_impossible_pair(mean, sd, n):
    assert samples.count(mean, sd, n=n, scale=(1, 5)) == 0
    assert samples.frequencies(mean, sd, n=n, scale=(1, 5)).empty
    with pytest.raises(ValueError) as error:
        samples.draw(mean, sd, n=n, scale=(1, 5), size=10, seed=1)
    assert str(error.value) == f"aucun échantillon de {n} réponses ne donne {mean} ± {sd} sur l'échelle (1, 5)"


DRAWN = [("3,5", "0,5", 52, (1, 5)), ("2,6", "1,1", 9, (0, 6)), ("1,5", "0,5", 10, (1, 3)), ("2,5", "1,4", 8, (-1, 7))]


@pytest.mark.parametrize(("mean", "sd", "n", "scale"), DRAWN)
def test_draws_are_uniform_over_the_listed_samples(mean, sd, n, scale):
    kinds = listed(samples.frequencies(mean, sd, n=n, scale=scale), scale)
    drawn = Counter(listed(samples.draw(mean, sd, n=n, scale=scale, size=40 * len(kinds), seed=1), scale))
    assert set(drawn) <= set(kinds)
    assert len(kinds) == 1 or chisquare([drawn[kind] for kind in kinds]).pvalue > 0.001


def test_the_same_seed_draws_the_same_samples():
    one, same, other = (samples.draw("3,5", "0,5", n=52, scale=(1, 5), size=50, seed=seed) for seed in (1, 1, 2))
    assert one.equals(same)
    assert not one.equals(other)


def test_a_count_against_all_ways_to_place_the_answers():
    # literal version: every number of answers on every value, no pruning; too many samples to list one by one
    ways = Counter({(0, 0, 0): 1})
    for value in range(7):
        before, ways = ways, Counter()
        for (n, total, squares), count in before.items():
            for k in range(26 - n):
                ways[n + k, total + k * value, squares + k * value**2] += count
    true_mean, true_sd = (Printed.read(text).within("nearest") for text in ("3,1", "1,9"))
    fitting = (
        count
        for (n, total, squares), count in ways.items()
        if n == 25 and Fraction(total, n) in true_mean and (squares - Fraction(total**2, n)) / 24 in true_sd.squared()
    )
    assert samples.count("3,1", "1,9", n=25, scale=(0, 6)) == sum(fitting) > 1000


@pytest.mark.timed
def test_a_wide_scale_is_counted_at_once():
    # about 10^8 samples; the same by a plain table over (answers, sum, sum of squares), once
    start = time.perf_counter()
    assert samples.count("7,2", "1,8", n=81, scale=(0, 10)) == 107_879_031
    assert time.perf_counter() - start < 5
    drawn = samples.draw("7,2", "1,8", n=81, scale=(0, 10), size=300, seed=1)
    assert (drawn.sum(axis=1) == 81).all()
    for row in drawn.to_numpy().tolist():
        assert prints([value for value, times in enumerate(row) for _ in range(times)], "7,2", "1,8")


def test_what_cannot_be_examined_is_refused():
    with pytest.raises(ValueError, match="trop d'échantillons de 400 réponses"):
        samples.count("50,0", "25,0", n=400, scale=(0, 100))


def test_a_bound_is_not_a_mean():
    with pytest.raises(ValueError, match="qu'une borne"):
        samples.count("3,5", "< 0,5", n=12, scale=(1, 5))


@pytest.mark.parametrize(("n", "scale"), [(3, (1, 5)), (4, (0, 7)), (5, (1, 3)), (6, (1, 5))])
def test_a_pair_of_totals_exists_exactly_when_some_sample_has_it(n, scale):
    """Brute force over every sample; totals of the wrong parity are not asked."""
    low, high = scale
    answers = combinations_with_replacement(range(low, high + 1), n)
    seen = {(sum(sample), sum(value**2 for value in sample)) for sample in answers}
    asked = [(t, q) for t in range(n * low, n * high + 1) for q in range(t % 2, n * high**2 + 1, 2)]
    assert {pair for pair in asked if samples.exists(*pair, n=n, scale=scale)} == seen


def test_a_wide_scale_is_answered_at_once():
    assert samples.exists(3800, 190000, n=81, scale=(20, 80))
