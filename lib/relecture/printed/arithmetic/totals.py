"""Checks of sums, parts, percentages, differences and products, and of the mean and SD of a group from its subgroups.

Every check takes printed strings, works on exact intervals and answers with a Finding.

Pooling (any textbook's decomposition of the sum of squares): N M = sum n_i m_i and
(N - 1) S^2 = sum (n_i - 1) s_i^2 + sum n_i (m_i - M)^2. The bounds are those of rounding: the last
term is convex in the means, so its maximum is at a corner of the box of true means, and its minimum
is where every mean is as close as the box allows to a common point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from itertools import product as corners
from math import lcm, prod, sqrt

from relecture.core.numbers import Interval, Printed, Rounding, rounded, size, whole
from relecture.printed.conventions import graded
from relecture.printed.finding import Finding, Verdict, decided
from relecture.printed.kinds import kind

Group = tuple[str | int | Sequence[str], str, str]


@kind("partition")
def partition(parts: Sequence[str], total: str | Sequence[str]) -> Finding:
    """Finding on exclusive parts that should add up to the total.

    >>> partition(["6", "5", "12"], "21").explanation
    'la somme des parts est 23 pour un total de 21 : compatible si 2 réponses sont comptées deux fois'
    """
    added, printed = size(parts), size(total)
    if added == printed:
        return Finding(Verdict.REPRODUCED, f"la somme des parts est bien {printed}", str(added))
    gap = abs(added - printed)
    plural = "s" if gap > 1 else ""
    twice = f"{gap} réponse{plural} {'sont comptées' if gap > 1 else 'est comptée'} deux fois"
    missing = f"{gap} répondant{plural} n'{'ont' if gap > 1 else 'a'} pas répondu, ce que la source ne dit pas"
    reading = twice if added > printed else missing
    text = f"la somme des parts est {added} pour un total de {printed} : compatible si {reading}"
    return Finding(Verdict.INCONSISTENT, text, str(added))


@kind("multiple_answers", literals=["most"])
def multiple_answers(parts: Sequence[str], n: str | Sequence[str], *, most: int | None = None) -> Finding:
    """Finding on choices ticked by the same `n` respondents, at most `most` each.

    >>> multiple_answers(["8", "3"], "10", most=1).holds
    False
    """
    counts, respondents = [whole(part) for part in parts], size(n)
    if max(counts) > respondents:
        text = f"un choix est coché {max(counts)} fois par {respondents} répondants"
        return Finding(Verdict.INCONSISTENT, text, f"{respondents} au plus")
    limit = respondents * (most or len(counts))
    if sum(counts) > limit:
        text = f"{sum(counts)} choix cochés, alors que {respondents} répondants × {most} en permettent {limit}"
        return Finding(Verdict.INCONSISTENT, text, f"{limit} au plus")
    text = f"{sum(counts)} choix cochés par {respondents} répondants, {limit} possibles"
    return Finding(Verdict.CONSISTENT, text)


@kind("part")
def part(count: str, n: str | Sequence[str]) -> Finding:
    """Finding on a part of a group, which cannot be larger than the group.

    >>> part("12", ["20"]).explanation, part("12", "7").holds
    ('12 sur 20', False)
    """
    members, group = whole(count), size(n)
    if members <= group:
        return Finding(Verdict.CONSISTENT, f"{members} sur {group}")
    return Finding(Verdict.INCONSISTENT, f"{members} sur {group}", f"{group} au plus")


@kind("percentage")
def percentage(percent: str, count: str | Sequence[str], n: str | Sequence[str] | None = None) -> Finding:
    """Finding on a printed percentage; without `n`, the sizes it would imply (and `uncheckable`).

    >>> percentage("18", "81").evidence
    (438, 462)
    """
    printed, part = Printed.read(percent), size(count)
    if n is None:
        return _implied(printed, part)
    if size(n) == 0:
        return Finding(Verdict.INCONSISTENT, f"{percent} % de 0 répondant : un pourcentage demande un effectif")
    return _agree(printed, Fraction(100 * part, size(n)), f"{part} / {size(n)}")


@kind("difference")
def difference(minuend: str, subtrahend: str, result: str) -> Finding:
    """Finding on a printed difference of two printed numbers.

    >>> difference("63,9", "47,3", "16,6").verdict
    <Verdict.REPRODUCED: 'reproduced'>
    """
    first, second, printed = (Printed.read(text) for text in (minuend, subtrahend, result))
    expected = rounded(first.centre - second.centre, printed.decimals)
    if first.centre - second.centre == printed.centre:
        return Finding(Verdict.REPRODUCED, f"{minuend} − {subtrahend} = {expected}", expected)

    def holds(rounding: Rounding) -> bool:
        return (first.within(rounding) - second.within(rounding)).meets(printed.within(rounding))

    return graded(holds, f"{minuend} − {subtrahend} = {expected}", expected)


@kind("product")
def product(factors: Sequence[str], result: str) -> Finding:
    """Finding on whole numbers whose product is printed (20 items of at most 4 points: 80)."""
    exact = prod(map(whole, factors))
    return decided(exact == whole(result), f"{' × '.join(map(str, factors))} = {exact}", str(exact))


@dataclass(frozen=True)
class Pooled:
    """Mean and SD of the union of groups: from the printed centres, with the bounds of rounding."""

    n: int
    mean: Fraction
    mean_bounds: Interval
    variance: Fraction
    variance_bounds: Interval

    @property
    def sd(self) -> float:
        return sqrt(self.variance)

    @property
    def sd_bounds(self) -> tuple[float, float]:
        return sqrt(self.variance_bounds.low), sqrt(self.variance_bounds.high)


def pooled(groups: Sequence[Group], rounding: Rounding = "nearest") -> Pooled:
    """Mean and SD of the union of (n, mean, sd) groups, as exact as their prints allow; a group of nobody adds nothing.

    >>> whole_group = pooled([(17, "61,9", "9,7"), (43, "40,7", "9,5")])
    >>> rounded(whole_group.mean, 2), rounded(whole_group.sd, 2)
    ('46,71', '13,51')
    """
    groups = [group for group in groups if size(group[0])]
    sizes = [size(n) for n, _, _ in groups]
    means, sds = ([Printed.read(group[at]) for group in groups] for at in (1, 2))
    boxes, spreads = ([read.within(rounding) for read in reads] for reads in (means, sds))
    total = sum(sizes)
    if total < 2:
        raise ValueError(f"{total} répondant en tout : un écart type en demande au moins deux")
    mean = _weighted(sizes, [read.centre for read in means])
    low, high = (_weighted(sizes, [getattr(box, end) for box in boxes]) for end in ("low", "high"))
    squares = [spread.squared() for spread in spreads]
    ends = ([read.centre**2 for read in sds], [box.low for box in squares], [box.high for box in squares])
    inner = [_inner(sizes, variances) for variances in ends]
    most_between = max(_between(sizes, ends) for ends in corners(*[(box.low, box.high) for box in boxes]))
    between = [_between(sizes, [read.centre for read in means]), _least_between(sizes, boxes), most_between]
    centre, least, most = (sum(pair) / (total - 1) for pair in zip(inner, between, strict=True))
    return Pooled(total, mean, Interval(low, high), centre, Interval(least, most))


@kind("pooled")
def pooled_total(groups: Sequence[Group], mean: str, sd: str) -> Finding:
    """Finding on the printed mean and SD of a group against those of its subgroups.

    >>> pooled_total([(17, "61,9", "9,7"), (43, "40,7", "9,5")], "47,3", "12").expected
    '46,7 ± 14'
    """
    printed_mean, printed_sd, union = Printed.read(mean), Printed.read(sd), pooled(groups)

    def holds(rounding: Rounding) -> bool:
        whole = union if rounding == "nearest" else pooled(groups, rounding)
        spread = printed_sd.within(rounding).squared()
        return whole.variance_bounds.meets(spread) and whole.mean_bounds.meets(printed_mean.within(rounding))

    expected = f"{rounded(union.mean, printed_mean.decimals)} ± {rounded(union.sd, printed_sd.decimals)}"
    low, high = (rounded(end, 2) for end in (union.mean_bounds.low, union.mean_bounds.high))
    spread = " à ".join(rounded(end, 2) for end in union.sd_bounds)
    text = f"les sous-groupes donnent une moyenne de {low} à {high} et un écart type de {spread}"
    return graded(holds, text, expected, (union,))


def _implied(percent: Printed, part: int) -> Finding:
    """The sizes of which `part` is that percentage; no largest one when it may be zero."""
    true, lost = percent.within("nearest"), "l'effectif de départ n'est pas imprimé"
    low = int(-(-part * 100 // true.high))
    if true.low <= 0:
        return Finding(Verdict.UNCHECKABLE, f"{lost} ; {percent.text} % en supposerait au moins {low}", "", (low,))
    high = int(part * 100 // true.low)
    return Finding(Verdict.UNCHECKABLE, f"{lost} ; {percent.text} % en supposerait de {low} à {high}", "", (low, high))


def _agree(printed: Printed, exact: Fraction, how: str) -> Finding:
    expected = rounded(exact, printed.decimals)
    if not printed.comparison and expected == rounded(printed.centre, printed.decimals):
        return Finding(Verdict.REPRODUCED, f"{how} = {expected}", expected)
    return graded(lambda rounding: exact in printed.within(rounding), f"{how} = {expected}", expected)


def _weighted(sizes: Sequence[int], means: Sequence[Fraction]) -> Fraction:
    tops, unit = _over_one(means)
    return Fraction(sum(n * top for n, top in zip(sizes, tops, strict=True)), unit * sum(sizes))


def _over_one(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """Numerators over one denominator: sums of whole numbers cost far less than those of fractions."""
    unit = lcm(*(value.denominator for value in values))
    return [value.numerator * (unit // value.denominator) for value in values], unit


def _inner(sizes: Sequence[int], variances: Sequence[Fraction]) -> Fraction:
    tops, unit = _over_one(variances)
    return Fraction(sum((n - 1) * top for n, top in zip(sizes, tops, strict=True)), unit)


def _between(sizes: Sequence[int], means: Sequence[Fraction]) -> Fraction:
    """Squared deviations of the means from their centre: sum of squares, less the square of the sum over n."""
    (tops, unit), total = _over_one(means), sum(sizes)
    parts = [n * top for n, top in zip(sizes, tops, strict=True)]
    squares = sum(part * top for part, top in zip(parts, tops, strict=True))
    return Fraction(total * squares - sum(parts) ** 2, total * unit**2)


def _least_between(sizes: Sequence[int], boxes: Sequence[Interval]) -> Fraction:
    """Smallest spread: every mean clamped towards the common point that minimises it.

    The squared distance of a point to the boxes is convex, and quadratic from one end of a box to the next: it is
    least in the stretch that holds its own stationary point.
    """
    stretches = pairwise(sorted({end for box in boxes for end in (box.low, box.high)}))
    points = ((low, _stationary(sizes, boxes, (low + high) / 2), high) for low, high in stretches)
    least = next(point for low, point, high in points if low <= point <= high)
    return _between(sizes, [_clamped(least, box) for box in boxes])


def _stationary(sizes: Sequence[int], boxes: Sequence[Interval], point: Fraction) -> Fraction:
    """The weighted centre of the box ends that are active at a point (the point itself inside all boxes)."""
    ends = [_clamped(point, box) for box in boxes]
    active = [(n, end) for n, end in zip(sizes, ends, strict=True) if end != point]
    return _weighted(*zip(*active, strict=True)) if active else point


def _clamped(point: Fraction, box: Interval) -> Fraction:
    return min(max(point, box.low), box.high)
