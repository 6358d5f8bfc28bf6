"""Firth's logistic regression (1993): penalised estimates, profile intervals and likelihood-ratio p.

A small sample may have several maxima: each is climbed from several starts, and a bound is one of the highest profile
(Heinze & Schemper 2002). Newton's steps end every climb, however many the respondents.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from math import sqrt
from typing import Any

import numpy as np

_STARTS = np.array([[0.0], [1.0], [1.0], [3.0], [3.0]])  # of Firth's search, a deviation; the best end is kept
_FLAT = 1e-9  # twice what one step more would add to the logarithm of a likelihood, at its maximum
_MANY = 2_000  # different respondents above which one start is enough: other maxima are those of small samples
_REMOTE = 10  # times the estimate, where another maximum of the profile may be
_HALVES = 0.5 ** np.arange(40)  # of a step of Newton
_FARTHEST = 8  # steps from an estimate to a bound, each twice as long as the one before: 128 deviations


def fit(
    y: np.ndarray, x: np.ndarray, counts: np.ndarray, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray, np.ndarray, bool]:
    """Coefficients of the columns of x, their bounds (a row each, NaN for none), their p, and whether it converged.

    A row of y (0 or 1) and of x stands for `counts` respondents; the intercept is fitted, not returned.
    """
    from scipy.stats import chi2

    data, size = (np.vstack([x.T, np.ones(len(y))]), y, counts), x.shape[1] + 1
    starts = _STARTS * np.random.default_rng(1).choice([-1.0, 1.0], (len(_STARTS), size))
    top, best = _highest(starts, None, data)
    _, slopes, curvature = _penalised(best, *data)
    spread = np.linalg.pinv(curvature, hermitian=True)
    reach, null, bounds = sqrt(chi2.ppf(confidence, 1)), np.empty(size - 1), np.empty((size - 1, 2))
    for term in range(size - 1):
        null[term] = _highest(np.where(np.arange(size) == term, 0, [best, *starts]), term, data)[0]
        way = reach * spread[term] / sqrt(spread[term, term])
        bounds[term] = [_bound(top, best, term, side * way, reach, data) for side in (-1, 1)]
    return best[:-1], bounds, chi2.sf(2 * (top - null), 1), bool(slopes @ spread @ slopes < _FLAT)


def _penalised(b: np.ndarray, x: np.ndarray, y: np.ndarray, counts: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Minus Firth's likelihood (its logarithm), its slopes and its curvature, the leverage of respondents held still.

    x has a row a coefficient and a column a kind of respondents, of whom there are `counts`.
    """
    from scipy.special import expit, log_expit

    p = expit(b @ x)
    weighted = x * np.sqrt(counts * p * (1 - p))
    with np.errstate(divide="ignore"):
        if len(y) <= _MANY:
            q, r = np.linalg.qr(weighted.T)
            leverage, root = (q**2).sum(axis=1), np.log(np.abs(np.diag(r))).sum()
        else:  # less exact far from the maximum, in a third of the time
            inverse = np.linalg.pinv(weighted @ weighted.T, hermitian=True)
            leverage, root = ((inverse @ weighted) * weighted).sum(axis=0), -np.linalg.slogdet(inverse)[1] / 2
    slopes = x @ (counts * (y - p) + leverage * (0.5 - p))
    height = float(counts @ log_expit((2 * y - 1) * (b @ x)) + root)
    return -height, -slopes, (x * ((counts + leverage) * p * (1 - p))) @ x.T


def _highest(starts: Any, fixed: int | None, data: tuple[np.ndarray, ...]) -> tuple[float, np.ndarray]:
    """The best maximum met from these starts, the first one at equality, and where; one coefficient may be fixed."""
    from scipy.optimize import minimize

    moves = np.arange(len(starts[0])) != fixed
    if len(data[1]) > _MANY:
        return _settled(starts[0], moves, data)

    def depth(b: np.ndarray) -> tuple[float, np.ndarray]:
        value, slopes, _ = _penalised(b, *data)
        return value, slopes * moves

    ends = [minimize(depth, start, jac=True, method="BFGS", options={"gtol": 1e-8}) for start in starts]
    best = min(ends, key=lambda end: np.nan_to_num(end.fun, nan=np.inf) + 1e-9 * (end is not ends[0]))
    return _settled(best.x, moves, data)


def _settled(b: np.ndarray, moves: np.ndarray, data: tuple[np.ndarray, ...]) -> tuple[float, np.ndarray]:
    """The maximum that Newton's steps reach from b, halved where they would descend, and where."""
    found = [(b, *_penalised(b, *data))]
    while found:
        b, depth, slopes, curvature = found[0]
        step = np.linalg.pinv(curvature * np.outer(moves, moves), hermitian=True) @ (slopes * moves)
        if not (gain := slopes @ step) > _FLAT:
            return gain / 2 - depth, b - step
        tried = ((part, *_penalised(part, *data)) for part in b - np.outer(_HALVES, step))
        found = list(islice((one for one in tried if one[1] < depth), 1))
    return -depth, b


def _bound(top: float, fit: np.ndarray, term: int, way: np.ndarray, reach: float, data: Any) -> float:
    """Where the profile is `reach` deviations from its top, on the side of `way` (to Wald's); NaN when it never is."""
    from scipy.optimize import brentq

    at = fit

    @cache
    def beyond(value: float) -> float:
        nonlocal at
        ahead = at + way * (value - at[term]) / way[term]
        starts = np.array([ahead, at, at * value / at[term], fit, _REMOTE * fit])  # far away, maxima lie on rays
        starts[:, term] = value
        height, at = _highest(starts, term, data)
        return sqrt(max(2 * (top - height), 0)) - reach

    near, step = fit[term], np.clip(1.1 * way[term], -0.5, 0.5)
    for _ in range(_FARTHEST):
        if beyond(near + step) > 0:
            return float(brentq(beyond, near, near + step, xtol=1e-6 * abs(step)))
        near, step = near + step, step * 2
    return np.nan
