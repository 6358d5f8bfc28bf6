"""Percent agreement, Cohen's kappa and Krippendorff's alpha of several readers of the same units.

Kappa (Cohen 1960; `statsmodels`) is for two coders, nominal alpha (Krippendorff 2011; `krippendorff`) for any number
of them, missing readings allowed. Frames have one row a coder, one column a unit, any values, and NaN for what was
not read. The interval of kappa is asymptotic (Fleiss, Cohen & Everitt 1969), that of alpha a percentile bootstrap
over units (Zapf et al. 2016). Both take units as independent, which the segments of one interview are not quite: the
true uncertainty is larger.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from krippendorff import alpha as nominal_alpha
from pandas import DataFrame
from scipy.stats.contingency import crosstab
from statsmodels.stats.inter_rater import cohens_kappa

ONE_CODER = "un seul codeur : l'accord ne se mesure pas"
NO_SHARED_SEGMENT = "aucun segment lu par deux codeurs"
NO_VARIATION = "aucune variation : le hasard suffirait à expliquer l'accord"
PERFECT_AGREEMENT = "accord parfait : intervalle non estimable"
RARE_CODE = "code trop rare : intervalle non estimable"
CONSTANT_CODER = "un codeur dit partout la même chose : kappa nul par construction"
MANY_CODERS = "plus de deux codeurs : lire l'alpha"
_DRAWS, _SEED, _UNDEFINED = 2000, 2020, 0.05


class Estimate(NamedTuple):
    """A coefficient and the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


NO_ESTIMATE = Estimate(np.nan, np.nan, np.nan)


def percent_agreement(cells: DataFrame) -> float:
    """Share of the pairs of readings of one unit that say the same; NaN without any pair."""
    counts = _value_counts(cells)
    read = counts.sum(axis=1)
    pairs = (read * (read - 1)).sum()
    return float((counts * (counts - 1)).sum() / pairs) if pairs else np.nan


def cohen_kappa(cells: DataFrame) -> Estimate:
    """Cohen's kappa of a frame with two coders, on the units that both read; NaN otherwise.

    No interval when agreement is perfect or when one coder always says the same: its formula gives 0.
    R: irr::kappa2; the interval is that of `vcd::confint(Kappa(table))`.
    """
    if len(cells) != 2 or undefined_reason(cells):
        return NO_ESTIMATE
    first, second = cells.to_numpy()[:, cells.notna().to_numpy().all(axis=0)]
    values = sorted({*first, *second})
    with np.errstate(invalid="ignore"):  # the variance under independence, not used here
        result = cohens_kappa(crosstab(first, second, levels=(values, values)).count)
    if result.kappa == 1 or 1 in (len({*first}), len({*second})):
        return Estimate(float(result.kappa), np.nan, np.nan)
    return Estimate(*(float(max(min(x, 1), -1)) for x in (result.kappa, result.kappa_low, result.kappa_upp)))


def krippendorff_alpha(cells: DataFrame, units: Sequence[Any] | None = None) -> Estimate:
    """Krippendorff's nominal alpha of a coder × unit frame of any values, NaN for what was not read.

    `units` names the unit of each column when several columns are decided together: the bootstrap
    then draws units. NaN when alpha has no meaning (`undefined_reason`), bounds NaN when agreement is perfect
    or when variation vanishes from more than 5 % of the draws.
    """
    if undefined_reason(cells):
        return NO_ESTIMATE
    counts = _value_counts(cells)
    value = float(nominal_alpha(value_counts=counts, level_of_measurement="nominal"))
    pairable = counts.sum(axis=1) > 1
    drawn = np.unique([repr(unit) for unit in units], return_inverse=True)[1] if units else np.arange(len(counts))
    bounds = _bootstrap_bounds(counts[pairable], drawn[pairable]) if value < 1 else (np.nan, np.nan)
    return Estimate(min(value, 1.0), *bounds)


def undefined_reason(cells: DataFrame) -> str:
    """Why no coefficient can be computed, in French; empty when one can."""
    if len(cells) < 2:
        return ONE_CODER
    shared = shared_readings(cells)
    if not shared.size:
        return NO_SHARED_SEGMENT
    return NO_VARIATION if len(_values(shared)) < 2 else ""


def estimate_note(cells: DataFrame, estimate: Estimate) -> str:
    """What a reader should know of coefficients that could be computed, in French; often nothing."""
    if estimate.value == 1:
        return PERFECT_AGREEMENT
    if len(cells) > 2:
        return MANY_CODERS
    if any(len(_values(row)) < 2 for row in shared_readings(cells)):
        return CONSTANT_CODER
    return "" if np.isfinite(estimate.low) else RARE_CODE


def shared_readings(cells: DataFrame) -> np.ndarray:
    """What each coder (rows) said of the units that at least two of them read (columns)."""
    readings = cells.to_numpy()
    return readings[:, (readings == readings).sum(axis=0) > 1]


def _value_counts(cells: DataFrame) -> np.ndarray:
    """How many coders gave each value (columns) to each unit (rows)."""
    readings = cells.to_numpy()
    return np.array([(readings == value).sum(axis=0) for value in _values(readings)]).reshape(-1, readings.shape[1]).T


def _values(readings: np.ndarray) -> list[Any]:
    return sorted({*readings[readings == readings].tolist()})


def _bootstrap_bounds(counts: np.ndarray, units: np.ndarray) -> tuple[float, float]:
    """Bounds between which alpha lies in 95 % of the draws of as many units, with replacement.

    Alpha is 1 - observed / expected disagreement, both sums over units: drawing units is drawing how
    many of each pattern there are.
    """
    read = counts.sum(axis=1, keepdims=True)
    parts = np.hstack([(counts * (read - counts) / (read - 1)).sum(axis=1, keepdims=True), counts])
    names, members = np.unique(units, return_inverse=True)
    sums = np.zeros((len(names), parts.shape[1]))
    np.add.at(sums, members, parts)
    patterns, sizes = np.unique(sums, axis=0, return_counts=True)
    drawn = np.random.default_rng(_SEED).multinomial(len(names), sizes / len(names), _DRAWS) @ patterns
    observed, margins = drawn[:, 0], drawn[:, 1:]
    n = margins.sum(axis=1)
    expected = (n**2 - (margins**2).sum(axis=1)) / (n - 1)
    alphas = 1 - observed[expected > 0] / expected[expected > 0]
    if len(alphas) < (1 - _UNDEFINED) * _DRAWS:
        return np.nan, np.nan
    return tuple(np.quantile(alphas, [0.025, 0.975]).tolist())
