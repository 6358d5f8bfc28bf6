"""Findings on printed numbers held against the ranges that a computation attains under each convention."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import isinf

from relecture.core.numbers import Interval, Printed, Rounding, rounded
from relecture.printed.conventions.ladder import NONE, Ladder, Stated, Using
from relecture.printed.exact.spans import Range, meeting
from relecture.printed.finding import HOW, Finding, Verdict

_SLACK = 1e-9

ROUNDED = Ladder(rounding="nearest truncate")


def graded(holds: Callable[[Rounding], bool], explanation: str, expected: str = "", stated: Stated = NONE) -> Finding:
    """Finding of a relation that rounding alone may save; how it holds ends the explanation."""
    return ROUNDED.judge(lambda using: holds(using.rounding), stated).finding(explanation, expected)


def compared(
    printed: str,
    attained: Callable[[Using], Range | None],
    ladder: Ladder,
    stated: Stated = NONE,
    *,
    name: str,
    assumed: Stated = NONE,
) -> Finding:
    """Finding on a printed number against the range that a computation attains under each convention.

    `attained` returns the least and the largest value that the other prints allow, None where the computation does not
    exist; `name` is what is computed, in French. A range of one value that prints so is `reproduced`.

    >>> compared("0,03", lambda using: (0.0312, 0.0312), Ladder(rounding="nearest truncate"), name="p").explanation
    'p = 0,03 : se retrouve'
    """
    finding = agreeing({name: printed}, lambda using: {name: attained(using)}, ladder, stated, assumed=assumed)
    return replace(finding, expected=finding.expected.removeprefix(f"{name} ").removeprefix("= "))


def agreeing(
    prints: Mapping[str, str | None],
    attained: Callable[[Using], Mapping[str, Range | None]],
    ladder: Ladder,
    stated: Stated = NONE,
    *,
    intro: str = "",
    assumed: Stated = NONE,
) -> Finding:
    """Finding on several printed numbers by name, that one convention must attain together; as `compared` for each.

    `intro` is what they come from, to open the explanation; a print may be None. Where it fails, `expected` holds the
    numbers that fail, or all when each of them holds under some convention.

    >>> ranges = {"t": (2.284, 2.317), "p": (0.0241, 0.0261)}
    >>> agreeing({"t": "2,30", "p": "0,03"}, lambda using: ranges, Ladder(rounding="nearest")).explanation
    't = 2,28 à 2,32 ; p = 0,02 à 0,03 : se retrouve aux arrondis près'
    """
    reads = {name: Printed.read(text) for name, text in prints.items() if text is not None}

    def missed(using: Using) -> list[str]:
        reach = attained(using)
        return [name for name, read in reads.items() if not _attains(reach[name], read.within(using.rounding))]

    judgement = ladder.judge(lambda using: not missed(using), stated, assumed=assumed)
    reach, wrong = attained(judgement.using), missed(judgement.using)
    shown = {name: f"{name} {attained_in_words(reach[name], read)}" for name, read in reads.items()}
    text = intro + " ; ".join(shown.values())
    expected = " ; ".join(shown[name] for name in wrong or reads if reach[name])
    if judgement.verdict is Verdict.CONSISTENT and all(_prints(reach[name], read) for name, read in reads.items()):
        return Finding(Verdict.REPRODUCED, f"{text} : {HOW[Verdict.REPRODUCED]}", expected)
    return judgement.finding(text, expected)


def attained_in_words(reach: Range | None, read: Printed) -> str:
    """What a computation attains beside a print: with two more decimals for an inequality, whose limit may be near.

    With one more decimal where the print has too few, three at most.

    >>> attained_in_words((0.038, 0.041), Printed.read("0,2")), attained_in_words((0.011, 0.012), Printed.read("< .01"))
    ('= 0,04', '= 0,0110 à 0,0120')
    """
    if not reach:
        return "n'existe pas"
    decimals = read.decimals + 2 * bool(read.comparison)
    shown = in_range(reach, decimals)
    too_few = shown.startswith("<") and decimals < 3
    return f"= {in_range(reach, decimals + too_few)}".replace("= <", "<")


def in_range(reach: Range, decimals: int) -> str:
    """A range of values as a source would print it: one number where both ends print alike, else both.

    >>> in_range((0.0306, 0.0312), 2), in_range((0.0001, 0.0002), 3), in_range((2.5, float("inf")), 1)
    ('0,03', '< 0,001', '2,5 à ∞')
    """
    low, high = (_number(float(end), decimals) for end in reach)
    return low if low == high else f"{low} à {high}"


def _number(value: float, decimals: int) -> str:
    """A value as printed; one too small for its decimals is below the least that they print."""
    if isinf(value):
        return "∞" if value > 0 else "−∞"
    least = 10.0**-decimals
    return f"< {rounded(least, decimals)}" if decimals and 0 < value < least / 2 else rounded(value, decimals)


def _attains(reach: Range | None, true: Interval) -> bool:
    """Whether some true value of a print is in the range of a computation that exists."""
    return reach is not None and meeting(reach, (float(true.low), float(true.high)), _SLACK) is not None


def _prints(reach: Range, read: Printed) -> bool:
    """Whether the computation has one value, and it is the one printed."""
    shown = rounded(read.centre, read.decimals)
    return reach[0] == reach[1] and not read.comparison and rounded(reach[0], read.decimals) == shown
