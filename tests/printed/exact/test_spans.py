"""Ranges over rounding boxes, against a grid of true values."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.printed.exact.spans import alongside, box, meeting, misplaced, signed, span


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


def test_a_print_takes_into_account_all_the_others():
    left = alongside((0, 10), {"a": (2, 6), "b": (4, 9), "c": (5, 5)})
    assert left == {"a": (5, 5), "b": (5, 5), "c": (4, 6)}
    assert alongside((0, 1), {"a": (2, 3), "b": (0, 1)})["b"] == (0, 1)  # what shares nothing fails by itself
    assert meeting((0, 1), (1, 2)) == (1, 1)


@pytest.mark.parametrize(
    ("estimate", "interval", "reason"),
    [
        ("0,30", None, ""),
        ("0,30", ["0,30", "0,53"], ""),
        ("0,3", ["0,34", "0,53"], ""),  # 0,3 may be 0,34
        ("0,30", ["0,53", "0,02"], "les bornes 0,53 et 0,02 ne sont pas croissantes"),
        ("0,60", ["0,02", "0,53"], "l'estimation 0,60 est hors de son intervalle, de 0,02 à 0,53"),
    ],
)
def test_an_estimate_outside_its_interval_is_said(estimate, interval, reason):
    assert misplaced(estimate, interval) == reason


def test_the_sign_is_that_of_the_print():
    assert (signed((1, 2), "-1,5"), signed((-3, 1), "-1")) == ((-2, -1), (-3, 0))
    assert (signed((1, 2), "0,0"), signed((-3, 1), "−0,00")) == ((1, 2), (-3, 3))
