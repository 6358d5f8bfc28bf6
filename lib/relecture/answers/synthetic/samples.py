"""Samples of whole numbers that print as a mean and a standard deviation, and ratings that add up to a score.

A printed number is a *window* of true values: the one it was rounded from (*arrondi*) or, failing
that, the one it was cut from (*troncature*). Everything is exact: sums and sums of squares are
integers, windows are fractions, so a sample is right or it is not. The standard deviation is the
sample one (n - 1). The draws are seeded and plausible in shape; they are not uniform over all
compatible samples, and nothing here knows about questionnaires.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from math import ceil, floor

import numpy as np

from relecture.core.numbers import Interval, Printed

PAIRS = 10  # pairs (sum, sum of squares) tried under each convention, the most central first
MOVES = 600  # moves of a sample towards one pair before the next pair is tried
KICK = 0.1  # how often a move that would not help is made all the same


def integers(
    n: int, mean: str, sd: str, low: int, high: int, *, median: str | None = None, rng: np.random.Generator
) -> np.ndarray:
    """`n` whole numbers from low to high with the printed mean, standard deviation and median.

    Mean and deviation are met under one same convention, rounding first. When no sample was found within the bounds,
    numbers about that mean and that deviation.

    >>> ages = integers(21, "41,09", "8,39", 24, 75, median="41", rng=np.random.default_rng(1))
    >>> int(ages.sum()), f"{ages.std(ddof=1):.3f}", float(np.median(ages))
    (863, '8.396', 41.0)
    >>> integers(3, "63,9", "10,5", 20, 80, rng=np.random.default_rng(1)).tolist()
    [58, 76, 58]
    """
    centre, spread = (float(Printed.read(text).centre) for text in (mean, sd))
    drawn = rng.normal(centre, spread, n)
    if n > 1:
        drawn = centre + (drawn - drawn.mean()) * (spread / (drawn.std(ddof=1) or 1))
    bounds = _bounds(n, low, high, median)
    for total, square in _targets(n, mean, sd) if n > 1 else ():
        values = _folded(np.sort(drawn), *bounds)
        if _reach(values, *bounds, total, square, rng):
            return rng.permutation(values)
    return _folded(drawn, low, high)


def items(
    totals: Sequence[int], count: int = 20, low: int = 1, high: int = 4, *, rng: np.random.Generator
) -> np.ndarray:
    """One row a respondent, `count` answers from low to high whose sum is exactly the total.

    A respondent has one latent level and an item one difficulty, so that items agree with one another
    without being equal. Raises ValueError for a total no answers can make.

    >>> items([20, 47, 80], rng=np.random.default_rng(1)).sum(axis=1).tolist()
    [20, 47, 80]
    """
    if outside := [int(total) for total in totals if not count * low <= total <= count * high]:
        raise ValueError(f"totaux hors de {count * low}–{count * high} : {outside}")
    difficulty = rng.normal(0, 0.45, count)
    latent = np.divide(totals, count)[:, None] + difficulty - difficulty.mean()
    latent = latent + rng.normal(0, 0.5, latent.shape)
    rows = np.clip(latent.round(), low, high).astype(int)
    return np.array([_settle(*row, low, high) for row in zip(rows, latent, totals, strict=True)])


def _settle(row: np.ndarray, latent: np.ndarray, total: int, low: int, high: int) -> np.ndarray:
    while missing := int(total - row.sum()):
        sign = 1 if missing > 0 else -1
        room = (row < high) if sign > 0 else (row > low)
        row[np.argmax(np.where(room, sign * (latent - row), -np.inf))] += sign
    return row


def _bounds(n: int, low: int, high: int, median: str | None) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of each value in ascending order: the middle ones are the median, no one crosses it."""
    lows, highs = np.full(n, low), np.full(n, high)
    if median is not None and n:
        middle = Printed.read(median).exact
        below, above = floor(middle), ceil(middle)
        half = n // 2
        highs[:half], lows[half:] = below, above
        lows[(n - 1) // 2], highs[half] = below, above
    return lows, highs


def _targets(n: int, mean: str, sd: str) -> Iterator[tuple[int, int]]:
    """Sums and sums of squares that print as the mean and the deviation; x and x squared have one parity."""
    for rounding in ("nearest", "truncated"):
        means, variances = Printed.read(mean).within(rounding), Printed.read(sd).within(rounding).squared()
        pairs = (
            (total, square)
            for total in _central(means, n)
            for square in _central(variances + Interval(*2 * [Fraction(total * total, n * (n - 1))]), n - 1)
            if (square - total) % 2 == 0
        )
        yield from islice(pairs, PAIRS)


def _central(true: Interval, scale: int) -> list[int]:
    """Whole numbers whose quotient by the scale is inside, the most central first."""
    centre = (true.low + true.high) * scale
    return sorted(true.integers(scale), key=lambda k: (abs(2 * k - centre), k))


def _folded(values: np.ndarray, lows: np.ndarray | int, highs: np.ndarray | int) -> np.ndarray:
    """Values beyond a bound are folded back inside, so that they do not pile up on it."""
    folded = np.where(values > highs, 2 * highs - values, values)
    folded = np.where(folded < lows, 2 * lows - folded, folded)
    return np.clip(folded.round().astype(int), lows, highs)


def _reach(
    values: np.ndarray, lows: np.ndarray, highs: np.ndarray, total: int, square: int, rng: np.random.Generator
) -> bool:
    """Moves the values, within bounds, to that sum then to that sum of squares; False when stuck."""
    while missing := total - int(values.sum()):
        sign = 1 if missing > 0 else -1
        room = np.flatnonzero(values < highs if sign > 0 else values > lows)
        if not len(room):
            return False
        values[rng.permutation(room)[: abs(missing)]] += sign
    for _ in range(MOVES):
        if not (missing := square - int((values**2).sum())):
            return True
        _stretch(values, lows, highs, missing, rng)
    return False


def _stretch(values: np.ndarray, lows: np.ndarray, highs: np.ndarray, missing: int, rng: np.random.Generator) -> None:
    """Adds 1 to a value and takes 1 from another, in pairs drawn at random, of those that do not go too far."""
    half = len(values) // 2
    up, down = rng.permutation(len(values))[: 2 * half].reshape(2, half)
    gains = 2 * (values[up] - values[down] + 1) * (1 if missing > 0 else -1)
    legal = (values[up] < highs[up]) & (values[down] > lows[down])
    moved = legal & (gains > 0) & (gains <= abs(missing))
    moved &= np.cumsum(gains * moved) <= abs(missing)
    if not moved.any() and rng.random() < KICK:
        moved = legal & (np.cumsum(legal) == 1)
    values[up[moved]] += 1
    values[down[moved]] -= 1
