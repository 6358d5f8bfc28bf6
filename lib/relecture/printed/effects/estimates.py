"""One printed estimate with its interval, standard error, statistic and p, and whether they can go together.

Estimate and bounds are put on the scale where a Wald interval is symmetric: the logarithm for a ratio. Everything
printed must come from one interval: its middle is the estimate, its half-width over the quantile the standard error,
the estimate over that error the statistic, and the statistic gives p. Midpoints are exact (Fractions; for a ratio, the
square of the estimate against the product of the bounds); what is a float has a slack of one part in 10^9.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import inf, log

from relecture.core.numbers import Interval, Printed, Rounding, size
from relecture.printed.conventions import QUANTILES, Ladder, Stated, Using
from relecture.printed.effects import likelihood
from relecture.printed.exact import wald
from relecture.printed.exact.p_values import quantile
from relecture.printed.exact.spans import Range, magnitude, meeting
from relecture.printed.exact.wald import Corners, scaled

_SLACK = 1e-9
_LOG_OF_ZERO = -700.0
_LEAST_DF, _LEAST_MIXED, _MOST_DF = 3, 8, 10_000  # where neither df nor n is printed
_TRIED_DF = (*range(3, 201), 225, 250, 275, 300, 350, 400, 500, 700, 1_000, 2_000, 5_000)

LADDER = Ladder(
    test="wald likelihood-ratio fisher",
    interval="wald profile",
    level="95 90 99",
    alternative="two-sided one-sided",
    law="normal t mixed",
    rounding="nearest truncate",
    quantile=QUANTILES,
    free="law",
)
ROW = ("estimate", "interval", "p")  # what is judged of most
_OF_OTHER_KINDS = (  # tests of means, intervals of one share
    *("student", "welch", "ranks"),
    *("wilson", "wilson-corrected", "wald-corrected", "agresti-coull", "jeffreys", "logit"),
)
_DISCRETE = ("fisher", "yates", "midp")


@dataclass(frozen=True)
class Estimate:
    """Prints of one estimate; `crude` when it may come from a 2 x 2 table, `risks` when it compares two shares.

    The standard error of a ratio is that of its logarithm, or (`delta`) the ratio times that.
    """

    name: str
    estimate: Printed
    bounds: tuple[Printed, Printed] | None = None
    p: Printed | None = None
    se: Printed | None = None
    statistic: Printed | None = None
    df: float | None = None
    n: int | None = None
    ratio: bool = False
    crude: bool = False
    delta: bool = False
    risks: bool = False
    level: float = 0.95  # of the interval, and tails of the test, where a finding shows what p they give
    tails: int = 2

    @classmethod
    def read(cls, name: str, estimate: str, interval: Sequence[str] | None, **more: object) -> Estimate:
        """An estimate from its prints; of `more`, those that are strings are printed numbers."""
        more["n"] = None if more.get("n") is None else size(more["n"])
        if more.get("df") is not None:
            more["df"] = float(Printed.read(more["df"]).centre)
        low, high = map(Printed.read, interval) if interval else (None, None)
        prints = {key: Printed.read(value) if isinstance(value, str) else value for key, value in more.items()}
        return cls(name, Printed.read(estimate), (low, high) if interval else None, **prints)

    @property
    def tested(self) -> bool:
        """Whether a print depends on the standard error."""
        return bool(self.p or self.se or self.statistic)

    @property
    def ladder(self) -> Ladder:
        """The conventions that change something for what is printed."""
        unused = {*(() if self.tested else ("level", "law", "quantile")), *(() if self.p else ("alternative", "test"))}
        of_the_statistic = self.df is not None or self.statistic is not None  # p is then Wald's own
        tests = ("wald",) if of_the_statistic else LADDER.options["test"][: 3 if self.crude else 2]
        return LADDER.only(*(name for name in LADDER.options if name not in unused), test=tests)

    def holds(self, using: Using) -> bool | Mapping[str, str]:
        """Whether all prints can come from one interval computed so; with which degrees of freedom, in words."""
        if using["interval"] != "wald":
            return self.bounds is not None and self._likely(using)
        if self.bounds and not (self.ordered(using.rounding) and self.centred(using.rounding)):
            return False
        if not self.tested or using["law"] == "normal":
            return not any(self._misses(using, None))
        if self.df:
            return not any(self._misses(using, self.df))
        df = self._least_df(using)
        return {"law": f"({df} degrés de liberté au moins)"} if df else False

    def outside(self, rounding: Rounding) -> bool:
        """Whether the estimate is outside its own interval."""
        middle, low, high = (read.within(rounding) for read in (self.estimate, *self.bounds))
        return middle.high < low.low or middle.low > high.high

    def ordered(self, rounding: Rounding) -> bool:
        """Whether the lower bound can be the smaller one."""
        low, high = (read.within(rounding) for read in self.bounds)
        return low.low < high.high

    def centred(self, rounding: Rounding) -> bool:
        """Whether some true bounds have the estimate in their middle; exact."""
        low, high, middle = (read.within(rounding) for read in (*self.bounds, self.estimate))
        if self.ratio:
            products = Interval(low.low * high.low, low.high * high.high, True, low.closed_above and high.closed_above)
            return products.meets(middle.squared())
        return ((low + high) * Fraction(1, 2)).meets(middle)

    def prints_p(self, attained: Sequence[Range], rounding: Rounding) -> bool:
        """Whether a p in one of these ranges prints so."""
        true = ends(self.p, rounding)
        return any(low * (1 - _SLACK) <= true[1] and true[0] <= high * (1 + _SLACK) for low, high in attained)

    def p_of_bounds(self) -> Range:
        """Wald's p-values that the bounds alone allow."""
        found = wald.corners((-inf, inf), tuple(ends(read, "either", self.ratio) for read in self.bounds))
        z = magnitude(scaled(wald.ratios(found), quantile(self.level, self.df)))
        return scaled(wald.p_ranges(z, None, "two-sided", self.df)[0], self.tails / 2)

    def _misses(self, using: Using, df: float | None) -> Iterator[int]:
        """What does not fit: 1 where more degrees of freedom would bring it nearer, -1 where fewer would."""
        if not self.tested:
            return
        of_bounds = None if using["law"] == "mixed" else df
        reach, error, z = quantile(using.level, of_bounds), self._error(using.rounding), None
        if self.bounds or error:
            found = self._corners(using.rounding, error and scaled(error, reach))
            if not found:
                widest = max((half for _, half in self._corners(using.rounding, None)), default=inf)
                yield 1 if error and widest < error[0] * reach else -1
                return
            z = scaled(wald.ratios(found), reach)
        if self.statistic:
            prints = wald.statistics_of(*ends(self.statistic, using.rounding))
            fits = [each if z is None else meeting(z, each, _SLACK) for each in prints]
            if not any(fits):
                yield 1 if magnitude(z)[0] > magnitude(prints[0])[1] else -1
                return
            z = next(filter(None, fits))
        if self.p:
            yield from self._p_misses(z, reach, using, df)

    def _p_misses(self, z: Range, reach: float, using: Using, df: float | None) -> Iterator[int]:
        sizes, signed = magnitude(z), z
        if using["test"] != "wald":
            sizes, signed = self._other_sizes(sizes, reach, using), None
        attained = wald.p_ranges(sizes, signed, using.alternative, df)
        if not self.prints_p(attained, using.rounding):
            too_large = ends(self.p, using.rounding)[1] < attained[0][0]
            turn = 0.0 if using["law"] == "mixed" else reach  # z whose p all degrees of freedom would print
            yield 1 if (sizes[1] > turn if too_large else sizes[0] < turn) else -1

    def _other_sizes(self, sizes: Range, reach: float, using: Using) -> Range:
        """Statistics of the tests other than Wald's, from those of Wald's."""
        if using["test"] not in _DISCRETE or not (self.crude and self.bounds):
            return likelihood.of_other_tests(sizes)
        if self.risks:
            return 0.0, likelihood.of_other_tests(sizes)[1]
        middle, low, high = self._ranges(using.rounding)
        return likelihood.of_discrete_tests(sizes, (high[1] - low[0]) / 2 / reach, max(map(abs, middle)))

    def _least_df(self, using: Using) -> int:
        """Fewest degrees of freedom of Student's law under which all prints fit, at most n - 2; 0 if none do.

        With bounds and p alone, p asks for more until it fits, then for fewer: a search by halves. An error or a
        statistic may ask for both at once: a search one by one, by steps too short to tell beyond 200.
        """
        least = _LEAST_MIXED if using["law"] == "mixed" and self.n is None else _LEAST_DF
        most = _MOST_DF if self.n is None else min(_MOST_DF, self.n - 2)
        if self.se or self.statistic:
            tried = [df for df in _TRIED_DF if least <= df < most] + [most] * (most >= least)
            return next((df for df in tried if not any(self._misses(using, df))), 0)
        if most < least or -1 in self._misses(using, least) or 1 in self._misses(using, most):
            return 0
        tried = range(least, most + 1)
        df = tried[bisect_left(tried, True, key=lambda df: 1 not in self._misses(using, df))]
        return 0 if any(self._misses(using, df)) else df

    def _likely(self, using: Using) -> bool:
        """Whether bounds, estimate and the rest can be those of a likelihood interval, or of an exact one."""
        ranges, reach = self._ranges(using.rounding), quantile(using.level if self.tested else 0.95)
        wald_too = "interval" not in using.stated and self.centred(using.rounding)
        if wald_too or not self.ordered(using.rounding) or self.outside(using.rounding):
            return False
        if self.risks and not self.ratio:
            return True  # near 0 or 1, a difference of shares is as lopsided as can be
        if not likelihood.lopsided(*ranges, model=not self.risks):
            return False
        sizes, error = likelihood.statistics(*ranges, reach), self._error(using.rounding)
        if error and not meeting(likelihood.errors(*ranges, reach), error, _SLACK):
            return False
        if using.options.get("test") == "fisher":
            half = (ranges[2][1] - ranges[1][0]) / 2
            sizes = likelihood.of_discrete_tests(sizes, half / reach, max(map(abs, ranges[0])))
        prints = wald.statistics_of(*ends(self.statistic, using.rounding)) if self.statistic else [sizes]
        if not any(meeting(sizes, magnitude(each), _SLACK) for each in prints):
            return False
        if self.p and self.crude and using["test"] in _DISCRETE:
            sizes = 0.0, sizes[1]  # p may reach 1 whatever the estimate
        return not self.p or self.prints_p(wald.p_ranges(sizes, None, using.alternative), using.rounding)

    def _ranges(self, rounding: Rounding) -> list[Range]:
        """True values of the estimate, then of both bounds, on the scale of the interval."""
        return [ends(read, rounding, self.ratio) for read in (self.estimate, *(self.bounds or ()))]

    @lru_cache(maxsize=1024)  # noqa: B019
    def _corners(self, rounding: Rounding, half: Range | None) -> Corners:
        """The intervals that estimate and bounds allow, and the half-widths that the standard error does."""
        middle, *bounds = self._ranges(rounding)
        return wald.corners(middle, tuple(bounds) or None, half or (0.0, inf))

    def _error(self, rounding: Rounding) -> Range | None:
        """The standard error on the scale of the interval."""
        if self.se is None:
            return None
        least, most = ends(self.se, rounding)
        if self.delta:
            ratio = self.estimate.within(rounding)
            least, most = least / float(ratio.high), most / max(float(ratio.low), _SLACK)
        return max(least, 0.0), most


def applicable(stated: Stated) -> Stated:
    """The conventions stated that bear on an estimate; those of other kinds of results are left out."""
    return {name: option for name, option in stated.items() if option not in _OF_OTHER_KINDS}


@lru_cache(maxsize=8_192)
def ends(read: Printed, rounding: Rounding, ratio: bool = False) -> Range:
    """Ends of the true values of a print, in logarithm for a ratio."""
    true = read.within(rounding)
    if not ratio:
        return float(true.low), float(true.high)
    return tuple(log(end) if end > 0 else _LOG_OF_ZERO for end in (true.low, true.high))
