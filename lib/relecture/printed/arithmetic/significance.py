"""Checks of a significance claimed in words or in stars, against the printed p and the interval."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import inf
from typing import Literal

from relecture.core.numbers import Interval, Printed, Rounding
from relecture.printed.arguments import Bound, PValue
from relecture.printed.conventions import NONE, Ladder, Stated, Using
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

SIGNIFICANCE = Ladder(stars="usual threshold economics", level="95 90 99", rounding="nearest truncate")
_STARS = {"usual": ("0.05", "0.01", "0.001", "0.0001"), "economics": ("0.1", "0.05", "0.01", "0.001")}
_SIGNIFICANT = {True: "significatif", False: "non significatif", None: "l'arrondi ne permet pas de trancher"}


@kind("significance", "une significativité annoncée, en mots ou en étoiles, et p", ladder=SIGNIFICANCE, judged=["p"])
def significance(
    claimed: bool | Literal["ns", "*", "**", "***", "****"],
    p: PValue,
    *,
    low: Bound | None = None,
    high: Bound | None = None,
    null: int = 0,
    level: str = "0,05",
    conventions: Stated = NONE,
) -> Finding:
    """Finding on a claim of significance against the printed p and, when there is one, the interval.

    `claimed` is true, false, "ns" or stars; `null` the value of no effect: 1 for an odds ratio, 0 for a coefficient or
    a difference; `level` the threshold. The interval leaves the null out where p is below what its level leaves.
    Conditions: stars of other thresholds (0.10, 0.05, 0.01), or without a lower limit; another level, truncation.

    >>> significance(True, "0,05", low="-2,34", high="0,07", conventions={"level": "95"}).verdict
    <Verdict.INCONSISTENT: 'inconsistent'>
    >>> significance("***", "0,03").expected, significance("*", "0,07").conditions
    ('*', ('si les étoiles valent 0,10, 0,05 et 0,01',))
    """
    interval, limit = low is not None and high is not None, Printed.read(level).exact
    if interval and Printed.read(low).centre > Printed.read(high).centre:
        return Finding(Verdict.INCONSISTENT, f"les bornes {low} et {high} ne sont pas croissantes")
    starred, read = "*" in str(claimed), Printed.read(p)
    known = SIGNIFICANCE.only(*["stars"] * starred, *["level"] * interval, "rounding")

    def ranges(using: Using) -> Iterator[Interval]:
        """Values of p that the print, the claim, and the interval allow."""
        yield read.within(using.rounding)
        yield _starred(claimed, using["stars"]) if starred else _sided(claimed is True, limit)
        if interval and (left_out := _left_out(low, high, null, using.rounding)) is not None:
            yield _sided(left_out, 1 - Fraction(using["level"]) / 100)

    def holds(using: Using) -> bool:
        return all(one.meets(other) for one, other in combinations(ranges(using), 2))

    judgement = known.judge(holds, conventions)
    text = " ; ".join(_said(claimed, read, level, interval and (low, high, null)))
    if judgement.verdict is Verdict.CONSISTENT:
        by_print, by_claim, *_ = ranges(judgement.using)
        sure = by_claim.low <= by_print.low and by_print.high <= by_claim.high
        return Finding(Verdict.REPRODUCED if sure else Verdict.CONSISTENT, text)
    return judgement.finding(text, _contrary(claimed, read, limit) if judgement.verdict is Verdict.INCONSISTENT else "")


def _sided(below: bool, limit: Fraction) -> Interval:
    """Values of p below a threshold, or from there on."""
    return Interval(Fraction(-1), limit, closed_above=False) if below else Interval(limit, inf)


def _starred(stars: str, system: str) -> Interval:
    """Values of p that so many stars say; three stars have no lower limit, since few use four."""
    limits = [*map(Fraction, _STARS["economics" if system == "economics" else "usual"]), Fraction(-1)]
    floor = Fraction(-1) if system == "threshold" or len(stars) == 3 else limits[len(stars)]
    return Interval(floor, limits[len(stars) - 1], closed_above=False)


def _left_out(low: str, high: str, null: int, rounding: Rounding) -> bool | None:
    """Whether an interval leaves the null out; None where rounding decides."""
    bottom, top = (Printed.read(bound).within(rounding) for bound in (low, high))
    if bottom.low > null or top.high < null:
        return True
    return False if bottom.high <= null <= top.low else None


def _said(claimed: bool | str, p: Printed, level: str, interval: tuple[str, str, int] | None) -> Iterator[str]:
    """The claim, what p says, what the interval says."""
    by_p = _side(p.within("nearest"), Printed.read(level).exact)
    yield f"annoncé {claimed if isinstance(claimed, str) else _SIGNIFICANT[claimed]}"
    yield f"p {p.plain}" + f" : {_SIGNIFICANT[by_p]} au seuil de {level}" * ("*" not in str(claimed))
    if interval:
        words = {True: "exclut", False: "contient", None: "touche"}
        yield f"l'intervalle {words[_left_out(*interval, 'nearest')]} {interval[2]}"


def _contrary(claimed: bool | str, p: Printed, limit: Fraction) -> str:
    """What should be claimed: the contrary, or the stars that p has."""
    if isinstance(claimed, bool) or claimed == "ns":
        return _SIGNIFICANT[claimed is not True]
    return "*" * sum(p.centre < Fraction(each) for each in _STARS["usual"][:3]) or "ns"


def _side(true_p: Interval, limit: object) -> bool | None:
    """True below the limit, False above, None when the print leaves both open."""
    if true_p.high < limit or (true_p.high == limit and not true_p.closed_above):
        return True
    return False if true_p.low >= limit else None
