"""P-values of test statistics under their laws.

From `scipy.special`, since `scipy.stats` takes longer to import than an audit to run.
"""

from __future__ import annotations

from math import inf, sqrt


def p_value(law: str, value: float, *df: float, alternative: str = "two-sided") -> float:
    """The p of a statistic: both tails of t, z and r, the upper tail of F and chi2, or one tail of the former.

    `df` are the degrees of freedom: one for t, chi2 and r (n - 2), two for F, none for z. An `alternative` that is
    `one-sided` is the smaller tail; `greater` and `less` name the tail.

    >>> round(p_value("t", 1.80, 40), 4), round(p_value("t", 1.80, 40, alternative="one-sided"), 4)
    (0.0794, 0.0397)
    >>> round(p_value("F", 4.2, 1.6, 38.2), 4), round(p_value("r", 0.17, 97), 3)
    (0.03, 0.093)
    """
    from scipy.special import chdtrc, fdtrc, ndtr, stdtr

    if law == "F":
        return float(fdtrc(*df, value))
    if law == "chi2":
        return float(chdtrc(*df, value))
    t = t_of_r(value, *df) if law == "r" else value
    tail = float(ndtr(-abs(t)) if law == "z" else stdtr(*df, -abs(t)))
    if alternative in ("two-sided", "one-sided"):
        return 2 * tail if alternative == "two-sided" else tail
    return tail if (t >= 0) == (alternative == "greater") else 1 - tail


def t_of_r(r: float, df: float) -> float:
    """Student's t of Pearson's correlation.

    >>> round(t_of_r(0.5, 12), 6)
    2.0
    """
    return r * sqrt(df / (1 - r * r)) if abs(r) < 1 else inf * r
