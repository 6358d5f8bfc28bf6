"""How often intervals hold the truth of known populations, at the sizes of the theses."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from relecture.core.french import number
from relecture.stats.estimates import compare, describe, effects


def measured(draws: int, seed: int) -> Iterable[dict]:
    """How often intervals at 95 % hold the truth, at the sizes of the theses."""
    rng = np.random.default_rng(seed)
    held = [_holds(describe.proportion(int(rng.binomial(81, 0.3)), 81), 0.3) for _ in range(draws)]
    yield {"name": "part (Wilson), 81 répondants", "held": np.mean(held)}
    held = [_holds(effects.difference(*_pair(rng, 0.6, 21, 0.4, 60)), 0.2) for _ in range(draws)]
    yield {"name": "différence de parts (Newcombe), 21 et 60", "held": np.mean(held)}
    for shift in (0.3, 0.7, 1.2):
        sizes = (21, 17, 43)
        many = [rng.normal(shift * rank, 1, 2000 * size) for rank, size in enumerate(sizes)]
        truth = compare.several_groups(_stacked(many), "x", "g").loc[0, "epsilon_squared"]
        drawn = ([rng.normal(shift * rank, 1, size) for rank, size in enumerate(sizes)] for _ in range(draws))
        held = [_holds(effects.epsilon_squared(samples), truth) for samples in drawn]
        yield {"name": f"ε² (vrai : {number(truth, 2)}), 21, 17 et 43", "held": np.mean(held)}
    for sd in (1, 1.5):
        truth, held = 0.8 / ((20 * sd**2 + 59) / 79) ** 0.5, []
        for _ in range(draws):
            x, y = rng.normal(0.8, sd, 21), rng.normal(0, 1, 60)
            found = compare.from_summaries(21, x.mean(), x.std(ddof=1), 60, y.mean(), y.std(ddof=1)).loc[1]
            held.append(found["g_low"] <= truth <= found["g_high"])
        yield {"name": f"g de Hedges (Welch), écarts types {number(sd)} et 1, 21 et 60", "held": np.mean(held)}


def _holds(interval: describe.Interval, truth: float) -> bool:
    return bool(interval.low - 1e-12 <= truth <= interval.high)


def _pair(rng: np.random.Generator, p: float, n: int, q: float, m: int) -> tuple[int, int, int, int]:
    return int(rng.binomial(n, p)), n, int(rng.binomial(m, q)), m


def _stacked(samples: list[np.ndarray]) -> pd.DataFrame:
    groups = np.repeat(range(len(samples)), list(map(len, samples)))
    return pd.DataFrame({"x": np.concatenate(samples), "g": groups})
