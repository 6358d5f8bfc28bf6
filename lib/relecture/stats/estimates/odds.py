"""Odds ratios of 2 x 2 tables, one table at a time, with Woolf's interval, three p and the one to read.

A 2 x 2 table is written (a, b, c, d): exposed with the outcome, exposed without, unexposed with, unexposed
without. The interval is Woolf's (1955) on the log scale. Outcome and covariates are 0 or 1. When a cell or a
margin is empty, rows are kept with NaN and `note` says why, in French; nothing raises and no warning escapes.
Several covariates together, or numbers, are in `logistic`, whose `multivariable` is reached from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
import pandas as pd

from relecture.stats.estimates import independence
from relecture.stats.estimates.logistic import multivariable

__all__ = ["OddsRatio", "from_table", "from_tables", "multivariable", "univariable"]

EMPTY_CELL = "une case vide : rapport de cotes non estimable"


@dataclass(frozen=True)
class OddsRatio:
    """A 2 x 2 table and its odds ratio; NaN and a note where a cell or a margin is empty."""

    a: int
    b: int
    c: int
    d: int
    estimate: float
    low: float
    high: float
    p_wald: float
    p_pearson: float
    p_fisher: float
    p_chosen: float
    note: str


def from_table(a: int, b: int, c: int, d: int, confidence: float = 0.95) -> OddsRatio:
    """Odds ratio with Woolf's interval, the p of Wald, Pearson (no correction) and Fisher; `p_chosen` is to be read.

    >>> found = from_table(20, 23, 18, 20)
    >>> f"{found.estimate:.3f} [{found.low:.3f}; {found.high:.3f}], p = {found.p_fisher:.3f}"
    '0.966 [0.403; 2.316], p = 1.000'
    """
    from scipy.stats import fisher_exact
    from statsmodels.stats.contingency_tables import Table2x2

    cells, blank = np.array([[a, b], [c, d]]), (np.nan,) * 3
    if 0 in (a + b, c + d, a + c, b + d):
        return OddsRatio(a, b, c, d, *blank, *blank, np.nan, "une ligne ou une colonne vide : rien à comparer")
    exact, approximate = float(fisher_exact(cells).pvalue), _pearson(cells)
    smallest = min(a + b, c + d) * min(a + c, b + d) / (a + b + c + d)
    *_, read = independence.choice(approximate, smallest, exact)
    if 0 in (a, b, c, d):
        return OddsRatio(a, b, c, d, *blank, np.nan, approximate, exact, read, EMPTY_CELL)
    table = Table2x2(cells, shift_zeros=False)
    low, high = table.oddsratio_confint(alpha=1 - confidence)
    result = (table.oddsratio, low, high, table.log_oddsratio_pvalue(), approximate, exact, read)
    return OddsRatio(a, b, c, d, *map(float, result), "")


def from_tables(frame: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The frame (columns a, b, c, d) with the fields of OddsRatio beside each table."""
    result = [asdict(from_table(*counts, confidence)) for counts in frame[["a", "b", "c", "d"]].itertuples(index=False)]
    fresh = pd.DataFrame(result, index=frame.index, columns=[field.name for field in fields(OddsRatio)])
    return frame.assign(**{name: fresh[name] for name in fresh.columns if name not in "abcd"})


def _pearson(cells: np.ndarray) -> float:
    from scipy.stats import chi2_contingency

    return float(chi2_contingency(cells, correction=False).pvalue)


def univariable(frame: pd.DataFrame, outcome: str, covariates: Sequence[str], confidence: float = 0.95) -> pd.DataFrame:
    """One row a covariate: `covariate` and the fields of OddsRatio, over the answers known for both.

    >>> frame = pd.DataFrame({"securise": [1, 1, 1, 0, 0, 0], "senior": [1, 1, 0, 0, 0, 1]})
    >>> univariable(frame, "securise", ["senior"])[["covariate", "a", "b", "c", "d", "estimate"]]
      covariate  a  b  c  d  estimate
    0    senior  2  1  1  2       4.0
    """
    rows = []
    for covariate in covariates:
        known = frame[[covariate, outcome]].dropna()
        counts = [int(((known[covariate] == x) & (known[outcome] == y)).sum()) for x in (1, 0) for y in (1, 0)]
        result = asdict(from_table(*counts, confidence=confidence))
        if sum(counts) < len(known):
            aside = f"{len(known) - sum(counts)} réponse(s) ni 0 ni 1, laissées de côté"
            result["note"] = " ; ".join(filter(None, (result["note"], aside)))
        rows.append({"covariate": covariate} | result)
    return pd.DataFrame(rows, columns=["covariate", *(field.name for field in fields(OddsRatio))])
