"""The search for counts with exact totals: plain Python, arrays and table agree with brute force and each other."""

from collections import Counter
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from relecture.printed.whole_numbers import sample_search, samples


@st.composite
def problems(draw):
    """A scale of three to six values, its middle, and a sample of one to seven answers whose totals are sought."""
    low = draw(st.integers(-2, 3))
    values = range(low, low + draw(st.integers(3, 6)))
    middle = draw(st.integers(values[1], values[-2]))
    return values, middle, draw(st.lists(st.sampled_from(values), min_size=1, max_size=7))


def totals(sample):
    return sum(sample), sum(value**2 for value in sample)


def sought(values, middle, sample):
    """The outer counts for the totals of the sample."""
    shift, around = totals([value - middle for value in sample])
    bounds = [((around + shift) // 2, (around - shift) // 2, around - len(sample))]
    return sample_search.OuterCounts(values, middle, len(sample), bounds)


@settings(max_examples=200)
@given(problems())
def test_every_sample_with_these_totals_is_found_in_three_ways(problem):
    values, _, sample = problem
    alike = [one for one in combinations_with_replacement(values, len(sample)) if totals(one) == totals(sample)]
    expected = sorted(tuple(Counter(one)[value] for value in values) for one in alike)
    outer = sought(*problem)
    assert outer.listed() == expected
    outer.short = False
    assert list(map(tuple, outer.rows().tolist())) == expected
    assert sample_search.WaysTable(outer).count(outer.bounds[0]) == len(expected)


WIDE = [
    ("3,4", "1,2", 50, (1, 5)),
    ("3,5", "0,6", 100, (0, 7)),
    ("7,2", "0,9", 30, (0, 10)),
    ("2,5", "1,4", 8, (-1, 7)),
]


@pytest.mark.parametrize("problem", WIDE)
@pytest.mark.parametrize("word", [2**62, 1], ids=["64 bits", "Python integers"])
def test_the_table_counts_and_draws_the_listed_samples(problem, word, monkeypatch):
    monkeypatch.setattr(sample_search, "_WORD", word)
    outer = samples._search(*problem)
    table = sample_search.WaysTable(outer)
    assert table.upto.dtype == (object if word == 1 else np.int64)
    kinds = list(map(tuple, outer.rows().tolist()))
    assert sum(table.count(bounds) for bounds in outer.bounds) == len(kinds)
    drawn = Counter(map(tuple, table.draw(20 * len(kinds), np.random.default_rng(3)).tolist()))
    assert set(drawn) <= set(kinds)
    assert chisquare([drawn[kind] for kind in kinds]).pvalue > 0.001


def test_rows_come_in_ascending_order_beyond_one_64_bit_key(monkeypatch):
    frame = samples.frequencies("3,4", "1,2", n=50, scale=(1, 5))
    assert frame.to_numpy().tolist() == sorted(frame.to_numpy().tolist())
    monkeypatch.setattr(sample_search, "_WORD", 1)
    assert samples.frequencies("3,4", "1,2", n=50, scale=(1, 5)).equals(frame)
