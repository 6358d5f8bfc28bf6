"""Medians and quartiles against every usual definition of them, on real values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.printed.finding import Verdict
from relecture.printed.statistics.quantiles import median, quartiles

CONSISTENT, CONDITIONAL = Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

MEDIANS = [
    ("41", "41,09", "8,39", 21, CONSISTENT),  # Guefif 2023, table 1
    ("40,5", "41,09", "8,39", 21, INCONSISTENT),  # an odd number of whole numbers has a whole median
    ("40,5", "41,09", "8,39", 20, CONSISTENT),
    ("40,25", "41,09", "8,39", 20, INCONSISTENT),
    ("30", "41,09", "8,39", 21, INCONSISTENT),  # 11,09 away, more than one SD (Hotelling & Solomons 1932)
    ("5", "5,0", "0", 9, CONSISTENT),  # no spread at all
]


@pytest.mark.parametrize(("middle", "mean", "sd", "n", "verdict"), MEDIANS)
def test_median_of_whole_numbers(middle, mean, sd, n, verdict):
    assert median(middle, mean, sd, n, whole=True).verdict is verdict


def test_median_of_a_measure():
    assert median("24,3", "25,0", "4,0", "80").verdict is CONSISTENT  # a BMI
    assert median("20,3", "25,0", "4,0", "80").verdict is INCONSISTENT  # by hand: 4,6 away at least, SD 4,05 at most
    assert median("20,3", "25,0", "4,0").verdict is INCONSISTENT
    assert median("24,3", n="80").verdict is UNCHECKABLE
    assert median("24,3", "25,0", n="80").holds
    assert median("5", "5", "1", n="0").verdict is INCONSISTENT


QUARTILES = [  # by hand
    ({"q1": "20", "median": "25", "q3": "30"}, True),
    ({"q1": "20", "median": "18", "q3": "30"}, False),
    ({"q1": "30", "q3": "20"}, False),
    ({"q1": "20", "q3": "30", "low": "22"}, False),
    ({"q1": "20", "q3": "30", "high": "28"}, False),
    ({"q1": "20,3", "q3": "30,75", "whole": True}, True),  # 20,25 rounded
    ({"q1": "20,6", "q3": "30,75", "whole": True}, False),
    ({"q1": "20,0", "q3": "30,0", "n": "40", "mean": "9", "low": "10,0", "high": "50,0"}, False),
    ({"q1": "20,0", "q3": "30,0", "n": "40", "mean": "19,5", "low": "10,0", "high": "50,0"}, True),
    ({"q1": "20,0", "q3": "30,0", "n": "40", "mean": "19", "median": "25,0", "low": "10,0", "high": "50,0"}, False),
    ({"q1": "20,0", "q3": "30,0", "n": "42", "sd": "3,0"}, False),  # ten at 20, ten at 30: sqrt(500 / 41) = 3,49
    ({"q1": "20,0", "q3": "30,0", "n": "42", "sd": "3,6"}, True),
    (
        {"q1": "20,0", "q3": "30,0", "n": "42", "sd": "20,4", "low": "10,0", "high": "50,0"},
        False,
    ),  # 20,24 at most
    ({"q1": "20,0", "q3": "30,0", "n": "42", "sd": "20,2", "low": "10,0", "high": "50,0"}, True),
    (
        {"q1": "25,0", "q3": "25,0", "n": "42", "sd": "4,0", "low": "10,0", "high": "50,0"},
        False,
    ),  # 4,42 at least
    ({"q1": "20,0", "q3": "30,0", "mean": "45", "sd": "5", "n": "40"}, False),
]


@pytest.mark.parametrize(("given_", "holds"), QUARTILES)
def test_quartiles(given_, holds):
    assert quartiles(**given_).holds is holds


def test_conventions_are_named_or_held():
    rows = {"q1": "20", "q3": "30", "n": "42", "sd": "20,1", "low": "10,0", "high": "50,0"}
    assert quartiles(**rows).verdict is CONSISTENT
    # 3,44 with n, 3,49 with n - 1: sqrt(500 / 42) and sqrt(500 / 41)
    printed = {"q1": "20,00", "q3": "30,00", "n": "42", "sd": "3,45"}
    assert quartiles(**printed).conditions == ("si la variance est divisée par n",)
    assert quartiles(**printed, conventions={"sd": "n-1"}).verdict is INCONSISTENT


METHODS = ["inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen",
           "weibull", "linear", "median_unbiased", "normal_unbiased"]  # fmt: skip
whole_values = st.lists(st.integers(0, 30), min_size=1, max_size=60)


@settings(max_examples=400, deadline=None)
@given(whole_values, st.sampled_from(METHODS), st.integers(0, 3), st.integers(0, 2), st.booleans(), st.booleans())
def test_quartiles_of_real_values_are_never_inconsistent(values, method, decimals, divisor, with_n, with_extremes):
    (q1, q3), middle = np.quantile(values, [0.25, 0.75], method=method), np.median(values)
    printed = {"q1": q1, "median": middle, "q3": q3, "mean": np.mean(values)}
    if len(values) > divisor:
        printed["sd"] = np.std(values, ddof=min(divisor, 1))
    if with_extremes:
        printed |= {"low": min(values), "high": max(values)}
    texts = {name: f"{value:.{decimals}f}" for name, value in printed.items()}
    whole = method not in METHODS[-2:]
    finding = quartiles(**texts, n=str(len(values)) if with_n else None, whole=whole)
    assert finding.verdict in ((CONSISTENT,) if divisor else (CONSISTENT, CONDITIONAL)), finding


@settings(max_examples=200)
@given(whole_values, st.integers(0, 2), st.integers(0, 2))
def test_medians_of_real_values_are_never_inconsistent(values, decimals, other):
    texts = f"{np.median(values):.{decimals}f}", f"{np.mean(values):.{other}f}", f"{np.std(values):.{other}f}"
    assert median(*texts, n=str(len(values)), whole=True).holds
    assert median(*texts).holds
