"""Checks of a paired test against the means and SDs printed before and after, whatever their correlation."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from relecture.core.numbers import Rounding, size
from relecture.printed.arguments import SD, Mean, PValue, Size
from relecture.printed.conventions import NONE, Ladder, Range, Stated, Using
from relecture.printed.exact.rank_test_bounds import signed_rank_p_range
from relecture.printed.exact.spans import magnitude, meeting, signed, span
from relecture.printed.exact.summaries import Reach, Summary, minus, ratio
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind
from relecture.printed.statistics.several_groups import bounded

Measure = tuple[Mean, SD]
PAIRED = Ladder(test="student", alternative="two-sided one-sided greater less", sd="n-1 n", rounding="nearest truncate")


@kind(
    "paired_test",
    "un test apparié, contre les moyennes et écarts types avant et après",
    repairable=False,
    ladder=PAIRED,
    judged=["p", "change"],
)
def paired_test(
    first: Measure, second: Measure, n: Size, p: PValue, *, change: Measure | None = None, conventions: Stated = NONE
) -> Finding:
    """Finding on the paired test of two measures given as (mean, SD), and on their change if it is printed.

    Formula (Student 1908): t = difference sqrt(n) / SD of the differences, whose square is SD1² + SD2² - 2 r SD1 SD2,
    for every r from -1 to 1. Conditions: one-sided, SD divided by n, truncation. Wilcoxon's test is bounded where the
    test is not stated: `uncheckable` when only it may give the p, as when any p is possible.

    >>> paired_test(["50", "10"], ["44", "9"], "30", "0,60").verdict
    <Verdict.UNCHECKABLE: 'uncheckable'>
    >>> given = {"change": ["6", "5"], "conventions": {"test": "student"}}
    >>> paired_test(["50", "10"], ["44", "9"], "30", "0,60", **given).expected
    'p < 0,001'
    """
    if size(n) < 2:
        return Finding(Verdict.UNCHECKABLE, "moins de deux paires n'ont pas d'écart type : aucun test t")

    def attained(using: Using) -> Mapping[str, Range | None]:
        whole = _differences(first, second, n, using.rounding, using["sd"])
        own = _narrowed(whole, change, using.rounding, using["sd"])
        t = span(lambda difference, sd: ratio(difference * sqrt(own.n), sd), own.mean, own.sd)
        p = Reach(t, (own.n - 1, own.n - 1)).p(using.alternative)
        return {"différence": signed(whole.mean, change[0] if change else "0"), "écart type": whole.sd, "p": p}

    def ranks() -> Range:
        return signed_rank_p_range(_narrowed(_differences(first, second, n, "either", "n"), change, "either", "n"))

    prints = {"différence": change and change[0], "écart type": change and change[1], "p": p}
    return bounded(prints, attained, ranks, PAIRED, conventions)


def _differences(first: Measure, second: Measure, n: Size, rounding: Rounding, divisor: str) -> Summary:
    """The differences between the two measures, whatever their correlation."""
    one, two = (Summary.read((n, *measure), rounding, divisor) for measure in (first, second))
    return Summary(one.n, minus(one.mean, two.mean), (magnitude(minus(one.sd, two.sd))[0], one.sd[1] + two.sd[1]))


def _narrowed(whole: Summary, change: Measure | None, rounding: Rounding, divisor: str) -> Summary:
    """The differences as far as their own mean (first minus second, or the reverse) and SD are printed."""
    if change is None:
        return whole
    own = Summary.read((str(whole.n), *change), rounding, divisor)
    turned = -own.mean[1], -own.mean[0]
    mean = own.mean if meeting(own.mean, whole.mean) else turned
    return Summary(whole.n, meeting(mean, whole.mean) or own.mean, meeting(own.sd, whole.sd) or own.sd)
