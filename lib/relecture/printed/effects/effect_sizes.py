"""Checks of correlations and shares of variance against their sizes, test statistic, interval and p.

Each is held against what it is a function of, over all that rounding allows, the prints beside it taken together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import atanh, copysign, inf, sqrt, tanh

from relecture.core.numbers import Printed, size, whole
from relecture.printed.arguments import Bounds, Correlation, Count, DegreesOfF, Number, PValue, Share, Size, Statistic
from relecture.printed.conventions import NONE, QUANTILES, Ladder, Range, Stated, Using, agreeing
from relecture.printed.exact.p_values import kendall_p, p_value, quantile, spearman_p
from relecture.printed.exact.spans import alongside, box, degrees, misplaced, span
from relecture.printed.exact.summaries import ratio
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

Reaches = Mapping[str, Range | None]
CORRELATIONS = Ladder(
    alternative="two-sided one-sided greater less",
    level="95 90 99",
    correlation="pearson spearman kendall",
    rounding="nearest truncate",
    quantile=QUANTILES,
)
_LOW, _HIGH, _ADJUSTED, _DF = "borne basse", "borne haute", "R² ajusté", ("ddl 1", "ddl 2")
_HUGE = 1e12
_EXACT_TAU = 50
_FEW, _EXACT = 10, 1290  # sizes between which the exact p of Spearman's correlation is computed


@kind("correlation", "une corrélation, son intervalle et son p", ladder=CORRELATIONS, judged=["r", "interval", "p"])
def correlation(
    r: Correlation, n: Size, interval: Bounds | None = None, p: PValue | None = None, *, conventions: Stated = NONE
) -> Finding:
    """Finding on a correlation, its interval and its p.

    Formula: bounds tanh(atanh r ± z / sqrt(n - 3)) (Fisher 1921); p by t = r sqrt((n - 2) / (1 - r²)). Conditions:
    another level, one-sided, Spearman (interval of Fieller 1957 or of Bonett and Wright 2000; p exact, Best and
    Roberts 1975), Kendall (p alone), truncation.

    >>> correlation("0,30", "50", interval=["0,02", "0,53"], p="0,034").verdict
    <Verdict.CONSISTENT: 'consistent'>
    >>> correlation("0,30", "50", interval=["0,07", "0,50"]).conditions
    ("si l'intervalle est à 90 %",)
    """
    prints = {_LOW: interval and interval[0], _HIGH: interval and interval[1], "p": p}
    if reason := misplaced(r, interval):
        return Finding(Verdict.INCONSISTENT, reason)
    if not (interval or p) or size(n) < 4:
        return Finding(Verdict.UNCHECKABLE, "il faut un intervalle ou un p, et plus de 3 observations")

    def attained(using: Using) -> Reaches:
        return _of_correlation(r, size(n), prints, using)

    names = [*["alternative"] * bool(p), *["level", "quantile"] * bool(interval), "correlation", "rounding"]
    ladder = CORRELATIONS.only(*names)
    finding = agreeing(prints, attained, ladder, conventions, intro=f"d'après r = {r} et n = {size(n)}, ")
    exact = size(n) < _FEW and conventions.get("correlation") != "pearson"
    if finding.verdict is Verdict.INCONSISTENT and exact and finding.expected.startswith("p "):
        text = f"{finding.explanation} ; à moins de {_FEW} observations, le p exact de Spearman n'est pas calculé"
        return Finding(Verdict.UNCHECKABLE, text, finding.expected)
    return finding


def _of_correlation(r: str, n: int, prints: Mapping[str, str | None], using: Using) -> Reaches:
    """Bounds and p of a correlation; each takes into account the others that are printed."""
    spearman, sides = using["correlation"] == "spearman", using.alternative
    if using["correlation"] == "kendall":
        return dict.fromkeys((_LOW, _HIGH)) | {"p": _of_kendall(box(r, using.rounding, low=-1, high=1), n, sides)}
    reach = quantile(using.level) / sqrt(n - 3)

    def bound(side: int, r: float, inflation: float = 1.0) -> float:
        return tanh(_fisher(r) + side * reach * sqrt(inflation))

    every, sides_of = box(r, using.rounding, low=-1, high=1), {_LOW: -1, _HIGH: 1}
    others = {
        name: span(partial(bound, -side), box(prints[name], using.rounding, low=-1, high=1))
        for name, side in sides_of.items()
        if prints[name] and not spearman
    }
    left = alongside(every, dict.fromkeys((_LOW, _HIGH, "p")) | others)
    inflations = (1.0, max(1.06, 1 + max(map(abs, every)) ** 2 / 2)) if spearman else (1.0, 1.0)
    bounds = {name: span(partial(bound, side), left[name], inflations) for name, side in sides_of.items()}
    if spearman and _FEW <= n < _EXACT:
        return bounds | {"p": span(partial(spearman_p, n=n, alternative=sides), left["p"])}
    return bounds | {"p": span(lambda r: p_value("r", r, n - 2, alternative=sides), left["p"])}


def _of_kendall(tau: Range, n: int, sides: str) -> Range:
    """The p of a tau: normal, from two categories each to none tied (Kendall 1970), or exact for fewer than 50."""
    factors = sqrt(n - 1), 3 * sqrt(n * (n - 1) / (4 * n + 10))
    p = span(lambda tau, factor: p_value("z", tau * factor, alternative=sides), tau, factors)
    exact = span(partial(kendall_p, n=n, alternative=sides), tau) if n < _EXACT_TAU else p
    return min(p[0], exact[0]), max(p[1], exact[1])


def _fisher(r: float) -> float:
    return atanh(r) if abs(r) < 1 else copysign(inf, r)


SHARES = Ladder(variance="partial omega epsilon total", rounding="nearest truncate")


@kind("eta_squared", "une part de variance (éta²), contre F et ses degrés de liberté", ladder=SHARES, judged=["eta"])
def eta_squared(eta: Share, statistic: Statistic, df: DegreesOfF, *, conventions: Stated = NONE) -> Finding:
    """Finding on the share of variance of an effect against its F and degrees of freedom.

    Formula: partial eta² = F df1 / (F df1 + df2) (Cohen 1973), which is eta² where there is one factor. Conditions:
    omega² (Hays 1963), epsilon² (Kelley 1935), other factors in the total variance, truncation.

    >>> eta_squared("0,13", "5,61", ["2", "76"]).verdict, eta_squared("0,10", "5,61", ["2", "76"]).conditions
    (<Verdict.CONSISTENT: 'consistent'>, ("si c'est un oméga²",))
    """
    if reason := _unfit_f(statistic, df):
        return Finding(Verdict.INCONSISTENT, reason)

    def attained(using: Using) -> Reaches:
        boxes = [degrees(text, using.rounding) for text in df]
        f = box(statistic, using.rounding, low=0, high=_HUGE)
        partial_eta = span(_SHARES["partial"], f, *boxes)
        if using["variance"] == "total":
            return {"éta²": (0.0, partial_eta[1])}
        return {"éta²": span(_SHARES[using["variance"]], f, *boxes)}

    intro = f"d'après F({df[0]} ; {df[1]}) = {statistic}, "
    return agreeing({"éta²": eta}, attained, SHARES, SHARES.offered(conventions), intro=intro)


_SHARES = {
    "partial": lambda f, df1, df2: f * df1 / (f * df1 + df2),
    "omega": lambda f, df1, df2: max(df1 * (f - 1) / (df1 * (f - 1) + df1 + df2 + 1), 0),
    "epsilon": lambda f, df1, df2: max(df1 * (f - 1) / (df1 * f + df2), 0),
}
DETERMINATION = Ladder(variance="partial adjusted", rounding="nearest truncate")


@kind(
    "r_squared",
    "le R² d'une régression, contre F, le R² ajusté et les degrés de liberté",
    ladder=DETERMINATION,
    judged=["r2", "adjusted", "statistic"],
)
def r_squared(
    r2: Share,
    statistic: Statistic | None = None,
    df: DegreesOfF | None = None,
    *,
    n: Size | None = None,
    predictors: Count | None = None,
    adjusted: Number | None = None,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the R² of a regression against its F, its adjusted R², and its degrees of freedom or n and predictors.

    Formula: F = (R² / k) / ((1 - R²) / (n - k - 1)); adjusted R² = 1 - (1 - R²)(n - 1) / (n - k - 1) (Ezekiel 1930).
    Conditions: this R² is the adjusted one, truncation.

    >>> r_squared("0,25", "6,0", df=["2", "36"]).verdict
    <Verdict.CONSISTENT: 'consistent'>
    >>> r_squared("0,25", n="39", predictors="2", adjusted="0,25").expected
    'R² ajusté = 0,20 à 0,21'
    """
    counted = [whole(predictors), size(n) - whole(predictors) - 1] if n and predictors else []
    k, rest = counted or [int(Printed.read(text).exact) for text in df or ("0", "0")]
    prints = {"F": statistic, _ADJUSTED: adjusted} | dict(zip(_DF, df, strict=True) if counted and df else {})
    if not any(prints.values()) or k < 1 or rest < 1:
        return Finding(
            Verdict.UNCHECKABLE,
            "il faut F ou le R² ajusté, et les degrés de liberté (ou n et le nombre de prédicteurs)",
        )

    def attained(using: Using) -> Reaches:
        return _of_r_squared(r2, k, rest, prints, using) | {_DF[0]: (k, k), _DF[1]: (rest, rest)}

    intro = f"d'après R² = {r2}, {k} et {rest} degrés de liberté, "
    return agreeing(prints, attained, DETERMINATION, conventions, intro=intro)


def _of_r_squared(r2: str, k: int, rest: int, prints: Mapping[str, str | None], using: Using) -> Reaches:
    """F and adjusted R², each beside the other one if it is printed."""

    def unadjusted(value: float) -> float:
        return 1 - (1 - value) * rest / (rest + k)

    def of_f(f: float) -> float:
        return 1 / (1 + ratio(rest, k * f))

    whole_r2 = box(r2, using.rounding, low=0, high=1)
    if using["variance"] == "adjusted":
        if prints[_ADJUSTED]:
            return {"F": None, _ADJUSTED: None}
        whole_r2 = span(unadjusted, whole_r2)
    others = {
        name: span(way, box(prints[name], using.rounding, low=low)) if prints[name] else None
        for name, way, low in (("F", of_f, 0), (_ADJUSTED, unadjusted, -inf))
    }
    left = alongside(whole_r2, others)
    return {
        "F": span(lambda r: ratio(r * rest, (1 - r) * k), left["F"]),
        _ADJUSTED: span(lambda r: 1 - (1 - r) * (rest + k) / rest, left[_ADJUSTED]),
    }


def _unfit_f(statistic: str, df: Sequence[str]) -> str:
    """Why an F and its degrees of freedom cannot be, in French; nothing when they can."""
    if Printed.read(statistic).centre < 0:
        return f"F = {statistic} : F n'est jamais négatif"
    low = next((text for text in df if Printed.read(text).centre < 1), "")
    return f"{low} : il y a au moins 1 degré de liberté" if low else ""
