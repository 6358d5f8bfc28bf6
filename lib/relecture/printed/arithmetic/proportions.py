"""Check of the interval of a proportion.

For x of n with p = x / n and z the normal quantile: Wald, p -+ z sqrt(p (1 - p) / n), also with the continuity
correction 1 / (2 n); Wilson (1927), without and with continuity (Newcombe 1998; R's `prop.test`); exact (Clopper &
Pearson 1934); Agresti & Coull (1998); Jeffreys (Brown, Cai & DasGupta 2001); logit, as Stata's `proportion`. Bounds
may be cut at 0 and 100 %.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from math import ceil, exp, floor, log, sqrt

from relecture.core.numbers import Printed, rounded, size
from relecture.printed.arguments import Bounds, PartPercent, Size
from relecture.printed.conventions import NONE, QUANTILES, Ladder, Range, Stated, Using
from relecture.printed.exact.p_values import quantile
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

_LADDER = Ladder(
    most=3,
    interval="wald wilson exact wilson-corrected agresti-coull jeffreys logit wald-corrected",
    level="95 90 99",
    rounding="nearest truncate",
    quantile=QUANTILES,
)
_KNOWN = {*_LADDER.options["interval"], "score"}
_SLACK = 1e-9
_MANY = 1_000


@kind("proportion_interval", "un pourcentage et son intervalle", ladder=_LADDER, judged=["percent", "interval"])
def proportion_interval(
    percent: PartPercent,
    interval: Bounds,
    n: Size | None = None,
    count: Size | None = None,
    *,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on the interval of a percentage of `n` (or of a share between 0 and 1), whose `count` may be printed.

    >>> proportion_interval("59,4", ("47,3", "71,4"), "64").verdict      # 38 of 64
    <Verdict.CONSISTENT: 'consistent'>
    >>> proportion_interval("59,4", ("47,1", "70,5"), "64").conditions
    ("si l'intervalle est celui de Wilson",)
    """
    middle, low, high = (Printed.read(text).within("either") for text in (percent, *interval))
    outside = middle.high < low.low or middle.low > high.high
    outer = Finding(Verdict.INCONSISTENT, f"{percent} est hors de son intervalle, {interval[0]} à {interval[1]}")
    if n is None or not size(n):
        return outer if outside else Finding(Verdict.UNCHECKABLE, "aucun effectif n'est imprimé")
    stated = {name: option for name, option in conventions.items() if name != "interval" or option in _KNOWN}
    scales = (100, 1) if Printed.read(percent).centre <= 1 else (100,)

    def fitting(using: Using) -> Iterator[tuple[int, range]]:
        counts = ((scale, _counts(percent, size(n), count, using, scale)) for scale in scales)
        return ((scale, ones) for scale, ones in counts if ones)

    def holds(using: Using) -> bool:
        return any(_some(counts, size(n), interval, using, scale) for scale, counts in fitting(using))

    judgement = _LADDER.judge(holds, stated)
    if outside and judgement.verdict is Verdict.INCONSISTENT:
        return outer
    scale, counts = next(fitting(judgement.using), (1, []))
    if not counts:
        return Finding(Verdict.INCONSISTENT, f"aucun effectif sur {size(n)} ne fait {percent} %")
    decimals, ends = Printed.read(interval[0]).decimals, _bounds(counts[0], size(n), judgement.using) or ()
    expected = " à ".join(rounded(_cut(end) * scale, decimals) for end in ends)
    return judgement.finding(f"{counts[0]} / {size(n)}, intervalle {expected or 'inexistant'}", expected)


def _counts(percent: str, n: int, count: Size | None, using: Using, scale: int) -> range:
    """Counts that print this percentage of n: the one printed, or all."""
    box = Printed.read(percent).within(using.rounding)
    if count is not None:
        ones = size(count)
        return range(ones, ones + (ones <= n and box.low * n <= scale * ones <= box.high * n))
    return range(max(0, ceil(box.low * n / scale)), floor(min(box.high * n / scale, n)) + 1)


def _some(counts: range, n: int, interval: Bounds, using: Using, scale: int) -> bool:
    """Whether one of the counts prints both bounds; among many, where the bounds grow with it, by bisection."""
    boxes = [Printed.read(text).within(using.rounding) for text in interval]
    limits = [(float(box.low) / scale - _SLACK, float(box.high) / scale + _SLACK) for box in boxes]
    if len(counts) <= _MANY:
        return any(_fits(ones, n, limits, using) for ones in counts)
    for end, (low, high) in enumerate(limits):

        def bound(ones: int, end: int = end) -> float:
            return (_bounds(ones, n, using) or (ones / n, ones / n))[end]

        counts = counts[bisect_left(counts, low, key=bound) : bisect_right(counts, high, key=bound)]
    return bool(counts)


def _fits(ones: int, n: int, limits: list[Range], using: Using) -> bool:
    """Whether both bounds are printed so, cut at 0 and 1 or not; nobody's may start at 0, everybody's end at 1."""
    ends = _bounds(ones, n, using)
    if not ends:
        return False
    cut = _cut(ends[0]) if ones else 0.0, _cut(ends[1]) if ones < n else 1.0
    pairs = zip(zip(ends, cut, strict=True), limits, strict=True)
    return all(any(low <= end <= high for end in either) for either, (low, high) in pairs)


def _cut(end: float) -> float:
    return min(max(end, 0.0), 1.0)


def _bounds(ones: int, n: int, using: Using) -> Range | None:
    """Bounds of the share of `ones` among n under a convention; None where it has none."""
    z, p, method = quantile(using.level), ones / n, using["interval"]
    match method:
        case "wald" | "wald-corrected":
            error = z * sqrt(p * (1 - p) / n) + (0.5 / n if method == "wald-corrected" else 0)
            return p - error, p + error
        case "agresti-coull":
            q = (ones + z**2 / 2) / (n + z**2)
            error = z * sqrt(q * (1 - q) / (n + z**2))
            return q - error, q + error
        case "logit" if 0 < ones < n:
            odds, error = log(p / (1 - p)), z / sqrt(n * p * (1 - p))
            return 1 / (1 + exp(error - odds)), 1 / (1 + exp(-error - odds))
        case "logit":
            return None
        case "exact":
            return _beta(ones, n, using.level, 0, 1)
        case "jeffreys":
            return _beta(ones, n, using.level, 0.5, 0.5)
    return _wilson(p, n, z, 0.5 if method == "wilson-corrected" else 0)


def _beta(ones: int, n: int, level: float, low: float, high: float) -> Range:
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    least = betaincinv(ones + low, n - ones + high, tail) if ones + low else 0.0
    most = betaincinv(ones + high, n - ones + low, 1 - tail) if n - ones + low else 1.0
    return float(least), float(most)


def _wilson(p: float, n: int, z: float, continuity: float) -> Range:
    """Shares at z standard errors from p, once p is brought nearer by the continuity; as R's `prop.test`."""
    ends = []
    for side in (-1, 1):
        near = p + side * continuity / n
        middle = near + z**2 / (2 * n)
        ends.append((middle + side * z * sqrt(max(0.0, near * (1 - near) / n + (z / n) ** 2 / 4))) / (1 + z**2 / n))
    return max(ends[0], 0.0) if p > 0 else 0.0, min(ends[1], 1.0) if p < 1 else 1.0
