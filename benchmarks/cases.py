"""The cases of the benchmark: public vectors, prints of real samples, and where peers differ."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import NamedTuple

from relecture.core.numbers import rounded


class Case(NamedTuple):
    """One printed mean (and SD); `expected` is what its source says, None when only the peers are asked."""

    check: str
    mean: str
    sd: str
    n: int
    items: int
    expected: bool | None
    source: str


class Problem(NamedTuple):
    """A print whose samples are counted and listed; `ratio` is how many times faster we must be."""

    mean: str
    sd: str
    n: int
    low: int
    high: int
    repeats: int
    ratio: float


VECTORS = [
    Case("GRIM", "5.23", "", 29, 1, False, "R scrutiny, pigs1"),
    Case("GRIM", "2.57", "", 24, 1, False, "R scrutiny, pigs1"),
    Case("GRIM", "6.77", "", 27, 1, False, "R scrutiny, pigs1"),
    # percentages of R scrutiny's pigs2, as proportions
    Case("GRIM", "0.674", "", 150, 1, False, "R scrutiny, pigs2"),
    Case("GRIM", "0.542", "", 150, 1, False, "R scrutiny, pigs2"),
    Case("GRIM", "0.540", "", 150, 1, True, "R scrutiny, pigs2"),
    Case("GRIMMER", "5.21", "1.60", 28, 1, True, "R rsprite2"),
    Case("GRIMMER", "3.44", "2.47", 18, 1, False, "R rsprite2"),
    Case("GRIMMER", "1.03", "0.41", 40, 1, False, "scrutipy"),
    Case("GRIMMER", "52.13", "2.26", 30, 1, True, "scrutipy"),
    Case("DEBIT", "0.53", "0.50", 1683, 1, True, "R scrutiny, pigs3"),
    Case("DEBIT", "0.44", "0.50", 1683, 1, True, "R scrutiny, pigs3"),
    # the same data set: 572 answers of 1 among 1683 print 0.34 and 0.47, so this one holds
    Case("DEBIT", "0.34", "0.47", 1683, 1, True, "R scrutiny, pigs3"),
]

DIFFERENCES = [
    Case("GRIMMER", "2.2", "0.45", 12, 1, None, "plusieurs sommes possibles"),
    Case("GRIMMER", "2.2", "1.14", 12, 1, None, "plusieurs sommes possibles"),
    Case("GRIMMER", "2.3", "0.45", 12, 1, None, "plusieurs sommes possibles"),
    Case("GRIMMER", "2.5", "0.00", 8, 1, None, "plus petite somme de carrés"),
    Case("GRIMMER", "2.7", "0.00", 9, 1, None, "plus petite somme de carrés"),
    Case("GRIMMER", "2.4", "0.2", 9, 1, None, "plus petite somme de carrés"),
    Case("GRIM", "2.2", "", 8, 1, None, "à mi-chemin de deux impressions"),
    Case("GRIM", "2.63", "", 8, 1, None, "à mi-chemin de deux impressions"),
]

PROBLEMS = [
    Problem("3.4", "1.2", 50, 1, 5, 5, 20),
    Problem("3.42", "1.21", 50, 1, 5, 5, 20),
    Problem("3.7", "1.2", 120, 1, 5, 2, 20),
    Problem("3.5", "0.6", 100, 0, 7, 3, 1),
    Problem("3.0", "1.0", 5, 1, 5, 300, 0.5),
    Problem("3", "1", 8, 1, 5, 300, 0.5),
    Problem("3.5", "1.1", 10, 1, 5, 300, 0.5),
    Problem("2.8", "1.3", 10, 1, 5, 300, 0.5),
]


def of_real_samples(how_many: int, seed: int = 1) -> list[Case]:
    """Means and SDs of drawn samples, rounded half up: possible by construction."""
    rng = random.Random(seed)
    cases = []
    for _ in range(how_many):
        low = rng.randint(0, 2)
        sample = [rng.randint(low, low + rng.randint(1, 6)) for _ in range(rng.randint(5, 120))]
        mean = Fraction(sum(sample), len(sample))
        variance = (sum(value * value for value in sample) - len(sample) * mean**2) / (len(sample) - 1)
        texts = rounded(mean, rng.randint(1, 2)), rounded(root(variance), rng.randint(1, 2))
        cases.append(Case("GRIMMER", *(text.replace(",", ".") for text in texts), len(sample), 1, True, "tirage"))
    return cases


def root(square: Fraction) -> Fraction:
    """The square root with twelve decimals, cut: enough to round it to two."""
    from math import isqrt

    return Fraction(isqrt(int(square * 10**24)), 10**12)


def table(how_many: int, seed: int = 1) -> list[tuple[str, str, int]]:
    """Means, SDs and sizes as a meta-analyst's table would hold them; most are impossible."""
    rng = random.Random(seed)
    return [(f"{rng.uniform(1, 7):.2f}", f"{rng.uniform(0.3, 2):.2f}", rng.randint(5, 95)) for _ in range(how_many)]
