"""P-values and quantiles of test statistics under their laws.

From `math` or `scipy.special`, since `scipy.stats` takes longer to import than an audit to run.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from math import erfc, exp, factorial, inf, sqrt
from statistics import NormalDist

Z95 = 1.959963984540054


def p_value(law: str, value: float, *df: float, alternative: str = "two-sided") -> float:
    """The p of a statistic: both tails of t, z and r, the upper tail of F and chi2, or one tail of the former.

    `df` are the degrees of freedom: one for t, chi2 and r (n - 2), two for F, none for z. An `alternative` that is
    `one-sided` is the smaller tail; `greater` and `less` name the tail.

    >>> round(p_value("t", 1.80, 40), 4), round(p_value("t", 1.80, 40, alternative="one-sided"), 4)
    (0.0794, 0.0397)
    >>> round(p_value("F", 4.2, 1.6, 38.2), 4), round(p_value("r", 0.17, 97), 3)
    (0.03, 0.093)
    """
    from scipy.special import chdtrc, fdtrc

    if law == "F":
        return float(fdtrc(*df, value))
    if law == "chi2":
        return float(chdtrc(*df, value))
    t = _t_of_r(value, *df) if law == "r" else value
    tail = upper_tail(abs(t), *df)
    return _sided(tail, 1 - tail, t, alternative)


def _sided(tail: float, rest: float, sign: float, alternative: str) -> float:
    """The p of a symmetric law from its smaller tail, and from the rest, which the other one-sided test has."""
    if alternative in ("two-sided", "one-sided"):
        return min(2 * tail, 1.0) if alternative == "two-sided" else tail
    return tail if (sign >= 0) == (alternative == "greater") else rest


def upper_tail(z: float, df: float | None = None) -> float:
    """Probability of more than z, normal or of Student's law with df degrees of freedom."""
    if df is None:
        return erfc(z / sqrt(2)) / 2
    from scipy.special import stdtr

    return float(stdtr(df, -z))


def two_sided(z: float, df: float | None = None) -> float:
    """Two-sided p-value, normal or of Student's law.

    >>> round(two_sided(4.0, df=10), 5)      # R: 2 * pt(-4, 10)
    0.00252
    """
    return 2 * upper_tail(abs(z), df)


@lru_cache(maxsize=4_096)
def quantile(level: float, df: float | None = None) -> float:
    """How many standard errors an interval at this level reaches on each side, normal or of Student's law.

    >>> round(quantile(0.95), 4), round(quantile(0.95, df=10), 4)      # R: qnorm(0.975), qt(0.975, 10)
    (1.96, 2.2281)
    """
    if df is None:
        return Z95 if level == 0.95 else NormalDist().inv_cdf((1 + level) / 2)
    from scipy.special import stdtrit

    return float(stdtrit(df, (1 + level) / 2))


def _t_of_r(r: float, df: float) -> float:
    return r * sqrt(df / (1 - r * r)) if abs(r) < 1 else inf * r


def spearman_p(rho: float, n: int, *, alternative: str = "two-sided") -> float:
    """Exact p of Spearman's correlation, by the series of Best and Roberts (1975), for n of 10 and more without ties.

    As R's `cor.test`, exact up to n = 1289; larger samples and ties take the t of `p_value("r", ...)`.

    >>> round(spearman_p(0.2606060606, 10), 6)      # 0.4670 by t
    0.469675
    """
    middle = (n**3 - n) / 6
    tail, beyond = (_above(middle * (1 + abs(rho)) + step, n) for step in (0, 2))
    return _sided(tail, 1 - beyond, rho, alternative)


def _above(squares: float, n: int) -> float:
    """The probability of that sum of squared differences of ranks, or more."""
    b = 1 / n
    x = (6 * (squares - 1) * b / (n * n - 1) - 1) * sqrt(n - 1)
    y = x * x
    inner = 0.0072 - 0.0831 * b + y * b * (0.0131 - 0.00046 * y)
    outer = -0.0758 + b * (0.1033 + 0.3932 * b) - y * b * (0.0879 + 0.0151 * b - y * inner)
    series = x * b * (0.2274 + b * (0.2531 + 0.1745 * b) + y * outer)
    return min(max(series / exp(y / 2) + upper_tail(x), 0.0), 1.0)


def kendall_p(tau: float, n: int, *, alternative: str = "two-sided") -> float:
    """Exact p of Kendall's tau without ties, as R's `cor.test` of fewer than 50.

    >>> round(kendall_p(0.4666667, 10), 5)
    0.07255
    """
    counts, pairs = _inversions(n), n * (n - 1) / 2
    fewest = round(pairs * (1 - abs(tau)) / 2)
    tail, rest = sum(counts[: fewest + 1]), sum(counts[fewest:])
    return min(1.0, _sided(tail / factorial(n), rest / factorial(n), tau, alternative))


@lru_cache(maxsize=64)
def _inversions(n: int) -> list[int]:
    """How many orders of n values have 0, 1, 2... inversions."""
    counts = [1]
    for size in range(2, n + 1):
        sums = [0, *accumulate(counts + [0] * (size - 1))]
        counts = [sums[at + 1] - sums[max(0, at + 1 - size)] for at in range(len(sums) - 1)]
    return counts
