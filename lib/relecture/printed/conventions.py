"""Usual conventions under which printed numbers hold, and the order in which they are tried.

A paper seldom says whether its intervals are at 95 %, whether its p has two sides, which test of a table it took. What
a study or a relation states (`conventions:`) is held strictly. What it does not state is tried: first what everybody
assumes, then every other usual option, fewest departures first. So a verdict never accuses for want of a convention,
and names the one that it needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from relecture.core.numbers import Printed, Rounding, rounded
from relecture.printed.finding import HOW, Finding, Verdict

Stated = Mapping[str, str]
Range = tuple[float, float]  # least and largest value that a computation attains
NONE: Stated = {}
_SLACK = 1e-9


class Option(NamedTuple):
    """One way to compute or to print, in French: its noun, and the condition that it makes of a verdict."""

    noun: str
    condition: str


CONVENTIONS: dict[str, dict[str, Option]] = {
    "rounding": {
        "nearest": Option("arrondi", "si l'on a arrondi au plus proche"),
        "truncate": Option("troncature", "si l'on a tronqué au lieu d'arrondir"),
    },
    "level": {
        "95": Option("95 %", "si l'intervalle est à 95 %"),
        "90": Option("90 %", "si l'intervalle est à 90 %"),
        "99": Option("99 %", "si l'intervalle est à 99 %"),
    },
    "alternative": {
        "two-sided": Option("test bilatéral", "si le test est bilatéral"),
        "one-sided": Option("test unilatéral", "si le test est unilatéral"),
        "greater": Option("test unilatéral à droite", "si le test est unilatéral à droite"),
        "less": Option("test unilatéral à gauche", "si le test est unilatéral à gauche"),
    },
    "law": {
        "normal": Option("loi normale", "si la loi est normale"),
        "t": Option("loi de Student", "si la loi est celle de Student"),
    },
    "interval": {
        "wald": Option("Wald", "si l'intervalle est celui de Wald"),
        "profile": Option("profil de vraisemblance", "si l'intervalle est celui du profil de vraisemblance"),
        "score": Option("score", "si l'intervalle est celui du score"),
        "exact": Option("exact", "si l'intervalle est exact"),
        "midp": Option("mi-p", "si l'intervalle est celui du mi-p"),
        "wilson": Option("Wilson", "si l'intervalle est celui de Wilson"),
        "agresti-coull": Option("Agresti-Coull", "si l'intervalle est celui d'Agresti et Coull"),
    },
    "test": {
        "student": Option("Student", "si le test est celui de Student"),
        "welch": Option("Welch", "si le test est celui de Welch"),
        "ranks": Option("rangs", "si le test porte sur les rangs"),
        "pearson": Option("Pearson", "si le test est celui de Pearson, sans correction"),
        "yates": Option("Yates", "si la correction de Yates est appliquée"),
        "n-1": Option("N − 1", "si le khi-deux est multiplié par (N − 1) / N"),
        "fisher": Option("Fisher", "si le test est celui de Fisher"),
        "midp": Option("mi-p", "si le test est celui du mi-p"),
        "likelihood-ratio": Option("rapport de vraisemblance", "si le test est celui du rapport de vraisemblance"),
        "wald": Option("Wald", "si le test est celui de Wald"),
    },
    "correction": {
        "none": Option("sans correction", "si rien n'est ajouté aux cases"),
        "half": Option("½ ajouté", "si ½ est ajouté à chaque case"),
    },
    "sd": {
        "n-1": Option("variance divisée par n − 1", "si la variance est divisée par n − 1"),
        "n": Option("variance divisée par n", "si la variance est divisée par n"),
    },
    "answers": {
        "all": Option("tous ont répondu", "si tous ont répondu"),
        "some": Option("non-réponses", "si des répondants n'ont pas répondu"),
    },
}


@dataclass(frozen=True)
class Using:
    """One option of each convention of a ladder; `stated` are those that the paper states."""

    options: Mapping[str, str]
    stated: Stated

    def __getitem__(self, convention: str) -> str:
        return self.options[convention]

    @property
    def rounding(self) -> Rounding:
        """Truncation that nobody states may have touched some of the numbers only."""
        if self.options.get("rounding", "nearest") == "nearest":
            return "nearest"
        return "truncated" if "rounding" in self.stated else "either"

    @property
    def level(self) -> float:
        """Confidence level of an interval, between 0 and 1."""
        return int(self.options["level"]) / 100


@dataclass(frozen=True)
class Judgement:
    """What the trial of a ladder came to: the first conventions that hold (or those assumed), and what they cost."""

    verdict: Verdict
    using: Using
    conditions: tuple[str, ...] = ()
    tried: str = ""

    @property
    def words(self) -> str:
        """How the relation holds, to end an explanation."""
        if self.verdict is Verdict.CONDITIONAL:
            return f"se retrouve {' et '.join(self.conditions)}"
        return HOW[self.verdict] + (f" (essayés : {self.tried})" if self.tried else "")

    def finding(self, explanation: str, expected: str = "", evidence: tuple = ()) -> Finding:
        return Finding(self.verdict, f"{explanation} : {self.words}", expected, evidence, self.conditions)


class Ladder:
    """Conventions that a kind of relation tries: for each, its options in order, the assumed one first.

    `most` departures from what is assumed are tried together.

    >>> ladder = Ladder(test="student welch", alternative="two-sided one-sided")
    >>> ladder.judge(lambda using: using["test"] == "welch").conditions
    ('si le test est celui de Welch',)
    >>> ladder.judge(lambda using: using["test"] == "welch", {"test": "student"}).verdict
    <Verdict.INCONSISTENT: 'inconsistent'>
    """

    def __init__(self, *, most: int = 2, **options: str) -> None:
        self.most = most
        self.options = {name: tuple(several.split()) for name, several in options.items()}

    def judge(
        self, holds: Callable[[Using], bool | str], stated: Stated = NONE, *, assumed: Stated = NONE
    ) -> Judgement:
        """First conventions under which `holds` is true; a string that it returns ends the last condition.

        `assumed` names options to try first in place of the ladder's own, as when the degrees of freedom are printed.
        """
        options = self._ordered(stated, assumed)
        for departures, using in self._rungs(options, stated):
            if detail := holds(using):
                words = [CONVENTIONS[name][using[name]].condition for name in departures]
                if words and isinstance(detail, str):
                    words[-1] = f"{words[-1]} {detail}"
                return Judgement(Verdict.CONDITIONAL if words else Verdict.CONSISTENT, using, tuple(words))
        first = Using({name: several[0] for name, several in options.items()}, stated)
        return Judgement(Verdict.INCONSISTENT, first, tried=_tried(options))

    def _ordered(self, stated: Stated, assumed: Stated) -> dict[str, tuple[str, ...]]:
        ordered = {}
        for name, options in self.options.items():
            first = assumed.get(name, options[0])
            ordered[name] = (stated[name],) if name in stated else tuple(dict.fromkeys((first, *options)))
        return ordered

    def _rungs(self, options: Mapping[str, tuple[str, ...]], stated: Stated) -> Iterator[tuple[list[str], Using]]:
        """Combinations of options, fewest departures first; beside each, the conventions that depart."""
        ranks = sorted(product(*(range(len(several)) for several in options.values())), key=_departures)
        for rank in ranks:
            if _departures(rank)[0] <= self.most:
                chosen = {name: options[name][at] for name, at in zip(options, rank, strict=True)}
                yield [name for name, at in zip(options, rank, strict=True) if at], Using(chosen, stated)


def _departures(rank: tuple[int, ...]) -> tuple[int, int]:
    return sum(map(bool, rank)), sum(rank)


def _tried(options: Mapping[str, tuple[str, ...]]) -> str:
    """Conventions tried, in words; rounding alone goes without saying."""
    several = {name: options_ for name, options_ in options.items() if len(options_) > 1}
    if not several.keys() - {"rounding"}:
        return ""
    return " ; ".join(", ".join(CONVENTIONS[name][one].noun for one in options_) for name, options_ in several.items())


ROUNDED = Ladder(rounding="nearest truncate")


def graded(
    holds: Callable[[Rounding], bool],
    explanation: str,
    expected: str = "",
    evidence: tuple = (),
    stated: Stated = NONE,
) -> Finding:
    """Finding of a relation that rounding alone may save; how it holds ends the explanation."""
    return ROUNDED.judge(lambda using: holds(using.rounding), stated).finding(explanation, expected, evidence)


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
    read = Printed.read(printed)

    def holds(using: Using) -> bool:
        reach, true = attained(using), read.within(using.rounding)
        return reach is not None and _at_most(reach[0], true.high) and _at_most(true.low, reach[1])

    judgement = ladder.judge(holds, stated, assumed=assumed)
    reach = attained(judgement.using)
    shown = in_range(reach, read.decimals) if reach else "n'existe pas"
    exact = reach is not None and reach[0] == reach[1] and not read.below
    if exact and judgement.verdict is Verdict.CONSISTENT and shown == rounded(read.centre, read.decimals):
        return Finding(Verdict.REPRODUCED, f"{name} = {shown} : {HOW[Verdict.REPRODUCED]}", shown)
    return judgement.finding(f"{name} = {shown}" if reach else f"{name} {shown}", shown if reach else "")


def in_range(reach: Range, decimals: int) -> str:
    """A range of values as a source would print it: one number where both ends print alike, else both."""
    low, high = (rounded(end, decimals) for end in reach)
    return low if low == high else f"{low} à {high}"


def _at_most(low: float, high: float) -> bool:
    """Whether low <= high, a last bit aside."""
    return float(low) <= float(high) + _SLACK * max(1.0, abs(float(high)))
