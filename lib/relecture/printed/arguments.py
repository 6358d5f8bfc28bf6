"""Roles of the arguments of a check: what may be printed there, and within which limits.

A check annotates its parameters with these: `p: PValue`, `groups: Sequence[Group]`, `interval: Bounds`. The engine
reads the annotation: a role stands for an address (or for a number given as it is), a tuple for so many of them, a
sequence for a list. A parameter of a plain type (bool, int, a scale) is given as it is written in `relations.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import inf
from typing import Annotated, Any, get_args

from relecture.core.numbers import Printed

_MOST = 10_000_000_000  # people alive


@dataclass(frozen=True, eq=False)
class Role:
    """What a printed number is for: its words in French, kinds of prints that may serve (all, if none), its limits.

    `text` is for what may be printed in words, and is never read as a number; `limit` for what "< 5" may tell.
    """

    words: str
    kinds: str = ""
    low: float = -inf
    high: float = inf
    text: bool = False
    limit: bool = False

    @lru_cache(maxsize=8192)  # noqa: B019
    def refuse_limit(self, printed: str) -> None:
        """Raise OneSided for a print that only limits the number, where the role needs the number itself."""
        if not (self.text or self.limit):
            _ = Printed.read(printed).exact

    @lru_cache(maxsize=8192)  # noqa: B019
    def outside(self, printed: str) -> str:
        """Why a printed number cannot play this role, in French; nothing when it can.

        >>> Role("un p", "p", 0, 1).outside("5.2"), Role("un p", "p", 0, 1).outside("< .000")
        ('5.2 : un p est entre 0 et 1', '< .000 : un p est entre 0 et 1')
        """
        if self.text or (self.low, self.high) == (-inf, inf):
            return ""
        read = Printed.read(printed)
        beyond = read.comparison and read.centre == {"<": self.low, ">": self.high}.get(read.comparison)
        inside = self.low <= read.centre <= self.high and not beyond
        return "" if inside else f"{printed} : {self.words} {self._limits(read.centre)}"

    def _limits(self, centre: Fraction) -> str:
        """The limits in French, to follow the words."""
        if -inf < self.low and self.high < _MOST:
            return f"est entre {self.low:g} et {self.high:g}"
        return f"est d'au plus {self.high:.0f}" if centre > self.high else f"est d'au moins {self.low:g}"


@dataclass(frozen=True)
class AtLeast:
    """The fewest elements of a list, or the least value of a number given as it is."""

    least: int


Count = Annotated[str, Role("un effectif", "count months rank", 0, _MOST)]
Size = Annotated[str | Sequence[str], Role("un effectif", "count", 0, _MOST)]
Percent = Annotated[str, Role("un pourcentage", "percent", 0, limit=True)]
PartPercent = Annotated[str, Role("un pourcentage d'un tout", "percent", 0, 100, limit=True)]
Mean = Annotated[str, Role("une moyenne", "mean percent median difference")]
SD = Annotated[str, Role("un écart type", "sd", 0)]
StandardError = Annotated[str, Role("une erreur type", "se sd", 0)]
Quantile = Annotated[str, Role("une médiane ou un quartile", "median quartile bound")]
Number = Annotated[str, Role("un nombre", limit=True)]
Numbers = Annotated[str | Sequence[str], Role("un nombre")]  # several add up, or stand for hours and minutes
PValue = Annotated[str, Role("un p", "p", 0, 1, limit=True)]
Ratio = Annotated[str, Role("un rapport", "odds_ratio ratio", 0)]
Coefficient = Annotated[str, Role("un coefficient", "coefficient difference mean")]
Correlation = Annotated[str, Role("une corrélation", "correlation coefficient", -1, 1)]
Share = Annotated[str, Role("une part", "coefficient ratio percent", 0, 1)]
Statistic = Annotated[str, Role("une statistique de test", "statistic coefficient", limit=True)]
DegreesOfFreedom = Annotated[str, Role("un nombre de degrés de liberté", "df count", 0)]
Bound = Annotated[str, Role("une borne", "bound")]
Bits = Annotated[str, Role("un nombre de bits", "bits", 0)]
Symbols = Annotated[str | Sequence[str], Role("un nombre de symboles", "count", 1)]
Months = Annotated[str, Role("un nombre de mois", "months duration count", 0)]
Rank = Annotated[str, Role("un rang", "rank count word", 1)]
Date = Annotated[str, Role("une date", "date", text=True)]
Month = Annotated[str, Role("un mois", "month", text=True)]
Word = Annotated[str, Role("un mot", "word", text=True)]
Anything = Annotated[str, Role("une valeur imprimée", text=True)]
Bounds = tuple[Bound, Bound]
DegreesOfF = tuple[DegreesOfFreedom, DegreesOfFreedom]
Group = tuple[Size, Mean, SD]
CountTable = Sequence[Sequence[Count]]
Several = Annotated[Sequence[Number], AtLeast(2)]
SeveralDates = Annotated[Sequence[Date], AtLeast(2)]
SeveralPrints = Annotated[Sequence[Anything], AtLeast(2)]
Positive = Annotated[int, AtLeast(1)]
Ends = tuple[int, int]  # of a scale, the least first


def has_role(hint: Any) -> bool:
    """Whether a role stands anywhere in an annotation."""
    return isinstance(hint, Role) or any(map(has_role, (*get_args(hint), *getattr(hint, "__metadata__", ()))))
