"""Correct estimates with their intervals and p: ratios, differences and coefficients, crude or adjusted."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log, sqrt
from typing import Any

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from drawn.printing import Number, Result, Rng
from drawn.tests import numbers, p, pick, size

Bounds = tuple[float, float]
LEVELS = (95, 95, 95, 95, 95, 95, 90, 99)


def z(level: int) -> float:
    return float(stats.norm.isf((1 - level / 100) / 2))


def two_by_two(rng: Rng, *, zero: bool = False, most: float = 1000) -> np.ndarray:
    """Exposed and unexposed, with and without the outcome; one empty cell, or none."""
    while True:
        first = max(4, round((n := size(rng, 10, most)) * rng.uniform(0.25, 0.75)))
        share = rng.uniform(0.02, 0.3) if zero else rng.uniform(0.1, 0.9)
        other = share if rng.random() < 0.3 else rng.uniform(0.1, 0.9)
        cases = rng.binomial([first, max(4, n - first)], [share, other])
        table = np.stack([cases, [first, max(4, n - first)] - cases], axis=1)
        if np.count_nonzero(table == 0) == int(zero):
            return table


def fitted(table: np.ndarray, psi: float) -> np.ndarray:
    """Cells with the same margins whose odds ratio is psi."""
    (first, second), column = table.sum(1), table[:, 0].sum()

    def cells(a: float) -> np.ndarray:
        return np.array([[a, first - a], [column - a, second - column + a]])

    def gap(a: float) -> float:
        (one, two), (three, four) = np.log(cells(a))
        return one + four - two - three - log(psi)

    return cells(brentq(gap, max(0, column - second) + 1e-9, min(first, column) - 1e-9, xtol=1e-13))


def profile(table: np.ndarray, level: int) -> Bounds:
    """Where twice the drop of the likelihood reaches the quantile: `confint` of a glm in R."""

    def excess(logarithm: float) -> float:
        return 2 * float(np.sum(table * np.log(table / fitted(table, exp(logarithm))))) - z(level) ** 2

    return _ends(table, level, excess)


def score(table: np.ndarray, level: int) -> Bounds:
    """Where the score's statistic reaches the quantile (Cornfield, without correction)."""

    def excess(logarithm: float) -> float:
        near = fitted(table, exp(logarithm))
        return (table[0, 0] - near[0, 0]) ** 2 * float((1 / near).sum()) - z(level) ** 2

    return _ends(table, level, excess)


def _ends(table: np.ndarray, level: int, excess: Callable[[float], float]) -> Bounds:
    middle, reach = log(odds(table)), 3 * z(level) * sqrt((1 / table).sum())
    low, high = (brentq(excess, middle, middle + far, xtol=1e-11) for far in (-reach, reach))
    return exp(low), exp(high)


def odds(table: np.ndarray) -> float:
    return table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0])


def woolf(table: np.ndarray, level: int) -> Bounds:
    reach = z(level) * sqrt((1 / table).sum())
    return odds(table) * exp(-reach), odds(table) * exp(reach)


def exact(table: np.ndarray, level: int) -> Bounds:
    return tuple(stats.contingency.odds_ratio(table).confidence_interval(level / 100))


def difference_score(table: np.ndarray, level: int, corrected: bool) -> Bounds:
    """Where the score's statistic of a difference reaches the quantile; statsmodels 0.15 misses its roots."""
    (a, c), (n, m) = table[:, 0], table.sum(1)
    factor = (n + m) / (n + m - 1) if corrected else 1.0

    def excess(gap: float) -> float:
        ends = max(0.0, -gap) + 1e-12, min(1.0, 1.0 - gap) - 1e-12

        def slope(share: float) -> float:
            one = share + gap
            return a / one - (n - a) / (1 - one) + c / share - (m - c) / (1 - share)

        share = brentq(slope, *ends, xtol=1e-15)
        variance = (share + gap) * (1 - share - gap) / n + share * (1 - share) / m
        return (a / n - c / m - gap) ** 2 / (variance * factor) - z(level) ** 2

    middle = a / n - c / m
    return tuple(brentq(excess, middle, side * (1 - 1e-9), xtol=1e-12) for side in (-1, 1))


def indep(table: np.ndarray, level: int, compare: str, method: str, corrected: bool = False) -> Bounds:
    """Intervals of statsmodels; the score one is `corrected` by Miettinen and Nurminen's factor."""
    if (compare, method) == ("diff", "score"):
        return difference_score(table, level, corrected)
    from statsmodels.stats.proportion import confint_proportions_2indep

    cases, sizes = table[:, 0], table.sum(1)
    ways = {"compare": compare, "method": method, "alpha": 1 - level / 100, "correction": corrected}
    return confint_proportions_2indep(cases[0], sizes[0], cases[1], sizes[1], **ways)


def pearson(table: np.ndarray, **how: Any) -> float:
    return stats.chi2_contingency(table, **{"correction": False, **how}).pvalue


TESTS: dict[str, Callable[[np.ndarray], float]] = {
    "wald": lambda table: 2 * stats.norm.sf(abs(log(odds(table))) / sqrt((1 / table).sum())),
    "pearson": pearson,
    "yates": lambda table: pearson(table, correction=True),
    "fisher": lambda table: stats.fisher_exact(table).pvalue,
    "likelihood-ratio": lambda table: pearson(table, lambda_="log-likelihood"),
}
PAIRS = (  # of an interval and the p beside it, as packages and papers print them
    *(("wald", test) for test in ("wald", "wald", "wald", "pearson", "pearson", "yates", "fisher", "likelihood-ratio")),
    *(("profile", test) for test in ("wald", "wald", "likelihood-ratio")),
    *(("exact", "fisher"), ("conditional", "fisher"), ("conditional", "fisher"), ("score", "pearson")),
)


def crude_odds(rng: Rng, most: float = 1000) -> tuple[np.ndarray, dict[str, Any], dict[str, str]]:
    """An odds ratio from a table: its estimate, interval and p; ½ is added where a cell is empty."""
    table, level = two_by_two(rng, zero=rng.random() < 0.06, most=most), pick(rng, *LEVELS)
    truth = {"level": str(level), "law": "normal"}
    method, test = pick(rng, *PAIRS)
    used, estimate = table, 0.0
    if not table.all():
        method, test, used = "wald", pick(rng, "wald", "fisher"), table + 0.5
        truth["correction"] = "half"
    ways = {"wald": woolf, "profile": profile, "exact": exact, "conditional": exact, "score": score}
    estimate = stats.contingency.odds_ratio(table).statistic if method == "conditional" else odds(used)
    arguments = {"estimate": Number("r", estimate), "interval": numbers("r", *ways[method](used, level))}
    arguments["p"] = p(TESTS[test](table if test == "fisher" else used))
    return table, arguments, truth | {"interval": method.replace("conditional", "exact"), "test": test}


def fitted_by_wald(rng: Rng, level: int, log_scale: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """An adjusted estimate: symmetric interval on its scale, normal law, seldom with the p of one side."""
    se, effect = np.exp(rng.uniform(log(0.05), log(0.8))), rng.normal(0, 2)
    bounds = [se * (effect + side * z(level)) for side in (-1, 1)]
    scale, style = (np.exp, "r") if log_scale else (np.asarray, "x")
    arguments = {"estimate": Number(style, float(scale(se * effect))), "interval": numbers(style, *scale(bounds))}
    side = "one-sided" if rng.random() < 0.04 else "two-sided"
    arguments["p"] = p(stats.norm.sf(abs(effect)) * (1 + (side == "two-sided")))
    errors = [Number("x", se)] + [Number("x", se * arguments["estimate"].value)] * log_scale  # R's, or Stata's
    arguments |= pick(rng, {}, {}, {"se": pick(rng, *errors)}, {"statistic": Number("s", effect)})
    return arguments, WALD | {"level": str(level), "alternative": side}


WALD = {"interval": "wald", "test": "wald", "law": "normal"}


def odds_ratio(rng: Rng) -> Result:
    """Crude, with or without its table; or adjusted, as a logistic regression gives it."""
    if rng.random() < 0.4:
        arguments, truth = fitted_by_wald(rng, pick(rng, *LEVELS), log_scale=True)
        arguments |= pick(rng, {}, {"n": Number("n", size(rng, 50)), "adjusted": True}, {"adjusted": True})
        return Result("odds_ratio", arguments, truth, log=True)
    table, arguments, truth = crude_odds(rng)
    more = [{}, {"n": Number("n", table.sum())}, {"counts": [numbers("n", *row) for row in table]}]
    arguments |= pick(rng, *more)
    if rng.random() < 0.2:
        del arguments["p"]
    return Result("odds_ratio", arguments, truth, log=True)


def odds_ratio_p(rng: Rng) -> Result:
    if rng.random() < 0.3:
        arguments, truth = fitted_by_wald(rng, 95, log_scale=True)
        arguments = {name: arguments[name] for name in ("estimate", "interval", "p")}
        more = {"n": Number("n", size(rng, 50)), "adjusted": True}
        return Result("odds_ratio_p", arguments | more, truth, log=True)
    table, arguments, truth = crude_odds(rng, most=300)
    return Result("odds_ratio_p", arguments | {"n": Number("n", table.sum())}, truth, log=True)


def contingency(rng: Rng) -> Result:
    table, arguments, truth = crude_odds(rng)
    first, second = numbers("n", *table.sum(1))
    arguments |= {"n": Number("n", table.sum()), "exposed": first} | pick(rng, {}, {"unexposed": second})
    return Result("contingency", arguments, truth, log=True)


def joint_groups(rng: Rng) -> Result:
    """Rows of one outcome: each splits the same two groups of respondents."""
    sizes, rows = rng.integers(12, 40, 2), []
    while len(rows) < 8:
        cases = rng.binomial(sizes, rng.uniform(0.15, 0.85, 2))
        table = np.stack([cases, sizes - cases], axis=1)
        if table.all():
            rows.append((odds(table), *woolf(table, 95)))
    columns = dict(
        zip(("estimates", "lows", "highs"), (numbers("r", *each) for each in np.transpose(rows)), strict=True)
    )
    arguments = {"names": [f"ligne {rank}" for rank in range(8)], **columns, "declared": numbers("n", *sizes)}
    wrong = {"declared": numbers("n", *(sizes + np.array([-4, 4]) * pick(rng, 1, -1)))}
    return Result("joint_groups", arguments, WALD, wrong=wrong)


def hazard_ratio(rng: Rng) -> Result:
    """Cox's model of one exposure, or of an exposure and a measure; Wald's p, the score's (log-rank) or the ratio's."""
    from statsmodels.duration.hazard_regression import PHReg

    n, level = size(rng, 20, 200), pick(rng, *LEVELS)
    while True:
        exposed, measure = rng.random(n) < rng.uniform(0.3, 0.7), rng.normal(0, 1, n)
        times = rng.exponential(np.exp(-rng.normal(0, 0.6) * exposed - 0.3 * measure))
        seen = rng.random(n) < rng.uniform(0.4, 1)
        if min(np.sum(seen & exposed), np.sum(seen & ~exposed)) >= 3:
            break
    adjusted = rng.random() < 0.5
    model = PHReg(times, np.column_stack([exposed, measure] if adjusted else [exposed]).astype(float), status=seen)
    run = model.fit()
    middle, se, test = (
        run.params[0],
        run.bse[0],
        "wald" if adjusted else pick(rng, "wald", "pearson", "likelihood-ratio"),
    )
    bounds = np.exp([middle - z(level) * se, middle + z(level) * se])
    zero = np.zeros(1)
    squares = {
        "wald": lambda: (middle / se) ** 2,
        "pearson": lambda: (model.score(zero) ** 2 / -model.hessian(zero)).item(),
        "likelihood-ratio": lambda: 2 * (model.loglike(run.params) - model.loglike(zero)),
    }
    arguments = {"estimate": Number("r", exp(middle)), "interval": numbers("r", *bounds)}
    arguments["p"] = p(stats.chi2.sf(squares[test](), 1))
    return Result("hazard_ratio", arguments, WALD | {"level": str(level), "test": test}, log=True)


def compared_risks(rng: Rng, compare: str, methods: dict[str, str], style: str) -> tuple[dict, dict]:
    """Two shares against each other, from their table or, one time in four, adjusted."""
    level = pick(rng, *LEVELS)
    if rng.random() < 0.25:
        return fitted_by_wald(rng, level, log_scale=compare == "ratio")
    zero = compare == "ratio" and rng.random() < 0.05
    table, name = two_by_two(rng, zero=zero), "log" if zero else pick(rng, *methods)
    used = table + 0.5 * zero
    shares = used[:, 0] / used.sum(1)
    value = shares[0] / shares[1] if compare == "ratio" else shares[0] - shares[1]
    bounds = indep(used, level, compare, name, bool(rng.integers(2)))
    arguments = {"estimate": Number(style, value), "interval": numbers(style, *bounds)}
    test = pick(rng, "pearson", "pearson", "yates", "fisher")
    arguments |= {"p": p(TESTS[test](table))} if rng.random() < 0.7 else {}
    arguments |= {"counts": [numbers("n", *row) for row in table]} if rng.random() < 0.5 else {}
    truth = {"level": str(level), "interval": methods[name], "test": test, "law": "normal"}
    return arguments, truth | ({"correction": "half"} if zero else {})


def relative_risk(rng: Rng) -> Result:
    return Result("relative_risk", *compared_risks(rng, "ratio", {"log": "wald", "score": "score"}, "r"), log=True)


def risk_difference(rng: Rng) -> Result:
    methods = {"wald": "wald", "newcomb": "wilson", "score": "score", "agresti-caffo": "agresti-coull"}
    return Result("risk_difference", *compared_risks(rng, "diff", methods, "x"))


def coefficient(rng: Rng, kind: str = "coefficient") -> Result:
    """Of a linear model, by Student's law, or of another one, by the normal law."""
    df, level = size(rng, 3), pick(rng, *LEVELS)
    law, se = pick(rng, "t", "t", "normal"), np.exp(rng.uniform(log(0.05), log(8)))
    known = stats.t(df) if law == "t" else stats.norm
    statistic = rng.normal(0, 2.5)
    bounds = (se * (statistic + side * known.isf((1 - level / 100) / 2)) for side in (-1, 1))
    arguments = {"estimate": Number("x", se * statistic), "interval": numbers("x", *bounds)}
    arguments["p"] = p(2 * known.sf(abs(statistic)))
    if law == "t":
        arguments |= pick(rng, {}, {"df": Number("df", df)}, {"n": Number("n", df + int(rng.integers(2, 6)))})
    if kind == "coefficient":
        arguments |= pick(rng, {}, {"se": Number("x", se)}, {"statistic": Number("s", statistic)})
    return Result(kind, arguments, {"law": law, "level": str(level), "interval": "wald", "test": "wald"})


def coefficient_p(rng: Rng) -> Result:
    return coefficient(rng, "coefficient_p")


KINDS = [odds_ratio, odds_ratio_p, contingency, joint_groups, hazard_ratio, relative_risk, risk_difference]
KINDS += [coefficient, coefficient_p]
