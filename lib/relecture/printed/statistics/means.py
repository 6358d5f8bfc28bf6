"""Checks of a mean's standard error and interval, and of Cronbach's alpha.

The standard error is SD / sqrt(n), or SD / sqrt(n - 1) where the SD was divided by n; the interval is the mean, less
and more that error times a quantile of Student's law with n - 1 degrees of freedom (Student 1908), or of the normal
law. Alpha is k / (k - 1) (1 - sum of the items' variances / variance of their sum) for k items (Cronbach 1951).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, sqrt
from typing import Annotated

from relecture.core.numbers import Printed, rounded, size
from relecture.printed.arguments import SD, AtLeast, Bounds, Mean, Role, Size, StandardError
from relecture.printed.conventions import NONE, QUANTILES, ROUNDED, Ladder, Range, Stated, Using, compared
from relecture.printed.exact.p_values import quantile
from relecture.printed.exact.spans import box, meeting
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

Alpha = Annotated[str, Role("un alpha", "coefficient correlation mean", high=1)]
_ERROR = Ladder(sd="n-1 n", rounding="nearest truncate")
_INTERVAL = Ladder(
    most=3, law="t normal", level="95 90 99", sd="n-1 n", rounding="nearest truncate", quantile=QUANTILES
)


@kind("standard_error", "l'erreur type d'une moyenne, contre son écart type", ladder=_ERROR, judged=["se"])
def standard_error(se: StandardError, sd: SD, n: Size, *, conventions: Stated = NONE) -> Finding:
    """Finding on the standard error of a mean of `n` values: sd / sqrt(n).

    >>> standard_error("0,92", "8,24", "80").verdict, standard_error("0,29", "8,24", "80").expected
    (<Verdict.CONSISTENT: 'consistent'>, '0,92')
    """
    return compared(se, lambda using: _error(sd, size(n), using), _ERROR, conventions, name="erreur type")


@kind("mean_interval", "une moyenne et son intervalle", ladder=_INTERVAL, judged=["mean", "interval"])
def mean_interval(
    mean: Mean,
    interval: Bounds,
    n: Size,
    sd: SD | None = None,
    se: StandardError | None = None,
    *,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the interval of a mean of `n` values, from their SD or standard error where they are printed.

    >>> mean_interval("25,0", ("23,2", "26,8"), "80", sd="8,24").verdict
    <Verdict.CONSISTENT: 'consistent'>
    >>> mean_interval("25,0", ("23,5", "26,5"), "80", sd="8,24").conditions
    ("si l'intervalle est à 90 %",)
    """
    people, ends = size(n), [Printed.read(text).within("either") for text in (mean, *interval)]
    if ends[0].high < ends[1].low or ends[0].low > ends[2].high:
        text = f"la moyenne {mean} est hors de son intervalle, {interval[0]} à {interval[1]}"
        return Finding(Verdict.INCONSISTENT, text)

    def half(using: Using) -> Range | None:
        errors = [_error(sd, people, using)] if sd is not None else []
        errors += [box(se, using.rounding, low=0)] if se is not None else []
        if not errors:
            return 0.0, inf
        known, law = errors[0] and meeting(errors[0], errors[-1]), using["law"]
        if not known or (law == "t" and people < 2):
            return None
        factor = quantile(using.level, people - 1 if law == "t" else None)
        return factor * known[0], factor * known[1]

    judgement = _INTERVAL.judge(lambda using: _symmetric(mean, interval, half(using), using), conventions)
    width, decimals = half(judgement.using), Printed.read(interval[0]).decimals
    if not width or width[1] == inf:
        text = f"l'intervalle est centré sur {rounded(sum(Printed.read(end).centre for end in interval) / 2, decimals)}"
        return judgement.finding(text if width else "cet intervalle n'existe pas")
    middle, reach = float(Printed.read(mean).centre), sum(width) / 2
    expected = f"{rounded(middle - reach, decimals)} à {rounded(middle + reach, decimals)}"
    return judgement.finding(f"intervalle d'environ {expected}", expected)


@kind("alpha", "un alpha de Cronbach, contre les écarts types", ladder=ROUNDED, judged=["alpha"])
def alpha(
    alpha: Alpha, item_sds: Annotated[Sequence[SD], AtLeast(2)], total_sd: SD, *, conventions: Stated = NONE
) -> Finding:
    """Finding on Cronbach's alpha of a scale, from the SDs of its items and of their sum.

    >>> alpha("0,75", ["1,0", "1,0", "1,0"], "2,45").verdict, alpha("0,85", ["1,0", "1,0", "1,0"], "2,45").expected
    (<Verdict.CONSISTENT: 'consistent'>, '0,67 à 0,83')
    """
    items = len(item_sds)
    if items < 2:
        return Finding(Verdict.UNCHECKABLE, "alpha demande au moins deux items")
    if Printed.read(total_sd).within("either").low > sum(Printed.read(sd).within("either").high for sd in item_sds):
        text = f"l'écart type du total, {total_sd}, dépasse la somme de ceux des items"
        return Finding(Verdict.INCONSISTENT, text)

    def attained(using: Using) -> Range | None:
        parts = [box(sd, using.rounding, low=0) for sd in item_sds]
        low, high = box(total_sd, using.rounding, low=0)
        least, most = (sum(part[end] ** 2 for part in parts) for end in (0, 1))
        ratios = (most / low**2 if low else inf, least / high**2 if high else inf)
        return tuple(items / (items - 1) * (1 - ratio) for ratio in ratios) if high else None

    return compared(alpha, attained, ROUNDED, conventions, name="alpha")


def _error(sd: str, n: int, using: Using) -> Range | None:
    by = n if using["sd"] == "n-1" else n - 1
    low, high = box(sd, using.rounding, low=0)
    return (low / sqrt(by), high / sqrt(by)) if by > 0 else None


def _symmetric(mean: str, interval: Bounds, half: Range | None, using: Using) -> bool:
    """Whether some true mean, less and more some half-width, gives both bounds.

    A mean, a lower bound plus the half-width and an upper bound less it meet as soon as each two of them do.
    """
    middle, low, high = (box(text, using.rounding) for text in (mean, *interval))
    if not half:
        return False
    least = max(half[0], (high[0] - low[1]) / 2, middle[0] - low[1], high[0] - middle[1])
    most = min(half[1], (high[1] - low[0]) / 2, middle[1] - low[0], high[1] - middle[0])
    return least <= most + 1e-9 * max(1.0, abs(most))
