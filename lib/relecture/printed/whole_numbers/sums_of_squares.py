"""Sums of squares of whole numbers with a given sum: the least, the largest, those reached, and an example."""

from __future__ import annotations

from collections import Counter
from itertools import combinations_with_replacement
from math import inf, isqrt

from relecture.core.numbers import Scale

_SEARCHED = 100_000  # values tried for the first of three or four numbers


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
        pairs = combinations_with_replacement(sorted(counts), 2)
        moves = ((*_apart(*pair, missing, scale), *pair) for pair in pairs if counts[pair[0]] > (pair[0] == pair[1]))
        gain, step, low, high = max(moves)
        if not gain:
            return Counter()
        times = min(missing // gain, counts[low] // 2 if low == high else min(counts[low], counts[high]))
        for value, more in ((low, -times), (high, -times), (low - step, times), (high + step, times)):
            counts[value] += more
        counts, missing = +counts, missing - gain * times
    return counts


def _apart(low: int, high: int, missing: int, scale: Scale) -> tuple[int, int]:
    """What moving two answers apart adds to the sum of squares, `missing` at most, and the step."""
    gap = high - low
    step = min(low - scale[0], scale[1] - high, (isqrt(gap**2 + 2 * missing) - gap) // 2)
    return 2 * step * (gap + step), step
