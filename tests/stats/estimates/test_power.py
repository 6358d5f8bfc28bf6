"""Power: oracle R's power.prop.test and power.t.test (test_against_r); here, coherence and thin data."""

import numpy as np
import pandas as pd
import pytest

from relecture.stats.estimates import power

pytestmark = pytest.mark.usefixtures("no_warning_escapes")


def _shares(*row):
    return power.proportions(pd.DataFrame([row], columns=["p1", "n1", "p2", "n2"])).loc[0]


def _means(*row):
    return power.means(pd.DataFrame([row], columns=["n1", "sd1", "n2", "sd2", "difference"])).loc[0]


@pytest.mark.parametrize(("p1", "n1", "p2", "n2"), [(0.75, 50, 0.5, 50), (0.3, 21, 0.6, 60), (0.1, 300, 0.2, 100)])
def test_the_needed_sizes_reach_the_target_and_one_less_does_not(p1, n1, p2, n2):
    found = _shares(p1, n1, p2, n2)
    enough = _shares(p1, found["needed1"], p2, found["needed1"] * n2 / n1)
    short = _shares(p1, found["needed1"] - 1, p2, (found["needed1"] - 1) * n2 / n1)
    assert short["power"] < 0.8 <= enough["power"] + 1e-6


@pytest.mark.parametrize(("n1", "p2", "n2"), [(50, 0.5, 50), (21, 0.3, 60), (30, 0.95, 30)])
def test_the_detectable_difference_is_detected(n1, p2, n2):
    found = _shares(0.5 if p2 != 0.5 else 0.4, n1, p2, n2)
    assert _shares(p2 + found["detectable"], n1, p2, n2)["power"] == pytest.approx(0.8, abs=1e-6)


def test_the_detectable_mean_difference_is_detected():
    found = _means(21, 10.5, 60, 12, 16.6)
    assert _means(21, 10.5, 60, 12, found["detectable"])["power"] == pytest.approx(0.8, abs=1e-6)


def test_a_huge_difference_has_power_one():
    assert _means(21, 1, 60, 1, 1000)["power"] == pytest.approx(1)
    assert _means(5000, 1, 5000, 1, 50)["power"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("found", "note"),
    [
        (lambda: _shares(0.5, 0, 0.2, 10), "groupe vide"),
        (lambda: _shares(np.nan, 5, 0.2, 10), "hors de 0 à 1"),
        (lambda: _shares(0.5, 50, 0.5, 50), "égales"),
        (lambda: _means(1, 0, 20, 1, 1), "au moins deux"),
        (lambda: _means(5, 0, 5, 0, 1), "ne varie"),
        (lambda: _means(5, 1, 5, 1, 0), "égales"),
    ],
)
def test_what_has_no_power_says_why(found, note):
    row = found()
    assert note in row["note"] and np.isnan(row["power"])
