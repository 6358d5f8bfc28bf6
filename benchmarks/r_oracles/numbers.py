"""Draws for what is computed of numbers: summaries, means, comparisons of groups, scores."""

from __future__ import annotations

import numpy as np
import pandas as pd

from r_oracles.values import Drawn, holed, level, numbers_of, r, sample, size
from relecture.stats.estimates import compare, describe, effects, reliability
from relecture.stats.estimates.describe import Interval

FAR = 12  # a t beyond which R's noncentral t is not precise
TWO = [
    "n1", "n2", "mean1", "mean2", "sd1", "sd2", "median1", "median2", "p_shapiro1", "p_shapiro2", "statistic", "p",
    "difference", "low", "high", "hedges_g", "g_low", "g_high", "rank_biserial", "r_low", "r_high", "common_language",
]  # fmt: skip
REST = ["n", "mean", "correlation"]
MEANS = ["statistic", "df", "p", "difference", "low", "high", "hedges_g", "g_low", "g_high"]


def bounds(found: Interval) -> tuple[float, float, float]:
    """The three numbers of an interval."""
    return found.estimate, found.low, found.high


@numbers_of(describe.mean_interval)
def mean_interval(rng: np.random.Generator) -> Drawn:
    x, confidence = rng.normal(50, 10, size(rng)), level(rng)
    mean, sd = float(x.mean()), float(x.std(ddof=1)) if len(x) > 1 else np.nan
    return f"mean_interval({r(x)}, {confidence})", bounds(describe.mean_interval(mean, sd, len(x), confidence))


@numbers_of(describe.mean_intervals)
def mean_intervals(rng: np.random.Generator) -> Drawn:
    frame = pd.DataFrame({"n": [size(rng) for _ in range(4)], "mean": rng.normal(50, 9, 4), "sd": rng.gamma(2, 5, 4)})
    frame.loc[frame.index[rng.random(4) < 0.1], "sd"] = np.nan
    confidence = level(rng)
    found = describe.mean_intervals(frame, confidence)
    return f"mean_intervals({r(frame)}, {confidence})", found[["low", "high"]].to_numpy().T.ravel()


@numbers_of(describe.summary)
def summary(rng: np.random.Generator) -> Drawn:
    x = holed(rng, sample(rng, size(rng)), rng.choice([0.1, 1]))
    found = describe.summary(x)
    return f"summary_({r(x)})", (found.n, found.mean, found.sd, found.median, found.q1, found.q3)


@numbers_of(compare.two_groups)
def two_groups(rng: np.random.Generator) -> Drawn:
    x, y = sample(rng, size(rng)), sample(rng, size(rng)) + rng.integers(0, 3)
    x, y, ordinal, confidence = holed(rng, x), holed(rng, y), bool(rng.random() < 0.3), level(rng)
    frame = pd.DataFrame({"x": [*x, *y, 3], "g": ["x"] * len(x) + ["y"] * len(y) + [None]})
    found = compare.two_groups(frame, "x", "g", confidence, ordinal=ordinal).loc[0, TWO].astype(float)
    error = np.hypot(found["sd1"] / found["n1"] ** 0.5, found["sd2"] / found["n2"] ** 0.5)
    if abs(found["difference"]) > FAR * error:
        found[["g_low", "g_high"]] = np.nan
    return f"two_groups({r(x)}, {r(y)}, {confidence}, {'TRUE' if ordinal else 'FALSE'})", found


@numbers_of(compare.several_groups, effects.epsilon_squared)
def several_groups(rng: np.random.Generator) -> Drawn:
    n, confidence = size(rng, 90) + 2, level(rng)
    x, groups = holed(rng, sample(rng, n)), rng.choice(4, n, p=[0.5, 0.3, 0.15, 0.05])
    found = compare.several_groups(pd.DataFrame({"x": x, "g": groups}), "x", "g", confidence).loc[0]
    found = found[["groups", "n", "statistic", "df", "p", "epsilon_squared", "low", "high"]].astype(float)
    return f"several_groups({r(x)}, {r(groups)}, {confidence}, {r(found[['low', 'high']])})", found


@numbers_of(compare.from_summaries)
def from_summaries(rng: np.random.Generator) -> Drawn:
    summaries, confidence = _summaries(rng), level(rng)
    found = compare.from_summaries(*summaries, confidence)[MEANS].to_numpy(copy=True)
    found[np.abs(found[:, 0]) > FAR, -2:] = np.nan
    return f"from_summaries({r(summaries)}, {confidence})", found.ravel()


@numbers_of(compare.pairs_from_summaries)
def pairs_from_summaries(rng: np.random.Generator) -> Drawn:
    pairs, confidence = [_summaries(rng) for _ in range(3)], level(rng)
    rows = np.array(pairs).reshape(6, 3)
    frame = pd.DataFrame(rows, columns=["n", "mean", "sd"]).assign(score=np.repeat(list("cab"), 2))
    found = compare.pairs_from_summaries(frame, "score", confidence)[MEANS].to_numpy(copy=True)
    found[np.abs(found[:, 0]) > FAR, -2:] = np.nan
    return f"pairs_from_summaries({r(pairs)}, {confidence})", found.ravel()


def _summaries(rng: np.random.Generator) -> tuple[float, ...]:
    sds = rng.gamma(2, 3, 2).round(2) * (rng.random(2) > 0.1)
    n, m = size(rng), size(rng)
    return n, round(rng.normal(10, 2), 2), sds[0], m, round(rng.normal(11, 2), 2), sds[1]


@numbers_of(effects.hedges_g)
def hedges_g(rng: np.random.Generator) -> Drawn:
    n, m, confidence = size(rng) + 1, size(rng) + 1, level(rng)
    t, df, error = rng.normal(0, 3), n + m - 2, (1 / n + 1 / m) ** 0.5
    found = effects.hedges_g(t, df, error, df, confidence)
    return f"hedges_g({float(t)!r}, {df}, {error!r}, {df}, {confidence})", bounds(found)


@numbers_of(effects.rank_biserial)
def rank_biserial(rng: np.random.Generator) -> Drawn:
    x, y, confidence = sample(rng, size(rng)), sample(rng, size(rng)), level(rng)
    return f"rank_biserial({r(x)}, {r(y)}, {confidence})", bounds(effects.rank_biserial(x, y, confidence))


@numbers_of(reliability.alpha)
def alpha(rng: np.random.Generator) -> Drawn:
    items, confidence = _items(rng), level(rng)
    found = reliability.alpha(pd.DataFrame(items), confidence)
    return f"alpha({r(items)}, {confidence})", (found.n, found.items, found.alpha, found.low, found.high)


@numbers_of(reliability.item_rest)
def item_rest(rng: np.random.Generator) -> Drawn:
    items = _items(rng)
    return f"item_rest({r(items)})", reliability.item_rest(pd.DataFrame(items))[REST].to_numpy().T.ravel()


def _items(rng: np.random.Generator) -> np.ndarray:
    n, k = size(rng), int(rng.integers(1, 8))
    items = holed(rng, (rng.normal(size=(n, 1)) + rng.normal(size=(n, k))).round(), 0.05)
    items[:, rng.random(k) < 0.1] = 2
    return items
