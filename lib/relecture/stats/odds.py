"""How much more often is the outcome present among the exposed: odds ratios, one by one and together?

A 2 x 2 table is written (a, b, c, d): exposed with the outcome, exposed without, unexposed with, unexposed
without. One by one, the interval is Woolf's (1955) on the log scale; together, a logistic regression with
Wald's intervals (statsmodels), as `glm(..., binomial)` and `confint.default` of R. Outcome and covariates
are 0 or 1. When no maximum exists (separation, collinearity, too few answers), rows are kept with NaN and
`note` says why, in French; nothing raises and no warning escapes.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
import pandas as pd

EMPTY_CELL = "une case vide : rapport de cotes non estimable"
MULTIVARIABLE = [
    "covariate", "coefficient", "coefficient_low", "coefficient_high",
    "estimate", "low", "high", "p", "n", "note",
]  # fmt: skip


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
    note: str


def from_table(a: int, b: int, c: int, d: int, confidence: float = 0.95) -> OddsRatio:
    """Odds ratio with Woolf's interval, and the p of Wald, Pearson (no correction) and Fisher.

    >>> found = from_table(20, 23, 18, 20)
    >>> f"{found.estimate:.3f} [{found.low:.3f}; {found.high:.3f}], p = {found.p_fisher:.3f}"
    '0.966 [0.403; 2.316], p = 1.000'
    """
    from scipy.stats import fisher_exact
    from statsmodels.stats.contingency_tables import Table2x2

    cells, blank = np.array([[a, b], [c, d]]), (np.nan,) * 3
    if 0 in (a + b, c + d, a + c, b + d):
        return OddsRatio(a, b, c, d, *blank, *blank, "une ligne ou une colonne vide : rien à comparer")
    exact, approximate = float(fisher_exact(cells).pvalue), _pearson(cells)
    if 0 in (a, b, c, d):
        return OddsRatio(a, b, c, d, *blank, np.nan, approximate, exact, EMPTY_CELL)
    table = Table2x2(cells, shift_zeros=False)
    low, high = table.oddsratio_confint(alpha=1 - confidence)
    found = (table.oddsratio, low, high, table.log_oddsratio_pvalue(), approximate, exact)
    return OddsRatio(a, b, c, d, *map(float, found), "")


def from_tables(frame: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The frame (columns a, b, c, d) with the fields of OddsRatio beside each table."""
    found = [asdict(from_table(*counts, confidence)) for counts in frame[["a", "b", "c", "d"]].itertuples(index=False)]
    fresh = pd.DataFrame(found, index=frame.index, columns=[field.name for field in fields(OddsRatio)])
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
        found = asdict(from_table(*counts, confidence=confidence))
        if sum(counts) < len(known):
            found["note"] = f"{len(known) - sum(counts)} réponse(s) ni 0 ni 1, laissées de côté"
        rows.append({"covariate": covariate} | found)
    return pd.DataFrame(rows, columns=["covariate", *(field.name for field in fields(OddsRatio))])


def multivariable(
    frame: pd.DataFrame, outcome: str, covariates: Sequence[str], confidence: float = 0.95
) -> pd.DataFrame:
    """One row a covariate (columns MULTIVARIABLE), all in one logistic regression on complete answers.

    Covariates without any answer, or that do not vary, are left out and say so. The intercept is fitted,
    not shown. R: glm(case ~ ..., binomial), confint.default.
    """
    empty = [name for name in covariates if frame[name].isna().all()]
    known = frame[[outcome, *(name for name in covariates if name not in empty)]].dropna().astype(float)
    flat = [name for name in known.columns[1:] if known[name].nunique() < 2]
    notes = dict.fromkeys(empty, "aucune réponse : covariable écartée")
    notes |= dict.fromkeys(flat, "ne varie pas : covariable écartée")
    kept = [name for name in covariates if name not in notes]
    found = _fitted(known[outcome], known[kept], confidence) if kept else pd.DataFrame(columns=MULTIVARIABLE)
    left_out = pd.DataFrame([{"covariate": name, "note": note} for name, note in notes.items()])
    rows = pd.concat([found, left_out]).set_index("covariate").reindex(list(covariates)).reset_index()
    return rows.reindex(columns=MULTIVARIABLE).assign(n=len(known))


def _fitted(y: pd.Series, x: pd.DataFrame, confidence: float) -> pd.DataFrame:
    import statsmodels.api as sm

    design = sm.add_constant(x, has_constant="add")
    if note := _obstacle(y.to_numpy(), design.to_numpy(), list(design.columns)):
        return pd.DataFrame({"covariate": list(x.columns), "note": note})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = sm.Logit(y, design).fit(disp=0, maxiter=100)
        bounds = fit.conf_int(alpha=1 - confidence)
    table = pd.DataFrame({
        "coefficient": fit.params, "coefficient_low": bounds[0], "coefficient_high": bounds[1],
        "estimate": np.exp(fit.params), "low": np.exp(bounds[0]), "high": np.exp(bounds[1]), "p": fit.pvalues,
    }).drop(index="const")  # fmt: skip
    note = "" if fit.mle_retvals["converged"] else "l'estimation n'a pas convergé : à ne pas interpréter"
    return table.assign(note=note).rename_axis("covariate").reset_index()


def _obstacle(y: np.ndarray, design: np.ndarray, names: list[str]) -> str:
    """Why the likelihood has no single finite maximum; empty when it has one."""
    if not set(np.unique(y)) <= {0.0, 1.0} or len(np.unique(y)) < 2:
        return "le résultat ne prend pas les deux valeurs 0 et 1"
    if len(y) <= design.shape[1]:
        return f"{len(y)} réponses complètes pour {design.shape[1]} coefficients : trop peu"
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return "covariables redondantes (colinéarité) : coefficients non identifiables"
    if separating := _separating(y, design, names):
        return f"séparation : {', '.join(separating)} prédit sans faute une partie des réponses, rapport infini"
    return ""


def _separating(y: np.ndarray, design: np.ndarray, names: list[str]) -> list[str]:
    """Covariates of a direction that separates the outcomes, by linear programming (Konis 2007)."""
    from scipy.optimize import linprog

    signed = np.where(y == 1, 1, -1)[:, None] * design
    found = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(y)), bounds=(-1, 1))
    if -found.fun < 1e-6:
        return []
    return [name for name, weight in zip(names, found.x, strict=True) if abs(weight) > 1e-6 and name != "const"]
