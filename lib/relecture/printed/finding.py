"""Findings of checks: a verdict, its explanation in French, and the evidence that supports it.

A verdict is about a number, never about a person. `reproduced`: the recomputation prints the same
string. `consistent`: some true values round to everything printed. `rounding`: they do so only if
digits were cut rather than rounded. `inconsistent`: none do. `uncheckable`: the print does not hold
enough to decide, and the explanation says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from relecture.core.numbers import Rounding


class Verdict(StrEnum):
    """What a check of printed numbers comes to."""

    REPRODUCED = "reproduced"
    CONSISTENT = "consistent"
    ROUNDING = "rounding"
    INCONSISTENT = "inconsistent"
    UNCHECKABLE = "uncheckable"


@dataclass(frozen=True)
class Finding:
    """Verdict on printed numbers; `expected` is what the recomputation would print."""

    verdict: Verdict
    explanation: str
    expected: str = ""
    evidence: tuple[Any, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the relation was found to hold: neither contradicted nor left undecided."""
        return self.verdict not in (Verdict.INCONSISTENT, Verdict.UNCHECKABLE)


def grade(holds: Callable[[Rounding], bool]) -> Verdict:
    """The kindest rounding under which a relation holds: nearest, else truncation allowed, else none."""
    if holds("nearest"):
        return Verdict.CONSISTENT
    return Verdict.ROUNDING if holds("either") else Verdict.INCONSISTENT


def decided(holds: bool, explanation: str, expected: str = "") -> Finding:
    """Finding of an exact comparison: reproduced when it holds, else inconsistent."""
    return Finding(Verdict.REPRODUCED if holds else Verdict.INCONSISTENT, explanation, expected)


def graded(
    holds: Callable[[Rounding], bool], explanation: str, expected: str = "", evidence: tuple[Any, ...] = ()
) -> Finding:
    """Finding of a relation that rounding may save; HOW it holds ends the explanation."""
    verdict = grade(holds)
    return Finding(verdict, f"{explanation} : {HOW[verdict]}", expected, evidence)


HOW = {
    Verdict.REPRODUCED: "se retrouve",
    Verdict.CONSISTENT: "se retrouve aux arrondis près",
    Verdict.ROUNDING: "se retrouve si l'on a tronqué au lieu d'arrondir",
    Verdict.INCONSISTENT: "ne se retrouve pas",
}
