"""Mann-Whitney p-values that two printed groups attain, on samples drawn at random.

Whole-number samples that print the same mean and SD are drawn for each group, and the test is run on every pair. A
printed p far outside what the draws attain is atypical; it is never proof, since draws do not exhaust the samples.

Method: parallel Markov chains (Metropolis) over ordered samples. A move changes one answer, or two or three whose
changes cancel out; it is accepted when every answer stays on the scale and the sum and SD still print right. Proposals
are symmetric, so the chains settle on the uniform law over the ordered samples they can reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil, floor

import numpy as np

from relecture.core.numbers import Printed, Scale, size
from relecture.printed.exact.summaries import PrintedGroup

CHAINS, LOOKS, STEPS, BURN = 400, 5, 800, 4000
_REACH = 6  # largest change of an answer in one move
_TRIES = 100_000
_BLOCK = 50  # steps whose moves are drawn at once
_TAIL = 0.01


@dataclass(frozen=True)
class Attainable:
    """p-values of one test over the draws: extremes, the share at or above a printed p, how much they weigh."""

    low: float
    high: float
    share_above: float
    draws: int
    effective: int

    @property
    def typical(self) -> bool:
        """Whether at least one draw in a hundred lies on each side of the printed p."""
        return _TAIL <= self.share_above <= 1 - _TAIL


def mann_whitney(first: PrintedGroup, second: PrintedGroup, p: str, *, scale: Scale, seed: int = 1) -> Attainable:
    """Mann-Whitney p-values (two-sided, asymptotic, as XLSTAT's and R's default) of drawn pairs of samples.

    Groups are (n, mean, SD) as printed; ValueError when no sample of a group was found.

    >>> found = mann_whitney(("21", "63,9", "10,5"), ("60", "47,3", "12"), "< 0,001", scale=(20, 80))
    >>> found.high < 0.001
    True
    """
    samples = draws((first, second), scale, np.random.default_rng(seed))
    values = mann_whitney_p(*(looks.reshape(-1, looks.shape[-1]) for looks in samples))
    limit = float(Printed.read(p).centre)
    looks = values.reshape(LOOKS, CHAINS)
    return Attainable(
        float(values.min()), float(values.max()), float((values >= limit).mean()), values.size, _effective(looks)
    )


def mann_whitney_p(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Two-sided p-values (asymptotic, corrected for ties and continuity) of the pairs of rows of whole numbers.

    1 where all answers of a pair are equal. As `scipy.stats.mannwhitneyu`, for whose import an audit would wait longer
    than for its draws.
    """
    from scipy.special import ndtr

    values = np.unique(np.concatenate([one.ravel(), two.ravel()]))
    first, second = (np.stack([(each == value).sum(axis=1) for value in values], axis=1) for each in (one, two))
    pairs, n, ties = one.shape[1] * two.shape[1], one.shape[1] + two.shape[1], first + second
    above = (first * (second.cumsum(axis=1) - second / 2)).sum(axis=1)  # pairs the first wins, a tie for half of one
    variance = pairs / 12 * (n + 1 - (ties**3 - ties).sum(axis=1) / (n * (n - 1)))
    with np.errstate(divide="ignore"):
        return np.minimum(2 * ndtr((0.5 - abs(above - pairs / 2)) / np.sqrt(variance)), 1)


def draws(groups: Sequence[PrintedGroup], scale: Scale, rng: np.random.Generator) -> list[np.ndarray]:
    """Samples that print the mean and SD of each group: LOOKS x CHAINS x n whole numbers on the scale, for each."""
    chains = _Chains([_SampleLimits.of(group, scale) for group in groups], rng)
    looks = [chains.advanced(steps) for steps in (BURN, *[STEPS] * (LOOKS - 1))]
    return [np.stack(seen) for seen in zip(*looks, strict=True)]


@dataclass(frozen=True)
class _SampleLimits:
    """Least and largest sum that print the mean, and n times the squared deviations that print the SD."""

    n: int
    scale: Scale
    limits: tuple[int, int, int, int]

    @classmethod
    def of(cls, group: PrintedGroup, scale: Scale) -> _SampleLimits:
        n, (mean, sd) = size(group[0]), (Printed.read(text).within("nearest") for text in group[1:])
        totals = mean.integers(n)
        if not totals or n < 2:
            raise ValueError(f"aucune somme entière de {n} réponses ne donne la moyenne {group[1]}")
        spread = sd.squared() * (n * (n - 1))
        return cls(n, scale, (totals[0], totals[-1], ceil(spread.low), floor(spread.high)))

    def start(self, rng: np.random.Generator) -> np.ndarray:
        """One sample that prints right: from equal answers, random moves that bring the SD nearer."""
        total = self.limits[0]
        sample = np.full(self.n, total // self.n) + (np.arange(self.n) < total % self.n)
        for _ in range(_TRIES):
            if not (gap := self._gap(sample)):
                return sample
            tried = sample.copy()
            up, down = rng.integers(self.n, size=2)
            tried[up] += 1
            tried[down] -= 1
            inside = self.scale[0] <= tried.min() and tried.max() <= self.scale[1]
            sample = tried if inside and self._gap(tried) <= gap else sample
        raise ValueError(f"aucun échantillon de {self.n} réponses trouvé pour cette moyenne et cet écart type")

    def _gap(self, sample: np.ndarray) -> int:
        """How far the squared deviations of a sample are from those that print the SD; 0 when they do."""
        _, _, least, most = self.limits
        spread = self.n * int((sample**2).sum()) - int(sample.sum()) ** 2
        return max(least - spread, spread - most, 0)


class _Chains:
    """CHAINS samples of each group, all moved at once: one column a chain, the groups side by side."""

    def __init__(self, groups: Sequence[_SampleLimits], rng: np.random.Generator) -> None:
        starts = [np.tile(group.start(rng), (CHAINS, 1)) for group in groups]
        self.rng, self.scale, self.sizes = rng, groups[0].scale, [group.n for group in groups]
        self.n, *self.limits = np.repeat([(group.n, *group.limits) for group in groups], CHAINS, axis=0).T
        self.answers, self.firsts = np.concatenate([start.ravel() for start in starts]), self.n.cumsum() - self.n
        self.totals, self.squares = (np.add.reduceat(each, self.firsts) for each in (self.answers, self.answers**2))

    def advanced(self, steps: int) -> list[np.ndarray]:
        """The samples of each group, CHAINS x n, after so many more steps of every chain."""
        for first in range(0, steps, _BLOCK):
            for places, changes in self._moves(min(_BLOCK, steps - first)):
                self._step(places, changes)
        ends = np.cumsum(self.sizes)[:-1] * CHAINS
        return [answers.reshape(CHAINS, -1).copy() for answers in np.split(self.answers, ends)]

    def _moves(self, steps: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """For each step, the places of three answers in each chain and their changes: two arrays 3 x chains."""
        possible = _changes()
        places = np.concatenate([self.rng.integers(n, size=(steps, 3, CHAINS)) for n in self.sizes], axis=2)
        kind = self.rng.integers(len(possible), size=(steps, len(self.firsts)))
        changes = _without_repeats(places, np.stack([column[kind] for column in possible.T], axis=1))
        return zip(places + self.firsts, changes, strict=True)

    def _step(self, places: np.ndarray, changes: np.ndarray) -> None:
        """Move the chains that stay on the scale and print right; sums and sums of squares follow."""
        before = self.answers[places]
        after = before + changes
        total = self.totals + changes.sum(axis=0)
        square = self.squares + ((before + after) * changes).sum(axis=0)
        on_scale = ((after >= self.scale[0]) & (after <= self.scale[1])).all(axis=0)  # the others never left it
        accepted = on_scale & self._fits(total, square)
        np.add.at(self.answers, places.ravel(), (changes * accepted).ravel())
        self.totals, self.squares = np.where(accepted, total, self.totals), np.where(accepted, square, self.squares)

    def _fits(self, totals: np.ndarray, squares: np.ndarray) -> np.ndarray:
        """Whether each sample prints the mean and the SD, by its sum and its sum of squares."""
        low, high, least, most = self.limits
        spread = self.n * squares - totals**2  # n times the squared deviations
        return (totals >= low) & (totals <= high) & (spread >= least) & (spread <= most)


@cache
def _changes() -> np.ndarray:
    """Every change of three answers, as often as it is tried: 720 x 3.

    One move in five changes one answer; of the others, whose changes cancel out, half change two and half three.
    """
    reach = [change for size in range(1, _REACH + 1) for change in (size, -size)]
    one = [(change, 0, 0) for change in reach] * 12
    two = [(change, -change, 0) for change in reach] * 24
    three = [(first, -first - second, second) for first in reach for second in reach] * 2
    return np.array(one + two + three)


def _without_repeats(places: np.ndarray, changes: np.ndarray) -> np.ndarray:
    """The changes, none where one answer would change twice."""
    (one, two, three), (_, second, third) = places.swapaxes(0, 1), changes.swapaxes(0, 1)
    twice = ((one == two) & (second != 0)) | ((third != 0) & ((one == three) | (two == three)))
    return changes * ~twice[:, None]


def _effective(looks: np.ndarray) -> int:
    """Number of independent draws that weigh as much (first-order correlation between looks)."""
    before, after = looks[:-1].ravel(), looks[1:].ravel()
    if before.std() == 0 or after.std() == 0:
        return looks.size
    correlation = min(max(float(np.corrcoef(before, after)[0, 1]), 0.0), 0.99)
    return int(looks.size * (1 - correlation) / (1 + correlation))
