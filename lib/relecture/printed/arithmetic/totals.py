"""Checks of sums, parts, differences and products, and of the mean and SD of a group from its subgroups.

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
from typing import Annotated

from relecture.core.numbers import Interval, Printed, Rounding, rounded, size, whole
from relecture.printed.arguments import SD, AtLeast, Count, Group, Mean, Number, Positive, Role, Several, Size
from relecture.printed.arithmetic.percentages import ANSWERED, unanswered
from relecture.printed.conventions import NONE, ROUNDED, Ladder, Stated, Using, graded
from relecture.printed.finding import Finding, Verdict, decided
from relecture.printed.kinds import kind

Part = Annotated[str | Sequence[str], Role("un effectif", "count percent", 0)]
_ROUNDED_SPREAD = Ladder(rounding="nearest truncate", sd="n-1 n")


@kind("partition", "des parts exclusives et leur total", ladder=ANSWERED, judged=["total"])
def partition(parts: Annotated[Sequence[Part], AtLeast(2)], total: Part, *, conventions: Stated = NONE) -> Finding:
    """Finding on exclusive parts that should add up to the total.

    Parts below the total are `conditional`: some respondents may have given no answer, unless `answers: all` is
    stated. Parts above it never hold: where several answers are allowed, see `multiple_answers`.

    >>> partition(["119", "208", "76", "111"], "520").conditions
    ("si 6 répondants n'ont pas répondu (1,2 %)",)
    >>> partition(["6", "5", "12"], "21").explanation
    'la somme des parts est 23 pour un total de 21 : il faudrait que 2 réponses soient comptées deux fois'
    """
    added, printed = size(parts), size(total)
    if added == printed:
        return Finding(Verdict.REPRODUCED, f"la somme des parts est bien {printed}", str(added))
    text, more = f"la somme des parts est {added} pour un total de {printed}", added - printed
    if more < 0:
        return unanswered(text, -more, printed, str(added), conventions)
    twice = f"{more} réponses soient comptées" if more > 1 else "1 réponse soit comptée"
    return Finding(Verdict.INCONSISTENT, f"{text} : il faudrait que {twice} deux fois", str(added))


@kind("multiple_answers", "des choix cochés par les mêmes personnes", ladder=ANSWERED, judged=["n"])
def multiple_answers(
    parts: Sequence[Count], n: Size, *, most: Positive | None = None, least: int = 0, conventions: Stated = NONE
) -> Finding:
    """Finding on choices ticked by the same `n` respondents, at least `least` and at most `most` each.

    Too few ticks are `conditional`: some respondents may have ticked nothing, unless `answers: all` is stated.

    >>> multiple_answers(["8", "3"], "10", most=1).holds
    False
    >>> multiple_answers(["8", "3"], "12", least=1).conditions
    ("si 1 répondant n'a pas répondu (8,3 %)",)
    """
    counts, respondents = [whole(part) for part in parts], size(n)
    ticked, largest = sum(counts), max(counts, default=0)
    if largest > respondents:
        text = f"un choix est coché {largest} fois par {respondents} répondants"
        return Finding(Verdict.INCONSISTENT, text, f"{respondents} au plus")
    limit = respondents * (most or len(counts))
    if ticked > limit:
        text = f"{ticked} choix cochés, alors que {respondents} répondants × {most} en permettent {limit}"
        return Finding(Verdict.INCONSISTENT, text, f"{limit} au plus")
    if ticked >= respondents * least:
        return Finding(Verdict.CONSISTENT, f"{ticked} choix cochés par {respondents} répondants, {limit} possibles")
    text = f"{ticked} choix cochés, alors que {respondents} répondants × {least} en demandent {respondents * least}"
    missing, expected = respondents - ticked // least, f"{respondents * least} au moins"
    if largest > respondents - missing:
        return Finding(Verdict.INCONSISTENT, f"{text} ; l'un est coché {largest} fois", expected)
    return unanswered(text, missing, respondents, expected, conventions)


@kind("part", "une partie d'un groupe, jamais plus grande que lui", judged=["count"])
def part(count: Size, n: Size) -> Finding:
    """Finding on a part of a group, which cannot be larger than the group.

    >>> part("12", ["20"]).explanation, part("12", "7").holds
    ('12 sur 20', False)
    """
    text, inside = f"{size(count)} sur {size(n)}", size(count) <= size(n)
    return Finding(Verdict.CONSISTENT, text) if inside else Finding(Verdict.INCONSISTENT, text, f"{size(n)} au plus")


@kind("difference", "la différence de deux nombres", ladder=ROUNDED, judged=["result"])
def difference(
    minuend: Number, subtrahend: Number, result: Number, *, whole: bool = False, conventions: Stated = NONE
) -> Finding:
    """Finding on a printed difference of two printed numbers.

    `whole` for exact numbers of persons or things, as it is where all three are of kind `count`; else each may be
    rounded.

    >>> difference("63,9", "47,3", "16,6").verdict
    <Verdict.REPRODUCED: 'reproduced'>
    >>> difference("312", "71", "240").verdict, difference("312", "71", "240", whole=True).verdict
    (<Verdict.CONSISTENT: 'consistent'>, <Verdict.INCONSISTENT: 'inconsistent'>)
    """
    first, second, printed = (Printed.read(text) for text in (minuend, subtrahend, result))
    exact = first.exact - second.exact
    expected = rounded(exact, printed.decimals)
    if exact == printed.exact:
        return Finding(Verdict.REPRODUCED, f"{minuend} − {subtrahend} = {expected}", expected)
    if whole:
        return decided(False, f"{minuend} − {subtrahend} = {expected} : ne se retrouve pas", expected)

    def holds(rounding: Rounding) -> bool:
        return (first.within(rounding) - second.within(rounding)).meets(printed.within(rounding))

    return graded(holds, f"{minuend} − {subtrahend} = {expected}", expected, stated=conventions)


@kind("product", "le produit de nombres entiers", judged=["result"])
def product(factors: Several, result: Number) -> Finding:
    """Finding on whole numbers whose product is printed.

    >>> product(["20", "4"], "80").explanation      # 20 items of at most 4 points
    '20 × 4 = 80'
    """
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


def pooled(groups: Sequence[Group], rounding: Rounding = "nearest", *, lost: int = 1) -> Pooled:
    """Mean and SD of the union of (n, mean, sd) groups, as exact as their prints allow; a group of nobody adds nothing.

    Every variance is divided by n - lost.

    >>> whole_group = pooled([(17, "61,9", "9,7"), (43, "40,7", "9,5")])
    >>> rounded(whole_group.mean, 2), rounded(whole_group.sd, 2)
    ('46,71', '13,51')
    """
    groups = [group for group in groups if size(group[0])]
    sizes = [size(n) for n, _, _ in groups]
    means, sds = ([Printed.read(group[at]) for group in groups] for at in (1, 2))
    boxes, squares = [read.within(rounding) for read in means], [read.within(rounding).squared() for read in sds]
    total = sum(sizes)
    if total < 2:
        raise ValueError(f"{total} répondant en tout : un écart type en demande au moins deux")
    centres = [read.exact for read in means]
    ends = (centres, [box.low for box in boxes], [box.high for box in boxes])
    mean, low, high = (_sum(sizes, values) / total for values in ends)
    most_between = max(_between(sizes, corner) for corner in corners(*[(box.low, box.high) for box in boxes]))
    between = [_between(sizes, centres), _least_between(sizes, boxes), most_between]
    variances = ([read.exact**2 for read in sds], [box.low for box in squares], [box.high for box in squares])
    inner = [_sum([n - lost for n in sizes], values) for values in variances]
    centre, least, most = (sum(pair) / (total - lost) for pair in zip(inner, between, strict=True))
    return Pooled(total, mean, Interval(low, high), centre, Interval(least, most))


@kind(
    "pooled",
    "la moyenne et l'écart type d'un groupe et de ses sous-groupes",
    ladder=_ROUNDED_SPREAD,
    judged=["mean", "sd"],
)
def pooled_total(groups: Sequence[Group], mean: Mean, sd: SD, *, conventions: Stated = NONE) -> Finding:
    """Finding on the printed mean and SD of a group against those of its subgroups.

    >>> pooled_total([(17, "61,9", "9,7"), (43, "40,7", "9,5")], "47,3", "12").expected
    '46,7 ± 14'
    """
    printed_mean, printed_sd, union = Printed.read(mean), Printed.read(sd), pooled(groups)

    def holds(using: Using) -> bool:
        assumed = (using.rounding, using["sd"]) == ("nearest", "n-1")
        whole = union if assumed else pooled(groups, using.rounding, lost=using["sd"] == "n-1")
        spread = printed_sd.within(using.rounding).squared()
        return whole.variance_bounds.meets(spread) and whole.mean_bounds.meets(printed_mean.within(using.rounding))

    expected = f"{rounded(union.mean, printed_mean.decimals)} ± {rounded(union.sd, printed_sd.decimals)}"
    low, high = (rounded(end, 2) for end in (union.mean_bounds.low, union.mean_bounds.high))
    spread = " à ".join(rounded(sqrt(end), 2) for end in (union.variance_bounds.low, union.variance_bounds.high))
    text = f"les sous-groupes donnent une moyenne de {low} à {high} et un écart type de {spread}"
    return _ROUNDED_SPREAD.judge(holds, conventions).finding(text, expected, (union,))


def _sum(weights: Sequence[int], values: Sequence[Fraction]) -> Fraction:
    tops, unit = _over_one(values)
    return Fraction(sum(n * top for n, top in zip(weights, tops, strict=True)), unit)


def _over_one(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """Numerators over one denominator: sums of whole numbers cost far less than those of fractions."""
    unit = lcm(*(value.denominator for value in values))
    return [value.numerator * (unit // value.denominator) for value in values], unit


def _between(sizes: Sequence[int], means: Sequence[Fraction]) -> Fraction:
    """Squared deviations of the means from their centre: sum of squares, less the square of the sum over n."""
    (tops, unit), total = _over_one(means), sum(sizes)
    parts = [n * top for n, top in zip(sizes, tops, strict=True)]
    squares = sum(part * top for part, top in zip(parts, tops, strict=True))
    return Fraction(total * squares - sum(parts) ** 2, total * unit**2)


def _least_between(sizes: Sequence[int], boxes: Sequence[Interval]) -> Fraction:
    """Smallest spread: every mean clamped towards a common point, tried where each stretch has its least.

    The squared distance of a point to the boxes is quadratic from one end of a box to the next.
    """
    stretches = pairwise(sorted({end for box in boxes for end in (box.low, box.high)}))
    points = [_stationary(sizes, boxes, (low + high) / 2) for low, high in stretches]
    return min(_between(sizes, [_clamped(point, box) for box in boxes]) for point in points)


def _stationary(sizes: Sequence[int], boxes: Sequence[Interval], point: Fraction) -> Fraction:
    """The weighted centre of the box ends that are active at a point (the point itself inside all boxes)."""
    ends = [_clamped(point, box) for box in boxes]
    active = [n * (end != point) for n, end in zip(sizes, ends, strict=True)]
    return _sum(active, ends) / sum(active) if any(active) else point


def _clamped(point: Fraction, box: Interval) -> Fraction:
    return min(max(point, box.low), box.high)
