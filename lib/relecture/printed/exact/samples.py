"""Samples of whole numbers behind a printed mean and SD: counted, listed, drawn.

A sample of n answers on a scale is the count of each value (a multiset: order does not matter). All
those that print the mean and the SD (divided by n - 1, rounded to nearest) are counted, listed, or
drawn uniformly: the problem of CLOSURE (Larigaldie), here in frequency space and in exact integers.

Method: the print leaves a few sums, and for each a few sums of squares of its parity; what can reach
them is found in `relecture.printed.exact.sample_search`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations_with_replacement
from math import inf, isqrt
from typing import TYPE_CHECKING

import numpy as np

from relecture.core.numbers import OneSided, Printed, Scale
from relecture.printed.exact.sample_search import CELLS, CountTable, OuterCounts, refuse

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
    if not layers and CountTable.cells(outer) <= CELLS:
        table = CountTable(outer)
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


def least_squares(total: int, n: int) -> int:
    """The smallest sum of squares of `n` integers with that sum: all equal, up to one.

    >>> least_squares(7, 3)      # 2, 2, 3
    17
    """
    low, extra = divmod(total, n)
    return (n - extra) * low**2 + extra * (low + 1) ** 2


def most_squares(total: int, n: int, scale: Scale) -> int:
    """The largest sum of squares on a scale: answers at both ends, one in between."""
    low, high = scale
    if low == high:
        return total * low
    at_top, rest = divmod(total - n * low, high - low)
    inner = n - at_top - 1
    return at_top * high**2 + ((low + rest) ** 2 + inner * low**2 if inner >= 0 else 0)


def reached(total: int, squares: int, n: int) -> bool:
    """Whether `n` integers have this sum and sum of squares, of one parity and not below the minimum.

    From five integers on, always. Four have unless 4 Q - T^2 is 4^a (8 b + 7) (Legendre's three squares, Cauchy's
    lemma), two when 2 Q - T^2 is a square; three are searched, up to the width where a search would last.

    >>> reached(2, 6, 1), reached(3, 9, 3), reached(0, 10, 4), reached(0, 28, 4)      # 2, 2, -1; 2, 1, -1, -2
    (False, True, True, False)
    """
    rest = n * squares - total**2
    if n == 4:
        while rest and rest % 4 == 0:
            rest //= 4
        return rest % 8 != 7
    if n == 3:
        firsts = _firsts(total, rest, n)
        return len(firsts) > _SEARCHED or any(reached(total - one, squares - one**2, 2) for one in firsts)
    return n > 4 or (isqrt(max(rest, 0)) ** 2 == rest if n == 2 else rest == 0)


def example(total: int, squares: int, *, n: int, scale: Scale | None = None) -> dict[int, int]:
    """A sample with this sum and sum of squares, as counts of values; empty where a short search meets none.

    Answers as equal as the sum allows are moved apart by pairs, which keeps the sum (as in SPRITE, Heathers et al.
    2018), no farther than about one SD at first.

    >>> example(863, 36873, n=21)
    {32: 8, 35: 1, 41: 3, 47: 1, 49: 1, 50: 4, 51: 3}
    """
    if n < 5:
        return _few(total, squares, n, scale)
    middle, reach = total // n, isqrt(n * squares - total**2) // n + 1
    low, high = scale or (middle - 9 * reach, middle + 9 * reach)
    while True:
        counts = _spread(total, squares, n, (max(low, middle - reach), min(high, middle + 1 + reach)))
        if counts or (middle - reach <= low and high <= middle + 1 + reach):
            return dict(sorted(counts.items()))
        reach += reach // 2 + 1


def _few(total: int, squares: int, n: int, scale: Scale | None) -> dict[int, int]:
    """A sample of at most four integers, the values near the mean first."""
    if n == 0:
        return {}
    low, high = scale or (-inf, inf)
    for one in sorted(_firsts(total, n * squares - total**2, n)[:_SEARCHED], key=lambda one: abs(n * one - total)):
        left, below, others = total - one, squares - one**2, n - 1
        if low <= one <= high and (left == below == 0 if not others else below >= least_squares(left, others)):
            rest = _few(left, below, others, scale) if not others or reached(left, below, others) else {}
            if rest or not others:
                return dict(sorted((Counter(rest) + Counter([one])).items()))
    return {}


def _firsts(total: int, rest: int, n: int) -> range:
    """Values that one of n integers may take, where `rest` is n Q - T^2: those within sqrt((n - 1) rest) / n."""
    middle, reach = total // n, isqrt((n - 1) * max(rest, 0)) // n + 1
    return range(middle - reach, middle + reach + 2)


def _spread(total: int, squares: int, n: int, scale: Scale) -> Counter[int]:
    """Pairs moved apart within a scale, each time the move that adds most, until the sum of squares is reached."""
    base, extra = divmod(total, n)
    counts, missing = +Counter({base: n - extra, base + 1: extra}), squares - least_squares(total, n)
    if min(counts) < scale[0] or max(counts) > scale[1]:
        return Counter()
    while missing > 0:
        pairs = [
            pair for pair in combinations_with_replacement(sorted(counts), 2) if counts[pair[0]] > (pair[0] == pair[1])
        ]
        gain, step, low, high = max((*_apart(*pair, missing, scale), *pair) for pair in pairs)
        if not gain:
            return Counter()
        times = min(missing // gain, counts[low] // 2 if low == high else min(counts[low], counts[high]))
        counts.subtract({low: times})
        counts.subtract({high: times})
        counts.update({low - step: times})
        counts.update({high + step: times})
        counts, missing = +counts, missing - gain * times
    return counts


def _apart(low: int, high: int, missing: int, scale: Scale) -> tuple[int, int]:
    """What moving two answers apart adds to the sum of squares, `missing` at most, and the step."""
    gap = high - low
    step = min(low - scale[0], scale[1] - high, (isqrt(gap**2 + 2 * missing) - gap) // 2)
    return 2 * step * (gap + step), step


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
    if CountTable.cells(outer) <= CELLS and not outer.layers(_WRITTEN // len(outer.bounds)):
        return CountTable(outer).draw(size, rng)
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
    """Sums and sums of squares, of the same parity, that print so, once `middle` is taken from each answer.

    In integers, both ends of the rounding included.
    """
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
