"""Checks of percentages: of a part, of a column together, of who is left; and of majorities.

Some tables adjust a column so that it adds up to 100, by the largest remainders (Hamilton's method, as for seats):
every share is cut to a whole number and the points left over go to the largest remainders; shares that tie divide the
points that are left for them. So 69 may be printed for 69,57, and 30,5 for 30,43.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

from relecture.core.numbers import Printed, rounded, size, whole
from relecture.printed.arguments import Count, PartPercent, Percent, Role, Size
from relecture.printed.conventions import NONE, ROUNDED, Ladder, Stated, graded
from relecture.printed.finding import Finding, Verdict, decided
from relecture.printed.kinds import kind

CountsOrPercents = Annotated[str | Sequence[str], Role("un nombre", "count percent", 0)]
ANSWERED = Ladder(answers="all some")
_TO_100 = "si la colonne est ajustée pour que son total fasse 100"


@kind(
    "percentage",
    "un pourcentage, son effectif et son total",
    ladder=ROUNDED,
    judged=["percent"],
    parallel=["column", "counts"],
)
def percentage(
    percent: Percent,
    count: Size,
    n: Size | None = None,
    *,
    missing: bool = False,
    column: Sequence[PartPercent] = (),
    counts: Sequence[Count] = (),
    conventions: Stated = NONE,
) -> Finding:
    """Finding on a printed percentage; without `n`, the sizes it would imply (and `uncheckable`).

    Where `missing`, up to a third of `n`, or ten, may not have answered: `conditional`, with how many. Given the
    percentages of its whole `column` and their `counts`: `conditional` too where the column is adjusted to 100.

    >>> percentage("18", "81").evidence
    (438, 462)
    >>> percentage("28", "37", "141", missing=True).conditions
    ("si 7 répondants n'ont pas répondu (5,0 %)",)
    >>> percentage("30,5", "14", "46", column=["13", "30,5", "26", "30,5"], counts=["6", "14", "12", "14"]).conditions
    ('si la colonne est ajustée pour que son total fasse 100',)
    """
    printed, part = Printed.read(percent), size(count)
    if n is None:
        return _implied(printed, part)
    if size(n) == 0:
        return Finding(Verdict.INCONSISTENT, f"{percent} % de 0 répondant : un pourcentage demande un effectif")
    exact = Fraction(100 * part, size(n))
    expected = rounded(exact, printed.decimals)
    text = f"{part} / {size(n)} = {expected}"
    finding = graded(lambda rounding: exact in printed.within(rounding), text, expected, stated=conventions)
    if missing and finding.verdict is Verdict.INCONSISTENT:
        sizes = range(size(n) - 1, max(part, min(size(n) * 2 // 3, size(n) - 10), 1) - 1, -1)
        if answered := next((k for k in sizes if Fraction(100 * part, k) in printed.within("either")), None):
            return unanswered(text, size(n) - answered, size(n), expected, conventions)
    if column and finding.verdict is Verdict.INCONSISTENT and apportioned(column, counts).holds:
        return Finding(Verdict.CONDITIONAL, f"{text} : se retrouve {_TO_100}", expected, (), (_TO_100,))
    exactly = not printed.comparison and expected == rounded(printed.centre, printed.decimals)
    return Finding(Verdict.REPRODUCED, text, expected) if exactly and finding.holds else finding


@kind(
    "apportioned",
    "une colonne de pourcentages ajustée pour faire 100",
    repairable=False,
    judged=["percents"],
    parallel=["percents", "counts"],
)
def apportioned(percents: Sequence[PartPercent], counts: Sequence[Count]) -> Finding:
    """Finding on a column of percentages that may have been adjusted to add up to 100.

    `counts` are those of every part, in the order of the percentages; parts of zero may be left out.

    >>> apportioned(["9", "22", "69"], ["4", "10", "32"]).verdict       # 32 / 46 = 69,57, printed 69
    <Verdict.REPRODUCED: 'reproduced'>
    >>> apportioned(["9", "22", "70"], ["4", "10", "32"]).expected
    '9 ; 22 ; 69'
    """
    printed, shares = [Printed.read(percent).exact for percent in percents], _largest_remainders(counts)
    if len(percents) != len(counts):
        raise ValueError(f"{len(percents)} pourcentages pour {len(counts)} effectifs")
    expected = " ; ".join(rounded(share, 0 if share.denominator == 1 else 1) for share in shares)
    if printed == shares:
        return Finding(Verdict.REPRODUCED, "la colonne se retrouve, ajustée pour que son total fasse 100", expected)
    total = rounded(sum(printed), max(Printed.read(percent).decimals for percent in percents))
    text = f"le total imprimé est {total} ; ajustée pour qu'il fasse 100, la colonne serait {expected}"
    return Finding(Verdict.INCONSISTENT, text, expected)


@kind("remainder", "le pourcentage de ceux qui restent", ladder=ROUNDED, judged=["percent"])
def remainder(percent: PartPercent, others: Size, n: Size, *, conventions: Stated = NONE) -> Finding:
    """Finding on the percentage of those among `n` who are not among `others`.

    >>> remainder("8", ["6", "14", "12", "14"], "50").explanation
    '4 / 50 = 8'
    """
    left = size(n) - size(others)
    if left < 0:
        return Finding(Verdict.INCONSISTENT, f"{size(others)} répondants parmi {size(n)} : la partie dépasse le tout")
    return percentage(percent, str(left), n, conventions=conventions)


@kind("majority", "une majorité, ou une minorité, annoncée", repairable=False, judged=["parts"])
def majority(parts: CountsOrPercents, n: CountsOrPercents, *, claimed: bool = True) -> Finding:
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


def unanswered(text: str, missing: int, n: int, expected: str, stated: Stated) -> Finding:
    """Finding that missing answers explain, unless all are said to have answered."""
    verdict = ANSWERED.judge(lambda using: using["answers"] == "some", stated).verdict
    if verdict is Verdict.INCONSISTENT:
        return Finding(verdict, f"{text}, et tous ont répondu", expected)
    several = f"{missing} répondants n'ont" if missing > 1 else "1 répondant n'a"
    condition = f"si {several} pas répondu ({rounded(Fraction(100 * missing, n), 1)} %)"
    conditions = (condition,) if verdict is Verdict.CONDITIONAL else ()
    return Finding(verdict, f"{text} : se retrouve {condition}", expected, (), conditions)


def _implied(percent: Printed, part: int) -> Finding:
    """The sizes of which `part` is that percentage; no largest one when it may be zero."""
    true, lost = percent.within("nearest"), "l'effectif de départ n'est pas imprimé"
    low = int(-(-part * 100 // true.high)) if true.high > 0 else 0
    ends = (low, int(part * 100 // true.low)) if true.low > 0 else (low,)
    sizes = f"de {low} à {ends[1]}" if true.low > 0 else f"au moins {low}"
    return Finding(Verdict.UNCHECKABLE, f"{lost} ; {percent.text} % en supposerait {sizes}", "", ends)


def _sum(values: str | Sequence[str]) -> Fraction:
    texts = [values] if isinstance(values, str) else values
    return sum((Printed.read(text).exact for text in texts), Fraction(0))


def _largest_remainders(counts: Sequence[str]) -> list[Fraction]:
    """Whole percentages that add up to 100; tied remainders divide the points left for them."""
    sizes = [whole(count) for count in counts]
    if not sum(sizes):
        raise ValueError("0 répondant : des pourcentages demandent un effectif")
    exact = [Fraction(100 * part, sum(sizes)) for part in sizes]
    shares = [Fraction(int(share)) for share in exact]
    for rest in sorted({share % 1 for share in exact}, reverse=True):
        tied = [share % 1 == rest for share in exact]
        point = min(Fraction(1), (100 - sum(shares)) / sum(tied))
        shares = [share + point * ties for share, ties in zip(shares, tied, strict=True)]
    return shares
