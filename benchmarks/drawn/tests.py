"""Correct results of tests and of the sizes of their effects, from answers that are drawn and then summarised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
from scipy import special, stats

from drawn.printing import Number, Result, Rng

SIDES = ("two-sided", "two-sided", "two-sided", "less", "greater")


def pick(rng: Rng, *options: Any) -> Any:
    return options[rng.integers(len(options))]


def numbers(style: str, *values: float) -> list[Number]:
    return [Number(style, float(value)) for value in values]


def size(rng: Rng, low: float = 10, high: float = 1000) -> int:
    """Small sizes as often as large ones."""
    return round(np.exp(rng.uniform(np.log(low), np.log(high))))


def answers(rng: Rng, n: int, law: str, shift: float) -> np.ndarray:
    """Answers on a scale, a whole measure, a continuous one, or a skewed one."""
    if law == "scale":
        return np.clip(np.round(rng.normal(3 + shift, 1.2, n)), 1, 5)
    if law == "skewed":
        return rng.lognormal(1 + shift, 0.8, n)
    drawn = rng.normal(45 + 12 * shift, 12, n)
    return np.round(drawn) if law == "whole" else drawn


def groups(rng: Rng, several: int) -> list[np.ndarray]:
    """Groups of at least 5 with something to compare, of unequal sizes."""
    law, spread, n = pick(rng, "scale", "whole", "measure", "skewed"), pick(rng, 0, 0.2, 0.5, 1), size(rng)
    while True:
        sizes = [max(5, round(n / several * rng.uniform(0.6, 1.4))) for _ in range(several)]
        drawn = [answers(rng, each, law, spread * rng.normal()) for each in sizes]
        if all(np.ptp(group) for group in drawn):
            return drawn


def group(values: np.ndarray, divided: str = "n-1") -> list[Number]:
    return [Number("n", len(values)), *numbers("x", values.mean(), values.std(ddof=int(divided == "n-1")))]


def divisor(rng: Rng) -> str:
    """Of a variance: numpy divides by n unless it is told not to."""
    return "n" if rng.random() < 0.05 else "n-1"


def p(value: float) -> Number:
    return Number("p", float(value))


def group_test(rng: Rng) -> Result:
    """Student, Welch or Mann-Whitney (exact or not, corrected or not), with two sides or one."""
    one, two = groups(rng, 2)
    test, side = pick(rng, "student", "student", "welch", "welch", "ranks"), pick(rng, *SIDES)
    divided = divisor(rng)
    arguments = {"first": group(one, divided), "second": group(two, divided)}
    if test == "ranks":
        ways = {"use_continuity": bool(rng.integers(2)), "method": "asymptotic"}
        arguments["p"] = p(stats.mannwhitneyu(one, two, alternative=side, **ways).pvalue)
    else:
        run = stats.ttest_ind(one, two, equal_var=test == "student", alternative=side)
        arguments["p"] = p(run.pvalue)
        if rng.random() < 0.5:
            arguments |= {"statistic": Number("s", run.statistic * pick(rng, 1, 1, -1)), "df": Number("df", run.df)}
    return Result("group_test", arguments, {"test": test, "alternative": side, "sd": divided})


def paired_test(rng: Rng) -> Result:
    n, law = size(rng), pick(rng, "whole", "measure")
    one = answers(rng, n, law, 0)
    two = np.round(one * pick(rng, 0.2, 0.8) + rng.normal(pick(rng, 4, 30), 8, n), 0 if law == "whole" else 6)
    test, side = pick(rng, "student", "student", "student", "ranks"), pick(rng, *SIDES)
    run = (stats.wilcoxon if test == "ranks" else stats.ttest_rel)(one, two, alternative=side)
    arguments = {"first": group(one)[1:], "second": group(two)[1:], "n": Number("n", n), "p": p(run.pvalue)}
    if rng.random() < 0.5:
        arguments["change"] = group((two - one) * pick(rng, 1, 1, -1))[1:]
    return Result("paired_test", arguments, {"test": test, "alternative": side})


def anova(rng: Rng) -> Result:
    """Analysis of variance, equal variances or not (Welch), or of ranks (Kruskal-Wallis)."""
    drawn, test = groups(rng, int(rng.integers(3, 6))), pick(rng, "student", "student", "welch", "ranks")
    df = [len(drawn) - 1, sum(map(len, drawn)) - len(drawn)]
    if test == "welch":
        from statsmodels.stats.oneway import anova_oneway

        run = anova_oneway(drawn, use_var="unequal")
        df[1] = run.df_denom
    else:
        run = (stats.kruskal if test == "ranks" else stats.f_oneway)(*drawn)
    divided = divisor(rng)
    arguments = {"groups": [group(each, divided) for each in drawn], "p": p(run.pvalue)}
    if test != "ranks" and rng.random() < 0.5:
        arguments |= {"statistic": Number("s", run.statistic), "df": numbers("df", *df)}
    return Result("anova", arguments, {"test": test, "sd": divided})


def stated(draw: Callable[[Rng], Result]) -> Callable[[Rng], Result]:
    """The same results in a paper that says which test it took, and that it is no test of ranks."""

    def drawn(rng: Rng) -> Result:
        while (result := draw(rng)).truth["test"] == "ranks":
            pass
        return replace(result, stated={"test": result.truth["test"]})

    drawn.__name__ = f"{draw.__name__}, test annoncé"
    return drawn


def test_statistic(rng: Rng) -> Result:
    """A statistic with its degrees of freedom and the p that a package gives."""
    law, n = pick(rng, "t", "t", "F", "chi2", "r", "z", "Q"), size(rng)
    strong, side = abs(rng.normal(0, 2)), pick(rng, *SIDES) if law in "trz" else "two-sided"
    sign, df = 1 if side == "two-sided" else 2 * (side == "greater") - 1, {}
    if law in ("t", "r"):
        degrees = n - 2 if law == "r" or rng.random() < 0.7 else (n - 2) * rng.uniform(0.6, 1)
        one_sided, df = stats.t.sf(strong, degrees), {"df": Number("df", degrees)}
        value = strong / sqrt(degrees + strong**2) if law == "r" else strong
    elif law == "F":
        degrees = [int(rng.integers(1, 6)), n]
        value = stats.f.isf(rng.beta(0.5, 1.2), *degrees)
        one_sided, df = stats.f.sf(value, *degrees) / 2, {"df": numbers("df", *degrees)}
    elif law in ("chi2", "Q"):
        degrees = int(rng.integers(1, 12))
        value = stats.chi2.isf(rng.beta(0.5, 1.2), degrees)
        one_sided, df = stats.chi2.sf(value, degrees) / 2, {"df": Number("df", degrees)}
        if law == "chi2" and rng.random() < 0.3:
            df["n"] = Number("n", n)
    else:
        value, one_sided = strong, stats.norm.sf(strong)
    flip = sign if law in "trz" and side != "two-sided" else pick(rng, 1, -1) if law in "trz" else 1
    found = {"value": Number("c" if law == "r" else "s", value * flip), **df}
    found["p"] = p(one_sided if side != "two-sided" else 2 * one_sided)
    return Result("test_statistic", {"law": law, **found}, {"alternative": side})


def significance(rng: Rng) -> Result:
    """Words, or the usual stars, on a p and the interval of a coefficient or a ratio."""
    estimate, log = rng.normal(0, 2), bool(rng.integers(2))
    value = 2 * stats.norm.sf(abs(estimate))
    if rng.random() < 0.3:  # near the threshold
        value = rng.uniform(0.03, 0.07)
        estimate = stats.norm.isf(value / 2)
    wrong = [False, "ns"] if value < 0.05 else [True, "*", "**"]
    stars = "***" if value < 0.001 else "**" if value < 0.01 else "*" if value < 0.05 else "ns"
    arguments: dict[str, Any] = {"claimed": pick(rng, bool(value < 0.05), stars), "p": p(value)}
    if rng.random() < 0.5:
        bounds = [estimate + 1.959964 * side for side in (-1, 1)]
        low, high = np.exp(np.multiply(bounds, 0.3)) if log else bounds
        arguments |= {"low": Number("r" if log else "x", low), "high": Number("r" if log else "x", high)}
        arguments["null"] = int(log)
    return Result("significance", arguments, wrong={"claimed": pick(rng, *wrong)})


def correlation(rng: Rng) -> Result:
    """Pearson or Spearman, with Fisher's interval."""
    n, test, side = size(rng), pick(rng, "pearson", "pearson", "spearman"), pick(rng, *SIDES)
    one = answers(rng, n, "measure", 0)
    two = pick(rng, 0, 0.2, 0.5, 1) * one + answers(rng, n, "measure", 0)
    run = (stats.pearsonr if test == "pearson" else stats.spearmanr)(one, two, alternative=side)
    level = pick(rng, 95, 95, 95, 95, 90, 99)
    reach = stats.norm.isf((1 - level / 100) / 2) / sqrt(n - 3)
    bounds = np.tanh(np.arctanh(run.statistic) + np.array([-reach, reach]))
    arguments = {"r": Number("c", run.statistic), "n": Number("n", n)}
    arguments |= {"interval": numbers("c", *bounds)} if rng.random() < 0.5 else {}
    arguments |= {"p": p(run.pvalue)} if rng.random() < 0.7 or len(arguments) == 2 else {}
    return Result("correlation", arguments, {"alternative": side, "level": str(level), "correlation": test})


def cohen_d(rng: Rng) -> Result:
    """Pooled, Hedges, of one group's SD (Glass) or of the mean variance; interval by the normal law or noncentral."""
    one, two = groups(rng, 2)
    n, df = [len(one), len(two)], len(one) + len(two) - 2
    variances, gap, factor = [one.var(ddof=1), two.var(ddof=1)], one.mean() - two.mean(), 1.0
    arguments: dict[str, Any] = {"d": 0}
    if rng.random() < 0.6:
        kind = pick(rng, "pooled", "pooled", "hedges", "glass-second", "average")
        variance = {"glass-second": variances[1], "average": sum(variances) / 2}
        factor = 1 - 3 / (4 * df - 1) if kind == "hedges" else 1.0
        d = gap / sqrt(variance.get(kind, np.average(variances, weights=[n[0] - 1, n[1] - 1])))
        arguments |= {"first": group(one), "second": group(two)}
    else:
        kind, t = pick(rng, "pooled", "hedges"), stats.ttest_ind(one, two).statistic
        factor = 1 - 3 / (4 * df - 1) if kind == "hedges" else 1.0
        d = 2 * t / sqrt(df)
        arguments |= {"t": Number("s", t), "df": Number("df", df)}
    interval, sign = (
        pick(rng, "", "wald", "exact" if kind in ("pooled", "hedges") else "") if "first" in arguments else "",
        1,
    )
    scale, level = sqrt(sum(n) / (n[0] * n[1])), 95 if interval == "exact" else pick(rng, 95, 95, 95, 90)
    tail = (1 - level / 100) / 2
    if interval == "wald":
        sign, reach = pick(rng, 1, 1, -1), stats.norm.isf(tail) * sqrt(scale**2 + d**2 / (2 * sum(n)))
        bounds = sign * d - reach, sign * d + reach
    elif interval:
        bounds = [special.nctdtrinc(df, share, d / scale) * scale for share in (1 - tail, tail)]
    arguments["d"] = Number("c", factor * sign * d)
    arguments |= {"interval": numbers("c", *(factor * bound for bound in bounds))} if interval else {}
    truth = {"difference": kind, "level": str(level), "law": "normal", "interval": interval or "wald"}
    return Result("cohen_d", arguments, truth, judged="d")


def eta_squared(rng: Rng) -> Result:
    drawn = groups(rng, int(rng.integers(3, 6)))
    f, df = stats.f_oneway(*drawn).statistic, [len(drawn) - 1, sum(map(len, drawn)) - len(drawn)]
    kind, above = pick(rng, "partial", "partial", "partial", "omega", "epsilon"), df[0] * (f - 1)
    shares = {"omega": above / (above + df[0] + df[1] + 1), "epsilon": above / (df[0] * f + df[1])}
    share = max(0.0, shares.get(kind, f * df[0] / (f * df[0] + df[1])))
    arguments = {"eta": Number("c", share), "statistic": Number("s", f), "df": numbers("df", *df)}
    return Result("eta_squared", arguments, {"variance": kind}, judged="eta")


def r_squared(rng: Rng) -> Result:
    """R² with its F and degrees of freedom, and R² adjusted, or only some of them."""
    n, k, r2 = size(rng, 15), int(rng.integers(1, 8)), rng.beta(1, 2)
    arguments: dict[str, Any] = {"r2": Number("c", r2)}
    if rng.random() < 0.5:
        f = r2 / k / ((1 - r2) / (n - k - 1))
        arguments |= {"statistic": Number("s", f), "df": numbers("df", k, n - k - 1)}
    if len(arguments) == 1 or rng.random() < 0.5:
        adjusted = 1 - (1 - r2) * (n - 1) / (n - k - 1)
        arguments |= {"n": Number("n", n), "predictors": Number("n", k), "adjusted": Number("c", adjusted)}
    return Result("r_squared", arguments, judged="r2")


def chi2(rng: Rng) -> Result:
    """Tables r × c by Pearson, Yates, N − 1, Fisher or the likelihood ratio, as R and scipy test them."""
    rows, columns = (2, 2) if rng.random() < 0.6 else (int(rng.integers(2, 5)), int(rng.integers(2, 5)))
    while True:
        shares = rng.dirichlet(np.ones(rows * columns) * pick(rng, 3, 20))
        counts = rng.multinomial(size(rng), shares).reshape(rows, columns)
        if counts.sum(0).all() and counts.sum(1).all():
            break
    square = rows == columns == 2
    tests = ["pearson", "pearson", "likelihood-ratio", *["yates", "n-1", "fisher"] * square]
    test = pick(rng, *tests)
    run = stats.chi2_contingency(
        counts, correction=test == "yates", lambda_="log-likelihood" if test == "likelihood-ratio" else None
    )
    value, chance = run.statistic, run.pvalue
    if test == "n-1":
        value *= (counts.sum() - 1) / counts.sum()
        chance = stats.chi2.sf(value, 1)
    arguments: dict[str, Any] = {"counts": [numbers("n", *row) for row in counts]}
    side = pick(rng, *SIDES) if test == "fisher" else "two-sided"
    arguments["p"] = p(stats.fisher_exact(counts, side).pvalue if test == "fisher" else chance)
    if test != "fisher" and rng.random() < 0.5:
        arguments |= {"statistic": Number("s", value), "df": Number("df", run.dof)}
    return Result("chi2", arguments, {"test": test, "alternative": side})


KINDS = [group_test, stated(group_test), paired_test, stated(paired_test), anova, stated(anova), test_statistic]
KINDS += [significance, correlation, cohen_d, eta_squared, r_squared, chi2]
