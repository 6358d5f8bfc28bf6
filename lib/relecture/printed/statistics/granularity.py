"""Checks of means and SDs of whole numbers: GRIM, GRIMMER, DEBIT.

n integer answers have an integer sum T and an integer sum of squares Q. GRIM (Brown & Heathers 2017,
doi:10.1177/1948550616673876) asks whether some T gives the printed mean; GRIMMER (Anaya 2016; Allard 2018)
whether some Q that n integers of such a sum reach gives the SD; DEBIT (Heathers & Brown 2019) asks it of 0 and 1.

Exact arithmetic throughout. A Q has the parity of T, is at least the minimum for that T, and from five answers on n
integers then reach it (Cauchy's lemma); for fewer, it is decided. With a scale, a sample must exist (`samples.exists`),
as long as the scale is short enough to search. The SD divides by n - 1, or by n as a condition.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice
from math import ceil, floor, gcd, inf, isqrt

from relecture.core.numbers import Interval, Printed, Rounding, Scale, quotient, size
from relecture.printed.arguments import SD, Ends, Mean, Positive, Size
from relecture.printed.conventions import NONE, ROUNDED, Ladder, Stated, Using
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind
from relecture.printed.whole_numbers.sums_of_squares import example, least_squares, most_squares, reached

_SPREAD = Ladder(most=1, rounding="nearest truncate", sd="n-1 n")
_MANY = 20_000  # sums that print a mean: beyond them GRIM says nothing, and a search would last
_LISTED = 1_000
_TRIED = 2_000  # sums of squares looked at for one sum; past them nothing speaks against it


@kind("mean", "une moyenne, ou un pourcentage, de réponses entières", ladder=ROUNDED, judged=["mean"])
def grim(mean: Mean, *, n: Size, items: Positive = 1, percent: bool = False, conventions: Stated = NONE) -> Finding:
    """Finding on a printed mean of `n` respondents, each averaging `items` integer answers.

    For a Likert *sum* keep items=1: only the averaging refines the grid. With `percent`, the print is a percentage of
    `n` yes-or-no answers. `uncheckable` when every mean with that many decimals is possible, rounded or cut.

    >>> grim("41,09", n=21).verdict          # 863 / 21 = 41.0952...
    <Verdict.CONDITIONAL: 'conditional'>
    >>> grim("5,23", n=29).verdict           # R scrutiny, data set pigs1
    <Verdict.INCONSISTENT: 'inconsistent'>
    """
    printed, cells, parts = Printed.read(mean), size(n) * items, 100 if percent else 1
    if cells == 0 or (percent and not 0 <= printed.centre <= 100):
        reason = "un pourcentage d'un tout est entre 0 et 100" if cells else "la moyenne de 0 réponse n'existe pas"
        return Finding(Verdict.INCONSISTENT, f"{mean} : {reason}")
    if printed.comparison:
        return Finding(Verdict.UNCHECKABLE, f"{mean} n'est qu'une borne")
    judgement = ROUNDED.judge(lambda using: bool(_sums(printed, using, cells, parts)), conventions)
    sums = _sums(printed, judgement.using, cells, parts)
    if not sums:
        top, half = printed.centre * cells / parts, Fraction(1, 2)
        nearest = (ceil(top - half), floor(top + half))  # two sums when they are equally near
        near = dict.fromkeys(quotient(parts * total, cells, printed.decimals) for total in nearest)
        text = f"aucune somme entière de {cells} réponses ne donne {mean}"
        return Finding(Verdict.INCONSISTENT, text, " ou ".join(near))
    listed = tuple(sums[:_LISTED])
    if power(printed, cells, percent=percent, rounding=conventions.get("rounding", "")) == 0:
        every = f"tout pourcentage à {printed.decimals}" if percent else f"toute moyenne à {printed.decimals}"
        text = f"avec {cells} réponses, {every} décimale{'s' * (printed.decimals > 1)} est possible"
        return Finding(Verdict.UNCHECKABLE, text, "", listed)
    expected, longer = (quotient(parts * sums[0], cells, printed.decimals + more) for more in (0, 2))
    shown = f"{'100 × ' * percent}{sums[0]} / {cells} = {longer}…"
    return judgement.finding(shown, expected, listed)


def power(printed: Printed, cells: int, *, percent: bool = False, rounding: str = "") -> float:
    """Share of printable means that whole numbers cannot produce, rounded or cut (0: the check says nothing).

    Of d means from one whole number to the next, d and `cells` without common divisor, rounding gives back those up to
    half of `cells` away from a sum, and truncation those up to `cells` below it. A `rounding` that is stated is alone.

    >>> power(Printed.read("5,23"), 29), power(Printed.read("5,23"), 29, rounding="truncate")
    (0.57, 0.71)
    """
    means = 10 ** (printed.decimals + 2 * percent)
    common = gcd(means, cells)
    means, cells = means // common, cells // common
    return max(0, means - {"nearest": cells // 2 * 2 + 1, "truncate": cells}.get(rounding, cells + cells // 2)) / means


@kind("mean_sd", "une moyenne et un écart type de réponses entières", ladder=_SPREAD, judged=["mean", "sd"])
def grimmer(
    mean: Mean, sd: SD, *, n: Size, items: Positive = 1, scale: Ends | None = None, conventions: Stated = NONE
) -> Finding:
    """Finding on a printed mean and SD of `n` respondents averaging `items` integer answers.

    >>> grimmer("5,21", "1,60", n=28).verdict      # R rsprite2
    <Verdict.CONSISTENT: 'consistent'>
    >>> grimmer("3,44", "2,47", n=18).verdict      # R rsprite2 says no: possible only by truncation
    <Verdict.CONDITIONAL: 'conditional'>
    """
    first = grim(mean, n=n, items=items, conventions=conventions)
    if first.verdict is Verdict.INCONSISTENT or Printed.read(mean).comparison:
        return first
    if wrong := _no_sd(sd):
        return wrong
    if scale and not Printed.read(mean).within("either").meets(Interval(Fraction(scale[0]), Fraction(scale[1]))):
        return Finding(Verdict.INCONSISTENT, f"la moyenne {mean} sort de l'échelle de {scale[0]} à {scale[1]}")
    answers, found = _Answers(Printed.read(mean), Printed.read(sd), size(n), items, scale), []
    if answers.n * items * answers.mean.unit > _MANY:
        return Finding(Verdict.UNCHECKABLE, f"{first.explanation} ; trop de sommes la donnent pour l'écart type")

    def holds(using: Using) -> bool:
        found[:] = next(answers.pairs(using), ())
        return bool(found)

    judgement = _SPREAD.judge(holds, conventions)
    if not found:
        text = f"la moyenne {mean} est possible, mais aucune somme de carrés entière ne donne l'écart type {sd}"
        return judgement.finding(text)
    text = answers.witness(*found)
    if judgement.verdict is Verdict.CONSISTENT and first.verdict is Verdict.UNCHECKABLE:
        return Finding(first.verdict, f"{first.explanation} ; écart type possible : {text}", "", tuple(found))
    return judgement.finding(text, first.expected, tuple(found))


@kind("debit", "une moyenne et un écart type de réponses codées 0 ou 1", ladder=_SPREAD, judged=["mean", "sd"])
def debit(mean: Mean, sd: SD, *, n: Size, conventions: Stated = NONE) -> Finding:
    """Finding on mean and SD of `n` answers coded 0 or 1; the evidence lists the counts of 1.

    `uncheckable` when the mean leaves every SD with that many decimals possible.

    >>> debit("0,44", "0,50", n="1683").verdict      # R scrutiny, data set pigs3
    <Verdict.CONSISTENT: 'consistent'>
    """
    respondents = size(n)
    if Printed.read(mean).comparison or respondents == 0:
        return grim(mean, n=n)
    if wrong := _no_sd(sd):
        return wrong
    judgement = _SPREAD.judge(lambda using: any(_ones(mean, sd, respondents, using)), conventions)
    fitting = [*islice(chain(*_ones(mean, sd, respondents, judgement.using)), _LISTED)]
    if fitting and debit_power(mean, sd, n=respondents) == 0:
        text = f"avec {respondents} réponses de moyenne {mean}, tout écart type imprimable est possible"
        return Finding(Verdict.UNCHECKABLE, text)
    if fitting:
        return judgement.finding(f"{fitting[0]} réponses 1 sur {respondents}", "", tuple(fitting))
    counts = _counts(mean, respondents)
    if not counts:
        return Finding(Verdict.INCONSISTENT, f"aucun nombre de réponses 1 sur {respondents} ne donne la moyenne {mean}")
    decimals = Printed.read(sd).decimals
    units = {_units(ones, respondents, respondents - 1, decimals)[1] for ones in counts[:_LISTED]}
    expected = " ou ".join(quotient(unit, 10**decimals, decimals) for unit in sorted(units))
    return judgement.finding(f"la moyenne {mean} impose un autre écart type", expected)


def debit_power(mean: str, sd: str, *, n: int) -> float:
    """Share of the SDs printable for 0/1 answers that the printed mean excludes (0: the check says nothing).

    >>> round(debit_power("0,44", "0,50", n=1683), 2)      # of 0,00 to 0,50, only 0,49 (cut) and 0,50 remain
    0.96
    """
    decimals, counts = Printed.read(sd).decimals, _counts(mean, n, "either")
    listed = counts if len(counts) <= _LISTED else [counts[0], counts[-1], min(max(n // 2, counts[0]), counts[-1])]
    attained = {unit for ones in listed for lost in (0, 1) for unit in _units(ones, n, n - lost, decimals)}
    prints = len(attained) if listed is counts else max(attained) - min(attained) + 1
    return max(0.0, 1 - prints / (max(_units(n // 2, n, n - 1, decimals)) + 1))


def _no_sd(sd: str) -> Finding | None:
    """Finding on what cannot be an SD, or is only a limit."""
    if Printed.read(sd).comparison:
        return Finding(Verdict.UNCHECKABLE, f"{sd} n'est qu'une borne")
    negative = Printed.read(sd).centre < 0
    return Finding(Verdict.INCONSISTENT, f"{sd} : un écart type n'est pas négatif") if negative else None


def _sums(printed: Printed, using: Using, cells: int, parts: int = 1) -> range:
    return (printed.within(using.rounding) * Fraction(1, parts)).integers(cells)


def _divisor(using: Using, n: int) -> int:
    return n - 1 if using["sd"] == "n-1" else n


def _counts(mean: str, n: int, rounding: Rounding = "nearest") -> range:
    sums = Printed.read(mean).within(rounding).integers(n)
    return range(max(sums.start, 0), min(sums.stop, n + 1))


def _ones(mean: str, sd: str, n: int, using: Using) -> Iterator[range]:
    """Counts of 1, below half of the answers then above, that give both prints: ones x zeros is n divisor SD^2."""
    counts, half = _counts(mean, n, using.rounding), range(n // 2 + 1)
    box = Printed.read(sd).within(using.rounding).squared() * (n * _divisor(using, n))
    first = (bisect_left if box.closed_below else bisect_right)(half, box.low, key=lambda ones: ones * (n - ones))
    after = (bisect_right if box.closed_above else bisect_left)(half, box.high, key=lambda ones: ones * (n - ones))
    for start, stop in ((first, after), (n - after + 1, n - first + 1)) if _divisor(using, n) else ():
        yield range(max(start, counts.start), min(stop, counts.stop))


def _units(ones: int, n: int, divisor: int, decimals: int) -> tuple[int, int]:
    """The SD of so many 1 among n answers, cut and rounded, in units of its last digit."""
    squares = 4 * ones * (n - ones) * 100**decimals // (n * max(divisor, 1))
    return isqrt(squares) // 2, (isqrt(squares) + 1) // 2


@dataclass(frozen=True)
class _Answers:
    """Printed mean and SD of n respondents, each averaging so many items on a scale."""

    mean: Printed
    sd: Printed
    n: int
    items: int
    scale: Scale | None

    def pairs(self, using: Using) -> Iterator[tuple[int, int]]:
        """Sums and sums of squares, in units of one item, that give both prints."""
        divisor = _divisor(using, self.n)
        spread = self.sd.within(using.rounding).squared() * (self.items**2 * divisor)
        for total in _sums(self.mean, using, self.n * self.items) if divisor else ():
            base = Fraction(total**2, self.n)
            squares = (spread + Interval(base, base)).integers()
            first = max(squares.start, least_squares(total, self.n))
            tried = range(first + (first + total) % 2, min(squares.stop, self._most(total) + 1), 2)
            possible = (each for each in tried[:_TRIED] if self._reached(total, each))
            if (each := next(chain(possible, tried[_TRIED:][:1]), None)) is not None:
                yield total, each

    @property
    def _ends(self) -> Scale | None:
        """Least and largest answer of a respondent, in units of one item."""
        return self.scale and (self.scale[0] * self.items, self.scale[1] * self.items)

    def _most(self, total: int) -> float:
        """The largest sum of squares on the scale; none for a sum that is not."""
        inside = not self._ends or self.n * self._ends[0] <= total <= self.n * self._ends[1]
        return (most_squares(total, self.n, self._ends) if self._ends else inf) if inside else -1

    def _reached(self, total: int, squares: int) -> bool:
        from relecture.printed.whole_numbers.samples import exists

        if not self._ends:
            return reached(total, squares, self.n)
        return self._ends[1] - self._ends[0] < 2 or exists(total, squares, n=self.n, scale=self._ends)

    def witness(self, total: int, squares: int) -> str:
        """The sums in words, with answers that have them."""
        cells, decimals = self.n * self.items, self.mean.decimals
        shown = f"{total} / {cells} = {quotient(total, cells, decimals + 2)}…"
        if not (answers := example(total, squares, n=self.n, scale=self._ends)):
            return f"{shown} ; somme des carrés {squares}"
        each = [f"{times} fois {value}" if times > 1 else f"{value}" for value, times in answers.items()]
        return f"{shown}, par exemple {', '.join(each)}"
