"""How far from its middle the estimate of a likelihood interval can stand, and which p-values can stand beside it.

The log likelihood of a logistic, Poisson or Cox model is self-concordant (Bach 2010): along a coefficient its third
derivative is at most R times the second, R being the range of the covariate. So a fall of the likelihood at a distance
x from its top lies between I (exp(-Rx) - 1 + Rx) / R^2 and I (exp(Rx) - 1 - Rx) / R^2; the bounds of an interval are at
the same fall, and a short side v with a long side w need exp(Rv) - 1 - Rv >= exp(-Rw) - 1 + Rw. The rule does not
depend on the unit of the covariate, which nobody prints.

R itself is limited by what a fit can be: between the ends of the covariate, the logit changes by R (|b| + w) at the far
bound, at most 16 here. Beyond, the groups are separated and no estimate is printed. The same holds for p. A statistic
(Wald, score, likelihood ratio) is at least 0.6 times what the long side implies and at most 1.8 times what the short
one does; beside a symmetric interval, a likelihood ratio or score statistic is 0.6 to 3 times Wald's, and Yates's or
Fisher's at least 0.9 times Wald's less 0.6 SE exp(|b| / 2), which is the half respondent that the correction takes off.

These five limits are wider than anything drawn. In 30,000 fits of R 4.2 (`glm`, MASS `confint`; n = 10 to 1,000, six
laws of the covariate, up to two others) R never exceeded the range of the covariate, R (|b| + w) was at most 13.5
(99.99 % below 12.7), the shares of the statistics 0.62 and 1.75, 0.62 and 2.54; in 28,000 tables of 8 to 1,000, the two
constants of Fisher 0.57 and 0.9. The intervals of `fisher.test` (4,000 tables) are less lopsided: 7.7.
"""

from __future__ import annotations

from math import exp, inf

from relecture.printed.exact.spans import Range, magnitude

_MOST_LOGIT = 16.0
_LEAST_SHARE, _MOST_SHARE = 0.6, 1.8  # of the statistic implied by the long side, by the short one
_LEAST_OTHER, _MOST_OTHER = 0.6, 3.0  # statistics of the other tests, in Wald's
_LEAST_DISCRETE, _HALF_A_RESPONDENT = 0.9, 0.6


def sides(middle: Range, low: Range, high: Range) -> tuple[float, float] | None:
    """Short and long side of the least lopsided interval within these ranges, equal when it can be symmetric.

    None when the estimate is outside.

    >>> sides((1.0, 1.1), (0.0, 0.1), (3.0, 3.2))
    (1.1, 1.9)
    """
    if middle[1] <= low[0] or middle[0] >= high[1]:
        return None
    below, above = middle[1] - low[0], high[0] - middle[1]
    if below < above:
        return below, above
    below, above = middle[0] - low[1], high[1] - middle[0]
    return (above, below) if above < below else ((high[1] - low[0]) / 2,) * 2


def lopsided(middle: Range, low: Range, high: Range, *, model: bool = True) -> bool:
    """Whether a likelihood interval can have these bounds and this estimate, all three on the scale of coefficients.

    Without a `model`, as for a ratio of two shares near 1, only the far bound is limited: 5.4 times the short side.

    >>> lopsided((1.06, 1.07), (0.82, 0.83), (1.33, 1.34))      # the slope of the budworm data, MASS
    True
    >>> lopsided((1.494, 1.496), (1.09, 1.10), (2.99, 3.01))
    False
    """
    found = sides(middle, low, high)
    if found is None:
        return False
    short, long = found
    reach = _MOST_LOGIT / (long + (magnitude(middle)[0] if model else 0.0))
    return exp(reach * short) - 1 - reach * short >= exp(-reach * long) - 1 + reach * long


def statistics(middle: Range, low: Range, high: Range, reach: float) -> Range:
    """Least and largest |statistic| of a test beside a likelihood interval that reaches `reach` standard errors."""
    short, long = _extremes(middle, low, high)
    least, most = magnitude(middle)
    return _LEAST_SHARE * reach * least / long, _MOST_SHARE * reach * most / short if short else inf


def errors(middle: Range, low: Range, high: Range, reach: float) -> Range:
    """Least and largest standard error beside a likelihood interval that reaches `reach` of them."""
    short, long = _extremes(middle, low, high)
    return _LEAST_SHARE * short / reach, long / reach


def _extremes(middle: Range, low: Range, high: Range) -> Range:
    """The shortest short side and the longest long one."""
    return max(0.0, min(middle[0] - low[1], high[0] - middle[1])), max(middle[1] - low[0], high[1] - middle[0])


def of_other_tests(wald: Range) -> Range:
    """Least and largest |statistic| of a likelihood ratio or score test, from Wald's."""
    return _LEAST_OTHER * wald[0], _MOST_OTHER * wald[1]


def of_discrete_tests(wald: Range, error: float, largest: float) -> Range:
    """Least and largest |statistic| of Yates's or Fisher's test; `error` of the log odds ratio, at most `largest`."""
    least = _LEAST_DISCRETE * wald[0] - _HALF_A_RESPONDENT * error * exp(largest / 2)
    return max(0.0, least), _MOST_OTHER * wald[1]
