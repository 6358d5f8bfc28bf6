"""Sums of squares reached by whole numbers, against every sample."""

from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.printed.whole_numbers import sums_of_squares as sums


@pytest.mark.parametrize(("total", "n"), [(7, 3), (0, 4), (-5, 3), (12, 4)])
def test_least_and_most_against_every_sample(total, n):
    found = [sum(v * v for v in sample) for sample in product(range(-4, 6), repeat=n) if sum(sample) == total]
    assert sums.least_squares(total, n) == min(found)
    assert sums.most_squares(total, n, (-4, 5)) == max(found)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6])
def test_those_reached_against_every_sample(n):
    found = {(sum(sample), sum(v * v for v in sample)) for sample in combinations_with_replacement(range(-7, 8), n)}
    for total in range(-6, 7):
        for squares in range(sums.least_squares(total, n), 50):  # a square below 50 is of 7 at most
            if (squares - total) % 2 == 0:
                assert sums.reached(total, squares, n) == ((total, squares) in found), (total, squares)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(1, 100), min_size=1, max_size=80), st.booleans())
def test_an_example_is_a_sample(answers, on_scale):
    total, squares = sum(answers), sum(v * v for v in answers)
    counts = sums.example(total, squares, n=len(answers), scale=(1, max(answers)) if on_scale else None)
    assert counts or 4 < len(answers) < 20  # a search that is short may miss a few answers
    if counts:
        assert sum(counts.values()) == len(answers)
        assert sum(v * times for v, times in counts.items()) == total
        assert sum(v * v * times for v, times in counts.items()) == squares
        assert min(counts.values()) > 0
        assert not on_scale or (min(counts) >= 1 and max(counts) <= max(answers))
