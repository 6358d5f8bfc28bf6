"""Ranges over rounding boxes, against a grid of true values."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.printed.exact.spans import box, span


@pytest.mark.parametrize(
    ("text", "rounding", "limits", "ends"),
    [
        ("63,9", "nearest", {}, (63.85, 63.95)),
        ("-0,22", "truncated", {}, (-0.23, -0.22)),
        ("0,00", "nearest", {"low": 0}, (0, 0.005)),  # an SD
        ("1,00", "nearest", {"low": -1, "high": 1}, (0.995, 1)),  # a correlation
        ("1,30", "nearest", {"low": -1, "high": 1}, (1, 1)),  # outside its domain: the nearest end, no empty box
    ],
)
def test_box(text, rounding, limits, ends):
    assert box(text, rounding, **limits) == pytest.approx(ends)


def test_turning_points_and_what_does_not_exist():
    assert span(abs, (-2, 1)) == (0, 2)
    assert span(lambda x: (x - 1) ** 2, (0, 3), turns=(1,)) == (0, 4)
    assert span(lambda x: 1 / x if x else None, (0, 2)) == (0.5, 0.5)
    assert span(lambda x: None, (0, 2)) is None
    assert span(lambda x: x, (1, inf)) == (1, inf)


side = st.tuples(st.integers(-40, 40), st.integers(0, 30)).map(lambda ends: (ends[0] / 8, (ends[0] + ends[1]) / 8))


@given(side, side)
def test_no_value_of_a_grid_is_outside(first, second):
    def ratio(x, y):
        return x**2 / (1 + y**2)

    low, high = span(ratio, first, second)
    steps = [k / 8 for k in range(9)]
    values = [
        ratio(first[0] + s * (first[1] - first[0]), second[0] + t * (second[1] - second[0]))
        for s in steps
        for t in steps
    ]
    assert low <= min(values) + 1e-12 and max(values) <= high + 1e-12
