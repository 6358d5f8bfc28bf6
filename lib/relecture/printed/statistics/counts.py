"""Check of the test of a table of printed counts: its statistic, degrees of freedom and p-value.

Counts are exact, so that each test has one value. The statistic and the p-value must come from the same test. Rows and
columns without any count are left out, as software does.

Tests: Pearson (1900), Yates (1934), Fisher (1935; Freeman & Halton 1951), likelihood ratio (Wilks 1938), N - 1
(Campbell 2007), mid-p (Lancaster 1961), Fisher and mid-p as twice their smaller tail (OpenEpi), Wald's of the log odds
ratio (Woolf 1955) or of the difference of proportions; for ordered categories, linear trend (Cochran 1954, Armitage
1955; Mantel 1963 with N - 1) and ranks (Mann & Whitney 1947, Kruskal & Wallis 1952, corrected for ties, without or with
continuity), of rows or of columns; McNemar's (1947) of pairs, when it is stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, chain
from math import sqrt

from relecture.core.numbers import whole
from relecture.printed.arguments import CountTable, DegreesOfFreedom, PValue, Statistic
from relecture.printed.conventions import NONE, Ladder, Range, Stated, Using, agreeing
from relecture.printed.exact.fisher import CountRows, chi_square, fisher_p
from relecture.printed.exact.p_values import p_value
from relecture.printed.exact.two_by_two import Table
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

_ROUNDING = "nearest truncate"
_FOUR = Ladder(
    test="pearson yates fisher likelihood-ratio n-1 midp wald fisher-doubled midp-doubled difference",
    alternative="two-sided one-sided greater less",
    rounding=_ROUNDING,
)
_MORE = Ladder(test="pearson fisher likelihood-ratio n-1 trend ranks ranks-across fisher-simulated", rounding=_ROUNDING)
_KNOWN = {*_FOUR.options["test"], *_MORE.options["test"], "mcnemar"}
_DRAWS = 2_000  # of R's `fisher.test(simulate.p.value = TRUE)`; four standard errors are allowed
_EMPTY = " (sans les lignes ou colonnes vides)"
_UNTRIED = "le test de Fisher n'a pas été essayé, trop de tableaux ayant les mêmes totaux"


@kind(
    "chi2",
    ladder=_FOUR,
    judged=["statistic", "p", "df"],
    summary="le khi-deux, ou le test exact, et le p d'un tableau d'effectifs",
)
def chi2(
    counts: CountTable,
    statistic: Statistic | None = None,
    p: PValue | None = None,
    df: DegreesOfFreedom | None = None,
    *,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the test of a table of counts, row by row: `statistic`, `p` and `df`, as far as they are printed.

    >>> chi2([["3010", "296"], ["2023", "204"]], statistic="0.069", p="0.792").explanation
    'χ² = 0,069 ; p = 0,792 : se retrouve'
    >>> chi2([["12", "8"], ["10", "20"]], p="0,116").conditions
    ('si la correction de Yates est appliquée',)
    """
    given = tuple(tuple(map(whole, row)) for row in counts)
    if len(given) < 2 or len({len(row) for row in given}) > 1 or len(given[0]) < 2:
        raise ValueError("un tableau d'effectifs demande au moins deux lignes de même longueur, d'au moins deux cases")
    if statistic is p is df is None:
        return Finding(Verdict.UNCHECKABLE, "ni statistique ni p ne sont imprimés")
    table = _without_empty(given)
    ladder = _FOUR if [2, 2] in (list(map(len, given)), list(map(len, table))) else _MORE
    stated = {name: option for name, option in conventions.items() if name != "test" or option in _KNOWN}
    finding = agreeing({"χ²": statistic, "p": p, "ddl": df}, lambda using: _tested(table, using), ladder, stated)
    if table != given:
        finding = replace(finding, explanation=finding.explanation + _EMPTY)
    fisher = statistic is None and stated.get("test", "fisher").startswith("fisher")
    if fisher and finding.verdict is Verdict.INCONSISTENT and fisher_p(table) is None:
        return Finding(Verdict.UNCHECKABLE, f"{finding.explanation} ; {_UNTRIED}")
    return finding


def _without_empty(table: CountRows) -> CountRows:
    rows = [row for row in table if any(row)]
    return tuple(zip(*(column for column in zip(*rows, strict=True) if any(column)), strict=True))


def _tested(table: CountRows, using: Using) -> dict[str, Range | None]:
    """What the test attains; where two forms of it are usual, from one to the other."""
    test, side = using["test"], using.alternative
    least, most = sorted((len(table), len(table[0]) if table else 0))
    nothing = dict.fromkeys(("χ²", "p", "ddl"))
    if test.startswith(("fisher", "midp")):  # 1 where only one table has these margins
        exact = _exact(table, side, test) if least > 1 else 1.0
        reach = 4 * sqrt(exact * (1 - exact) / _DRAWS) + 1 / _DRAWS if exact and test.endswith("simulated") else 0.0
        return nothing | {"p": None if exact is None else (exact - reach, min(1.0, exact + reach))}
    forms = _forms(test, table) if least > 1 else ()
    if not forms:
        return nothing
    df = {"trend": 1, "ranks": least - 1, "ranks-across": most - 1}.get(test, (least - 1) * (most - 1))
    ps = [_p(form, df, side, table) for form in forms]
    return {"χ²": (min(forms), max(forms)), "p": (min(ps), max(ps)), "ddl": (df, df)}


@lru_cache(maxsize=64)
def _exact(table: CountRows, side: str, test: str) -> float | None:
    doubled = test.endswith("doubled") and side == "two-sided"
    p = fisher_p(table, "one-sided" if doubled else side, mid=test.startswith("midp"))
    return min(1.0, 2 * p) if doubled and p else p


def _p(statistic: float, df: int, side: str, table: CountRows) -> float:
    if side == "two-sided" or df > 1:
        return p_value("chi2", statistic, df)
    above = table[0][0] * table[1][1] >= table[0][1] * table[1][0]
    return p_value("z", sqrt(statistic) if above else -sqrt(statistic), alternative=side)


def _forms(test: str, table: CountRows) -> tuple[float, ...]:
    """Statistics of the usual forms of a test, none where it does not exist."""
    counts = list(chain(*table))
    match test:
        case "pearson" | "n-1" | "yates" | "likelihood-ratio":
            return (chi_square(test, table),)
        case "wald" if all(counts):
            middle, error = Table(*counts).woolf()
            return ((middle / error) ** 2,)
        case "difference" if all(counts):
            a, b, c, d = counts
            return _difference(a, b, c, d), _difference(a, c, b, d)  # groups: rows, or columns
        case "mcnemar" if len(counts) == 4 and counts[1] + counts[2]:
            gap, changed = abs(counts[1] - counts[2]), counts[1] + counts[2]
            return gap**2 / changed, max(0, gap - 1) ** 2 / changed  # without and with continuity
        case "trend" | "ranks" | "ranks-across":
            by_rows = (len(table) <= len(table[0])) != (test == "ranks-across")
            groups = table if by_rows else tuple(zip(*table, strict=True))
            return _ordered(test, groups, sum(counts))
    return ()


def _difference(a: int, b: int, c: int, d: int) -> float:
    """Square of Wald's z of the difference between a of a + b and c of c + d."""
    return (a / (a + b) - c / (c + d)) ** 2 / (a * b / (a + b) ** 3 + c * d / (c + d) ** 3)


def _ordered(test: str, groups: CountRows, n: int) -> tuple[float, ...]:
    """Statistics of ordered categories between groups: scores 0, 1, 2... times N and N - 1, or ranks.

    Ranks of two groups also with the continuity correction that R's `wilcox.test` applies.
    """
    totals = list(map(sum, zip(*groups, strict=True)))
    if test == "trend":
        share = _between(groups, [*range(len(totals))])
        return (n * share, (n - 1) * share) if len(groups) == 2 else ()
    ranks = [2 * above - total - n for above, total in zip(accumulate(totals), totals, strict=True)]  # twice, centred
    plain = (n - 1) * _between(groups, ranks)
    gap = abs(sum(count * rank for count, rank in zip(groups[0], ranks, strict=True)))
    return (plain, plain * (max(0, gap - 1) / gap) ** 2) if len(groups) == 2 and gap else (plain,)


def _between(groups: CountRows, scores: Sequence[int]) -> float:
    """Share of the variance of the scores that lies between groups."""
    sums = [sum(count * score for count, score in zip(row, scores, strict=True)) for row in groups]
    squares = sum(count * score**2 for row in groups for count, score in zip(row, scores, strict=True))
    sizes = list(map(sum, groups))
    base = Fraction(sum(sums) ** 2, sum(sizes))
    between = sum(Fraction(part**2, size) for part, size in zip(sums, sizes, strict=True)) - base
    return float(between / (squares - base))
