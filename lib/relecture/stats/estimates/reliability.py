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


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha of k items over n complete respondents; NaN where it does not exist."""

    alpha: float
    low: float
    high: float
    n: int
    items: int


def alpha(frame: pd.DataFrame, confidence: float = 0.95) -> Reliability:
    """Cronbach's alpha (1951) with the F interval of Feldt, Woodruff & Salih (1987), bounds to three decimals.

    NaN with fewer than two items or two complete respondents, or when every sum is the same. The rows are
    completed here, not by pingouin, whose interval keeps the number of respondents before any is left out.
    R: psych::alpha(x, use = "complete.obs").

    >>> found = alpha(pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 1, 4, 3], "c": [1, 3, 2, 4]}))
    >>> f"{found.alpha:.4f} [{found.low}; {found.high}]"
    '0.7241 [-0.82; 0.981]'
    """
    import pingouin

    known = frame.dropna()
    n, items = known.shape
    if items < 2 or n < 2 or known.sum(axis="columns").var() == 0:
        return Reliability(np.nan, np.nan, np.nan, n, items)
    estimate, (low, high) = pingouin.cronbach_alpha(known, ci=confidence)
    return Reliability(float(estimate), float(low), float(high), n, items)


def item_rest(frame: pd.DataFrame) -> pd.DataFrame:
    """Pearson correlation of each item with the sum of the others (corrected item-total, R: psych's r.drop).

    Columns: item, n (complete respondents), mean, correlation; NaN for an item, or a rest, that never varies.
    """
    known = frame.dropna()
    total = known.sum(axis="columns")
    rows = [(item, len(known), known[item].mean(), _correlation(known[item], total - known[item])) for item in known]
    return pd.DataFrame(rows, columns=["item", "n", "mean", "correlation"])


def _correlation(item: pd.Series, rest: pd.Series) -> float:
    return item.corr(rest) if len(item) > 1 and item.var() > 0 and rest.var() > 0 else np.nan
