"""Checks of printed rows of odds ratios against tables of respondents.

A row holds an odds ratio, its interval and a p-value. `p_value` checks p against the other two, under any
usual test; `contingency` looks for a 2x2 table with the printed group sizes that prints the row; `joint`
compares the declared division of the respondents with the one that explains most rows. The tables
themselves come from `relecture.printed.exact.contingency`.
"""

from __future__ import annotations

from collections.abc import Sequence

from relecture.core.numbers import size
from relecture.printed.arguments import Size
from relecture.printed.effects import intervals
from relecture.printed.exact.contingency import Table, joint_groups, tables
from relecture.printed.exact.odds_intervals import methods_that_print
from relecture.printed.exact.wald import Bounds
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

_SHOWN = 3


@kind("odds_ratio_p")
def p_value(estimate: str, interval: Bounds, p: str, *, n: str | Sequence[str]) -> Finding:
    """Finding on the p-value of a printed odds ratio: Wald's from the interval, or any other test's.

    When it is not Wald's, tables of `n` respondents that print the row are searched for Pearson's,
    Yates's, Fisher's or the likelihood ratio's. `uncheckable` when estimate and interval disagree.

    >>> p_value("3,46", ("1,26", "9,45"), "0,013", n="81").verdict
    <Verdict.CONSISTENT: 'consistent'>
    """
    if not intervals.odds_ratio(estimate, interval).holds:
        return _DISAGREE
    first = intervals.odds_ratio(estimate, interval, p)
    possible = () if first.verdict is Verdict.CONSISTENT else tables(estimate, interval, n=size(n), p=p)
    if not possible:
        return first
    tests = " ou ".join(possible[0].conventions(p))
    return Finding(
        Verdict.CONSISTENT, f"p {p} : {tests} sur le tableau {possible[0]}, et non Wald", "", possible[:_SHOWN]
    )


@kind("coefficient_p")
def coefficient_p(estimate: str, interval: Bounds, p: str) -> Finding:
    """Finding on the Wald p-value of a printed coefficient; `uncheckable` when estimate and interval disagree.

    >>> coefficient_p("-1,14", ("-2,34", "0,07"), "0,05").expected
    'p = 0,06'
    """
    agree = intervals.coefficient(estimate, interval).holds
    return intervals.coefficient(estimate, interval, p) if agree else _DISAGREE


@kind("contingency")
def contingency(
    estimate: str,
    interval: Bounds,
    p: str,
    *,
    n: str | Sequence[str],
    exposed: str | Sequence[str],
    unexposed: str | Sequence[str] | None = None,
) -> Finding:
    """Finding on a printed row against the printed sizes of its groups, exposed and unexposed.

    When the two sizes do not add up to `n`, respondents without an answer may have been counted on
    either side: those readings are tried too, and the finding names the sizes that work. When
    Woolf's interval does not print so, the other methods are tried.

    >>> contingency("3,00", ("0,93", "9,70"), "0,063", n="50", exposed="20").evidence
    (Table(a=12, b=8, c=10, d=20),)
    """
    readings = _readings(size(n), size(exposed), None if unexposed is None else size(unexposed))
    for sizes in readings:
        if possible := tables(estimate, interval, groups=sizes):
            return _possible(sizes, possible, p)
    for sizes in readings:
        if named := next(methods_that_print(estimate, interval, sizes), None):
            text = f"intervalle par la méthode {named[0]}, sur le tableau {named[1]}"
            return Finding(Verdict.CONSISTENT, text, "", (named[1],))
    shown = " ou ".join(f"{first} / {second}" for first, second in readings)
    text = f"aucun tableau de {shown} exposés et non exposés ne donne cet odds ratio et cet intervalle"
    return Finding(Verdict.INCONSISTENT, text, "d'autres effectifs de groupes")


def _readings(n: int, exposed: int, unexposed: int | None) -> list[tuple[int, int]]:
    """Sizes as printed, then with the respondents who are missing counted as one group or the other."""
    sizes = [(exposed, n - exposed)] if unexposed is None else [(exposed, unexposed), (exposed, n - exposed)]
    return list(dict.fromkeys([*sizes, *([] if unexposed is None else [(n - unexposed, unexposed)])]))


@kind("joint_groups", literals=["names"], repairable=False, parallel=["names", "estimates", "lows", "highs"])
def joint(
    names: Sequence[str],
    estimates: Sequence[str],
    lows: Sequence[str],
    highs: Sequence[str],
    declared: tuple[Size, Size],
) -> Finding:
    """Finding on all rows of a table at once: does the declared division explain as many as any other?

    The evidence is every division, those that explain most rows first.
    """
    rows = {name: (row[0], row[1:]) for name, *row in zip(names, estimates, lows, highs, strict=True)}
    first, second = (size(group) for group in declared)
    if not (first and second):
        return Finding(Verdict.UNCHECKABLE, f"la répartition déclarée, {first} / {second}, laisse un groupe vide")
    splits = joint_groups(rows, first + second)
    best, stated = splits[0], next(split for split in splits if set(split.sizes) == {first, second})
    if not best.explained:
        return Finding(Verdict.UNCHECKABLE, f"aucune répartition de {first + second} répondants n'explique de ligne")
    verdict = Verdict.CONSISTENT if len(stated.explained) == len(best.explained) else Verdict.INCONSISTENT
    text = (
        f"une répartition {best.sizes[0]} / {best.sizes[1]} explique {len(best.explained)} lignes sur {len(rows)} ; "
        f"la répartition déclarée, {first} / {second}, en explique {len(stated.explained)}"
    )
    return Finding(verdict, text, " / ".join(map(str, best.sizes)), splits)


def _possible(sizes: tuple[int, int], possible: Sequence[Table], p: str) -> Finding:
    more = f" et {len(possible) - _SHOWN} autres" if len(possible) > _SHOWN else ""
    tests = sorted({test for table in possible for test in table.conventions(p)})
    by_tests = f" ; p retrouvé par {', '.join(tests)}" if tests else ""
    shown = ", ".join(map(str, possible[:_SHOWN])) + more
    text = f"{sizes[0]} exposés et {sizes[1]} non exposés : tableau possible {shown}{by_tests}"
    return Finding(Verdict.CONSISTENT, text, "", tuple(possible))


_DISAGREE = Finding(
    Verdict.UNCHECKABLE, "l'estimation n'est pas au milieu de son intervalle : p ne peut en être déduit"
)
