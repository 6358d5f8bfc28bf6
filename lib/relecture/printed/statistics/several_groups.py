"""Checks of the test of several groups against their printed sizes, means and SDs.

A rank test needs the answers themselves. So a p that no test of means gives is inconsistent only where the test is
stated, where its statistic is printed, or where it is outside what any rank test may give
(`relecture.printed.exact.rank_test_bounds`). Elsewhere the finding says what the summaries give, and what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from relecture.core.numbers import Printed, size
from relecture.printed.arguments import DegreesOfF, Group, PValue, Statistic
from relecture.printed.conventions import NONE, Ladder, Range, Stated, Using, agreeing, in_range
from relecture.printed.exact.rank_test_bounds import rank_p_range
from relecture.printed.exact.spans import box, meeting, signed
from relecture.printed.exact.summaries import Reach, Summary, analysis_of_variance, welch_analysis_of_variance
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

Test = Callable[[Sequence[Summary]], Reach]
Attained = Callable[[Using], Mapping[str, Range | None]]
SEVERAL_GROUPS = Ladder(test="student welch", sd="n-1 n", rounding="nearest truncate")
_TESTS: Mapping[str, Test] = {"student": analysis_of_variance, "welch": welch_analysis_of_variance}
_INTRO = "d'après les moyennes et écarts types, "
_OF_THE_TEST = {"t", "F", "ddl"}
_RANKS = "un test de rangs dépend des réponses individuelles, qui ne sont pas publiées"


@kind(
    "anova",
    "un test de plusieurs groupes, contre leurs moyennes et écarts types",
    repairable=False,
    ladder=SEVERAL_GROUPS,
    judged=["p", "statistic", "df"],
)
def anova(
    groups: Sequence[Group],
    p: PValue | None = None,
    *,
    statistic: Statistic | None = None,
    df: DegreesOfF | None = None,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the analysis of variance of groups given as (n, mean, SD): its p, F and degrees of freedom if printed.

    Formula: F = sum n (mean - overall mean)² / (k - 1) over sum (n - 1) SD² / (N - k), over all that rounding allows;
    Welch 1951. Conditions: Welch, SD divided by n, truncation. `uncheckable` where only a rank test may give the p.

    >>> groups = [["8", "5,22", "0,87"], ["10", "4,32", "1,36"], ["6", "7,05", "1,07"]]
    >>> anova(groups, "0,0006", statistic="10,67", df=["2", "21"]).verdict
    <Verdict.CONSISTENT: 'consistent'>
    >>> anova(groups, "0,003", statistic="9,90").conditions
    ('si le test est celui de Welch',)
    """
    prints = {"F": statistic, "ddl 1": df and df[0], "ddl": df and df[1], "p": p}
    return tested(groups, prints, _TESTS, SEVERAL_GROUPS, conventions)


def tested(
    groups: Sequence[Group],
    prints: Mapping[str, str | None],
    tests: Mapping[str, Test],
    ladder: Ladder,
    conventions: Stated,
) -> Finding:
    """Finding on what is printed of a test of groups: t or F, ddl, p."""
    if min(size(group[0]) for group in groups) < 2:
        return Finding(Verdict.UNCHECKABLE, "un groupe de moins de deux répondants n'a pas d'écart type : aucun test t")

    def attained(using: Using) -> Mapping[str, Range | None]:
        summaries = [Summary.read(group, using.rounding, using["sd"]) for group in groups]
        return _ranges(tests[using["test"]](summaries), prints.get("t") or prints.get("F"), using)

    def ranks() -> Range:
        return rank_p_range([Summary.read(group, "either", "n") for group in groups])

    usual = sum(size(group[0]) for group in groups) - len(groups)
    welch = prints.get("ddl") and Printed.read(prints["ddl"]).centre != usual
    return bounded(prints, attained, ranks, ladder, conventions, {"test": "welch"} if welch else NONE)


def bounded(
    prints: Mapping[str, str | None],
    attained: Attained,
    ranks: Callable[[], Range],
    ladder: Ladder,
    conventions: Stated,
    assumed: Stated = NONE,
) -> Finding:
    """Finding on a test of means, by `attained`; where no test is stated nor printed, on the bounds of `ranks` too."""
    prints = {name: text for name, text in prints.items() if text is not None}
    if not prints:
        return Finding(Verdict.UNCHECKABLE, "ni p ni statistique ne sont imprimés")
    if conventions.get("test") == "ranks":
        return _by_ranks(prints.get("p"), ranks, "")
    stated, rest = ladder.offered(conventions), {name: text for name, text in prints.items() if name != "p"}
    for part in [rest, prints] if rest and "p" in prints else [prints]:
        finding = agreeing(part, attained, ladder, stated, intro=_INTRO, assumed=assumed)
        if finding.verdict is Verdict.INCONSISTENT and part is rest:
            return finding
    known_test = "test" in stated or _OF_THE_TEST & set(prints)
    if finding.verdict is Verdict.INCONSISTENT and not known_test:
        return _by_ranks(prints["p"], ranks, finding.expected)
    if finding.verdict is Verdict.CONSISTENT and set(prints) == {"p"} and _any_p(prints["p"], attained, ladder):
        return Finding(Verdict.UNCHECKABLE, "les moyennes et écarts types imprimés permettent tout p")
    return finding


def _ranges(reach: Reach, value: str | None, using: Using) -> Mapping[str, Range | None]:
    """What a test attains: its statistic, degrees of freedom and p, which a printed statistic narrows."""
    p, statistic = reach.p(using.alternative), reach.statistic
    if value:
        own = reach._replace(statistic=box(value, using.rounding)).p(using.alternative)
        statistic = signed(statistic, value)
        if using.alternative in ("two-sided", "one-sided"):
            p = meeting(p, own) or own
    return {"t": statistic, "F": statistic, "ddl 1": (reach.groups - 1,) * 2, "ddl": reach.df, "p": p}


def _any_p(p: str, attained: Attained, ladder: Ladder) -> bool:
    """Whether no print of p could fail."""
    low, high = attained(Using({name: options[0] for name, options in ladder.options.items()}, NONE))["p"]
    half = float(Printed.read(p).unit / 2)
    return low <= half and high >= 1 - half


def _by_ranks(p: str | None, ranks: Callable[[], Range], expected: str) -> Finding:
    """Finding where only a rank test may give the p: inconsistent when no such test can."""
    if p is None:
        return Finding(Verdict.UNCHECKABLE, _RANKS)
    (low, high), true = ranks(), Printed.read(p).within("either")
    shown = f"{_INTRO}{expected} ; p imprimé {p}" if expected else f"p imprimé {p}"
    one_sided = true.high >= 1 - high / 2  # on the other side
    if one_sided or (true.low <= high and low * (1 - 1e-9) <= true.high):
        return Finding(Verdict.UNCHECKABLE, f"{shown} : {_RANKS}", expected and f"{expected} (test t)")
    limit = f"au plus {in_range((high, high), 3)}" if true.low > high else f"au moins {in_range((low, low), 3)}"
    text = f"{shown} : ne se retrouve pas, même par un test de rangs, qui donnerait {limit}"
    return Finding(Verdict.INCONSISTENT, text, expected)
