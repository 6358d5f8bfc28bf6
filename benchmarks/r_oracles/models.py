"""Draws for regressions and power."""

from __future__ import annotations

import numpy as np
import pandas as pd

from r_oracles.values import Drawn, holed, level, numbers_of, r
from relecture.stats.estimates import logistic, power

TERM = ["coefficient", "coefficient_low", "coefficient_high", "estimate", "p", "n", "events", "smallest"]
NEEDED = ["power", "needed1", "needed2", "detectable"]


@numbers_of(logistic.multivariable)
def regression(rng: np.random.Generator) -> Drawn:
    """Maximum likelihood: a question with three answers, a number, a yes or no; missing, constant, aliased columns."""
    n = int(rng.choice([rng.integers(3, 12), rng.integers(60, 300), rng.integers(60, 300)]))
    number, yes, word = rng.normal(50, 10, n).round(rng.integers(3)), rng.integers(0, 2, n), rng.integers(0, 3, n)
    y = (rng.random(n) < 1 / (1 + np.exp(-0.5 * yes + 0.05 * (number - 50) - word / 3))).astype(float)
    columns = {"number": holed(rng, number), "yes": holed(rng, yes, 0.05), "word": word}
    columns |= [{}, {"flat": np.ones(n)}, {"alias": 3 - 2 * yes}, {"void": np.full(n, np.nan)}][rng.integers(4)]
    return _drawn(rng, holed(rng, y, 0.05), columns)


@numbers_of(logistic.multivariable)
def separated(rng: np.random.Generator) -> Drawn:
    """Firth's penalised likelihood: small groups, where an answer nobody of one outcome gave is common."""
    n = int(rng.integers(12, 60))
    number, yes = rng.normal(0, 1, n).round(2), rng.integers(0, 2, n)
    y = (rng.random(n) < 1 / (1 + np.exp(1 - number * rng.choice([0, 1, 6])))) & (rng.random(n) < 0.8)
    rare = (y & (rng.random(n) < 0.3)) if rng.random() < 0.7 else yes * y
    return _drawn(rng, y.astype(float), {"number": number, "yes": yes, "rare": rare.astype(float)})


def _drawn(rng: np.random.Generator, y: np.ndarray, columns: dict[str, np.ndarray]) -> Drawn:
    frame, confidence = pd.DataFrame({"y": y} | columns), level(rng)
    terms = [columns[name] == kind for name in columns if name == "word" for kind in (1, 2) if kind in columns[name]]
    x = np.column_stack([*(columns[name] for name in columns if name != "word"), *terms])
    if "word" in frame:
        frame["word"] = frame["word"].map(dict(enumerate("abc"))).astype("category")
        frame["word"] = frame["word"].cat.set_categories([w for w in "abc" if w == "a" or w in frame["word"].values])
    order = [name for name in columns if name != "word"] + [name for name in columns if name == "word"]
    found = logistic.multivariable(frame, "y", order, confidence)
    bounds = found[["coefficient_low", "coefficient_high"]].to_numpy(dtype=float).T
    return f"regression({r(y)}, {r(x)}, {confidence}, {r(bounds)})", found[TERM].to_numpy(dtype=float).T.ravel()


@numbers_of(power.proportions)
def power_of_shares(rng: np.random.Generator) -> Drawn:
    n, p, target, alpha = _sizes(rng), _shares(rng), *_aims(rng)
    frame = pd.DataFrame({"p1": [p[0]], "n1": [n[0]], "p2": [p[1]], "n2": [n[1]]})
    found = power.proportions(frame, target, alpha).loc[0, NEEDED]
    return f"power_of_shares({r(p)}, {r(n)}, {target}, {alpha})", found.astype(float)


@numbers_of(power.means)
def power_of_means(rng: np.random.Generator) -> Drawn:
    n, s, (target, alpha) = _sizes(rng), rng.uniform(0.5, 2, 2) * (rng.random() > 0.05), _aims(rng)
    d = rng.choice([0, *rng.uniform(-1.5, 1.5, 9)])
    frame = pd.DataFrame({"n1": [n[0]], "sd1": [s[0]], "n2": [n[1]], "sd2": [s[1]], "difference": [d]})
    found = power.means(frame, target, alpha).loc[0, NEEDED]
    return f"power_of_means({float(d)!r}, {r(s)}, {r(n)}, {target}, {alpha})", found.astype(float)


@numbers_of(power.pairs_from_summaries)
def power_of_pairs(rng: np.random.Generator) -> Drawn:
    n, s, effect = _sizes(rng), rng.uniform(0.5, 2, 2), float(rng.choice([0.2, 0.5, 0.8]))
    frame = pd.DataFrame({"score": "a", "n": n, "sd": s})
    found = power.pairs_from_summaries(frame, "score", effect).loc[0, ["difference", *NEEDED]]
    return f"power_of_pairs({effect}, {r(s)}, {r(n)})", found.astype(float)


@numbers_of(power.each_answer)
def power_of_answers(rng: np.random.Generator) -> Drawn:
    counts, share = rng.multinomial(rng.integers(3, 200), [0.6, 0.3, 0.1]), float(rng.choice([0.1, 0.3, 0.5, 0.9]))
    cells = pd.DataFrame({"variable": "q", "label": list("abc"), "count": counts, "n": counts.sum()})
    found = power.each_answer(cells, share)["detectable"]
    return f"power_of_answers({r(counts)}, {share})", found


def _sizes(rng: np.random.Generator) -> np.ndarray:
    n = rng.choice([1, 2, rng.integers(3, 9), rng.integers(9, 200), rng.integers(9, 200)], 2)
    return n if rng.random() < 0.5 else n[[0, 0]]


def _shares(rng: np.random.Generator) -> np.ndarray:
    p = rng.choice([0, 1, *rng.random(10).round(3)], 2)
    return p if rng.random() < 0.95 else p[[0, 0]]


def _aims(rng: np.random.Generator) -> tuple[float, float]:
    return float(rng.choice([0.7, 0.8, 0.9])), float(rng.choice([0.01, 0.05, 0.1]))
