"""Which samples of whole numbers can stand behind a printed mean and SD?

A sample of n answers on a scale is the count of each value (a multiset: order does not matter). All
those that print the mean and the SD (divided by n - 1, rounded to nearest) are counted, listed, or
drawn uniformly: the problem of CLOSURE (Larigaldie), here in frequency space and in exact integers.

Method: values are taken one at a time, low to high; a state holds how many answers are placed, their
sum and their sum of squares, and carries how many ways lead to it. A state is dropped as soon as the
answers left, all at or above the next value, can no longer reach the sum or the sum of squares. The
last three counts follow from the three totals, so they are solved for, not searched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING

from relecture.printed.granularity import Scale, root_within, sums
from relecture.printed.value import Printed

if TYPE_CHECKING:
    import pandas as pd

State = tuple[int, int, int]


def count(mean: str, sd: str, *, n: int, scale: Scale) -> int:
    """How many samples of `n` answers on the scale print this mean and SD; exact.

    >>> count("3,5", "0,5", n=52, scale=(1, 5))       # unsum, scrutipy
    15
    """
    search = _Search.of(mean, sd, n, scale)
    return sum(search.layers[-1][state] * len(list(endings)) for state, endings in search.endings())


def frequencies(mean: str, sd: str, *, n: int, scale: Scale) -> pd.DataFrame:
    """Every such sample: one row a sample, one column a value of the scale, counts inside."""
    import pandas as pd

    search = _Search.of(mean, sd, n, scale)
    rows = [head + tail for state, tails in search.endings() for tail in tails for head in search.heads(state)]
    return pd.DataFrame(sorted(rows), columns=list(search.values))


def draw(mean: str, sd: str, *, n: int, scale: Scale, size: int, seed: int) -> pd.DataFrame:
    """`size` samples drawn uniformly, with replacement, in the form of `frequencies`.

    ValueError when no sample prints this mean and SD.
    """
    import numpy as np
    import pandas as pd

    search, rng = _Search.of(mean, sd, n, scale), np.random.default_rng(seed)
    ends = [(state, tail) for state, tails in search.endings() for tail in tails]
    if not ends:
        raise ValueError(f"aucun échantillon de {n} réponses ne donne {mean} ± {sd} sur l'échelle {scale}")
    weights = np.array([search.layers[-1][state] for state, _ in ends], dtype=float)
    chosen = rng.choice(len(ends), size=size, p=weights / weights.sum())
    return pd.DataFrame([search.drawn(ends[at][0], rng) + ends[at][1] for at in chosen], columns=list(search.values))


@dataclass(frozen=True)
class _Search:
    """The totals to reach, and the layers of states that can still reach one of them.

    A scale of one or two values is padded below to three; values under `lowest` are never used.
    """

    values: tuple[int, ...]
    n: int
    targets: tuple[tuple[int, int], ...]
    lowest: int

    @classmethod
    def of(cls, mean: str, sd: str, n: int, scale: Scale) -> _Search:
        true_mean, true_sd = (Printed.read(text).within("nearest") for text in (mean, sd))
        targets = [(total, squares) for total in sums(true_mean, n) for squares in _squares(total, n, true_sd)]
        low, high = min(scale[0], scale[1] - 2), scale[1]
        return cls(tuple(range(low, high + 1)), n, tuple(targets), scale[0])

    @cached_property
    def layers(self) -> list[Counter[State]]:
        """States after each of the values but the last three, with the number of ways to reach them."""
        layers = [Counter({(0, 0, 0): 1})]
        for at, value in enumerate(self.values[:-3]):
            reached: Counter[State] = Counter()
            for state, ways in layers[-1].items():
                for following in self._following(state, value, self.values[at + 1]):
                    reached[following] += ways
            layers.append(reached)
        return layers

    def endings(self) -> Iterator[tuple[State, list[tuple[int, int, int]]]]:
        """Each last state with the counts of the last three values that complete it."""
        for state in self.layers[-1]:
            if tails := [tail for target in self.targets if (tail := self._tail(state, target))]:
                yield state, tails

    def heads(self, state: State, depth: int | None = None) -> Iterator[tuple[int, ...]]:
        """Every way to reach a state: the counts of the values before the last three."""
        depth = len(self.values) - 3 if depth is None else depth
        if depth == 0:
            yield ()
        else:
            for placed, before in self._before(state, depth):
                yield from ((*head, placed) for head in self.heads(before, depth - 1))

    def drawn(self, state: State, rng) -> tuple[int, ...]:
        """One way to reach a state, uniformly: walk the layers back, weighted by the ways to each."""
        head: tuple[int, ...] = ()
        for depth in range(len(self.values) - 3, 0, -1):
            steps = list(self._before(state, depth))
            ways = [self.layers[depth - 1][before] for _, before in steps]
            placed, state = steps[rng.choice(len(steps), p=[way / sum(ways) for way in ways])]
            head = (placed, *head)
        return head

    def _following(self, state: State, value: int, next_value: int) -> Iterator[State]:
        used, total, squares = state
        for placed in range(self.n - used + 1):
            following = (used + placed, total + placed * value, squares + placed * value**2)
            if self._alive(following, next_value):
                yield following

    def _alive(self, state: State, low: int) -> bool:
        """Whether answers between `low` and the top can still reach some target from here."""
        used, total, squares = state
        left, high = self.n - used, self.values[-1]
        for target_total, target_squares in self.targets:
            rest, rest_squares = target_total - total, target_squares - squares
            within = left * low <= rest <= left * high
            if within and left * rest_squares >= rest**2 and rest_squares <= rest * (low + high) - left * low * high:
                return True
        return False

    def _before(self, state: State, depth: int) -> Iterator[tuple[int, State]]:
        used, total, squares = state
        value, layer = self.values[depth - 1], self.layers[depth - 1]
        for placed in range(used + 1):
            before = (used - placed, total - placed * value, squares - placed * value**2)
            if before in layer:
                yield placed, before

    def _tail(self, state: State, target: tuple[int, int]) -> tuple[int, int, int] | None:
        """Counts of the last three values, from the answers, sum and squares left; None when not whole."""
        used, total, squares = state
        middle = self.values[-2]
        left, rest = self.n - used, target[0] - total
        moment = rest - left * middle
        spread = target[1] - squares - 2 * middle * rest + left * middle**2
        above, odd = divmod(spread + moment, 2)
        tail = (above - moment, left - 2 * above + moment, above)
        outside = sum(tail[: max(0, self.lowest - self.values[-3])])
        return None if odd or min(tail) < 0 or outside else tail


def _squares(total: int, n: int, true_sd) -> list[int]:
    base = Fraction(total**2, n)
    low, high = (max(end, Fraction(0)) ** 2 * (n - 1) + base for end in (true_sd.low, true_sd.high))
    return [
        squares for squares in range(ceil(low), floor(high) + 1) if root_within((squares - base) / (n - 1), true_sd)
    ]
