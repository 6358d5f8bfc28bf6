"""Tests of independence of two answers, by chi-square or exactly.

Pearson's chi-square (1900) without correction is the reference; Yates' correction exists for 2 x 2 only. When an
expected count is below 5 (Cochran 1954), the exact test of Fisher is the one to read: in full for 2 x 2
(`p_fisher`), by seeded draws of tables with the same margins for larger ones (`p_drawn`, Patefield 1981), whose
standard error is 0.0007 at 0.05. Categories that nobody chose are left out. Nothing raises on thin data:
estimates are NaN and `note` says why, in French.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from relecture.stats.estimates import effects

CATEGORICAL = [
    "n", "chi2", "df", "p", "chi2_yates", "p_yates", "p_fisher", "p_drawn", "cramers_v", "v_low", "v_high",
    "smallest_expected", "note",
]  # fmt: skip
SMALLEST = 5  # expected count below which the chi-square is approximate (Cochran 1954)
DRAWS, SEED = 99_999, 1


def categorical(frame: pd.DataFrame, row: str, column: str, confidence: float = 0.95) -> pd.DataFrame:
    """One row (columns CATEGORICAL) over the answers known for both.

    `p_fisher` is there for 2 x 2 tables, `p_drawn` for larger ones when an expected count is below 5, which the
    note says. Cramér's V is between 0 and 1, with the interval of `effects.cramers_v`.

    >>> frame = pd.DataFrame({"x": [1] * 107 + [0] * 141, "y": [1] * 55 + [0] * 52 + [1] * 28 + [0] * 113})
    >>> categorical(frame, "x", "y")[["n", "chi2", "chi2_yates", "cramers_v"]].round(3)
         n    chi2  chi2_yates  cramers_v
    0  248  27.184      25.786      0.331
    """
    from scipy.stats.contingency import crosstab

    codes = np.array([pd.Categorical(frame[name]).codes for name in (row, column)])
    return from_counts(crosstab(*codes[:, (codes >= 0).all(axis=0)]).count, confidence)


def from_counts(table: pd.DataFrame | np.ndarray, confidence: float = 0.95) -> pd.DataFrame:
    """The row of `categorical`, from the counts of the table itself."""
    table = np.asarray(table)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    result = dict.fromkeys(CATEGORICAL, np.nan) | {"n": int(table.sum()), "note": ""}
    if min(table.shape) < 2:
        result["note"] = "une seule modalité observée : rien à comparer"
    else:
        result |= _tested(table, confidence)
    return pd.DataFrame([result], columns=CATEGORICAL)


def _tested(table: np.ndarray, confidence: float) -> dict[str, object]:
    from scipy.stats import MonteCarloMethod, chi2_contingency, fisher_exact

    pearson = chi2_contingency(table, correction=False)
    smallest = float(pearson.expected_freq.min())
    effect = effects.cramers_v(pearson.statistic, pearson.dof, table.sum(), min(table.shape), confidence)
    result: dict[str, object] = {
        "chi2": float(pearson.statistic), "df": pearson.dof, "p": float(pearson.pvalue),
        "cramers_v": effect.estimate, "v_low": effect.low, "v_high": effect.high, "smallest_expected": smallest,
        "note": f"effectif attendu de {smallest:.1f} : khi² approché".replace(".", ",") if smallest < SMALLEST else "",
    }  # fmt: skip
    if table.shape == (2, 2):
        yates = chi2_contingency(table, correction=True)
        result |= {"chi2_yates": float(yates.statistic), "p_yates": float(yates.pvalue)}
        result["p_fisher"] = float(fisher_exact(table).pvalue)
    elif smallest < SMALLEST:
        draws = MonteCarloMethod(n_resamples=DRAWS, rng=np.random.default_rng(SEED))
        p = fisher_exact(table, method=draws).pvalue  # an array on tiny tables
        result["p_drawn"] = float(np.squeeze(p))
    return result
