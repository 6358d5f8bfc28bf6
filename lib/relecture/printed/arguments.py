"""Roles of the arguments of a check: what may be printed there, and within which limits.

A check annotates its parameters with these: `p: PValue`, `groups: Sequence[Group]`, `interval: Bounds`. The engine
reads the annotation: a role stands for an address (or for a number given as it is), a tuple for so many of them, a
sequence for a list. A parameter of a plain type (bool, int, a scale) is given as it is written in `relations.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Annotated


@dataclass(frozen=True)
class Role:
    """What a printed number is for: its words in French, kinds of prints that may serve (all, if none), its limits."""

    words: str
    kinds: str = ""
    low: float = -inf
    high: float = inf


Count = Annotated[str, Role("un effectif", "count months rank", 0)]
Size = Annotated[str | Sequence[str], Role("un effectif, ou plusieurs qui s'additionnent", "count", 0)]
Percent = Annotated[str, Role("un pourcentage", "percent", 0)]
Mean = Annotated[str, Role("une moyenne", "mean percent median difference")]
SD = Annotated[str, Role("un écart type", "sd", 0)]
StandardError = Annotated[str, Role("une erreur type", "se sd", 0)]
Quantile = Annotated[str, Role("une médiane ou un quartile", "median quartile bound")]
Number = Annotated[str, Role("un nombre")]
PValue = Annotated[str, Role("un p", "p", 0, 1)]
Ratio = Annotated[str, Role("un rapport", "odds_ratio ratio", 0)]
Coefficient = Annotated[str, Role("un coefficient", "coefficient difference mean")]
Correlation = Annotated[str, Role("une corrélation", "correlation coefficient", -1, 1)]
Share = Annotated[str, Role("une part entre 0 et 1", "coefficient ratio percent", 0, 1)]
Statistic = Annotated[str, Role("une statistique de test", "statistic coefficient")]
DegreesOfFreedom = Annotated[str, Role("des degrés de liberté", "df count", 0)]
Bound = Annotated[str, Role("une borne", "bound")]
Bounds = tuple[Bound, Bound]
Group = tuple[Size, Mean, SD]
CountTable = Sequence[Sequence[Count]]
