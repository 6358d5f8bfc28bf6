"""Logistic regression, by maximum likelihood or Firth's penalty, and its odds ratios.

The outcome is 0 or 1. A covariate of numbers is one term; any other has one term a level but the first, which is
the reference (the order of a pandas Categorical, else alphabetical). Estimates are of maximum likelihood
(statsmodels), on respondents who answered everything. Intervals are Wald's with Wald's p, as `confint.default`
of R.

Under separation a ratio is infinite: the estimate is then Firth's (1993), penalised, with its profile interval and
likelihood-ratio p (Heinze & Schemper 2002), and `note` says so. When nothing can be estimated, rows are
kept with NaN and the reason, in French; nothing raises and no warning escapes.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from math import sqrt

import numpy as np
import pandas as pd

from relecture.stats import firth

COLUMNS = [
    "covariate", "level", "coefficient", "coefficient_low", "coefficient_high",
    "estimate", "low", "high", "p", "n", "events", "smallest", "method", "note",
]  # fmt: skip
ALIASED = "se déduit des covariables qui précèdent (colinéarité) : écartée"
FEW = 10  # outcomes of the rarer kind a coefficient needs (Peduzzi 1996)


def multivariable(
    frame: pd.DataFrame, outcome: str, covariates: Sequence[str], confidence: float = 0.95
) -> pd.DataFrame:
    """One row a term (columns COLUMNS), all in one regression. The intercept is fitted, not shown.

    `estimate` is the odds ratio, `coefficient` its logarithm; `events` counts the outcomes among the n
    respondents, `smallest` is the least count of the 2 x 2 table of a term of 0 and 1 with the outcome. Terms
    without any answer, that do not vary, or that follow from those before them are left out and say so.
    R: glm(outcome ~ ..., binomial), confint.default.
    """
    terms = _terms(frame, covariates)
    empty = [term for term in terms if terms[term].isna().all()]
    known = pd.DataFrame({("", ""): frame[outcome]} | {term: terms[term] for term in terms if term not in empty})
    known = known.dropna().astype(float)
    infinite = [term for term in known.columns[1:] if np.isinf(known[term]).any()]
    flat = [term for term in known.columns[1:] if known[term].nunique() < 2]
    notes = dict.fromkeys(empty, "aucune réponse : covariable écartée")
    notes |= dict.fromkeys(flat, "ne varie pas : covariable écartée" if len(known) else "aucune réponse complète")
    notes |= dict.fromkeys(infinite, "une valeur infinie : covariable écartée")
    notes |= dict.fromkeys(_aliased(known[[term for term in terms if term not in notes]]), ALIASED)
    y, x = known.iloc[:, 0].to_numpy(), known[[term for term in terms if term not in notes]]
    fitted = _fitted(y, x.to_numpy(), list(x.columns), confidence) if x.shape[1] else {}
    rows = [
        {"covariate": term[0], "level": term[1], "note": notes.get(term), "smallest": _smallest(known, term)}
        | fitted.get(term, {})
        for term in terms
    ]
    return pd.DataFrame(rows, columns=COLUMNS).assign(n=len(y), events=int((y == 1).sum()))


def _terms(frame: pd.DataFrame, covariates: Sequence[str]) -> dict[tuple[str, str], pd.Series]:
    """Columns of the regression under (covariate, level); the level of a number is empty."""
    terms: dict[tuple[str, str], pd.Series] = {}
    for name in covariates:
        column = frame[name]
        if pd.api.types.is_numeric_dtype(column) or column.isna().all():
            terms[name, ""] = column
            continue
        for level in column.astype("category").cat.categories[1:]:
            terms[name, str(level)] = (column == level).astype(float).where(column.notna())
    return terms


def _aliased(x: pd.DataFrame) -> list[tuple[str, str]]:
    """Terms that are sums of multiples of those before them, as R's glm leaves them out."""
    if len(x) <= x.shape[1] + 1:
        return []
    scaled = ((x - x.mean()) / x.std()).to_numpy()
    kept: list[int] = []
    for rank in range(x.shape[1]):
        if np.linalg.matrix_rank(scaled[:, [*kept, rank]], tol=1e-7 * sqrt(len(x))) > len(kept):
            kept.append(rank)
    return [term for rank, term in enumerate(x.columns) if rank not in kept]


def _smallest(known: pd.DataFrame, term: tuple[str, str]) -> float:
    """The least count of a 2 x 2 table, zero included; NaN for a number, or a term that nobody answered."""
    if term not in known or known.empty or not set(known[term].unique()) <= {0.0, 1.0}:
        return np.nan
    y, x = known.iloc[:, 0], known[term]
    return float(min(((y == one) & (x == other)).sum() for one in (0, 1) for other in (0, 1)))


def _fitted(
    y: np.ndarray, x: np.ndarray, terms: list[tuple[str, str]], confidence: float
) -> dict[tuple[str, str], dict[str, object]]:
    if note := _obstacle(y, x):
        return {term: {"note": note} for term in terms}
    spread = x.std(axis=0)
    scaled = (x - x.mean(axis=0)) / spread  # the same ratios a deviation, and steadier sums
    patterns = _patterns(y, scaled)
    separating = _separating(*patterns[:2], terms)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        estimates = _firth(*patterns, confidence) if separating else _likelihood(y, scaled, confidence)
    estimates |= {name: estimates[name] / spread for name in ("coefficient", "coefficient_low", "coefficient_high")}
    with np.errstate(over="ignore"):
        ratios = [np.exp(estimates[name]) for name in ("coefficient", "coefficient_low", "coefficient_high")]
    estimates |= dict(zip(("estimate", "low", "high"), ratios, strict=True))
    estimates["note"] = " ; ".join(filter(None, (estimates["note"], separating, _few(y, len(terms)))))
    arrays = {name: np.broadcast_to(values, len(terms)) for name, values in estimates.items()}
    return {term: {name: values[rank] for name, values in arrays.items()} for rank, term in enumerate(terms)}


def _likelihood(y: np.ndarray, x: np.ndarray, confidence: float) -> dict[str, object]:
    from statsmodels.discrete.discrete_model import Logit  # statsmodels.api would import six hundred modules more
    from statsmodels.tools.tools import add_constant

    fit = Logit(y, add_constant(x, has_constant="add")).fit(disp=0, maxiter=100, tol=1e-12)
    note = "" if fit.mle_retvals["converged"] else "l'estimation n'a pas convergé : à ne pas interpréter"
    bounds = fit.conf_int(alpha=1 - confidence)[1:]
    return _named(fit.params[1:], bounds, fit.pvalues[1:], "maximum de vraisemblance", note)


def _patterns(y: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The different respondents, y and x, and how many are such."""
    counts = pd.DataFrame(np.column_stack([x, y])).value_counts(sort=False)
    values = counts.index.to_frame().to_numpy()
    return values[:, -1], values[:, :-1], counts.to_numpy()


def _firth(y: np.ndarray, x: np.ndarray, counts: np.ndarray, confidence: float) -> dict[str, object]:
    coefficients, bounds, p, settled = firth.fit(y, x, counts, confidence)
    note = "" if settled else "l'estimation n'a pas convergé : à ne pas interpréter"
    return _named(coefficients, bounds, p, "Firth", note)


def _named(coefficients: np.ndarray, bounds: np.ndarray, p: np.ndarray, method: str, note: str) -> dict[str, object]:
    unknown = "" if np.isfinite(bounds).all() else "une borne n'a pas été trouvée"
    return {
        "coefficient": coefficients, "coefficient_low": bounds[:, 0], "coefficient_high": bounds[:, 1], "p": p,
        "method": method, "note": " ; ".join(filter(None, (note, unknown))),
    }  # fmt: skip


def _obstacle(y: np.ndarray, x: np.ndarray) -> str:
    """Why no coefficient can be estimated; empty when they can."""
    if not set(np.unique(y)) <= {0.0, 1.0} or len(np.unique(y)) < 2:
        return "le résultat ne prend pas les deux valeurs 0 et 1"
    if len(y) <= x.shape[1] + 1:
        return f"{len(y)} réponses complètes pour {x.shape[1] + 1} coefficients : trop peu"
    return ""


def _separating(y: np.ndarray, x: np.ndarray, terms: list[tuple[str, str]]) -> str:
    """What separates the outcomes, if anything does (Konis 2007): terms without which nothing would, else alone do."""
    if _overlap(y, x):
        return ""
    from firthmodels import detect_separation  # and, with it, all of scikit-learn

    found = detect_separation(x, y)
    if not found.separation:
        return ""
    every, used = range(len(terms)), np.flatnonzero(found.directions[: len(terms)])  # without the others, it is still
    needed = [rank for rank in used if len(terms) > 1 and not detect_separation(np.delete(x, rank, 1), y).separation]
    needed = needed or [rank for rank in every if detect_separation(x[:, [rank]], y).separation] or list(every)
    names = [" ".join(terms[rank]).strip() for rank in needed]
    return (
        f"séparation : {', '.join(names)} prédit sans faute une partie des réponses ; rapports estimés par "
        "vraisemblance pénalisée (Firth)"
    )


def _overlap(y: np.ndarray, x: np.ndarray) -> bool:
    """Whether no direction puts the outcomes apart: the linear program of Konis (2007, 4.23) goes nowhere."""
    from scipy.optimize import linprog

    signed = np.where(y == 1, 1.0, -1.0)[:, None] * np.column_stack([x, np.ones(len(y))])
    found = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(y)), bounds=(-1, 1))
    return found.status == 0 and bool(np.abs(found.x).max() < 1e-9)


def _few(y: np.ndarray, terms: int) -> str:
    rarer = int(min((y == 1).sum(), (y == 0).sum()))
    if rarer >= FEW * terms:
        return ""
    return f"résultat le plus rare : {rarer} réponses pour {terms} coefficients, moins de {FEW} chacun ; fragile"
