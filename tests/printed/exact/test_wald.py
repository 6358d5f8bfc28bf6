"""Wald's law against scipy's normal distribution."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from relecture.printed.exact import wald


def test_the_quantile_leaves_five_per_cent_outside():
    assert wald.two_sided(wald.Z95) == pytest.approx(0.05, rel=1e-12)


@pytest.mark.parametrize("z", [0, 0.3, -1.2, 3, 6, 12])
def test_a_two_sided_p_value(z):
    assert wald.two_sided(z) == pytest.approx(2 * norm.sf(abs(z)), rel=1e-9)


@given(st.floats(-5, 5), st.floats(0.01, 3))
def test_the_p_value_of_an_interval(estimate, error):
    low, high = estimate - norm.ppf(0.975) * error, estimate + norm.ppf(0.975) * error
    assert wald.wald_p(low, high) == pytest.approx(2 * norm.sf(abs(estimate) / error), rel=1e-6, abs=1e-12)
