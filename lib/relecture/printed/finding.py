"""Findings of checks: a verdict, its explanation in French, and the evidence that supports it.

A verdict is about a number, never about a person. `reproduced`: the recomputation prints the same
string. `consistent`: some true values round to everything printed. `conditional`: they do so only under
a usual convention that the source does not state, and the conditions name it. `inconsistent`: none do, under any usual
convention. `uncheckable`: the print does not hold enough to decide, and the explanation says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What a check of printed numbers comes to."""

    REPRODUCED = "reproduced"
    CONSISTENT = "consistent"
    CONDITIONAL = "conditional"
    INCONSISTENT = "inconsistent"
    UNCHECKABLE = "uncheckable"

    @property
    def holds(self) -> bool:
        """Whether what is checked was found to hold: neither contradicted nor left undecided."""
        return self not in (Verdict.INCONSISTENT, Verdict.UNCHECKABLE)


@dataclass(frozen=True)
class Finding:
    """Verdict on printed numbers; `expected` is what the recomputation would print.

    `conditions` are those of a conditional verdict, in French: "si l'on a tronqué au lieu d'arrondir".
    """

    verdict: Verdict
    explanation: str
    expected: str = ""
    evidence: tuple[Any, ...] = ()
    conditions: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether its verdict is that the relation holds."""
        return self.verdict.holds


def decided(holds: bool, explanation: str, expected: str = "") -> Finding:
    """Finding of an exact comparison: reproduced when it holds, else inconsistent."""
    return Finding(Verdict.REPRODUCED if holds else Verdict.INCONSISTENT, explanation, expected)


HOW = {
    Verdict.REPRODUCED: "se retrouve",
    Verdict.CONSISTENT: "se retrouve aux arrondis près",
    Verdict.INCONSISTENT: "ne se retrouve pas",
}
