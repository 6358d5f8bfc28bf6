"""Checks of the test of two groups against their printed sizes, means and SDs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relecture.core.numbers import rounded
from relecture.printed.arguments import DegreesOfFreedom, Group, PValue, Statistic
from relecture.printed.conventions import NONE, Ladder, Stated
from relecture.printed.exact.summaries import student, welch
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind
from relecture.printed.statistics.several_groups import tested

if TYPE_CHECKING:
    from relecture.printed.exact.rank_test_draws import Attainable

TWO_GROUPS = Ladder(
    test="student welch", alternative="two-sided one-sided greater less", sd="n-1 n", rounding="nearest truncate"
)
_TESTS = {"student": lambda groups: student(*groups), "welch": lambda groups: welch(*groups)}


@kind(
    "group_test",
    "un test de deux groupes, contre leurs moyennes et écarts types",
    repairable=False,
    evidence=["scale"],
    ladder=TWO_GROUPS,
    judged=["p", "statistic", "df"],
)
def group_test(
    first: Group,
    second: Group,
    p: PValue | None = None,
    *,
    statistic: Statistic | None = None,
    df: DegreesOfFreedom | None = None,
    scale: tuple[int, int] | None = None,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the test of two groups given as (n, mean, SD): its p, its t and its degrees of freedom if printed.

    Formula: Student's t with the pooled variance; Welch's (1947) with Satterthwaite's degrees of freedom; over all that
    rounding allows. Conditions: Welch, one-sided, SD divided by n, truncation. Where only a rank test may give the p:
    `inconsistent` when Cantelli's inequality leaves none, else `uncheckable`, with what Mann-Whitney's test attains on
    samples drawn on the `scale`.

    >>> group_test(["21", "63,9", "10,5"], ["60", "47,3", "12"], "< 0,001").verdict
    <Verdict.CONSISTENT: 'consistent'>
    >>> group_test(["40", "30", "2"], ["40", "50", "3"], "0,60").verdict
    <Verdict.INCONSISTENT: 'inconsistent'>
    """
    prints = {"t": statistic, "ddl": df, "p": p}
    finding = tested([first, second], prints, _TESTS, TWO_GROUPS, conventions)
    if not (scale and p and finding.verdict is Verdict.UNCHECKABLE and finding.expected):
        return finding
    from relecture.printed.exact.rank_test_draws import mann_whitney

    drawn = mann_whitney(first, second, p, scale=tuple(scale))
    return replace(finding, explanation=f"{finding.explanation} ; {_attained(drawn, p)}", evidence=(drawn,))


def _attained(drawn: Attainable, p: str) -> str:
    """What Mann-Whitney's test attains on drawn pairs of samples, and whether the printed p is usual there."""
    low, high = ("< 0,001" if end < 0.001 else rounded(end, 2) for end in (drawn.low, drawn.high))
    usual = "valeur habituelle" if drawn.typical else "valeur atypique, sans être impossible"
    reach = f"{rounded(100 * drawn.share_above, 1)} % atteignent {p}" if drawn.share_above else f"aucune n'atteint {p}"
    return (
        f"sur {drawn.draws} paires d'échantillons tirées au hasard (qui en valent {drawn.effective} indépendantes), le "
        f"p de Mann-Whitney va de {low} à {high}, et {reach} : {usual}"
    )
