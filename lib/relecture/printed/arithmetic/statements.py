"""Checks of sentences against the printed numbers that they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import Literal

from relecture.core.numbers import Printed, Rounding, rounded, whole
from relecture.printed.arguments import Anything, Count, Number, Rank, Several, SeveralPrints
from relecture.printed.conventions import graded
from relecture.printed.finding import Finding, Verdict, decided
from relecture.printed.kinds import kind


@kind("same", "un même nombre, imprimé plusieurs fois", judged=["values"])
def same(values: Several) -> Finding:
    """Finding on one quantity printed several times, perhaps with fewer decimals.

    Prints with the same number of decimals must be the same number.

    >>> same(["2,34", "2.4"]).expected, same(["4,46", "4,5"]).verdict
    ('2,3', <Verdict.CONSISTENT: 'consistent'>)
    """
    coarsest, *_, finest = prints = sorted(map(Printed.read, values), key=lambda read: read.decimals)
    if len({(read.centre, read.comparison) for read in prints}) == 1:
        everywhere = "le même nombre partout" if len(prints) > 2 else "le même nombre aux deux endroits"
        return Finding(Verdict.REPRODUCED, everywhere, finest.text)
    exact = {(read.decimals, read.centre) for read in prints if not read.comparison}
    alike = len(exact) == len({decimals for decimals, _ in exact})

    def holds(rounding: Rounding) -> bool:
        return alike and all(read.within(rounding).meets(finest.within(rounding)) for read in prints)

    expected = rounded(finest.centre, coarsest.decimals)
    return graded(holds, f"{finest.text} à un endroit, {coarsest.text} à un autre", expected)


@kind("count", "un nombre de lignes annoncé", judged=["claim"])
def count(claim: Count, values: SeveralPrints, *, below: str | None = None, equals: str | None = None) -> Finding:
    """Finding on a number of rows stated in a sentence; `below` counts only values under a threshold.

    `equals` counts only the values that are this word; values may then be words, as when all are counted.

    A print such as 0,05 may stand for a value on either side of the threshold: the count is a range.

    >>> count("deux", ["0,015", "0,013", "0,068"], below="0,05").verdict
    <Verdict.REPRODUCED: 'reproduced'>
    >>> count("3", ["F", "H", "F", "F"], equals="F").expected
    '3'
    """
    concerned = [value for value in values if equals in (None, value)]
    least = most = len(concerned)
    if below is not None:
        limit, reads = Printed.read(below).centre, [Printed.read(value).within("nearest") for value in concerned]
        least, most = sum(read.high < limit for read in reads), sum(read.low < limit for read in reads)
    if least == most == whole(claim):
        return Finding(Verdict.REPRODUCED, f"on en compte bien {least}", str(least))
    counted = f"{least}" if least == most else f"{least} à {most} selon l'arrondi"
    return Finding(_between(claim, least, most), f"annoncé : {claim} ; on en compte {counted}", counted)


def _between(claim: str, least: int, most: int) -> Verdict:
    return Verdict.CONSISTENT if least <= whole(claim) <= most else Verdict.INCONSISTENT


@kind("count_between", "un nombre de lignes dont certaines sont incertaines", judged=["claim"])
def count_between(claim: Count, sure: Sequence[Anything], maybe: Sequence[Anything]) -> Finding:
    """Finding on a stated number of rows, when some rows may or may not belong to it.

    >>> count_between("30", ["1"] * 25, ["1"] * 6).expected
    '25 à 31'
    """
    least, most = len(sure), len(sure) + len(maybe)
    text = f"annoncé : {claim} ; on en compte {least} à coup sûr, {most} au plus"
    return Finding(_between(claim, least, most), text, f"{least} à {most}")


@kind("rank", "un rang, du plus grand au plus petit", judged=["claim"])
def rank(claim: Rank, value: Number, among: Sequence[Number]) -> Finding:
    """Finding on a rank stated in a sentence; the first is the largest of `among`, the value included.

    >>> rank("deuxième", "9", ["19", "9", "7"]).verdict
    <Verdict.REPRODUCED: 'reproduced'>
    """
    place = 1 + sum(Printed.read(other).exact > Printed.read(value).exact for other in among)
    return decided(place == whole(claim), f"rang {place} parmi {len(among)} valeurs", str(place))


@kind("external", "une date ou un nom, et sa source publique", judged=["printed"], repairable=False)
def external(printed: Anything, *, fact: str, source: str) -> Finding:
    """Finding on a date or a name as printed, against a public source.

    >>> external("28 mai 2018", fact="25 mai 2018", source="RGPD, article 99").explanation
    'imprimé : 28 mai 2018 ; RGPD, article 99 : 25 mai 2018'
    """
    return decided(printed == fact, f"imprimé : {printed} ; {source} : {fact}", fact)


@kind("direction", "le sens d'un score et celui de sa lecture", judged=["agreement", "disagreement"], repairable=False)
def direction(agreement: Number, disagreement: Number, *, higher_is: Literal["better", "worse"]) -> Finding:
    """Finding on a score whose items are favourable statements: does agreeing raise it?

    Where it does not, `conditional`: points are often reversed before the analysis.

    `higher_is` says how the source reads a high score: "better" or "worse".

    >>> direction("1", "5", higher_is="worse").holds
    True
    """
    raises = Printed.read(agreement).exact > Printed.read(disagreement).exact
    if raises == (higher_is == "better"):
        return Finding(Verdict.REPRODUCED, "la cotation va dans le sens de la lecture du score")
    reading, reversed_ = "favorable" if higher_is == "better" else "défavorable", "si la cotation a été inversée"
    points = f"l'accord complet vaut {agreement} et le désaccord complet {disagreement}"
    text = f"{points}, un score élevé est lu comme {reading}"
    return Finding(Verdict.CONDITIONAL, f"{text} : se retrouve {reversed_}", "cotation inversée", (), (reversed_,))


@kind(
    "distinct",
    "deux analyses qui impriment les mêmes nombres",
    judged=["second"],
    parallel=["first", "second"],
    repairable=False,
)
def distinct(first: Sequence[Number], second: Sequence[Number], *, log: bool = False) -> Finding:
    """Finding on two different analyses that should not print the very same numbers.

    With `log`, the first is on the logarithmic scale of the second (a coefficient and an odds ratio).
    `inconsistent` when every number agrees: one of the two was probably copied.

    >>> distinct(["1,36", "0,53", "3,48"], ["1,36", "0,53", "3,48"]).holds
    False
    """
    if all(_alike(one, other, log) for one, other in zip(first, second, strict=True)):
        shown = " ; ".join(second)
        scale = ", l'une en logarithmes" if log else ""
        text = f"deux analyses différentes impriment les mêmes nombres ({shown}){scale} : l'une a pu être recopiée"
        return Finding(Verdict.INCONSISTENT, text, "deux résultats différents")
    return Finding(Verdict.CONSISTENT, "les deux analyses impriment des résultats différents")


def _alike(one: str, other: str, log: bool) -> bool:
    first, second = Printed.read(one), Printed.read(other)
    if not log:
        return first.centre == second.centre
    exponent, true = first.within("either"), second.within("either")
    return exp(exponent.low) <= true.high and true.low <= exp(exponent.high)
