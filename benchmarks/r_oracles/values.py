"""What every draw is made of: samples, levels, numbers as R reads them, and the functions that a draw is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

Drawn = tuple[str, Iterable[float]]  # a call of R, and the numbers of the library
Draw = Callable[[np.random.Generator], Drawn]
DRAWN: dict[Draw, tuple[Callable, ...]] = {}  # each draw, and the public functions whose numbers it shows


def numbers_of(*functions: Callable) -> Callable[[Draw], Draw]:
    """Keep a draw, with the functions that it is for."""

    def keep(draw: Draw) -> Draw:
        DRAWN[draw] = functions
        return draw

    return keep


def r(values: object) -> str:
    """Numbers, or rows of them, as R reads them."""
    array = np.asarray(values, dtype=float)
    written = ", ".join("NA" if np.isnan(value) else repr(float(value)) for value in array.ravel())
    if array.ndim == 2:
        return f"matrix(as.numeric(base::c({written})), {array.shape[0]}, {array.shape[1]}, byrow = TRUE)"
    return f"as.numeric(base::c({written}))"


def level(rng: np.random.Generator) -> float:
    """The confidence asked, 95 % once in two."""
    return float(rng.choice([0.9, 0.95, 0.95, 0.99]))


def size(rng: np.random.Generator, most: int = 60) -> int:
    """Respondents of a group: one, two, a few, many."""
    return int(rng.choice([1, 2, rng.integers(3, 9), rng.integers(9, most), rng.integers(9, most)]))


def sample(rng: np.random.Generator, n: int) -> np.ndarray:
    """A number asked to n respondents: normal, skewed, on a scale, nearly constant, constant."""
    kinds = (
        rng.normal(50, 10, n), rng.normal(50, 10, n), rng.exponential(10, n), rng.integers(1, 6, n),
        (rng.random(n) < 0.2).astype(int), np.full(n, 3),
    )  # fmt: skip
    return np.asarray(kinds[rng.integers(6)], dtype=float).round(rng.integers(1, 9))


def holed(rng: np.random.Generator, values: np.ndarray, share: float = 0.1) -> np.ndarray:
    """The same, some missing in one data set out of two."""
    values = np.asarray(values, dtype=float)
    return np.where(rng.random(values.shape) < share * rng.integers(2), np.nan, values)


def codes(rng: np.random.Generator, n: int, kinds: int) -> np.ndarray:
    """Answers of n respondents among some kinds, often unequal, some of which nobody gives."""
    return rng.choice(kinds, n, p=rng.dirichlet(np.full(kinds, rng.choice([0.3, 2])))).astype(float)
