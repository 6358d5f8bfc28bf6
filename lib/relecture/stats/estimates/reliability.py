"""Internal consistency of a score: Cronbach's alpha and item-rest correlations.

Cronbach's alpha with its interval, and each item's correlation with the sum of the others. Both take a
frame with one row a respondent and one column an item, in points that all run the same way. Respondents
with a missing item are left out (listwise), and how many remain is said. A high alpha says that items
vary together, not that they measure what the score is called.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from relecture.core.french import plural
from relecture.stats.estimates.describe import INFINITE


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha of k items over n complete respondents; NaN where it does not exist.

    `note` says, in French, why it does not, or how many items are left out.
    """

    alpha: float
    low: float
    high: float
    n: int
    items: int
    note: str = ""


def alpha(frame: pd.DataFrame, confidence: float = 0.95) -> Reliability:
    """Cronbach's alpha (1951) with the F interval of Feldt, Woodruff & Salih (1987).

    An item that all complete respondents answer alike has nothing to vary with: it is left out, as psych does, and the
    note says so. NaN with fewer than two items left or two complete respondents, or when every sum is the same.
    R: psych::alpha(x, use = "complete.obs"); 1 - (1 - alpha) * qf(c(.975, .025), n - 1, (n - 1) * (k - 1)).

    >>> found = alpha(pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 1, 4, 3], "c": [1, 3, 2, 4]}))
    >>> f"{found.alpha:.4f} [{found.low:.4f}; {found.high:.4f}]"
    '0.7241 [-0.8204; 0.9813]'
    """
    from scipy.stats import f

    known = frame.dropna().astype(float)
    varying = known.loc[:, known.nunique() > 1]
    n, items = varying.shape
    if np.isinf(known).any(axis=None):
        return Reliability(np.nan, np.nan, np.nan, n, items, INFINITE)
    aside = known.shape[1] - items if n > 1 else 0
    note = f"{plural(aside, 'affirmation')} sans variation, hors du calcul" if aside else ""
    variances, total = varying.var().sum(), varying.sum(axis="columns").var()
    if items < 2 or n < 2 or total <= 1e-12 * variances:
        why = "moins de deux répondants complets" if n < 2 else "rien ne varie, ou toutes les sommes sont égales"
        return Reliability(np.nan, np.nan, np.nan, n, items, why)
    estimate = items / (items - 1) * (1 - variances / total)
    quantiles = f.ppf([(1 + confidence) / 2, (1 - confidence) / 2], n - 1, (n - 1) * (items - 1))
    low, high = 1 - (1 - estimate) * quantiles
    return Reliability(float(estimate), float(low), float(high), n, items, note)


def item_rest(frame: pd.DataFrame) -> pd.DataFrame:
    """Pearson correlation of each item with the sum of the others (corrected item-total, R: psych's r.drop).

    Columns: item, n (complete respondents), mean, correlation, note; NaN for an item, or a rest, that never varies.
    """
    known = frame.dropna().astype(float)
    if np.isinf(known).any(axis=None):
        unknown = {"n": len(known), "mean": np.nan, "correlation": np.nan, "note": INFINITE}
        return pd.DataFrame({"item": known.columns} | unknown)
    total = known.sum(axis="columns")
    rows = [(item, len(known), known[item].mean(), _correlation(known[item], total - known[item])) for item in known]
    found = pd.DataFrame(rows, columns=["item", "n", "mean", "correlation"])
    why = "moins de deux répondants complets" if len(known) < 2 else "ne varie pas, ou la somme des autres non plus"
    return found.assign(note=found["correlation"].isna().map({True: why, False: ""}))


def _correlation(item: pd.Series, rest: pd.Series) -> float:
    return item.corr(rest) if len(item) > 1 and item.var() > 0 and rest.var() > 0 else np.nan
