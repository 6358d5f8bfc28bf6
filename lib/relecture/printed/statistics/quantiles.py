"""Checks of a median and of quartiles: their order, whole numbers, and what they leave to the mean and to the SD.

Under every usual definition (types 1 to 9 of Hyndman & Fan 1996, Tukey's hinges), the quantile of a share p of n values
lies between two of them in order, at a place from n p - 1/2 to n p + 3/2. So many values are known to be above it, so
many below: that bounds the mean, given the extremes, and the SD from below (Cantelli's inequality; for the median,
Hotelling & Solomons 1932). The extremes bound the SD on both sides (Popoviciu 1935). Quartiles of whole numbers are
multiples of a quarter (types 1 to 7); their median is a whole number, or a half when their number is even.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf, sqrt

from relecture.core.numbers import Interval, Printed, Rounding, rounded, size
from relecture.printed.arguments import SD, Mean, Number, Quantile, Size
from relecture.printed.conventions import NONE, ROUNDED, Ladder, Stated, Using
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

_LADDER = Ladder(rounding="nearest truncate", sd="n-1 n")
_SHARES = {"minimum": 0, "premier quartile": 1, "médiane": 2, "troisième quartile": 3, "maximum": 4}  # quarters


@kind("median", "une médiane, contre la moyenne et l'écart type", ladder=_LADDER, judged=["median"])
def median(
    median: Quantile,
    mean: Mean | None = None,
    sd: SD | None = None,
    n: Size | None = None,
    *,
    whole: bool = False,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on a median: within one SD of the mean; with `whole`, of whole numbers.

    >>> median("24,3", "25,0", "4,0", "80").verdict, median("24,3", "25,0", "4,0", "80", whole=True).verdict
    (<Verdict.CONSISTENT: 'consistent'>, <Verdict.INCONSISTENT: 'inconsistent'>)
    """
    return _finding({"médiane": median, "moyenne": mean, "écart type": sd}, n, whole, conventions)


@kind(
    "quartiles",
    ladder=_LADDER,
    judged=["q1", "median", "q3"],
    summary="des quartiles, contre les extrêmes, la moyenne et l'écart type",
)
def quartiles(
    q1: Quantile,
    q3: Quantile,
    median: Quantile | None = None,
    n: Size | None = None,
    mean: Mean | None = None,
    sd: SD | None = None,
    low: Number | None = None,
    high: Number | None = None,
    *,
    whole: bool = False,
    conventions: Stated = NONE,
) -> Finding:
    """Finding on two quartiles, with the median, the extremes, the mean and the SD, as far as they are printed.

    >>> quartiles("20", "30", "25", n="40", mean="45", low="10", high="50").explanation
    'la moyenne de telles valeurs va de 20 à 32 : ne se retrouve pas'
    """
    prints = dict(zip(_SHARES, (low, q1, median, q3, high), strict=True))
    return _finding(prints | {"moyenne": mean, "écart type": sd}, n, whole, conventions)


def _finding(prints: Mapping[str, str | None], n: Size | None, whole: bool, stated: Stated) -> Finding:
    printed = {name: Printed.read(text) for name, text in prints.items() if text is not None}
    summary = _Summary(printed, None if n is None else size(n), whole)
    if summary.n == 0:
        return Finding(Verdict.INCONSISTENT, f"{' ; '.join(filter(None, prints.values()))} : 0 réponse, aucune valeur")
    if len(printed) - ("écart type" in printed) < 2 and not whole:
        return Finding(Verdict.UNCHECKABLE, "il faut la moyenne et l'écart type, ou des nombres entiers (whole: true)")
    ladder = _LADDER if "écart type" in printed else ROUNDED
    judgement = ladder.judge(lambda using: not any(summary.faults(using)), stated)
    text = " ; ".join(summary.faults(judgement.using)) or ", ".join(f"{name} {printed[name].plain}" for name in printed)
    return judgement.finding(text)


@dataclass(frozen=True)
class _Summary:
    """Prints by name, of `n` values when it is known, whole numbers or not."""

    printed: Mapping[str, Printed]
    n: int | None
    whole: bool

    def faults(self, using: Using) -> Iterator[str]:
        """What the true values of these prints cannot do, in French."""
        boxes = {name: read.within(using.rounding) for name, read in self.printed.items()}
        yield from self._not_whole(using.rounding)
        quantiles = [(name, boxes[name]) for name in _SHARES if name in boxes]
        for at, (name, box) in enumerate(quantiles):
            yield from (
                f"{name} au-dessus {_of(other)}" for other, above in quantiles[at + 1 :] if box.low > above.high
            )
        mean, sd = boxes.get("moyenne"), boxes.get("écart type")
        if mean:
            yield from self._far_mean(dict(quantiles), mean)
        if sd:
            yield from self._wrong_sd(dict(quantiles), mean, sd, using.options.get("sd") == "n-1")

    def _not_whole(self, rounding: Rounding) -> Iterator[str]:
        odd = self.n is not None and self.n % 2 == 1
        for name in _SHARES.keys() & self.printed.keys() if self.whole else ():
            parts = {"médiane": 1 if odd else 2, "minimum": 1, "maximum": 1}.get(name, 4)
            read = self.printed[name]
            if not read.comparison and not read.within(rounding).integers(parts):
                step = {1: "un entier", 2: "un entier ou un demi-entier", 4: "un multiple d'un quart"}[parts]
                yield f"{name} {read.plain} de {self.n or ''} nombres entiers : {step}".replace("  ", " ")

    def _far_mean(self, quantiles: Mapping[str, Interval], mean: Interval) -> Iterator[str]:
        least = self._least({_SHARES[name]: box.low for name, box in quantiles.items()})
        most = -self._least({4 - _SHARES[name]: -box.high for name, box in quantiles.items()})
        if mean.high < least or mean.low > most:
            decimals = self.printed["moyenne"].decimals
            ends = [rounded(Fraction(end), decimals) if abs(end) < inf else "l'infini" for end in (least, most)]
            yield f"la moyenne de telles valeurs va de {ends[0]} à {ends[1]}"

    def _least(self, ends: Mapping[int, Fraction]) -> Fraction | float:
        """Least mean of values of which the quarters are at least `ends`."""
        if 0 not in ends or not self.n:
            return ends.get(0, -inf)
        first = {quarter: min(self.n, self.n - self._beyond(4 - quarter)) for quarter in ends} | {0: 0}
        places = [*(first[quarter] for quarter in sorted(ends)), self.n]
        spans = zip(sorted(ends), places, places[1:], strict=False)
        return sum((ends[quarter] * (after - before) for quarter, before, after in spans), Fraction(0)) / self.n

    def _beyond(self, quarters: int) -> int:
        """How many of the values are at or below a quantile, surely."""
        return (self.n + 1) // 2 if quarters == 2 else max(0, (quarters * self.n - 2) // 4)

    def _wrong_sd(
        self, quantiles: Mapping[str, Interval], mean: Interval | None, sd: Interval, corrected: bool
    ) -> Iterator[str]:
        n, low, high = self.n or inf, quantiles.get("minimum"), quantiles.get("maximum")
        share = (1 - 1 / n) if corrected else 1  # of the squared SD that is the mean square around the mean
        least = max(self._squares(quantiles, mean), default=0)
        reach = float(high.high - low.low) if low and high else inf
        if float(sd.high) ** 2 * share < float(least) * (1 - 1e-9):
            yield f"l'écart type est d'au moins {rounded(sqrt(least / share) if share else 0.0, 2)}"
        if max(0.0, float(sd.low)) ** 2 * (share if self.n else 0.5) > reach**2 / 4 * (1 + 1e-9):
            yield f"l'écart type est d'au plus {rounded(reach / 2 / sqrt(share or 1), 2)}"

    def _squares(self, quantiles: Mapping[str, Interval], mean: Interval | None) -> Iterator[float]:
        """Least mean squares around the mean: of extremes, of both quartiles, of a quantile far from the mean."""
        n = self.n
        low, q1, q3, high = (quantiles.get(name) for name in _SHARES if name != "médiane")
        if n and low and high:
            yield float(max(0, high.low - low.high)) ** 2 / (2 * n)
        if n and q1 and q3:
            yield self._beyond(1) * float(max(0, q3.low - q1.high)) ** 2 / (2 * n)
        for name, box in quantiles.items() if mean else ():
            for gap, quarters in ((mean.low - box.high, _SHARES[name]), (box.low - mean.high, 4 - _SHARES[name])):
                below = (self._beyond(quarters) / n if n else quarters / 4 if quarters == 2 else 0) if gap > 0 else 0
                yield float(gap) ** 2 * (below / (1 - below) if below < 1 else inf) if below else 0.0


def _of(name: str) -> str:
    return f"de la {name}" if name == "médiane" else f"du {name}"
