"""Printed numbers as exact intervals of true values, and computed values written as a source prints them.

"63,9" is not 63.9: it is every value that the authors could have rounded to it. Everything is a Fraction, so that no
verdict hangs on a float. `nearest` covers half-up and half-even (closed interval, half a unit on each side);
`truncated` cuts the digits that follow; `either` is the union of the two. "< 0,001" is every value from 0 to there,
"> .05" every value beyond, without end. `relecture.core.notation` tells the forms of a print; a small whole number may
be in letters ("quatorze", "deuxième").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import inf
from typing import Literal

from relecture.core.french import NUMBER_WORDS
from relecture.core.notation import ALONE, Notation, digits, plain

Scale = tuple[int, int]  # of answers: the least and the largest
Rounding = Literal["nearest", "truncated", "either"]

_RANKS = (
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième "
    "treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième"
).split()
_IN_LETTERS = {word: value for value, word in enumerate(NUMBER_WORDS)} | {"une": 1}
_IN_LETTERS |= {word: rank for rank, word in enumerate(_RANKS, 1)} | {"première": 1, "second": 2, "seconde": 2}


class OneSided(ValueError):
    """Refusal of a print such as "< 5" or "ns", which only limits a number, where the number itself is needed."""


@dataclass(frozen=True)
class Interval:
    """True values compatible with a print; a truncation leaves one end open, and infinity is an end of "> 0,05"."""

    low: Fraction | float
    high: Fraction | float
    closed_below: bool = True
    closed_above: bool = True

    def __contains__(self, value: Fraction) -> bool:
        above = self.low < value or (self.closed_below and value == self.low)
        return above and (value < self.high or (self.closed_above and value == self.high))

    def __add__(self, other: Interval) -> Interval:
        below, above = self.closed_below and other.closed_below, self.closed_above and other.closed_above
        return Interval(self.low + other.low, self.high + other.high, below, above)

    def __sub__(self, other: Interval) -> Interval:
        return self + other * -1

    def __mul__(self, factor: int | Fraction) -> Interval:
        if not factor:  # infinity included
            return Interval(Fraction(0), Fraction(0))
        if factor < 0:
            return Interval(self.high * factor, self.low * factor, self.closed_above, self.closed_below)
        return Interval(self.low * factor, self.high * factor, self.closed_below, self.closed_above)

    def squared(self) -> Interval:
        """The squares of its values of 0 and above: variances, for the interval of a standard deviation."""
        below = self.closed_below or self.low < 0
        return Interval(max(self.low, Fraction(0)) ** 2, self.high**2, below, self.closed_above)

    def integers(self, scale: int = 1) -> range:
        """Whole numbers k, ascending, such that k / scale is inside.

        >>> list(Printed.read("41,1").within("nearest").integers(21))      # 863 / 21 = 41.095...
        [863, 864]
        """
        if inf in (-self.low, self.high):
            raise OneSided("un nombre imprimé n'est limité que d'un côté : le calcul demande le nombre")
        least = -(-self.low.numerator * scale // self.low.denominator)
        most = self.high.numerator * scale // self.high.denominator
        least += not self.closed_below and least * self.low.denominator == self.low.numerator * scale
        most -= not self.closed_above and most * self.high.denominator == self.high.numerator * scale
        return range(least, most + 1)

    def meets(self, other: Interval) -> bool:
        """Whether some true value is in both.

        >>> Printed.read("2,34").within("nearest").meets(Printed.read("2,4").within("nearest"))
        False
        """
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and low in self and low in other)


@dataclass(frozen=True)
class Printed:
    """One number as it stands in the source; `comparison` is one of < ≤ > ≥, or nothing.

    >>> Printed.read("63,9").within("nearest")
    Interval(low=Fraction(1277, 20), high=Fraction(1279, 20), closed_below=True, closed_above=True)
    >>> Printed.read("quatorze").centre, Printed.read("n.s.").within("nearest")
    (Fraction(14, 1), Interval(low=Fraction(1, 20), high=inf, closed_below=True, closed_above=False))
    """

    text: str
    centre: Fraction
    decimals: int
    comparison: str = ""

    def __hash__(self) -> int:
        return hash(self.text)

    @classmethod
    @lru_cache(maxsize=16_384)
    def read(cls, text: str) -> Printed:
        """The number of a print in any form of `relecture.core.notation`; ValueError names the character at fault."""
        if text in _IN_LETTERS:
            return cls(text, Fraction(_IN_LETTERS[text]), 0)
        comparison, signed, decimals = digits(text)
        return cls(text, Fraction(signed, 10**decimals), decimals, comparison)

    @property
    def exact(self) -> Fraction:
        """The centre of a print that tells the number; OneSided for one that only limits it."""
        if self.comparison:
            raise OneSided(f"« {self.text} » n'est qu'une limite : le calcul demande le nombre")
        return self.centre

    @property
    def plain(self) -> str:
        """The print as a sentence can show it."""
        return plain(self.text)

    @property
    def unit(self) -> Fraction:
        """One step of the last printed digit."""
        return Fraction(1, 10**self.decimals)

    @property
    def doubled(self) -> tuple[int, int]:
        """Twice the last digits over twice their power of ten: one less and one more are the ends of rounding."""
        unit = 2 * 10**self.decimals
        return self.centre.numerator * (unit // self.centre.denominator), unit

    @lru_cache(maxsize=8192)  # noqa: B019
    def within(self, rounding: Rounding) -> Interval:
        """True values that this convention prints so; truncation cuts towards zero."""
        if self.comparison:
            return self._beyond()
        nearest = Interval(self.centre - self.unit / 2, self.centre + self.unit / 2)
        if rounding == "nearest":
            return nearest
        if self.centre == 0:
            return Interval(-self.unit, self.unit, closed_below=False, closed_above=False)
        if self.centre < 0:
            return replace(self, centre=-self.centre).within(rounding) * -1
        inner = nearest.low if rounding == "either" else self.centre
        return Interval(inner, self.centre + self.unit, closed_above=False)

    def _beyond(self) -> Interval:
        """Values on one side of the print; from 0 to it, when it is above 0, as for a p-value."""
        closed = self.comparison in ("≤", "≥")
        if self.comparison in (">", "≥"):
            return Interval(self.centre, inf, closed, False)
        return Interval(Fraction(0) if self.centre > 0 else -inf, self.centre, self.centre > 0, closed)


def misprint(text: str, notation: Notation = ALONE) -> str:
    """Why a print is not one number in the notation of its paper, in French; nothing for one that is.

    >>> misprint("63,9"), misprint("12 et 3")[:39]
    ('', "« 12 et 3 » n'est pas un nombre imprimé")
    """
    try:
        Printed.read(plain(text, notation))
    except ValueError as error:
        return str(error)
    return ""


def whole(number: str | int) -> int:
    """A count, from its print; ValueError when the print is not a whole number >= 0.

    >>> whole("21"), whole(60)
    (21, 60)
    """
    value = Printed.read(str(number)).exact
    if value.denominator != 1 or value < 0:
        raise ValueError(f"« {number} » n'est pas un effectif (attendu : un entier positif)")
    return int(value)


def size(counts: str | int | Iterable) -> int:
    """How many respondents: a printed count, or several (nested at will) that add up.

    >>> size(["21", ["6", "1"]])
    28
    """
    return whole(counts) if isinstance(counts, str | int) else sum(map(size, counts))


def rounded(value: Fraction | float, decimals: int) -> str:
    """A computed value as the source would print it: half-up, decimal comma.

    >>> rounded(Fraction(7007, 150), 1), rounded(-1.135, 2)
    ('46,7', '-1,14')
    """
    exact = Fraction(str(value)) if isinstance(value, float) else value
    return quotient(exact.numerator, exact.denominator, decimals)


def quotient(above: int, below: int, decimals: int) -> str:
    """`rounded` of above / below, where `below` is positive.

    >>> quotient(-7007, 150, 1)
    '-46,7'
    """
    digits = str((2 * abs(above) * 10**decimals + below) // (2 * below)).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]},{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if above < 0 and text.strip("0,") else text
