"""Checks of the p-value of two groups against their printed means and SDs.

From n, mean and SD alone, Student's and Welch's t-tests can be recomputed exactly as far as rounding
allows; a rank test (Mann-Whitney) cannot, since it needs the answers themselves. So a printed p that
no t-test gives is not called wrong: the finding says what the summaries give, and what is missing.
When the scale of the answers is known, samples that print the same means and SDs are drawn, and the
finding says how far the printed p lies from the p-values that they attain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import sqrt
from typing import TYPE_CHECKING

from relecture.core.numbers import Printed, rounded, size
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

if TYPE_CHECKING:
    from relecture.printed.exact.rank_test_draws import Attainable

Group = tuple[str | Sequence[str], str, str]


@kind("group_test", literals=["scale"], repairable=False, evidence=["scale"])
def group_test(first: Group, second: Group, p: str, *, scale: tuple[int, int] | None = None) -> Finding:
    """Finding on the p-value of two groups given as (n, mean, SD).

    `consistent` when both t-tests, over all that rounding allows, print the same p; otherwise
    `uncheckable`, for want of the individual answers, with what draws on the `scale` attain as evidence.

    >>> group_test(["21", "63,9", "10,5"], ["60", "47,3", "12"], "< 0,001").verdict
    <Verdict.CONSISTENT: 'consistent'>
    """
    if min(size(first[0]), size(second[0])) < 2:
        return Finding(Verdict.UNCHECKABLE, "un groupe de moins de deux répondants n'a pas d'écart type : aucun test t")
    printed = Printed.read(p)
    low, high = p_range(first, second)
    true_p = printed.within("nearest")
    shown = f"{_p(low)} à {_p(high)}" if _p(low) != _p(high) else _p(low)
    text = f"d'après les moyennes et écarts types, le test t donne p = {shown}".replace("= <", "<")
    if true_p.low <= low and high <= true_p.high:
        return Finding(Verdict.CONSISTENT, text)
    missing = "un test de rangs dépend des réponses individuelles, qui ne sont pas publiées"
    text, expected = f"{text} ; p imprimé {p} : {missing}", f"p = {shown} (test t)"
    if not scale:
        return Finding(Verdict.UNCHECKABLE, text, expected)
    from relecture.printed.exact.rank_test_draws import mann_whitney

    drawn = mann_whitney(first, second, p, scale=tuple(scale))
    return Finding(Verdict.UNCHECKABLE, f"{text} ; {_attained(drawn, p)}", expected, (drawn,))


def p_range(first: Group, second: Group) -> tuple[float, float]:
    """Smallest and largest p-value of Student's and Welch's tests over the corners of the rounding boxes.

    The largest is 1 when rounding lets the two means be equal.
    """
    values = [
        _t_test(one, size(first[0]), two, size(second[0]), equal)
        for one, two in product(_corners(first), _corners(second))
        for equal in (True, False)
    ]
    alike = Printed.read(first[1]).within("nearest").meets(Printed.read(second[1]).within("nearest"))
    return min(values), 1.0 if alike else max(values)


def _attained(drawn: Attainable, p: str) -> str:
    """What Mann-Whitney's test attains on drawn pairs of samples, and whether the printed p is usual there."""
    usual = "valeur habituelle" if drawn.typical else "valeur atypique, sans être impossible"
    reach = f"{rounded(100 * drawn.share_above, 1)} % atteignent {p}" if drawn.share_above else f"aucune n'atteint {p}"
    return (
        f"sur {drawn.draws} paires d'échantillons tirées au hasard (effectif efficace : {drawn.effective}), le p de "
        f"Mann-Whitney va de {_p(drawn.low)} à {_p(drawn.high)}, et {reach} : {usual}"
    )


def _t_test(one: tuple[float, float], n_one: int, two: tuple[float, float], n_two: int, equal: bool) -> float:
    """Two-sided p-value, Student's or Welch's; without any spread, the limit as the spread vanishes.

    As `scipy.stats.ttest_ind_from_stats`, for whose import an audit would wait longer than for all its t-tests.
    """
    from scipy.special import stdtr

    if one[1] == two[1] == 0:
        return float(one[0] == two[0])
    shares, df = [one[1] ** 2 / n_one, two[1] ** 2 / n_two], n_one + n_two - 2
    if equal:
        pooled = ((n_one - 1) * one[1] ** 2 + (n_two - 1) * two[1] ** 2) / df
        shares = [pooled / n_one, pooled / n_two]
    else:
        df = sum(shares) ** 2 / (shares[0] ** 2 / (n_one - 1) + shares[1] ** 2 / (n_two - 1))
    return float(2 * stdtr(df, -abs(one[0] - two[0]) / sqrt(sum(shares))))


def _corners(group: Group) -> Iterator[tuple[float, float]]:
    mean, sd = (Printed.read(text).within("nearest") for text in group[1:])
    for centre, spread in product((mean.low, mean.high), (max(sd.low, 0), sd.high)):
        yield float(centre), float(spread)


def _p(p: float) -> str:
    return "< 0,001" if p < 0.001 else rounded(p, 2)
