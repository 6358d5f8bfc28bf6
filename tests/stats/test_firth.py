"""Tests of Firth's regression, on counts of respondents."""

import numpy as np
import pytest

from relecture.stats import firth


@pytest.mark.parametrize("many", [30, 100_000, 10_000_000])
def test_a_maximum_is_found_however_many_respondents(many):
    cells = np.array([0, 3, 7 * many / 10, 3 * many / 10])  # of x and y: 1 and 0, 1 and 1, 0 and 0, 0 and 1
    y, x = np.array([0.0, 1, 0, 1]), np.array([[1.0], [1], [0], [0]])
    coefficients, bounds, p, converged = firth.fit(y[1:], x[1:], cells[1:])
    # Firth (1993): of one binary covariate, half a respondent more in each cell of the 2 x 2 table
    assert coefficients[0] == pytest.approx(np.log(3.5 / 0.5 * (cells[2] + 0.5) / (cells[3] + 0.5)), rel=1e-7)
    assert converged
    assert bounds[0, 0] < coefficients[0] < bounds[0, 1]
    assert 0 < p[0] < 0.05


def test_many_different_respondents_are_climbed_as_few(monkeypatch):
    """The way of large samples and that of small ones agree on one sample."""
    rng = np.random.default_rng(2)
    x = np.column_stack([np.arange(300) < 3, rng.normal(size=300)]).astype(float)
    y = np.where(x[:, 0] == 1, 1.0, rng.integers(0, 2, 300))
    few = firth.fit(y, x, np.ones(300))
    monkeypatch.setattr(firth, "_MANY", 100)
    many = firth.fit(y, x, np.ones(300))
    for one, other in zip(few[:3], many[:3], strict=True):
        assert one.ravel().tolist() == pytest.approx(other.ravel().tolist(), rel=1e-5)
