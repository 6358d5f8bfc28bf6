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
from math import ceil, floor, isqrt

import numpy as np

from relecture.core.numbers import Interval, Printed

PAIRS = 10  # pairs (sum, sum of squares) tried under each convention, the most central first
MOVES = 600  # moves of a sample towards one pair before the next pair is tried
LARGE = 100  # respondents beyond which a move looks at that many of them, and starts from an adjusted sample
STRIDE = 40  # largest change of the sum of squares aimed at in one move: keeps the shape of the start


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
    centre, spread = (float(text.replace(",", ".")) for text in (mean, sd))
    bounds = _bounds(n, low, high, median)
    for total, square in _targets(n, mean, sd) if n > 1 else ():
        start = _folded(np.sort(_start(total / n, spread, n, rng)), *bounds)
        if (values := _reach(start, bounds, total, square, rng)) is not None:
            return rng.permutation(values)
    drawn = _adjusted(rng.normal(centre, spread, n), centre, spread) if n > 1 else np.full(n, centre)
    return _folded(drawn, np.full(n, low), np.full(n, high))


def _start(centre: float, spread: float, n: int, rng: np.random.Generator) -> np.ndarray:
    drawn = rng.normal(centre, spread, n)
    return _adjusted(drawn, centre, spread) if n > LARGE else drawn


def _adjusted(drawn: np.ndarray, centre: float, spread: float) -> np.ndarray:
    """The same sample moved and stretched to this mean and this deviation."""
    return centre + (drawn - drawn.mean()) * (spread / (drawn.std(ddof=1) or 1))


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
        middle = Fraction(median.replace(",", "."))
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


def _folded(values: np.ndarray, lows: np.ndarray, highs: np.ndarray) -> np.ndarray:
    """Values beyond a bound are folded back inside, so that they do not pile up on it."""
    folded = np.where(values > highs, 2 * highs - values, values)
    folded = np.where(folded < lows, 2 * lows - folded, folded)
    return np.clip(folded.round().astype(int), lows, highs)


def _reach(
    values: np.ndarray, bounds: tuple[np.ndarray, np.ndarray], total: int, square: int, rng: np.random.Generator
) -> np.ndarray | None:
    """Moves the values, within bounds, to that sum then to that sum of squares; None when stuck."""
    lows, highs = bounds
    while missing := total - int(values.sum()):
        sign = 1 if missing > 0 else -1
        room = np.flatnonzero(values < highs if sign > 0 else values > lows)
        if not len(room):
            return None
        values[rng.choice(room)] += sign
    for _ in range(MOVES):
        missing = square - int((values**2).sum())
        if missing == 0 or (abs(missing) <= STRIDE and _completed(values, lows, highs, missing, rng)):
            return values
        _stretch(values, lows, highs, missing, rng)
    return None


def _completed(values: np.ndarray, lows: np.ndarray, highs: np.ndarray, missing: int, rng: np.random.Generator) -> bool:
    """Replaces three values, if it can, by three of the same sum whose squares add what is missing."""
    if len(values) < 3:
        return False
    three = rng.choice(len(values), 3, replace=False)
    total, square = int(values[three].sum()), int((values[three] ** 2).sum()) + missing
    first = rng.permutation(np.arange(lows[three[0]], highs[three[0]] + 1))
    apart = 2 * (square - first**2) - (total - first) ** 2  # squared difference of the two others
    for one, gap in zip(first[apart >= 0], apart[apart >= 0], strict=True):
        if (root := isqrt(gap)) ** 2 == gap:
            found = np.array([one, (total - one - root) // 2, (total - one + root) // 2])
            if (found >= lows[three]).all() and (found <= highs[three]).all():
                values[three] = found
                return True
    return False


def _stretch(values: np.ndarray, lows: np.ndarray, highs: np.ndarray, missing: int, rng: np.random.Generator) -> None:
    """Adds 1 to one value and takes 1 from another: the best small step, or any step when none helps."""
    n = len(values)
    some = np.arange(n) if n <= LARGE else rng.choice(n, LARGE, replace=False)
    own, up_room, down_room = values[some], (values < highs)[some], (values > lows)[some]
    gain = 2 * (own[:, None] - own[None, :] + 1)
    legal = up_room[:, None] & down_room[None, :] & ~np.eye(len(some), dtype=bool)
    closer = legal & (np.abs(missing - gain) < abs(missing))
    miss = np.abs(np.clip(missing, -STRIDE, STRIDE) - gain)
    moves = np.argwhere(closer & (miss == miss[closer].min()) if closer.any() else legal)
    if len(moves):
        up, down = some[rng.choice(moves)]
        values[up] += 1
        values[down] -= 1
