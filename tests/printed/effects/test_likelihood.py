"""Lopsided likelihood intervals. Oracles: R 4.2 `glm` and MASS `confint`, and the definition of the limits."""

from math import log

import pytest

from relecture.printed.effects import likelihood


def box(value, unit=0.005):
    return value - unit, value + unit


PROFILES = [  # coefficient and profile bounds of glm fits drawn in R 4.2, set.seed(1) and (2); the most lopsided first
    (5.655134, 1.759969, 20.880012),  # n = 15, binomial, exponential covariate
    (-2.840930, -12.868923, -0.122409),  # n = 10, binomial, normal covariate
    (-5.792250, -32.504605, 1.983846),  # n = 10, binomial, uniform covariate, two others
    (-0.145546, -0.568319, 0.001639),  # n = 10, Poisson, lognormal covariate
    (1.064214, 0.822874, 1.339060),  # MASS, budworm: slope of log2 dose
    (-1.370292, -2.070595, -0.802703),  # n = 100, binomial, counts as covariate
]


@pytest.mark.parametrize(("estimate", "low", "high"), PROFILES)
def test_a_profile_interval_is_possible(estimate, low, high):
    for scale in (1, 0.1, 40):  # in any unit of the covariate
        assert likelihood.lopsided(*(box(value * scale, 1e-6) for value in (estimate, low, high)))


IMPOSSIBLE = [
    (4.46, 2.99, 20.06),  # sides 0.40 and 1.50: the logit would change by 18 between the ends of the covariate
    (2.0, 1.99, 20.0),
    (1.27, 0.90, 1.20),  # outside
]


@pytest.mark.parametrize(("estimate", "low", "high"), IMPOSSIBLE)
def test_an_estimate_far_from_its_middle_is_impossible(estimate, low, high):
    assert not likelihood.lopsided(*((log(value - 0.004), log(value + 0.004)) for value in (estimate, low, high)))


def test_a_symmetric_interval_is_possible_when_rounding_allows_it():
    assert likelihood.sides((1.0, 1.2), (0.0, 0.1), (2.0, 2.1)) == (1.05, 1.05)
    assert likelihood.lopsided((1.0, 1.2), (0.0, 0.1), (2.0, 2.1))


def test_p_values_beside_a_profile_interval_are_within_the_limits():
    # the first of PROFILES: Wald 0.127, likelihood ratio 0.00013, score 0.0007, so |z| 1.53, 3.83, 3.39
    least, most = likelihood.statistics(*map(box, (5.655134, 1.759969, 20.880012)), 1.96)
    assert least < 1.53 and most > 3.83
