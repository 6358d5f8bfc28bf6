"""Power of a comparison at its sizes: the smallest difference it detects, and the sizes that another one needs.

`power` is the chance that a two-sided test at level `alpha` rejects equality when the difference is the one
given; `needed1` and `needed2` are the group sizes, in the same proportion, that reach `target`; `detectable` is
the smallest difference that the actual sizes detect with that chance. At the difference that a study observed, power
only says its p again (Hoenig & Heisey 2001): the difference is chosen beforehand, and `pairs_from_summaries` and
`each_answer` take no observed one. Estimates are NaN where they do not exist, and `note` says why, in French. The
power of means is statsmodels'.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left
from collections.abc import Callable
from math import ceil, sqrt
from typing import Any

import numpy as np
import pandas as pd

POWER = ["power", "needed1", "needed2", "detectable", "note"]
HALF = 0.5  # of a deviation, or of the respondents
_MOST = 1_000_000_000  # respondents
_KNOWN = 20  # standard errors: power is 1 there, and the noncentral t cannot be computed far beyond


def proportions(frame: pd.DataFrame, target: float = 0.8, alpha: float = 0.05) -> pd.DataFrame:
    """The frame (columns p1, n1, p2, n2; shares of 1) with POWER, for the test of two proportions.

    `detectable` is how far above p2 the first share must be (below, when that leaves 1).
    R: power.prop.test(..., strict = TRUE) when n1 = n2.

    >>> proportions(pd.DataFrame({"p1": [0.75], "n1": [50], "p2": [0.5], "n2": [50]})).drop(columns="note").round(3)
         p1  n1   p2  n2  power  needed1  needed2  detectable
    0  0.75  50  0.5  50   0.74     58.0     58.0       0.267
    """
    return _each(frame, lambda row: _proportions(row.p1, row.n1, row.p2, row.n2, target, alpha))


def means(frame: pd.DataFrame, target: float = 0.8, alpha: float = 0.05) -> pd.DataFrame:
    """The frame (columns n1, sd1, n2, sd2, difference) with POWER, for Student's t test with the pooled deviation.

    R: power.t.test(..., strict = TRUE) when n1 = n2.

    >>> two = pd.DataFrame({"n1": [20], "sd1": [1.0], "n2": [20], "sd2": [1.0], "difference": [1.0]})
    >>> means(two)[["power", "needed1", "needed2", "detectable"]].round(3)
       power  needed1  needed2  detectable
    0  0.869     17.0     17.0       0.909
    """
    return _each(frame, lambda row: _means(row.n1, row.sd1, row.n2, row.sd2, row.difference, target, alpha))


def pairs_from_summaries(
    frame: pd.DataFrame, by: str, effect: float = HALF, target: float = 0.8, alpha: float = 0.05
) -> pd.DataFrame:
    """Columns of `means` for each pair of rows (columns n, sd) that share `by`; means are not looked at.

    `difference` is `effect` times the pooled deviation: by default a moderate one (Cohen 1988).

    >>> scores = pd.DataFrame({"score": ["a", "a"], "n": [21, 60], "sd": [10.5, 12.0]})
    >>> pairs_from_summaries(scores, "score")[["n1", "n2", "difference", "power", "detectable"]].round(2)
       n1  n2  difference  power  detectable
    0  21  60        5.82    0.5        8.37
    """
    first, second = (frame[[by, "n", "sd"]].groupby(by, sort=False).nth(rank) for rank in (0, 1))
    pairs = first.merge(second, on=by, suffixes=("1", "2"))
    spread = _pooled(*(pairs[name] for name in ("n1", "sd1", "n2", "sd2")))
    return means(pairs.assign(difference=effect * spread), target, alpha)


def each_answer(cells: pd.DataFrame, share: float = HALF, target: float = 0.8, alpha: float = 0.05) -> pd.DataFrame:
    """Columns variable, label, n1, n2, detectable, note: those who gave an answer compared with all the others.

    `cells` has columns variable, label, count, n. `detectable` is how much more often than by `share` of the others
    the first must do a thing for the difference to be detected. Of two answers that mirror each other, one is shown.

    >>> asked = pd.DataFrame({"variable": "Sexe", "label": ["femme", "homme"], "count": [16, 34], "n": [50, 50]})
    >>> each_answer(asked).drop(columns="note").round(2)
      variable  label  n1  n2  detectable
    0     Sexe  femme  16  34        0.39
    """
    within = cells.groupby("variable")["label"]
    answers = cells[~(within.transform("size").eq(2) & within.cumcount().eq(1))].reset_index(drop=True)
    pairs = answers.assign(n1=answers["count"], n2=answers["n"] - answers["count"], p1=share, p2=share)
    found = proportions(pairs.drop(columns="note", errors="ignore"), target, alpha)
    found["note"] = found["note"].mask(found["detectable"].notna(), "")  # equal shares are what is asked
    return found[["variable", "label", "n1", "n2", "detectable", "note"]]


def _each(frame: pd.DataFrame, compute: Callable) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = [dict.fromkeys(POWER, np.nan) | compute(row) for row in frame.itertuples()]
    return frame.join(pd.DataFrame(result, columns=POWER, index=frame.index))


def _proportions(p1: float, n1: float, p2: float, n2: float, target: float, alpha: float) -> dict[str, object]:
    if not (n1 >= 1 and n2 >= 1 and 0 <= p1 <= 1 and 0 <= p2 <= 1):
        return {"note": "groupe vide, ou proportion hors de 0 à 1"}

    def attained(difference: float, first: float = n1, second: float = n2) -> float:
        return _chance(min(max(p2 + difference, 0.0), 1.0), first, p2, second, alpha)

    room = 1 - p2 if attained(1 - p2) >= target else -p2
    least = _smallest(attained, room, target)
    result = {"detectable": least, "note": "effectifs trop petits pour déceler une différence" * bool(np.isnan(least))}
    if p1 == p2:
        return result | {"note": result["note"] or "proportions égales : aucune différence à détecter"}
    sizes = _sizes(lambda first, second: attained(p1 - p2, first, second), n2 / n1, 1, target)
    return result | {"power": attained(p1 - p2)} | sizes


def _chance(p1: float, n1: float, p2: float, n2: float, alpha: float) -> float:
    """Both tails of the test of two proportions, whose error is pooled if they are equal (Fleiss 1981)."""
    from scipy.special import ndtr, ndtri

    pooled = (p1 * n1 + p2 * n2) / (n1 + n2)
    limit = -ndtri(alpha / 2) * sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    error = sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    if error == 0:  # shares of 0 or 1: the groups always give the same counts
        return float(abs(p1 - p2) > limit)
    return float(ndtr((abs(p1 - p2) - limit) / error) + ndtr((-abs(p1 - p2) - limit) / error))


def _means(
    n1: float, sd1: float, n2: float, sd2: float, difference: float, target: float, alpha: float
) -> dict[str, object]:
    from statsmodels.stats.power import TTestIndPower

    if not (n1 >= 2 and n2 >= 2):
        return {"note": "il faut au moins deux réponses par groupe"}
    spread = _pooled(n1, sd1, n2, sd2)
    if spread == 0:
        return {"note": "aucun des deux groupes ne varie"}

    def attained(effect: float, first: float = n1, second: float = n2) -> float:
        known = min(effect, _KNOWN * sqrt(1 / first + 1 / second))
        both = TTestIndPower().power(known, first, alpha, second / first)
        upper = TTestIndPower().power(known, first, alpha / 2, second / first, alternative="larger")
        return float(upper if np.isnan(both) else both)  # far from 0 the lower tail is nothing, and not computed

    result = {"detectable": spread * _smallest(attained, _KNOWN * sqrt(1 / n1 + 1 / n2), target), "note": ""}
    if difference == 0:
        return result | {"note": "moyennes égales : aucune différence à détecter"}
    effect = abs(difference) / spread
    sizes = _sizes(lambda first, second: attained(effect, first, second), n2 / n1, 2, target)
    return result | {"power": attained(effect)} | sizes


def _pooled(n1: Any, sd1: Any, n2: Any, sd2: Any) -> Any:
    """The deviation within two groups, numbers or columns."""
    return (((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / (n1 + n2 - 2)) ** 0.5


def _smallest(attained: Callable[[float], float], room: float, target: float) -> float:
    """The difference between 0 and `room` that reaches the target; NaN when none does."""
    from scipy.optimize import brentq

    if room == 0 or attained(room) < target:
        return np.nan
    if attained(0.0) >= target:  # no more is asked than the level of the test
        return 0.0
    return float(brentq(lambda difference: attained(difference) - target, 0.0, room))


def _sizes(attained: Callable[[int, int], float], ratio: float, least: int, target: float) -> dict[str, object]:
    """The smallest whole sizes in that ratio that reach the target; NaN, and why, beyond a thousand million."""

    def second(first: int) -> int:
        return max(least, ceil(first * ratio - 1e-9))

    sizes = range(least, _MOST)
    rank = bisect_left(sizes, True, key=lambda first: attained(first, second(first)) >= target)
    if rank == len(sizes):
        return {"needed1": np.nan, "needed2": np.nan, "note": "différence trop petite : aucune taille n'y suffit"}
    return {"needed1": float(sizes[rank]), "needed2": float(second(sizes[rank]))}
