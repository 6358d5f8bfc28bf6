"""The order in which usual conventions are tried on printed numbers, and what the trial comes to.

A paper seldom says whether its intervals are at 95 %, whether its p has two sides, which test of a table it took. What
a study or a relation states (`conventions:`) is held strictly. What it does not state is tried: first what everybody
assumes, then every other usual option, fewest departures first. So a verdict never accuses for want of a convention,
and names the one that it needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from statistics import NormalDist

from relecture.core.numbers import Rounding
from relecture.printed.conventions.vocabulary import CONVENTIONS, ROUNDED_QUANTILES
from relecture.printed.finding import HOW, Finding, Verdict

Stated = Mapping[str, str]
NONE: Stated = {}
_assumed_only: ContextVar[bool] = ContextVar("assumed only", default=False)
_BY_QUANTILE = ("wald", "wald-corrected", "wilson", "wilson-corrected", "agresti-coull", "logit")


@dataclass(frozen=True)
class Using:
    """One option of each convention of a ladder; `stated` are those that the paper states."""

    options: Mapping[str, str]
    stated: Stated

    def __getitem__(self, convention: str) -> str:
        return self.options[convention]

    @property
    def rounding(self) -> Rounding:
        """Truncation that nobody states may have touched some of the numbers only."""
        if self.options.get("rounding", "nearest") == "nearest":
            return "nearest"
        return "truncated" if "rounding" in self.stated else "either"

    @property
    def level(self) -> float:
        """Confidence level of an interval, between 0 and 1; that of the quantile, where it is rounded."""
        return 2 * NormalDist().cdf(self.quantile) - 1 if self.quantile else int(self.options.get("level", 95)) / 100

    @property
    def quantile(self) -> float | None:
        """Rounded quantile of the normal law; None where it is exact, or where the interval has none."""
        if self.options.get("law") == "t" or self.options.get("interval", "wald") not in _BY_QUANTILE:
            return None
        value = self.options.get("quantile", "")
        return float(value) if ROUNDED_QUANTILES.get(value) == self.options.get("level", "95") else None

    @property
    def alternative(self) -> str:
        """The sides of a test: two, unless a ladder that offers others says so."""
        return self.options.get("alternative", "two-sided")

    @property
    def added(self) -> float:
        """What is added to each cell of a table."""
        return 0.5 if self.options.get("correction") == "half" else 0.0


@dataclass(frozen=True)
class Judgement:
    """What the trial of a ladder came to: the first conventions that hold (or those assumed), and what they cost."""

    verdict: Verdict
    using: Using
    conditions: tuple[str, ...] = ()
    tried: str = ""

    @property
    def words(self) -> str:
        """How the relation holds, to end an explanation."""
        if self.verdict is Verdict.CONDITIONAL:
            return f"se retrouve {' et '.join(self.conditions)}"
        return HOW[self.verdict] + (f" (essayés : {self.tried})" if self.tried else "")

    def finding(self, explanation: str, expected: str = "", evidence: tuple = ()) -> Finding:
        return Finding(self.verdict, f"{explanation} : {self.words}", expected, evidence, self.conditions)


class Ladder:
    """Conventions that a kind of relation tries: for each, its options in order, the assumed one first.

    `most` departures from what is assumed are tried together, besides those that are `free`.

    >>> ladder = Ladder(test="student welch", alternative="two-sided one-sided")
    >>> ladder.judge(lambda using: using["test"] == "welch").conditions
    ('si le test est celui de Welch',)
    >>> ladder.judge(lambda using: using["test"] == "welch", {"test": "student"}).verdict
    <Verdict.INCONSISTENT: 'inconsistent'>
    """

    def __init__(self, *, most: int = 2, free: str = "", **options: str) -> None:
        self.most, self.free = most, free.split()
        self.options = {name: tuple(several.split()) for name, several in options.items()}

    def only(self, *names: str, **fewer: Sequence[str]) -> Ladder:
        """The same ladder with those conventions alone, the others not mattering to some numbers, or fewer options."""
        options = {name: " ".join(fewer.get(name, self.options[name])) for name in names}
        return Ladder(most=self.most, free=" ".join(self.free), **options)

    def offered(self, stated: Stated) -> Stated:
        """What is stated that this ladder offers: a study may state the test of its tables, which means do not use."""
        return {name: option for name, option in stated.items() if option in self.options.get(name, (option,))}

    def judge(
        self, holds: Callable[[Using], bool | Mapping[str, str]], stated: Stated = NONE, *, assumed: Stated = NONE
    ) -> Judgement:
        """First conventions under which `holds` is true; a mapping that it returns ends the conditions that it names.

        `assumed` names options to try first in place of the ladder's own, as when the degrees of freedom are printed.
        """
        options = self._ordered(stated, assumed)
        for departures, using in self._rungs(options, stated):
            if detail := holds(using):
                ends = detail if isinstance(detail, Mapping) else NONE
                words = ((CONVENTIONS[name][using[name]].condition, ends.get(name, "")) for name in departures)
                conditions = tuple(" ".join(filter(None, pair)) for pair in words)
                return Judgement(Verdict.CONDITIONAL if conditions else Verdict.CONSISTENT, using, conditions)
        first = Using({name: several[0] for name, several in options.items()}, stated)
        return Judgement(Verdict.INCONSISTENT, first, tried=_tried(options))

    def _ordered(self, stated: Stated, assumed: Stated) -> dict[str, tuple[str, ...]]:
        """Options of each convention, in the order of their trial; one that is stated stands alone."""
        ordered = {name: (assumed.get(name, options[0]), *options) for name, options in self.options.items()}
        if _assumed_only.get():
            ordered |= {name: options[:1] for name, options in ordered.items() if name != "rounding"}
        ordered |= {name: (stated[name],) for name in ordered.keys() & stated.keys()}
        return {name: tuple(dict.fromkeys(options)) for name, options in ordered.items()}

    def _rungs(self, options: Mapping[str, tuple[str, ...]], stated: Stated) -> Iterator[tuple[list[str], Using]]:
        """Combinations of options, fewest departures first; beside each, the conventions that depart.

        A rounded quantile is tried last, beside one other departure at most, its level and the test aside.
        """
        quantiles = options.get("quantile", ())
        exact = options | {"quantile": quantiles[:1]} if quantiles else options
        yield from _combined(exact, stated, self.most, self.free)
        for quantile in quantiles[1:]:
            for departures, using in _combined(
                options | {"quantile": (quantile,)}, stated, 1, [*self.free, "level", "test"]
            ):
                if using.quantile:
                    yield [*departures, "quantile"], using


def _combined(
    options: Mapping[str, tuple[str, ...]], stated: Stated, most: int, free: Sequence[str]
) -> Iterator[tuple[list[str], Using]]:
    """Combinations of options with `most` departures, the `free` ones aside, and the conventions that depart."""
    loose = tuple(name in free for name in options)
    for rank in _ranks(tuple(map(len, options.values())), most, loose):
        places = dict(zip(options, rank, strict=True))
        chosen = {name: options[name][at] for name, at in places.items()}
        yield [name for name, at in places.items() if at], Using(chosen, stated)


@contextmanager
def assumed_only() -> Iterator[None]:
    """Within it nothing is tried but what is stated or what everybody assumes, rounding aside: an edit asks no more."""
    token = _assumed_only.set(True)
    try:
        yield
    finally:
        _assumed_only.reset(token)


@lru_cache(maxsize=256)
def _ranks(sizes: tuple[int, ...], most: int, free: tuple[bool, ...]) -> list[tuple[int, ...]]:
    """Places of the options of each convention, fewest departures first; `most` of them, the free ones aside."""
    ranks = sorted(product(*map(range, sizes)), key=lambda rank: (sum(map(bool, rank)), sum(rank)))
    return [rank for rank in ranks if sum(at > 0 for at, loose in zip(rank, free, strict=True) if not loose) <= most]


def _tried(options: Mapping[str, tuple[str, ...]]) -> str:
    """Conventions tried, in words; rounding alone goes without saying, and that of a quantile always does."""
    several = {name: options_ for name, options_ in options.items() if len(options_) > 1 and name != "quantile"}
    if not several.keys() - {"rounding"}:
        return ""
    nouns = {name: ", ".join(CONVENTIONS[name][one].noun for one in options_) for name, options_ in several.items()}
    return " ; ".join(f"{_HEADS.get(name, '')}{listed}" for name, listed in nouns.items())


_HEADS = {"test": "tests ", "interval": "intervalles "}  # some options of both have the same noun
