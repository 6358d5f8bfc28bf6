"""Medians of Likert items, from their counts.

An ordered scale has no mean. Its median is an answer, or stands between two answers when half of the respondents
chose one side. Counts come from `characteristics`; a count that is withheld leaves the item without a median.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def medians(cells: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """One row an item and a group: variable, group, n (answers counted), median (a label, or two), rank (from 1).

    `cells` has columns variable, label, group, count, one row an answer; `order` lists the labels from one end of
    the scale to the other. Median « – » and rank NaN when nobody answered or a count is missing.

    >>> likert = pd.DataFrame({"variable": "Avis", "group": "tous", "label": ["non", "oui"], "count": [2, 2]})
    >>> medians(likert, ["non", "oui"])
      variable group    n   median  rank
    0     Avis  tous  4.0  non/oui   1.5
    """
    rows = []
    for (variable, group), item in cells.groupby(["variable", "group"], sort=False):
        counts = item.set_index("label")["count"].reindex(order).astype(float)
        rows.append({"variable": variable, "group": group, "n": counts.sum(skipna=False)} | _median(counts))
    return pd.DataFrame(rows, columns=["variable", "group", "n", "median", "rank"])


def _median(counts: pd.Series) -> dict[str, object]:
    if counts.isna().any() or counts.sum() == 0:
        return {"median": "–", "rank": np.nan}
    reached, half = counts.cumsum().to_numpy(), counts.sum() / 2
    low, high = int(np.argmax(reached >= half)), int(np.argmax(reached > half))
    labels = list(dict.fromkeys((counts.index[low], counts.index[high])))
    return {"median": "/".join(labels), "rank": (low + high) / 2 + 1}
