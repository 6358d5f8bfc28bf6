"""One drawn result, the hand that prints it, and the absurd prints made from it.

A result holds numbers beside what they are: ("p", 0.0312), ("n", 21). A hand prints every number of one paper alike:
its decimals, its comma or point, its rounding. The truth of a result are the conventions under which it was computed,
so that a finding's condition can be told true or false of the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import pairwise
from math import exp, log
from typing import Any, NamedTuple

import numpy as np

from relecture.core.notation import STATED, Notation
from relecture.printed.conventions import CONVENTIONS
from relecture.printed.finding import Finding

Rng = np.random.Generator
USUAL = {"rounding": "nearest", "level": "95", "alternative": "two-sided", "correction": "none", "sd": "n-1"}
USUAL |= {"df": "exact", "correlation": "pearson", "difference": "pooled", "variance": "partial"}
USUAL |= {"weights": "none"}
ASSUMED = ("student", "pearson", "wald")  # tests that a reader assumes
THRESHOLDS = ((0.001, "< 0.001"), (0.01, "< 0.01"), (0.05, "< 0.05"))
_DECIMALS = {"x": (1, 1, 2, 2, 3), "r": (1, 2, 2, 2, 3), "%": (0, 1, 1, 2), "s": (1, 2, 2, 3), "c": (2, 2, 3)}
MOST = 2  # unusual conventions at once: the ladder of the audit tries no more either


class Number(NamedTuple):
    """What a number is (n, df, p, x: a measure, r: a ratio, %, s: a statistic, c: within -1 and 1), and its value."""

    style: str
    value: float


@dataclass(frozen=True)
class Result:
    """Arguments of a relation (numbers, or literals as they are), and the conventions behind them.

    `judged` names the number whose digits an absurd print swaps; `log` says that its interval is one of ratios;
    `wrong` are arguments that cannot be right; `stated` are conventions that the paper states.
    """

    kind: str
    arguments: Mapping[str, Any]
    truth: Mapping[str, str] = field(default_factory=dict)
    judged: str = ""
    log: bool = False
    wrong: Mapping[str, Any] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)

    @property
    def departures(self) -> int:
        """How many unusual conventions it has; an SD divided by n counts twice: the audit tries it apart from cuts."""
        seldom = (self.truth.get("sd") == "n") + (self.truth.get("law") == "t")
        seldom += sum(self.truth.get(name, usual) != usual for name, usual in USUAL.items())
        return seldom + (self.truth.get("test", "wald") not in ASSUMED) + (self.truth.get("interval", "wald") != "wald")


class Hand:
    """How one paper prints; `departures` are the unusual conventions that its result has already."""

    def __init__(self, rng: Rng, departures: int) -> None:
        self.decimals = {style: int(rng.choice(several)) for style, several in _DECIMALS.items()} | {"n": 0}
        self.decimals |= {
            "p": int(rng.choice((2, 3, 3, 4))),
            "df": 0 if departures < MOST and rng.random() < 0.3 else 2,
        }
        self.truncates = departures + (self.decimals["df"] == 0) < MOST and rng.random() < 1 / 12
        self.rounding = ROUND_DOWN if self.truncates else rng.choice((ROUND_HALF_EVEN, ROUND_HALF_UP))
        self.english, self.below, self.bare = (bool(flag) for flag in rng.random(3) < 0.5)
        self.thousands, self.thresholds, self.no_last_zero = (bool(flag) for flag in rng.random(3) < (0.3, 0.08, 0.1))
        self.minus = str(rng.choice(("-", "\u2212")))

    def __call__(self, number: Number) -> str:
        style, value = number
        places = self.decimals[style] if style != "df" or not float(value).is_integer() else 0
        if style == "p" and self.thresholds:
            return self._marked(next((text for limit, text in THRESHOLDS if value < limit), "ns"))
        if style == "p" and self.below and value < 10.0**-places:
            return self._marked(f"< {10.0**-places:.{places}f}")
        rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), rounding=self.rounding)
        text = f"{rounded:,f}" if self.thousands else f"{rounded:f}"
        return self._marked(text.rstrip("0").rstrip(".") if self.no_last_zero and places else text, style)

    def _marked(self, text: str, style: str = "p") -> str:
        if self.english and self.bare and style in "pc":
            text = text.replace("0.", ".", 1) if text.lstrip("< -").startswith("0.") else text
        french = {ord(","): "\u202f", ord("."): ","}
        return (text if self.english else text.translate(french)).replace("-", self.minus)

    @property
    def truth(self) -> dict[str, str]:
        """Conventions that are the hand's own."""
        used = {"rounding": "truncate" if self.truncates else "nearest"}
        return used | ({"df": "rounded"} if self.decimals["df"] == 0 else {})

    @property
    def notation(self) -> Notation:
        """That of its paper: what "1,050" is."""
        return STATED["point" if self.english else "comma"]


def printed(value: Any, hand: Hand) -> Any:
    """Arguments as strings, literals as they are."""
    if isinstance(value, Number):
        return hand(value)
    if isinstance(value, Mapping):
        return {name: printed(one, hand) for name, one in value.items()}
    return [printed(one, hand) for one in value] if isinstance(value, list | tuple) else value


# ---------------------------------------------------------------- absurd prints


def absurd(result: Result, hand: Hand, rng: Rng) -> tuple[str, dict] | None:
    """The name of an absurd change, and the arguments printed so; None where no change shows."""
    right = printed(result.arguments, hand)
    for change in rng.permutation(list(_changes(result))):
        for _ in range(4):
            wrong = CHANGES[change](result, hand, rng)
            if wrong != right:
                return str(change), wrong
    return None


def _changes(result: Result) -> Iterator[str]:
    if result.wrong:
        yield "autre énoncé"
        return
    if result.arguments.get("p") is not None:
        yield "p × ou ÷ 5"
    if result.arguments.get("interval") is not None and not result.kind.endswith("_p"):  # which judge p alone
        yield from ("borne déplacée", "estimation hors de l'intervalle")
    if result.judged:
        yield "chiffres échangés"


def _other_p(result: Result, hand: Hand, rng: Rng) -> dict:
    p = max(result.arguments["p"].value, 0.001)
    up = p * 5 <= 1 and (p < 0.05 or rng.random() < 0.5)
    return printed({**result.arguments, "p": Number("p", p * 5 if up else p / 5)}, hand)


def _other_bound(result: Result, hand: Hand, rng: Rng) -> dict:
    """A bound further off, by half to once the width of the interval."""
    low, high, back = _scaled(result)
    at, far = int(rng.integers(2)), (high - low) * rng.uniform(0.5, 1)
    bounds = list(result.arguments["interval"])
    bounds[at] = Number(bounds[at].style, back(high + far if at else low - far))
    return printed({**result.arguments, "interval": bounds}, hand)


def _outside(result: Result, hand: Hand, rng: Rng) -> dict:
    """The estimate beyond a bound, by a tenth to half of the width."""
    low, high, back = _scaled(result)
    far, name = (high - low) * rng.uniform(0.1, 0.5), next(iter(result.arguments))
    value = back(high + far if rng.random() < 0.5 else low - far)
    return printed({**result.arguments, name: Number(result.arguments[name].style, value)}, hand)


def _scaled(result: Result) -> tuple[float, float, Callable[[float], float]]:
    low, high = (bound.value for bound in result.arguments["interval"])
    return (log(max(low, 1e-3)), log(max(high, 1e-3)), exp) if result.log else (low, high, float)


def _swapped(result: Result, hand: Hand, rng: Rng) -> dict:
    """Two neighbouring digits change places; where they are all alike, the first one is another."""
    right = printed(result.arguments, hand)
    text = right[result.judged]
    places = [at for at, mark in enumerate(text) if mark.isdigit()]
    pairs = [(one, two) for one, two in pairwise(places) if text[one] != text[two]]
    digits = list(text)
    if pairs and text[places[0]] != "0":
        one, two = pairs[rng.integers(len(pairs))]
        digits[one], digits[two] = digits[two], digits[one]
    else:
        digits[places[-1]] = str((int(digits[places[-1]]) + int(rng.integers(3, 8))) % 10)
    return {**right, result.judged: "".join(digits)}


def _restated(result: Result, hand: Hand, rng: Rng) -> dict:
    return printed({**result.arguments, **result.wrong}, hand)


CHANGES: dict[str, Callable[[Result, Hand, Rng], dict]] = {
    "p × ou ÷ 5": _other_p,
    "borne déplacée": _other_bound,
    "estimation hors de l'intervalle": _outside,
    "chiffres échangés": _swapped,
    "autre énoncé": _restated,
}


# ---------------------------------------------------------------- conditions


def false_for(finding: Finding, truth: Mapping[str, str]) -> bool:
    """Whether a condition that the finding names is false of the paper that was drawn."""
    return any(not _true(condition, USUAL | dict(truth)) for condition in finding.conditions)


def _true(condition: str, truth: Mapping[str, str]) -> bool:
    if "répond" in condition and "répondu" in condition:
        return truth.get("answers") == "some"
    for name, options in CONVENTIONS.items():
        for option, words in options.items():
            if condition.startswith(words.condition):
                return _alike(truth.get(name, ""), option)
    return False


def _alike(used: str, named: str) -> bool:
    sided = {"one-sided", "greater", "less"}
    return used == named or {used, named} <= sided
