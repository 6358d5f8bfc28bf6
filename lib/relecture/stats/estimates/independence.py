"""Tests of independence of two answers, by chi-square or exactly.

Pearson's chi-square (1900) without correction is the reference; Yates' correction exists for 2 x 2 only. When an
expected count is below 5 (Cochran 1954), the exact test of Fisher is the one to read (`p_fisher`). Beyond 2 x 2 it is
Freeman and Halton's (1951), computed over the network of Mehta and Patel (1983); where that network is too large,
`p_drawn` is the share of seeded draws of tables with the same margins (Patefield 1981), the observed one counted
among them, and `p_error` half the width of its interval. Categories that nobody chose are left out; a
question of more than 50 distinct answers is open, and is not tested. Nothing raises on thin data: estimates are NaN
and `note` says why, in French.
"""

from __future__ import annotations

from itertools import combinations
from math import comb, sqrt
from typing import Any

import numpy as np
import pandas as pd

from relecture.core.french import plural
from relecture.stats.estimates import effects

CATEGORICAL = [
    "n", "chi2", "df", "p", "chi2_yates", "p_yates", "p_fisher", "p_drawn", "draws", "p_error",
    "cramers_v", "v_low", "v_high", "smallest_expected", "note",
]  # fmt: skip
MOST = 50  # distinct answers; beyond, a question is open
SMALLEST = 5  # expected count below which the chi-square is approximate (Cochran 1954)
DRAWS, SEED = 99_999, 1
_NETWORK = 16_000_000  # cells of the exact computation, about a second; beyond, tables are drawn
_FEWEST = 1_999  # draws, as many as R makes
_DRAWN, _BATCH = 10_000_000, 1_000_000  # cells of tables drawn in all, and at a time (8 MB)
_TIE = 1e-7  # of a logarithm: two tables are as probable (as R)


def categorical(frame: pd.DataFrame, row: str, column: str, confidence: float = 0.95) -> pd.DataFrame:
    """One row (columns CATEGORICAL) over the answers known for both.

    Fisher's p is there for 2 x 2 tables, and for larger ones when an expected count is below 5, which the
    note says. Cramér's V is between 0 and 1, with the interval of `effects.cramers_v`.

    >>> frame = pd.DataFrame({"x": [1] * 107 + [0] * 141, "y": [1] * 55 + [0] * 52 + [1] * 28 + [0] * 113})
    >>> categorical(frame, "x", "y")[["n", "chi2", "chi2_yates", "cramers_v"]].round(3)
         n    chi2  chi2_yates  cramers_v
    0  248  27.184      25.786      0.331
    """
    from scipy.stats.contingency import crosstab

    known = frame[[row, column]].dropna()
    codes = np.array([pd.factorize(known[name])[0] for name in (row, column)])
    distinct = int(codes.max(initial=0)) + 1
    if distinct > MOST:
        note = f"question ouverte : {distinct} réponses différentes, non comparées"
        return pd.DataFrame([dict.fromkeys(CATEGORICAL, np.nan) | {"n": len(known), "note": note}], columns=CATEGORICAL)
    return from_counts(crosstab(*codes).count, confidence)


def from_counts(table: pd.DataFrame | np.ndarray, confidence: float = 0.95) -> pd.DataFrame:
    """The row of `categorical`, from the counts of the table itself."""
    table = np.asarray(table)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    result = dict.fromkeys(CATEGORICAL, np.nan) | {"n": int(table.sum()), "note": ""}
    if not table.size:
        result["note"] = "aucune réponse : rien à comparer"
    elif min(table.shape) < 2:
        result["note"] = "une seule modalité observée : rien à comparer"
    elif 1 in (table.sum(axis=1).max(), table.sum(axis=0).max()):  # every table with these margins is as probable
        result["note"] = "une seule réponse par modalité ou par groupe : rien à comparer"
    else:
        result |= _tested(table, confidence)
    return pd.DataFrame([result], columns=CATEGORICAL)


def choice(p: float, smallest: float, p_fisher: float, draws: float = np.nan) -> tuple[str, str, float]:
    """The test to read, why, and its p: Pearson's, or Fisher's when an expected count is below 5, by draws if it must.

    >>> choice(0.04, 3.2, 0.06)
    ('Fisher exact', 'effectif attendu inférieur à 5', 0.06)
    """
    if not smallest < SMALLEST:
        return "khi² de Pearson", "effectifs attendus d'au moins 5", p
    if np.isnan(draws):
        return "Fisher exact", "effectif attendu inférieur à 5", p_fisher
    why = f"effectif attendu inférieur à 5, trop de tableaux, {plural(draws, 'tirage')}"
    return "Fisher, par tirages", why, p_fisher


def _tested(table: np.ndarray, confidence: float) -> dict[str, object]:
    from scipy.stats import chi2_contingency

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
    if table.shape == (2, 2) or smallest < SMALLEST:
        result |= _fisher(table, confidence)
    return result


def _fisher(table: np.ndarray, confidence: float) -> dict[str, float]:
    """`p_fisher`, or `p_drawn` with the number of draws and the error."""
    from scipy.special import ndtri
    from scipy.stats import fisher_exact

    exact = float(fisher_exact(table).pvalue) if table.shape == (2, 2) else freeman_halton(table)
    if exact is not None:
        return {"p_fisher": exact}
    draws = min(DRAWS, max(_FEWEST, _DRAWN // table.size))
    p = by_draws(table, draws)
    return {"p_drawn": p, "draws": draws, "p_error": ndtri((1 + confidence) / 2) * sqrt(p * (1 - p) / draws)}


def by_draws(table: np.ndarray, draws: int = DRAWS) -> float:
    """Fisher's p by seeded draws of tables with the same margins; NaN with fewer than two rows or columns.

    R: fisher.test(table, simulate.p.value = TRUE).

    >>> round(by_draws(np.array([[9, 8], [12, 43], [0, 9]])), 3)
    0.007
    """
    from scipy.stats import random_table

    if min(table.shape) < 2:
        return np.nan
    rng, batch = np.random.default_rng(SEED), max(1, _BATCH // table.size)
    margins, observed = random_table(table.sum(axis=1), table.sum(axis=0)), _weight(table, (0, 1))
    batches = [min(batch, draws - done) for done in range(0, draws, batch)]
    drawn = (_weight(margins.rvs(n, random_state=rng).reshape(n, *table.shape), (1, 2)) for n in batches)
    return (1 + sum(int((weights <= observed + _TIE).sum()) for weights in drawn)) / (draws + 1)


def freeman_halton(table: np.ndarray) -> float | None:
    """The probability of the tables with these margins that are as probable as this one or less; None when too many.

    Rows are filled one after the other, the smallest first; what is left of the columns is a state. The most and the
    least probable ways to end from it are known beforehand (Mehta & Patel 1983): a path is followed only while they
    lie on both sides of the table observed. Weights are logarithms of probabilities. NaN with fewer than two rows or
    columns. R: fisher.test(table).

    >>> round(freeman_halton(np.array([[9, 8], [12, 43], [0, 9]])), 6)
    0.007288
    """
    if min(table.shape) < 2:
        return np.nan
    table = table if table.shape[0] >= table.shape[1] else table.T
    rows, columns = np.sort(table.sum(axis=1)), table.sum(axis=0)
    layers = _layers(rows, columns)
    if layers is None:
        return None
    start = _weight(np.array([table.sum()]), 0) - _weight(rows, 0) - _weight(columns, 0)
    observed, p, followed = start + _weight(table, (0, 1)) + _TIE, 0.0, 0
    state, path, ways = np.zeros(1, int), np.full(1, start), np.ones(1)
    ends = _ends(layers, rows)
    for (children, weights, _), (most, least, mass) in zip(layers[:-1], ends, strict=False):
        followed += 4 * len(state) * len(weights)
        if followed > _NETWORK:
            return None
        origin, filling = np.nonzero(children[state] >= 0)
        child, path, ways = children[state[origin], filling], path[origin] + weights[filling], ways[origin]
        below = path + most[child] <= observed
        p += float((ways[below] * np.exp(path[below] + mass[child[below]])).sum())
        on = ~below & (path + least[child] <= observed)
        (state, path), ways = _merged(child[on], path[on], ways[on])
    children, weights, _ = layers[-1]
    for last, here in pd.Series(state).groupby(state).indices.items():
        filling = np.flatnonzero(children[last] >= 0)
        p += _below(np.sort(weights[filling] + ends[-1][0][children[last, filling]]), path[here], ways[here], observed)
    return min(p, 1.0)


def _below(ends: np.ndarray, path: np.ndarray, ways: np.ndarray, observed: float) -> float:
    """The probability of the paths to one state, then any of its ends in order, no more probable than `observed`."""
    total = np.cumsum([0, *np.exp(ends - ends[-1])])
    return float((ways * np.exp(path + ends[-1])) @ total[np.searchsorted(ends, observed - path, side="right")])


def _weight(counts: np.ndarray, axis: Any) -> Any:
    """Minus the sum of the logarithms of factorials."""
    from scipy.special import gammaln

    return -gammaln(counts + 1.0).sum(axis=axis)


def _layers(rows: np.ndarray, columns: np.ndarray) -> list[tuple[np.ndarray, ...]] | None:
    """For each row but the last: where each filling leads from each state, or -1; the fillings' weights; those states.

    None when there are too many.
    """
    scale = (columns.max() + 1.0) ** np.arange(len(columns))  # a state as one number: what is left, in order of size
    states, layers, work = np.sort(columns)[None], [], 0
    for total in rows[:-1].tolist():  # the last one takes what is left
        work += (len(states) + 4) * len(columns) * comb(total + len(columns) - 1, total)
        if work > _NETWORK or scale[-1] * scale[1] > 2**52:
            return None
        fillings = _fillings(total, len(columns))
        possible = np.ones((len(states), len(fillings)), bool)
        for left, taken in zip(states.T, fillings.T, strict=True):
            possible &= left[:, None] >= taken
        state, filling = np.nonzero(possible)
        left = np.sort(states[state] - fillings[filling], axis=1)
        child, codes = pd.factorize(left @ scale)
        children = np.full(possible.shape, -1)
        children[possible] = child
        states = (codes[:, None] // scale % scale[1]).astype(int)
        layers.append((children, _weight(fillings, 1), states))
    return layers


def _fillings(total: int, parts: int) -> np.ndarray:
    """All the ways to write a total as a sum of parts, a row each."""
    bars = np.array(list(combinations(range(total + parts - 1), parts - 1)), dtype=int)
    return np.diff(bars, axis=1, prepend=-1, append=total + parts - 1) - 1


def _ends(layers: list[tuple[np.ndarray, ...]], rows: np.ndarray) -> list[tuple[np.ndarray, ...]]:
    """For each layer, of its states: the weights of the most and the least probable ends, and of all together."""
    most = least = _weight(layers[-1][2], 1)
    ends = []
    for rank in range(len(layers) - 1, -1, -1):
        children, weights, states = layers[rank]
        mass = _weight(states, 1) - _weight(states.sum(axis=1), ()) + _weight(rows[rank + 1 :], 0)
        ends.append((most, least, mass))
        most = np.where(children >= 0, weights + most[children], -np.inf).max(axis=1)
        least = np.where(children >= 0, weights + least[children], np.inf).min(axis=1)
    return ends[::-1]


def _merged(state: np.ndarray, path: np.ndarray, ways: np.ndarray) -> tuple[tuple[np.ndarray, np.ndarray], np.ndarray]:
    """Paths that lead to the same state with the same weight, as one."""
    keys = state + 1j * np.rint(path / _TIE * 100)
    _, first, same = np.unique(keys, return_index=True, return_inverse=True)
    return (state[first], path[first]), np.bincount(same.ravel(), ways, minlength=len(first))
