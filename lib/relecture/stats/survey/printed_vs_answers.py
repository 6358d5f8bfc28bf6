"""Printed counts and new answers to the same questions, side by side, never pooled.

Both frames count answers (columns variable, label, group, count, n). Different people answered, so the
difference is a fact to discuss and not an error to find: it comes with its interval (Newcombe 1998) and no test.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from relecture.stats.estimates import describe, effects

KEYS = ["variable", "label", "group"]


def side_by_side(printed: pd.DataFrame, answered: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """One row a cell of either frame, in the order of the answers, then what is only printed; NaN where one has none.

    Columns KEYS; count, n, share, low, high as printed; the same ending in 2 as answered; difference (answered
    minus printed), difference_low, difference_high.

    >>> old = pd.DataFrame({"variable": "Genre", "label": ["femme"], "group": "tous", "count": [9], "n": [21]})
    >>> new = old.assign(count=20, n=30)
    >>> side_by_side(old, new)[["share", "share2", "difference", "difference_low"]].round(3)
       share  share2  difference  difference_low
    0  0.429   0.667       0.238          -0.035
    """
    before, after = (describe.proportions(frame[[*KEYS, "count", "n"]], confidence) for frame in (printed, answered))
    both = before.merge(after, on=KEYS, how="outer", suffixes=("", "2"), sort=False)
    order = pd.concat([after[KEYS], before[KEYS]]).drop_duplicates()
    both = order.merge(both, on=KEYS, how="left")
    columns = both[["count2", "n2", "count", "n"]].itertuples(index=False)
    differences = [_difference(*cells, confidence) for cells in columns]
    bounds = pd.DataFrame(differences, columns=["difference", "difference_low", "difference_high"], index=both.index)
    return both.join(bounds)


def _difference(count1: float, n1: float, count2: float, n2: float, confidence: float) -> tuple[float, float, float]:
    if np.isnan([count1, n1, count2, n2]).any():
        return (np.nan, np.nan, np.nan)
    differences = effects.difference(int(count1), int(n1), int(count2), int(n2), confidence)
    return (differences.estimate, differences.low, differences.high)
