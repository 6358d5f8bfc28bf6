"""Proportions and means with their intervals, medians and quartiles.

Terms: `n` is the number of respondents behind a number, `low` and `high` bound a two-sided interval.
Conventions: proportions are shares of 1, with Wilson's score interval;
means have Student's interval; the standard deviation is the sample one (n - 1); quartiles interpolate
linearly (type 7 of R). Missing values are left out and never counted. No test is made here: `compare` and
`odds` do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

NOBODY = "aucune réponse"
INFINITE = "une valeur infinie : rien ne se calcule"


@dataclass(frozen=True)
class Interval:
    """An estimate between its bounds; NaN where one does not exist, and `note` says why, in French."""

    estimate: float
    low: float
    high: float
    note: str = ""

    @classmethod
    def missing(cls, note: str, estimate: float = np.nan) -> Interval:
        """No bounds, and why; no estimate either unless it is given."""
        return cls(float(estimate), np.nan, np.nan, note)


@dataclass(frozen=True)
class Summary:
    """A number asked to n respondents; NaN where n is too small to say, and `note` tells so."""

    n: int
    mean: float
    sd: float
    median: float
    q1: float
    q3: float

    @property
    def note(self) -> str:
        """Why a number is missing, in French."""
        if self.n and np.isnan(self.mean):
            return INFINITE
        return NOBODY if not self.n else "une seule réponse : pas d'écart type" if self.n == 1 else ""


def proportion(count: int, n: int, confidence: float = 0.95) -> Interval:
    """Share of n with its interval, bounds between 0 and 1: by score (Wilson 1927).

    NaN when n is 0. Raises ValueError when count is not between 0 and n. R: prop.test(13, 21, correct = FALSE).

    >>> share = proportion(13, 21)
    >>> f"{share.estimate:.4f} [{share.low:.4f}; {share.high:.4f}]"
    '0.6190 [0.4088; 0.7925]'
    """
    if not 0 <= count <= n:
        raise ValueError(f"proportion de {count} sur {n} : l'effectif doit être entre 0 et n")
    if n == 0:
        return Interval.missing(NOBODY)
    low, high = _bounds(count, n, confidence)
    return Interval(count / n, float(low), float(high))


def proportions(frame: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The frame (columns count, n) with share, low and high; NaN where n is 0 or count is not in 0..n.

    >>> proportions(pd.DataFrame({"count": [13, 0], "n": [21, 0]}))[["share", "low", "high"]].round(4)
       share     low    high
    0  0.619  0.4088  0.7925
    1    NaN     NaN     NaN
    """
    n = frame["n"].where(frame["n"] > 0).astype(float)
    count = frame["count"].where(frame["count"].between(0, n)).astype(float)
    low, high = _bounds(count.to_numpy(), n.to_numpy(), confidence)
    return frame.assign(share=count / n, low=low, high=high)


def _bounds(count: Any, n: Any, confidence: float) -> tuple[Any, Any]:
    from statsmodels.stats.proportion import proportion_confint

    return proportion_confint(count, n, alpha=1 - confidence, method="wilson")


def mean_interval(mean: float, sd: float, n: int, confidence: float = 0.95) -> Interval:
    """Student's interval of a mean, from its printed summary; NaN bounds when n is below 2 or nothing varies.

    R: 63.9 + c(-1, 1) * qt(.975, 20) * 10.5 / sqrt(21).

    >>> score = mean_interval(63.9, 10.5, 21)
    >>> f"[{score.low:.4f}; {score.high:.4f}]"
    '[59.1205; 68.6795]'
    """
    from scipy.stats import t

    if n < 2 or sd == 0:
        return Interval.missing("moins de deux réponses" if n < 2 else "toutes les réponses sont égales", mean)
    margin = t.ppf((1 + confidence) / 2, n - 1) * sd / sqrt(n)
    return Interval(mean, float(mean - margin), float(mean + margin))


def mean_intervals(frame: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The frame (columns n, mean, sd) with low and high, the bounds of `mean_interval`."""
    intervals = [mean_interval(row.mean, row.sd, row.n, confidence) for row in frame[["n", "mean", "sd"]].itertuples()]
    return frame.assign(low=[interval.low for interval in intervals], high=[interval.high for interval in intervals])


def summary(values: Iterable[float]) -> Summary:
    """Mean, deviation, median and quartiles of the values that are there.

    >>> summary([24, 31, 37, 52, None])
    Summary(n=4, mean=36.0, sd=11.916375287812984, median=34.0, q1=29.25, q3=40.75)
    """
    present = pd.Series(list(values), dtype=float).dropna()
    if np.isinf(present).any():
        return Summary(len(present), *[np.nan] * 5)
    q1, median, q3 = present.quantile([0.25, 0.5, 0.75])
    return Summary(len(present), *map(float, (present.mean(), present.std(), median, q1, q3)))
