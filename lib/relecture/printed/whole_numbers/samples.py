"""Samples of whole numbers behind a printed mean and SD: counted, listed, drawn.

A sample of n answers on a scale is the count of each value (order does not matter). All those that print the mean and
the SD (divided by n - 1, rounded to nearest) are found: the problem of CLOSURE (Larigaldie), here in frequency space
and in exact integers. The print leaves a few sums, and for each a few sums of squares of its parity; what can reach
them is found in `relecture.printed.whole_numbers.sample_search`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from relecture.core.numbers import OneSided, Printed, Scale
from relecture.printed.whole_numbers.sample_search import CELLS, OuterCounts, WaysTable, refuse

if TYPE_CHECKING:
    import pandas as pd

_SEARCHED = 100_000  # outer counts looked at to say whether a sample exists
_WRITTEN = 20_000_000  # outer counts times bounds compared one by one, before a table is made


def count(mean: str, sd: str, *, n: int, scale: Scale) -> int:
    """How many samples of `n` answers on the scale print this mean and SD; exact.

    >>> count("3,5", "0,5", n=52, scale=(1, 5))       # unsum, scrutipy
    15
    """
    outer = _search(mean, sd, n, scale)
    if not outer.bounds:
        return 0
    if outer.short:
        return len(outer.listed())
    layers = outer.layers(_WRITTEN // len(outer.bounds))
    if not layers and WaysTable.cells(outer) <= CELLS:
        table = WaysTable(outer)
        return sum(table.count(bounds) for bounds in outer.bounds)
    _, *sums = layers or outer.layers(CELLS // 10) or refuse(outer)
    return sum(int(np.count_nonzero(fits)) for _, fits in outer.fitting(*sums))


def exists(total: int, squares: int, *, n: int, scale: Scale) -> bool:
    """Whether some sample on the scale has this sum and sum of squares, of the same parity.

    Exact where the search stays small; on a scale too wide for that, true: nothing then speaks against it.

    >>> exists(10, 28, n=5, scale=(1, 5)), exists(10, 30, n=5, scale=(1, 5))      # 1, 1, 1, 3, 4; brute force: none
    (True, False)
    """
    low, high = min(scale[0], scale[1] - 2), scale[1]
    middle = min(max(round(total / n), low + 1), high - 1)
    shift, around = total - n * middle, squares - 2 * middle * total + n * middle**2
    if around < abs(shift):
        return False
    outer = OuterCounts(range(low, high + 1), middle, n, [((around + shift) // 2, (around - shift) // 2, around - n)])
    if outer.short:
        return bool(outer.listed())
    layers = outer.layers(_SEARCHED)
    return layers is None or any(fits.any() for _, fits in outer.fitting(*layers[1:]))


def frequencies(mean: str, sd: str, *, n: int, scale: Scale) -> pd.DataFrame:
    """Every such sample: one row a sample, one column a value of the scale, counts inside.

    A scale of one or two values is padded below to three; those values are never used.
    """
    import pandas as pd

    outer = _search(mean, sd, n, scale)
    rows = outer.rows() if outer.bounds else np.empty((0, len(outer.values)), dtype=np.int64)
    return pd.DataFrame(rows, columns=outer.values, copy=False)


def draw(mean: str, sd: str, *, n: int, scale: Scale, size: int, seed: int) -> pd.DataFrame:
    """`size` samples drawn uniformly, with replacement, in the form of `frequencies`.

    ValueError when no sample prints this mean and SD.
    """
    import pandas as pd

    outer = _search(mean, sd, n, scale)
    rows = _drawn(outer, size, np.random.default_rng(seed)) if outer.bounds else None
    if rows is None:
        raise ValueError(f"aucun échantillon de {n} réponses ne donne {mean} ± {sd} sur l'échelle {scale}")
    return pd.DataFrame(rows, columns=outer.values)


def _drawn(outer: OuterCounts, size: int, rng: np.random.Generator) -> np.ndarray | None:
    """From the list where it can be written out, else from the table; None when there is no sample."""
    if WaysTable.cells(outer) <= CELLS and not outer.layers(_WRITTEN // len(outer.bounds)):
        return WaysTable(outer).draw(size, rng)
    rows = outer.rows()
    return rows[rng.integers(len(rows), size=size)] if len(rows) else None


def _search(mean: str, sd: str, n: int, scale: Scale) -> OuterCounts:
    """The outer values and their bounds, around three values as near to the mean as the scale allows."""
    low, high = min(scale[0], scale[1] - 2), scale[1]
    middle = min(max(round(Printed.read(mean).centre), low + 1), high - 1)
    bounds = [
        ((around + shift) // 2, (around - shift) // 2, around - n)
        for shift, around in _totals(mean, sd, n, middle)
        if around >= abs(shift)
    ]
    if unused := scale[0] - low:  # padded values, whose count must be 0
        bounds = [(above, 0, spread) for above, below, spread in bounds if not below and (unused == 1 or above == n)]
    return OuterCounts(range(low, high + 1), middle, n, bounds)


def _totals(mean: str, sd: str, n: int, middle: int) -> Iterator[tuple[int, int]]:
    """Sums and sums of squares that print so once `middle` is taken from each answer: whole numbers, ends included."""
    if n < 2:
        return
    (low, high, unit), (least, most, fine) = _ends(mean), _ends(sd)
    inner, outer = max(least, 0) ** 2 * n * (n - 1), most**2 * n * (n - 1)
    scaled, square, offset = fine**2 * n, fine**2, n * middle
    for total in range(-(-low * n // unit) - offset, high * n // unit - offset + 1):
        base = square * total**2
        first = -(-(base + inner) // scaled)
        for squares in range(first + (first + total) % 2, (base + outer) // scaled + 1, 2):
            yield total, squares


def _ends(text: str) -> tuple[int, int, int]:
    """Both ends of the true values rounded to a print, over their common denominator."""
    printed = Printed.read(text)
    if printed.comparison:
        raise OneSided(f"« {text} » n'est qu'une borne : il faut une moyenne et un écart type imprimés")
    twice, unit = printed.doubled
    return twice - 1, twice + 1, unit
