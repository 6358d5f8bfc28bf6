"""Wald's normal law: its quantile at 95 %, and the p-value of a test or of an interval."""

from __future__ import annotations

from math import erfc, sqrt

Z95 = 1.959963984540054
Bounds = tuple[str, str]  # of an interval, as printed


def wald_p(low: float, high: float) -> float:
    """Two-sided p-value of a Wald interval whose bounds are given on its symmetric scale.

    >>> round(wald_p(-0.635, 1.247), 2)      # the logarithms of 0.53 and 3.48
    0.52
    """
    return two_sided(z_value(low, high))


def two_sided(z: float) -> float:
    """Two-sided normal p-value."""
    return erfc(abs(z) / sqrt(2))


def z_value(low: float, high: float) -> float:
    """The estimate over its standard error, from the bounds of a symmetric interval."""
    return Z95 * (high + low) / (high - low)
