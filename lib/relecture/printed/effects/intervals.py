"""Checks of an estimate, its 95 % interval and its p-value against each other.

A Wald interval is symmetric around its estimate: on the linear scale for a coefficient, on the
logarithmic scale for an odds ratio. So the bounds alone give back the estimate (their midpoint), the
standard error (their distance over 2 x 1.959964) and the p-value. Each of the three is recomputed
from the printed bounds with everything that rounding allows, and held against its print.

Midpoints are exact (Fractions; for an odds ratio, the square of the estimate against the product of
the bounds). A p-value is a float, so the range that rounding allows is widened by one part in 10^9:
a last bit never decides. Other p-values than Wald's (Pearson, Fisher...) need the contingency table:
`relecture.printed.exact.contingency` looks for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import exp, inf, log

from relecture.core.numbers import Interval, Printed, Rounding, rounded
from relecture.printed.conventions import graded
from relecture.printed.exact.wald import Bounds, two_sided, wald_p, z_value
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

_SLACK = 1e-9


@kind("odds_ratio")
def odds_ratio(estimate: str, interval: Bounds, p: str | None = None) -> Finding:
    """Finding on an odds ratio, its 95 % interval and its p-value, on the logarithmic scale.

    >>> odds_ratio("1,36", ("0,53", "3,48"), p="0,520").verdict
    <Verdict.CONSISTENT: 'consistent'>
    >>> odds_ratio("4,46", ("2,99", "20,06")).expected
    'OR 7,74'
    """
    low, high = map(Printed.read, interval)
    row = _Estimate("OR", Printed.read(estimate), low, high, p and Printed.read(p), logarithmic=True)
    for read in (row.estimate, row.low, row.high):
        if read.centre < 0:
            return Finding(Verdict.INCONSISTENT, f"{read.text} : un odds ratio et ses bornes sont positifs")
    if row.low.within("either").low <= 0:
        text = f"la borne {row.low.text} est arrondie à zéro : son logarithme n'est pas connu"
        return Finding(Verdict.UNCHECKABLE, text)
    return row.finding()


@kind("coefficient")
def coefficient(estimate: str, interval: Bounds, p: str | None = None) -> Finding:
    """Finding on a regression coefficient, its 95 % interval and its p-value.

    >>> coefficient("-1,14", ("-2,34", "0,07"), p="0,05").expected
    'p = 0,06'
    """
    low, high = map(Printed.read, interval)
    row = _Estimate("coefficient", Printed.read(estimate), low, high, p and Printed.read(p), logarithmic=False)
    return row.finding()


@dataclass(frozen=True)
class _Estimate:
    """A printed estimate with its bounds and p-value, and what they should be to agree."""

    name: str
    estimate: Printed
    low: Printed
    high: Printed
    p: Printed | None
    logarithmic: bool

    def finding(self) -> Finding:
        if not self.ordered("either"):
            text = f"les bornes {self.low.text} et {self.high.text} ne sont pas croissantes"
            return Finding(Verdict.INCONSISTENT, text)
        return graded(self.agree, self._shown(), " ; ".join(self._expected()))

    def agree(self, rounding: Rounding) -> bool:
        """Whether estimate, bounds and p-value can all come from one Wald interval."""
        return self.ordered(rounding) and self.centred(rounding) and self.tested(rounding)

    def ordered(self, rounding: Rounding) -> bool:
        """Whether the lower bound can be the smaller one."""
        return self.low.within(rounding).low < self.high.within(rounding).high

    def centred(self, rounding: Rounding) -> bool:
        """Whether some true bounds have the estimate in their middle; exact."""
        low, high, middle = (read.within(rounding) for read in (self.low, self.high, self.estimate))
        if self.logarithmic:
            products = Interval(low.low * high.low, low.high * high.high, True, low.closed_above and high.closed_above)
            return products.meets(middle.squared())
        return ((low + high) * Fraction(1, 2)).meets(middle)

    def tested(self, rounding: Rounding) -> bool:
        """Whether the printed p-value is within what the rounded bounds allow; true without a p-value."""
        if self.p is None:
            return True
        least, most = self.p_range(rounding)
        true_p = self.p.within(rounding)
        return least * (1 - _SLACK) <= float(true_p.high) and float(true_p.low) <= most * (1 + _SLACK)

    def p_range(self, rounding: Rounding) -> tuple[float, float]:
        """Smallest and largest Wald p-value: z is monotone in each bound, so the corners suffice.

        Bounds that rounding lets meet may be as close as one likes: z has then no upper limit.
        """
        boxes = [read.within(rounding) for read in (self.low, self.high)]
        low, high = ((self._scaled(box.low), self._scaled(box.high)) for box in boxes)
        scores = [abs(z_value(*corner)) for corner in product(low, high) if corner[0] < corner[1]]
        least = 0.0 if low[0] + high[0] <= 0 <= low[1] + high[1] else min(scores)
        most = inf if low[1] >= high[0] else max(scores)
        return two_sided(most), two_sided(least)

    def _scaled(self, value: Fraction) -> float:
        return (log(value) if value > 0 else -inf) if self.logarithmic else float(value)

    def _middle(self) -> float:
        middle = (self._scaled(self.low.centre) + self._scaled(self.high.centre)) / 2
        return exp(middle) if self.logarithmic else middle

    def _merged(self) -> bool:
        return self.low.centre >= self.high.centre

    def _wald(self) -> str:
        """Wald's p-value from the printed bounds; the largest that rounding allows when they are merged."""
        low, high = self._scaled(self.low.centre), self._scaled(self.high.centre)
        return _p(self.p_range("either")[1] if self._merged() else wald_p(low, high), self.p.decimals)

    def _expected(self) -> Iterator[str]:
        if not self.centred("either"):
            yield f"{self.name} {rounded(self._middle(), self.estimate.decimals)}"
        if not self.tested("either"):
            yield self._wald()

    def _shown(self) -> str:
        scale = "milieu des bornes en logarithme" if self.logarithmic else "milieu des bornes"
        shown = f"{scale} {rounded(self._middle(), self.estimate.decimals)}"
        if self.p is None:
            return shown
        if self._merged():
            return f"{shown} ; les bornes sont confondues par l'arrondi"
        return f"{shown} ; {self._wald()} d'après l'intervalle (Wald)"


def _p(p: float, decimals: int) -> str:
    least = 10**-decimals
    return f"p < {rounded(least, decimals)}" if p < least / 2 else f"p = {rounded(p, decimals)}"
