"""Polygons of intervals against scipy's normal distribution."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from relecture.printed.exact.p_values import Z95, two_sided
from relecture.printed.exact.wald import corners, ratios, scaled


@given(st.floats(-5, 5), st.floats(0.01, 3))
def test_bounds_give_back_the_p_of_their_interval(estimate, error):
    low, high = estimate - norm.ppf(0.975) * error, estimate + norm.ppf(0.975) * error
    statistics = scaled(ratios(corners((-20, 20), ((low, low), (high, high)))), Z95)
    for z in statistics:
        assert two_sided(z) == pytest.approx(2 * norm.sf(abs(estimate) / error), rel=1e-6, abs=1e-12)
