"""Checks of the percentages of a column together, of who is left, and of majorities.

Percentages rounded one by one seldom add up to 100. Some tables adjust them so that they do, by the
largest remainders (Hamilton's method, as for seats): every share is cut to a whole number and the
points left over go to the largest remainders; shares that tie divide the points that are left for them.
Such a column prints 69 for 69,57 or 30,5 for 30,43, and is coherent all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from relecture.core.numbers import Printed, rounded, size, whole
from relecture.printed.arithmetic.totals import percentage
from relecture.printed.finding import Finding, Verdict, decided
from relecture.printed.kinds import kind


@kind("apportioned", repairable=False)
def apportioned(percents: Sequence[str], counts: Sequence[str]) -> Finding:
    """Finding on a column of percentages that may have been adjusted to add up to 100.

    `counts` are those of every part, in the order of the percentages; parts of zero may be left out.

    >>> apportioned(["9", "22", "69"], ["4", "10", "32"]).verdict       # 32 / 46 = 69,57, printed 69
    <Verdict.REPRODUCED: 'reproduced'>
    >>> apportioned(["9", "22", "70"], ["4", "10", "32"]).expected
    '9 ; 22 ; 69'
    """
    printed, shares = [Printed.read(percent).centre for percent in percents], _largest_remainders(counts)
    if len(percents) != len(counts):
        raise ValueError(f"{len(percents)} pourcentages pour {len(counts)} effectifs")
    expected = " ; ".join(rounded(share, 0 if share.denominator == 1 else 1) for share in shares)
    if printed == shares:
        return Finding(Verdict.REPRODUCED, "la colonne se retrouve, ajustée pour que son total fasse 100", expected)
    total = rounded(sum(printed), max(Printed.read(percent).decimals for percent in percents))
    text = f"le total imprimé est {total} ; ajustée pour qu'il fasse 100, la colonne serait {expected}"
    return Finding(Verdict.INCONSISTENT, text, expected)


@kind("remainder")
def remainder(percent: str, others: str | Sequence[str], n: str | Sequence[str]) -> Finding:
    """Finding on the percentage of those among `n` who are not among `others`.

    >>> remainder("8", ["6", "14", "12", "14"], "50").explanation
    '4 / 50 = 8'
    """
    left = size(n) - size(others)
    if left < 0:
        return Finding(Verdict.INCONSISTENT, f"{size(others)} répondants parmi {size(n)} : la partie dépasse le tout")
    return percentage(percent, str(left), n)


@kind("majority", literals=["claimed"], repairable=False)
def majority(parts: str | Sequence[str], n: str | Sequence[str], *, claimed: bool = True) -> Finding:
    """Finding on a sentence that calls the parts a majority of `n` (or, not `claimed`, a minority).

    Counts, or two percentages of the same respondents.

    >>> majority(["7", "33"], "46").verdict, majority("24", "62", claimed=False).verdict
    (<Verdict.REPRODUCED: 'reproduced'>, <Verdict.REPRODUCED: 'reproduced'>)
    """
    part, total = _sum(parts), _sum(n)
    if total <= 0:
        raise ValueError(f"une majorité se compte parmi des répondants, non parmi {total}")
    holds, claim = (2 * part > total, "majorité") if claimed else (2 * part < total, "minorité")
    share = f"{rounded(part, 0)} sur {rounded(total, 0)}, soit {rounded(100 * part / total, 0)} %"
    return decided(holds, f"annoncé : {claim} ; {share}")


def _sum(values: str | Sequence[str]) -> Fraction:
    texts = [values] if isinstance(values, str) else values
    return sum((Printed.read(text).centre for text in texts), Fraction(0))


def _largest_remainders(counts: Sequence[str]) -> list[Fraction]:
    """Whole percentages that add up to 100; tied remainders divide the points left for them."""
    sizes = [whole(count) for count in counts]
    if not sum(sizes):
        raise ValueError("0 répondant : des pourcentages demandent un effectif")
    exact = [Fraction(100 * part, sum(sizes)) for part in sizes]
    rests, shares = [share % 1 for share in exact], [Fraction(int(share)) for share in exact]
    left = 100 - sum(shares)
    for rest in sorted(set(rests), reverse=True):
        tied = [at for at, other in enumerate(rests) if other == rest]
        point = min(Fraction(1), left / len(tied))
        left -= point * len(tied)
        for at in tied:
            shares[at] += point
    return shares
