"""2 x 2 tables of respondents: their odds ratio, Woolf's interval, and the p-value of each usual test.

OR = ad/bc and Woolf (1955) gives the 95 % interval exp(ln OR +- 1.959964 sqrt(1/a + 1/b + 1/c + 1/d)). A printed
p-value may be Pearson's, Yates's, that of N - 1 (E. Pearson 1947), Fisher's, its mid-p (Lancaster 1961), Wald's or the
likelihood ratio's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from math import exp, inf, log, sqrt

from relecture.core.numbers import Printed, Rounding, whole
from relecture.printed.exact.fisher import chi_square, fisher_p
from relecture.printed.exact.p_values import Z95, two_sided

_SLACK = 1e-9


@dataclass(frozen=True, order=True)
class Table:
    """Counts of a 2x2 table: a, b exposed with and without the outcome; c, d unexposed.

    >>> table = Table(12, 8, 10, 20)
    >>> {name: round(p, 4) for name, p in table.p_values().items()}       # R 4.2
    {'Pearson': 0.0627, 'Yates': 0.1164, 'N − 1': 0.0654, 'Fisher': 0.0845, 'mi-p': 0.0632, 'Wald': 0.0665, \
'rapport de vraisemblance': 0.0621}
    """

    a: int
    b: int
    c: int
    d: int

    @classmethod
    def read(cls, counts: Sequence[Sequence[str]]) -> Table:
        """From printed counts, the exposed first; ValueError when they are not two rows of two."""
        if [len(row) for row in counts] != [2, 2]:
            raise ValueError("un tableau à quatre cases a deux lignes de deux effectifs")
        return cls(*(whole(count) for row in counts for count in row))

    def __str__(self) -> str:
        return f"({self.a}, {self.b} ; {self.c}, {self.d})"

    @property
    def cells(self) -> tuple[int, int, int, int]:
        return self.a, self.b, self.c, self.d

    @property
    def rows(self) -> tuple[tuple[int, int], tuple[int, int]]:
        return (self.a, self.b), (self.c, self.d)

    @property
    def odds_ratio(self) -> Fraction:
        return Fraction(self.a * self.d, self.b * self.c)

    def woolf(self, added: float = 0.0) -> tuple[float, float]:
        """Logarithm of the odds ratio and its standard error, `added` to each cell."""
        a, b, c, d = (count + added for count in self.cells)
        return log(a * d / (b * c)), sqrt(1 / a + 1 / b + 1 / c + 1 / d)

    def interval(self, added: float = 0.0) -> tuple[float, float]:
        """Woolf's 95 % interval."""
        middle, error = self.woolf(added)
        return exp(middle - Z95 * error), exp(middle + Z95 * error)

    def p_values(self, *, added: float = 0.0) -> dict[str, float]:
        """Two-sided p-values by French name, without those that do not exist; `added` goes to each cell of Wald's."""
        computed = {name: self.p_value(name, added=added) for name in TESTS}
        return {name: p for name, p in computed.items() if p is not None}

    @lru_cache(maxsize=65_536)  # noqa: B019
    def p_value(self, test: str, *, added: float = 0.0) -> float | None:
        """p-value of the test of that French name; None where it does not exist."""
        if not all((self.a + self.b, self.c + self.d, self.a + self.c, self.b + self.d)):
            return None
        return _wald(self, added) if test == "Wald" else TESTS[test](self)

    def tests_printing(self, p: str, rounding: Rounding = "either", *, added: float = 0.0) -> tuple[str, ...]:
        """Names of the tests whose p-value prints as `p`."""
        return tuple(name for name in TESTS if self.prints_p(p, name, rounding, added=added))

    def prints_p(self, p: str, test: str, rounding: Rounding = "either", *, added: float = 0.0) -> bool:
        """Whether the p-value of the test of that French name prints as `p`."""
        value, true = self.p_value(test, added=added), Printed.read(p).within(rounding)
        return value is not None and float(true.low) * (1 - _SLACK) <= value <= float(true.high) * (1 + _SLACK)


def _chi_square(test: str, table: Table) -> float:
    return two_sided(sqrt(chi_square(test, table.rows)))


def _wald(table: Table, added: float = 0.0) -> float | None:
    if not (added or all(table.cells)):
        return None
    middle, error = table.woolf(added)
    return two_sided(middle / error)


def _fisher(table: Table, *, mid: bool = False) -> float:
    """Infinite, that no print gives, where the tables to add up are too many."""
    p = fisher_p(table.rows, mid=mid)
    return inf if p is None else p


TESTS: dict[str, Callable[[Table], float | None]] = {
    "Pearson": partial(_chi_square, "pearson"),
    "Yates": partial(_chi_square, "yates"),
    "N − 1": partial(_chi_square, "n-1"),
    "Fisher": _fisher,
    "mi-p": partial(_fisher, mid=True),
    "Wald": _wald,
    "rapport de vraisemblance": partial(_chi_square, "likelihood-ratio"),
}
