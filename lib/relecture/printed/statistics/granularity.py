"""Checks of means, SDs and medians of whole numbers: GRIM, GRIMMER, DEBIT.

n integer answers have an integer sum T and an integer sum of squares Q. GRIM (Brown & Heathers 2017,
doi:10.1177/1948550616673876) asks whether some T gives the printed mean; GRIMMER (Anaya 2016; Allard
2018) whether, for some such T, a Q of the right parity, at least the minimum for that T and within
the scale, gives the printed SD; DEBIT (Heathers & Brown 2019) asks the same of 0/1 answers.

Exact arithmetic throughout. The SD divides by n - 1 first; when only n fits, the finding says so.
With a scale, a sample must exist (`samples.exists`), as long as the scale is short enough to search.
Without one, parity and minimum are necessary conditions: below five answers a few values of Q
that pass them exist for no sample, so that `consistent` is then the weaker statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from relecture.core.numbers import Interval, Printed, Rounding, Scale, quotient, rounded, size
from relecture.printed.conventions import CONVENTIONS
from relecture.printed.finding import HOW, Finding, Verdict
from relecture.printed.kinds import kind

_TRUNCATED = (CONVENTIONS["rounding"]["truncate"].condition,)
_ROUNDINGS: tuple[tuple[Rounding, Verdict], ...] = (("nearest", Verdict.CONSISTENT), ("either", Verdict.CONDITIONAL))


@kind("mean", literals=["items", "percent"])
def grim(mean: str, *, n: int, items: int = 1, percent: bool = False) -> Finding:
    """Finding on a printed mean of `n` respondents, each averaging `items` integer answers.

    For a Likert *sum* keep items=1: only the averaging refines the grid. With `percent`, the print
    is a percentage of `n` yes-or-no answers. `uncheckable` when every mean with that many decimals
    is possible.

    >>> grim("41,09", n=21).verdict          # 863 / 21 = 41.0952...
    <Verdict.CONDITIONAL: 'conditional'>
    >>> grim("5,23", n=29).verdict           # R scrutiny, data set pigs1
    <Verdict.INCONSISTENT: 'inconsistent'>
    """
    printed, cells = Printed.read(mean), size(n) * items
    if cells == 0:
        return Finding(Verdict.INCONSISTENT, f"{mean} : la moyenne de 0 réponse n'existe pas")
    if percent:
        printed = Printed(mean, printed.exact / 100, printed.decimals + 2)
    for rounding, verdict in _ROUNDINGS:
        if fitting_sums := printed.within(rounding).integers(cells):
            return _possible_mean(printed, cells, verdict, tuple(fitting_sums))
    near = quotient(round(printed.centre * cells), cells, printed.decimals)
    return Finding(Verdict.INCONSISTENT, f"aucune somme entière de {cells} réponses ne donne {mean}", near)


def power(printed: Printed, cells: int) -> float:
    """Share of printable means that whole numbers cannot produce (0: the check says nothing).

    >>> power(Printed.read("5,23"), 29)
    0.71
    """
    return max(0.0, 1 - cells / 10**printed.decimals)


@kind("mean_sd", literals=["scale", "items"])
def grimmer(mean: str, sd: str, *, n: int, items: int = 1, scale: Scale | None = None) -> Finding:
    """Finding on a printed mean and SD of `n` respondents averaging `items` integer answers.

    >>> grimmer("5,21", "1,60", n=28).verdict      # R rsprite2
    <Verdict.CONSISTENT: 'consistent'>
    >>> grimmer("3,44", "2,47", n=18).verdict      # R rsprite2 says no: possible only by truncation
    <Verdict.CONDITIONAL: 'conditional'>
    """
    first = grim(mean, n=n, items=items)
    if first.verdict is Verdict.INCONSISTENT:
        return first
    if scale and not Printed.read(mean).within("either").meets(Interval(Fraction(scale[0]), Fraction(scale[1]))):
        return Finding(Verdict.INCONSISTENT, f"la moyenne {mean} sort de l'échelle de {scale[0]} à {scale[1]}")
    for rounding, verdict in _ROUNDINGS:
        if pair := next(_pairs(mean, sd, size(n), items, scale, rounding, size(n) - 1), None):
            return _possible_sd(first, verdict, pair, "")
    if pair := next(_pairs(mean, sd, size(n), items, scale, "nearest", size(n)), None):
        return _possible_sd(first, Verdict.CONSISTENT, pair, " (divisé par n, non n − 1)")
    text = f"la moyenne {mean} est possible, mais aucune somme de carrés entière ne donne l'écart type {sd}"
    return Finding(Verdict.INCONSISTENT, text)


def debit(mean: str, sd: str, *, n: int) -> Finding:
    """Finding on mean and SD of `n` answers coded 0 or 1; the evidence lists the counts of 1.

    `uncheckable` when the mean leaves every SD with that many decimals possible.

    >>> debit("0,44", "0,50", n=1683).verdict      # R scrutiny, data set pigs3
    <Verdict.CONSISTENT: 'consistent'>
    """
    if n < 2:
        return Finding(Verdict.INCONSISTENT, f"{n} réponse : un écart type en demande au moins deux")
    if debit_power(mean, sd, n=n) == 0:
        text = f"avec {n} réponses et la moyenne {mean}, tout écart type imprimable est possible"
        return Finding(Verdict.UNCHECKABLE, text)
    for rounding, verdict in _ROUNDINGS:
        variances = Printed.read(sd).within(rounding).squared()
        fitting = tuple(k for k in _ones(mean, n, rounding) if _binary_variance(k, n) in variances)
        if fitting:
            return _under(verdict, f" : {fitting[0]} réponses 1 sur {n}", "", fitting)
    counts = _ones(mean, n, "nearest")
    if not counts:
        return Finding(Verdict.INCONSISTENT, f"aucun nombre de réponses 1 sur {n} ne donne la moyenne {mean}")
    expected = {rounded(float(_binary_variance(k, n)) ** 0.5, Printed.read(sd).decimals) for k in counts}
    return Finding(Verdict.INCONSISTENT, f"la moyenne {mean} impose un autre écart type", " ou ".join(sorted(expected)))


def debit_power(mean: str, sd: str, *, n: int) -> float:
    """Share of the SDs printable for 0/1 answers that the printed mean excludes (0: the check says nothing).

    >>> round(debit_power("0,44", "0,50", n=1683), 2)      # of 0,00 to 0,50, only 0,50 remains
    0.98
    """
    decimals = Printed.read(sd).decimals
    attained = {rounded(float(_binary_variance(k, n)) ** 0.5, decimals) for k in _ones(mean, n, "nearest")}
    most = rounded(float(_binary_variance(n // 2, n)) ** 0.5, decimals)
    printable = int(most.replace(",", "")) + 1
    return max(0.0, 1 - len(attained) / printable)


def _ones(mean: str, n: int, rounding: Rounding) -> list[int]:
    return [k for k in Printed.read(mean).within(rounding).integers(n) if 0 <= k <= n]


def _binary_variance(ones: int, n: int) -> Fraction:
    return Fraction(ones * (n - ones), n * (n - 1))


def _pairs(
    mean: str, sd: str, n: int, items: int, scale: Scale | None, rounding: Rounding, divisor: int
) -> Iterator[tuple[int, int]]:
    """Sums and sums of squares, in units of one item, that give both prints."""
    if divisor == 0:
        return
    sums_of_squares = Printed.read(sd).within(rounding).squared() * (items**2 * divisor)
    for total in Printed.read(mean).within(rounding).integers(n * items):
        base = Fraction(total**2, n)
        for squares in (sums_of_squares + Interval(base, base)).integers():
            if squares % 2 == total % 2 and _reachable(total, squares, n, items, scale):
                yield total, squares


def _reachable(total: int, squares: int, n: int, items: int, scale: Scale | None) -> bool:
    if squares < _least_squares(total, n):
        return False
    if scale is None:
        return True
    low, high = scale[0] * items, scale[1] * items
    if not (n * low <= total <= n * high and squares <= _most_squares(total, n, (low, high))):
        return False
    if high - low < 2:  # no search is needed
        return True
    from relecture.printed.exact.samples import exists

    return exists(total, squares, n=n, scale=(low, high))


def _least_squares(total: int, n: int) -> int:
    """The smallest sum of squares of `n` integers with that sum: all equal, up to one.

    >>> _least_squares(7, 3)      # 2, 2, 3
    17
    """
    low, extra = divmod(total, n)
    return (n - extra) * low**2 + extra * (low + 1) ** 2


def _most_squares(total: int, n: int, scale: Scale) -> int:
    """The largest sum of squares on a scale: answers at both ends, one in between."""
    low, high = scale
    if low == high:
        return total * low
    at_top, rest = divmod(total - n * low, high - low)
    inner = n - at_top - 1
    return at_top * high**2 + ((low + rest) ** 2 + inner * low**2 if inner >= 0 else 0)


def _possible_mean(printed: Printed, cells: int, verdict: Verdict, sums: Sequence[int]) -> Finding:
    if verdict is Verdict.CONSISTENT and power(printed, cells) == 0:
        plural = "s" if printed.decimals > 1 else ""
        text = f"avec {cells} réponses, toute moyenne à {printed.decimals} décimale{plural} est possible"
        return Finding(Verdict.UNCHECKABLE, text, "", sums)
    text = f" : {sums[0]} / {cells} = {quotient(sums[0], cells, printed.decimals + 2)}…"
    return _under(verdict, text, quotient(sums[0], cells, printed.decimals), sums)


def _possible_sd(first: Finding, verdict: Verdict, pair: tuple[int, int], divided: str) -> Finding:
    total, squares = pair
    graded = Verdict.CONDITIONAL if Verdict.CONDITIONAL in (first.verdict, verdict) else first.verdict
    text = f"{first.explanation} ; écart type possible{divided} : somme {total}, somme des carrés {squares}"
    return Finding(graded, text, first.expected, pair, _TRUNCATED if graded is Verdict.CONDITIONAL else ())


def _under(verdict: Verdict, text: str, expected: str, evidence: tuple) -> Finding:
    """Finding whose explanation begins with how the print comes back."""
    conditions = _TRUNCATED if verdict is Verdict.CONDITIONAL else ()
    how = f"se retrouve {conditions[0]}" if conditions else HOW[verdict]
    return Finding(verdict, how + text, expected, evidence, conditions)
