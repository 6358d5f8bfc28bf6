"""Checks of printed rows of odds ratios against tables of respondents.

The tables themselves come from `relecture.printed.exact.contingency`; their intervals are Woolf's (1955) first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from relecture.core.numbers import Rounding, size
from relecture.printed.arguments import Bound, Bounds, Coefficient, DegreesOfFreedom, PValue, Ratio, Size
from relecture.printed.conventions import CONVENTIONS, NONE, ROUNDED, Stated, Using
from relecture.printed.effects import intervals
from relecture.printed.effects.estimates import LADDER, ROW, applicable
from relecture.printed.effects.table_search import NOUNS, TABLES, Search
from relecture.printed.exact.contingency import MOST_SPLIT, Sizes, Split, joint_groups, tables
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

_TESTS = {noun: name for name, noun in NOUNS.items()}
_SHOWN = 3


@kind("odds_ratio_p", "le p d'un odds ratio, sous tout test usuel", ladder=LADDER, judged=["p", "estimate", "interval"])
def p_value(
    estimate: Ratio,
    interval: Bounds,
    p: PValue,
    *,
    n: Size | None = None,
    adjusted: bool = False,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the p-value of a printed odds ratio: Wald's from the interval, or any other test's.

    When it is not Wald's, tables of `n` respondents that print the row are searched for Pearson's,
    Yates's, Fisher's or the likelihood ratio's. `uncheckable` when estimate and interval disagree.

    >>> p_value("3,46", ("1,26", "9,45"), "0,013", n="81").conditions
    ('si le test est celui de Pearson, sans correction',)
    """
    if not intervals.odds_ratio(estimate, interval, adjusted=adjusted, conventions=conventions).holds:
        return _DISAGREE
    first = intervals.odds_ratio(estimate, interval, p, n=n, adjusted=adjusted, conventions=conventions)
    by_wald = first.verdict is Verdict.CONSISTENT and conventions.get("test", "wald") == "wald"
    if by_wald or adjusted or n is None:
        return first
    return _p_of_a_table(estimate, interval, p, size(n), conventions) or first


def _p_of_a_table(estimate: str, interval: Bounds, p: str, n: int, stated: Stated) -> Finding | None:
    """Finding on a p that another test than Wald's gives for a table of n respondents; None without one."""
    possible = tables(estimate, interval, n=n, p=p) if n <= MOST_SPLIT else ()
    wanted = applicable(stated).get("test")
    for table in possible:
        tests = [test for test in table.tests_printing(p) if wanted in (None, _TESTS[test])]
        if tests:
            text = f"p {p} : {' ou '.join(tests)} sur le tableau {table}, et non Wald"
            conditions = () if wanted else (CONVENTIONS["test"][_TESTS[tests[0]]].condition,)
            verdict = Verdict.CONSISTENT if wanted else Verdict.CONDITIONAL
            return Finding(verdict, text, "", possible[:_SHOWN], conditions)
    return None


@kind("coefficient_p", "le p d'un coefficient de régression", ladder=LADDER, judged=["p", "estimate", "interval"])
def coefficient_p(
    estimate: Coefficient,
    interval: Bounds,
    p: PValue,
    *,
    df: DegreesOfFreedom | None = None,
    n: Size | None = None,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the p-value of a printed coefficient; `uncheckable` when estimate and interval disagree.

    >>> coefficient_p("-1,14", ("-2,34", "0,07"), "0,05", conventions={"law": "normal", "test": "wald"}).expected
    'p = 0,06'
    """
    agree = intervals.coefficient(estimate, interval, conventions=conventions).holds
    return intervals.coefficient(estimate, interval, p, df=df, n=n, conventions=conventions) if agree else _DISAGREE


@kind(
    "contingency",
    "le tableau à quatre cases derrière un odds ratio et les effectifs de ses groupes",
    ladder=TABLES,
    judged=ROW,
)
def contingency(
    estimate: Ratio,
    interval: Bounds,
    p: PValue | None = None,
    *,
    n: Size,
    exposed: Size,
    unexposed: Size | None = None,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on a printed row against the printed sizes of its groups, exposed and unexposed.

    When the two sizes do not add up to `n`, respondents without an answer may have been counted on
    either side: those readings are tried too, and the finding names the sizes that work. When
    Woolf's interval does not print so, the other methods are tried.

    >>> contingency("3,00", ("0,93", "9,70"), "0,063", n="50", exposed="20").evidence
    (Table(a=12, b=8, c=10, d=20),)
    """
    readings = _readings(size(n), size(exposed), None if unexposed is None else size(unexposed))
    return Search(estimate, tuple(interval), p, tuple(readings)).finding(conventions)


def _readings(n: int, exposed: int, unexposed: int | None) -> list[Sizes]:
    """Sizes as printed, then with the respondents who are missing counted as one group or the other."""
    if unexposed is None:
        return [(exposed, n - exposed)]
    return list(dict.fromkeys([(exposed, unexposed), (exposed, n - exposed), (n - unexposed, unexposed)]))


@kind(
    "joint_groups",
    "la répartition des répondants qui explique le plus de lignes d'odds ratios",
    ladder=ROUNDED,
    judged=["declared"],
    repairable=False,
    parallel=["names", "estimates", "lows", "highs"],
)
def joint(
    names: Sequence[str],
    estimates: Sequence[Ratio],
    lows: Sequence[Bound],
    highs: Sequence[Bound],
    declared: tuple[Size, Size],
    *,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on all rows of a table at once: does the declared division explain as many as any other?

    Formula: a row is explained when a 2 x 2 table with these totals has its odds ratio and Woolf's interval. Condition:
    truncation. The evidence is every division, those that explain most rows first.

    >>> joint(["x"], ["3,00"], ["0,93"], ["9,70"], ["22", "28"]).expected
    '22 / 28'
    """
    rows = {name: (row[0], row[1:]) for name, *row in zip(names, estimates, lows, highs, strict=True)}
    first, second = (size(group) for group in declared)
    if reason := _not_divided(first, second):
        return Finding(Verdict.UNCHECKABLE, reason)

    @cache
    def explained(rounding: Rounding) -> tuple[tuple[Split, ...], Split]:
        splits = joint_groups(rows, first + second, rounding)
        return splits, next(split for split in splits if set(split.sizes) == {first, second})

    def holds(using: Using) -> bool:
        splits, stated = explained(using.rounding)
        return bool(stated.explained) and len(stated.explained) == len(splits[0].explained)

    judgement = ROUNDED.judge(holds, conventions)
    splits, stated = explained(judgement.using.rounding)
    best = splits[0]
    if not best.explained:
        return Finding(Verdict.UNCHECKABLE, f"aucune répartition de {first + second} répondants n'explique de ligne")
    text = (
        f"une répartition {best.sizes[0]} / {best.sizes[1]} explique {len(best.explained)} lignes sur {len(rows)} ; "
        f"la répartition déclarée, {first} / {second}, en explique {len(stated.explained)}"
    )
    return Finding(judgement.verdict, text, " / ".join(map(str, best.sizes)), splits, judgement.conditions)


def _not_divided(first: int, second: int) -> str:
    """Why the divisions of these respondents are not compared, in French; nothing when they are."""
    if not (first and second):
        return f"la répartition déclarée, {first} / {second}, laisse un groupe vide"
    return f"{first + second} répondants se répartissent de trop de façons" if first + second > MOST_SPLIT else ""


_DISAGREE = Finding(
    Verdict.UNCHECKABLE, "l'estimation n'est pas au milieu de son intervalle : p ne peut en être déduit"
)
