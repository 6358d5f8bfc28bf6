"""Draws for what is computed of counts: shares, tables of two answers, odds ratios, corrections, passwords."""

from __future__ import annotations

import numpy as np
import pandas as pd

from r_oracles.numbers import bounds
from r_oracles.values import Drawn, codes, holed, level, numbers_of, r
from relecture.stats.estimates import describe, effects, independence, odds, passwords
from relecture.stats.survey import likert, printed_vs_answers, statistical_tests

TABLE = ["n", "chi2", "df", "p", "chi2_yates", "p_yates", "p_fisher", "cramers_v", "v_low", "v_high"]
ODDS = ["a", "b", "c", "d", "estimate", "low", "high", "p_wald", "p_pearson", "p_fisher", "p_chosen"]
SYMBOLS = "abcxyzABCXYZ0123456789 -_!é€ß中😀"
DRAWS = 9_999


def counted(rng: np.random.Generator) -> tuple[int, int]:
    """How many of how many."""
    n = int(rng.choice([1, 2, rng.integers(3, 300)]))
    return int(rng.choice([0, n, rng.integers(0, n + 1)])), n


def crossed(rng: np.random.Generator, rows: int = 5, columns: int = 4, most: int = 90) -> np.ndarray:
    """A table of two answers, often with empty cells, rows or columns."""
    shape = rng.integers(1, rows + 1), rng.integers(2, columns + 1)
    shares = rng.dirichlet(np.full(shape[0] * shape[1], rng.choice([0.3, 2])))
    return rng.multinomial(rng.integers(1, most), shares).reshape(shape)


@numbers_of(describe.proportion)
def proportion(rng: np.random.Generator) -> Drawn:
    count, n = counted(rng)
    confidence = level(rng)
    return f"proportion({count}, {n}, {confidence})", bounds(describe.proportion(count, n, confidence))


@numbers_of(describe.proportions)
def proportions(rng: np.random.Generator) -> Drawn:
    pairs = [*(counted(rng) for _ in range(3)), (0, 0), (5, 4), (np.nan, 9)]
    frame, confidence = pd.DataFrame(pairs, columns=["count", "n"]), level(rng)
    found = describe.proportions(frame, confidence)[["share", "low", "high"]]
    return f"proportions({r(pairs)}, {confidence})", found.to_numpy().ravel()


@numbers_of(effects.difference)
def difference(rng: np.random.Generator) -> Drawn:
    (a, n), (b, m), confidence = counted(rng), counted(rng) if rng.random() < 0.95 else (0, 0), level(rng)
    return f"difference({a}, {n}, {b}, {m}, {confidence})", bounds(effects.difference(a, n, b, m, confidence))


@numbers_of(printed_vs_answers.side_by_side)
def side_by_side(rng: np.random.Generator) -> Drawn:
    pairs, confidence = np.array([[*counted(rng), *counted(rng)] for _ in range(3)], dtype=float), level(rng)
    keys = pd.DataFrame({"variable": "q", "label": list("cab"), "group": ""})
    before, after = (keys.assign(count=pairs[:, at], n=pairs[:, at + 1]) for at in (0, 2))
    pairs[0, 2:] = pairs[2, :2] = np.nan  # one answer printed only, one only answered
    found = printed_vs_answers.side_by_side(before.iloc[:2], after.iloc[1:], confidence)
    names = ["share", "low", "high", "share2", "low2", "high2", "difference", "difference_low", "difference_high"]
    rows = np.roll(pairs, -1, axis=0)  # what is only printed comes last
    return f"side_by_side({r(rows)}, {confidence})", found[names].to_numpy().ravel()


@numbers_of(effects.cramers_v)
def cramers_v(rng: np.random.Generator) -> Drawn:
    chi2, rows, columns = float(rng.chisquare(4) * rng.choice([0, 1, 5])), *map(int, rng.integers(2, 6, 2))
    n, df, smaller, confidence = int(rng.integers(20, 400)), (rows - 1) * (columns - 1), min(rows, columns), level(rng)
    found = effects.cramers_v(chi2, df, n, smaller, confidence)
    return f"cramers_v({chi2!r}, {df}, {n * (smaller - 1)}, {confidence})", bounds(found)


def drawn(found: pd.Series) -> str:
    """Fisher's p where it is by draws, and how many, as R reads them."""
    return "NA, NA" if np.isnan(found["draws"]) else f"{float(found['p_drawn'])!r}, {found['draws']}"


@numbers_of(independence.from_counts)
def from_counts(rng: np.random.Generator) -> Drawn:
    table, confidence = crossed(rng), level(rng)
    found = independence.from_counts(table, confidence).loc[0]
    return f"from_counts({r(table)}, {confidence}, {drawn(found)})", found[TABLE].fillna({"p_fisher": found["p_drawn"]})


@numbers_of(independence.categorical)
def categorical(rng: np.random.Generator) -> Drawn:
    n, confidence = int(rng.integers(1, 90)), level(rng)
    x, y = holed(rng, codes(rng, n, 4)), holed(rng, codes(rng, n, 3))
    if rng.random() < 0.05:  # an open question
        n = 60
        x, y = np.arange(60.0), np.arange(60.0) % 2
    found = independence.categorical(pd.DataFrame({"x": x, "y": y}), "x", "y", confidence).loc[0]
    ours = found[TABLE].fillna({"p_fisher": found["p_drawn"]})
    return f"categorical({r(x)}, {r(y)}, {confidence}, {drawn(found)})", ours


def _answered(table: np.ndarray) -> np.ndarray:
    """The table without its empty rows and columns; another when too little is left."""
    left = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    return left if min(left.shape) > 1 else np.array([[3, 1], [0, 2]])


@numbers_of(independence.freeman_halton)
def freeman_halton(rng: np.random.Generator) -> Drawn:
    table = _answered(crossed(rng, 7, 5, 60))
    p = independence.freeman_halton(table)
    return f"freeman_halton({r(table)}, {'NA' if p is None else repr(p)})", [np.nan if p is None else p]


@numbers_of(independence.by_draws)
def by_draws(rng: np.random.Generator) -> Drawn:
    table = _answered(crossed(rng, 8, 6, 120))
    p = independence.by_draws(table, DRAWS)
    return f"by_draws({r(table)}, {p!r}, {DRAWS})", [p]


@numbers_of(odds.from_table)
def odds_ratio(rng: np.random.Generator) -> Drawn:
    cells, confidence = _cells(rng), level(rng)
    found = odds.from_table(*cells, confidence)
    return f"odds_ratio({r(cells)}, {confidence})", [getattr(found, name) for name in ODDS]


@numbers_of(odds.from_tables)
def odds_ratios(rng: np.random.Generator) -> Drawn:
    tables, confidence = [_cells(rng) for _ in range(3)], level(rng)
    found = odds.from_tables(pd.DataFrame(tables, columns=list("abcd"), index=[7, 8, 9]), confidence)
    return f"odds_ratios({r(tables)}, {confidence})", found[ODDS].to_numpy().ravel()


@numbers_of(odds.univariable)
def univariable(rng: np.random.Generator) -> Drawn:
    n, confidence = int(rng.integers(1, 80)), level(rng)
    y, x, z = holed(rng, codes(rng, n, 2)), holed(rng, codes(rng, n, 2)), holed(rng, codes(rng, n, 3))
    found = odds.univariable(pd.DataFrame({"y": y, "x": x, "z": z}), "y", ["x", "z"], confidence)
    return f"univariable({r(y)}, {r(np.column_stack([x, z]))}, {confidence})", found[ODDS].to_numpy().ravel()


def _cells(rng: np.random.Generator) -> list[int]:
    return [int(cell) for cell in rng.integers(0, rng.choice([4, 60, 3000]), 4)]


@numbers_of(statistical_tests.corrected)
def corrected(rng: np.random.Generator) -> Drawn:
    n = int(rng.integers(1, 20))
    p = holed(rng, (rng.random(n) ** 3).round(rng.integers(2, 16)), rng.choice([0.1, 1]))
    found = statistical_tests.corrected(pd.DataFrame({"p": p}))
    return f"corrected({r(p)})", [*found["p_holm"], *found["p_bh"]]


@numbers_of(likert.medians)
def medians(rng: np.random.Generator) -> Drawn:
    counts = rng.integers(0, rng.choice([2, 9]), 5).astype(float)
    if rng.random() < 0.1:
        counts[2] = np.nan  # withheld
    order = list("edcba")
    cells = pd.DataFrame({"variable": "q", "group": "", "label": order, "count": counts}).sample(frac=1, random_state=1)
    return f"medians({r(counts)})", likert.medians(cells, order).loc[0, ["n", "rank"]]


@numbers_of(passwords.alphabet, passwords.strength, passwords.strengths)
def strengths(rng: np.random.Generator) -> Drawn:
    password = "".join(rng.choice(list(SYMBOLS[: rng.integers(1, 1 + len(SYMBOLS))]), rng.integers(1, 20)))
    one, row = passwords.strength(password), passwords.strengths([password]).loc[0]
    ours = [passwords.alphabet(password), one.length, one.bits, row["alphabet"], row["bits"], row["share"]]
    return f"strengths({r([*map(ord, password)])}, {one.guesses!r})", ours
