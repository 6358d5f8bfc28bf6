"""Exercises of critical reading, filled in from the numbers of the study that each one reads.

No number is typed: texts hold `{address}` for what the source of an exercise printed there, `{name}` for a number that
the exercise makes up (`given`) or for a result of its own (`results`), and `{finding:expected}` for what a finding
expected; answers are calculations on the same names (`calculations`). So a change of the ledger changes the
exercise, or is told by `faults`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from relecture.answers.questionnaire import instrument
from relecture.core import fingerprints
from relecture.core.french import numbers
from relecture.core.numbers import Printed, rounded
from relecture.core.study import ROOT, Study, load_study
from relecture.printed import audit, kept_findings
from relecture.report.legends import filled
from relecture.report.story import of_findings
from relecture.teaching import calculations

FICTION = "fiction"
MADE_UP = "Nombres inventés pour l’exercice"


@dataclass(frozen=True)
class Answer:
    """An answer that is foreseen, and what is said to who gives it.

    `accepts`: a number as it may be written, rounded both ways; `above`, `below`: limits of a number;
    `choice`: one of those offered; `words`: what a text may hold.
    """

    feedback: str
    right: bool = False
    accepts: tuple[str, ...] = ()
    above: str = ""
    below: str = ""
    choice: str = ""
    words: tuple[str, ...] = ()

    @property
    def french(self) -> tuple[str, ...]:
        """The numbers that it accepts, as they are written in French."""
        return tuple(one.replace(".", ",") for one in self.accepts)

    def holds(self, number: float) -> bool:
        """Whether a number is between its limits; never where it has none."""
        inside = (not self.above or number > float(self.above)) and (not self.below or number < float(self.below))
        return inside and bool(self.above or self.below)


@dataclass(frozen=True)
class Exercise:
    """One exercise, its texts filled in; `numbers` are labels and prints, `source` says where they come from."""

    id: str
    aim: str
    kind: str
    level: int
    minutes: int
    source: str
    title: str
    prompt: str
    ask: str
    answers: tuple[Answer, ...]
    hints: tuple[str, ...]
    conclusion: str
    numbers: tuple[tuple[str, str], ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    passage: str = ""
    unit: str = ""
    decimals: int = 0
    fraction: bool = False
    segments: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    points: tuple[tuple[str, int], ...] = ()
    grid: tuple[str, ...] = ()
    otherwise: str = ""

    @property
    def right(self) -> tuple[Answer, ...]:
        """The answers that are right."""
        return tuple(answer for answer in self.answers if answer.right)


def exercise(record: Mapping[str, Any], root: Path = ROOT) -> Exercise:
    """One exercise of the file, filled in; KeyError for an unknown name, ValueError for a calculation without value."""
    words = texts(record, root)
    told = filled({key: record[key] for key in record if key not in ("answers", "results", "given", "numbers")}, words)
    answers = [_answer(answer, record, words, root) for answer in record["answers"]]
    if record["ask"] == "choice":  # in an order that tells nothing, the same at each build
        answers.sort(key=lambda answer: fingerprints.of_json({record["id"]: answer.choice}))
    printed = tuple((label, words[name]) for name, label in record.get("numbers", {}).items())
    lists = {name: tuple(told[name]) for name in ("hints", "grid", "segments") if name in told}
    table = tuple(tuple(row) for row in told.get("table", ()))
    told |= {
        "answers": tuple(answers),
        "numbers": printed,
        "source": _source(record["source"], root),
        "table": table,
    } | lists
    told.pop("finding", None)
    if "score" in told:
        told |= _score(told.pop("score"), record["source"], root)
    return Exercise(**told)


def texts(record: Mapping[str, Any], root: Path) -> dict[str, str]:
    """What each name of an exercise is replaced by in its texts."""
    study = source_of(record["source"], root)
    known = {address: numbers(text) for address, text in study.values.items()} if study else {}
    known |= of_findings(findings_of(record["source"], root)) if study else {}
    known |= {name: numbers(text) for name, text in record.get("given", {}).items()}
    values = known_numbers(record, root)
    results = {name: (values[name], one["decimals"]) for name, one in record.get("results", {}).items()}
    return known | {name: numbers(rounded(*result)) for name, result in results.items()}


def known_numbers(record: Mapping[str, Any], root: Path) -> dict[str, Fraction]:
    """The number behind each name of an exercise, its results included; words and limits have none."""
    study = source_of(record["source"], root)
    known = {name: _number(text) for name, text in ((study.values if study else {}) | record.get("given", {})).items()}
    numbers_ = {name: number for name, number in known.items() if number is not None}
    for name, one in record.get("results", {}).items():
        numbers_[name] = calculations.value(one["value"], numbers_)
    return numbers_


@cache
def source_of(name: str, root: Path) -> Study | None:
    """The study that an exercise reads; none for made-up numbers. InputError for an unknown one."""
    return None if name == FICTION else load_study(name, root)


@cache
def findings_of(name: str, root: Path) -> tuple[audit.Checked, ...]:
    """The findings of that study."""
    return tuple(kept_findings.kept(source_of(name, root), audit.audit, repairs=True, draws=True))


def _score(name: str, source: str, root: Path) -> dict[str, Any]:
    """The statements of a score of that study's questionnaire, and the points of each answer to them."""
    form = instrument.load(source_of(source, root))
    score = next(one for one in form.scores if one.id == name)
    matrix = next(item for item in form.items if item.id == score.matrix)
    labels = {choice.id: choice.label for choice in matrix.choices}
    points = tuple((labels[code], number) for code, number in score.points.items())
    return {"statements": tuple(row.label for row in matrix.rows), "points": points}


def _source(name: str, root: Path) -> str:
    """Where the numbers come from, for a reader: a fictional study says so."""
    study = source_of(name, root)
    if study is None:
        return MADE_UP
    told = str(study.about.get("short", study.about["title"]))
    return f"{told} (étude fictive)" if study.about.get("fictional") else told


def _answer(record: Mapping[str, Any], asked: Mapping[str, Any], words: Mapping[str, str], root: Path) -> Answer:
    told = {key: filled(record[key], words) for key in ("feedback", "choice") if key in record}
    told |= {"right": record.get("right", False), "words": tuple(record.get("words", ()))}
    values = known_numbers(asked, root)
    if "value" in record:
        exact = calculations.value(record["value"], values)
        told["accepts"] = tuple(dict.fromkeys(as_written(exact, asked.get("decimals", 0))))
    limits = {name: calculations.value(record[name], values) for name in ("above", "below") if name in record}
    return Answer(**told, **{name: str(float(limit)) for name, limit in limits.items()})


def as_written(value: Fraction, decimals: int) -> Iterator[str]:
    """A number with so many decimals and a point, a tie rounded up and to the even digit.

    >>> list(as_written(Fraction(5, 2), 0)), list(as_written(Fraction(-1, 3), 2))
    (['3', '2'], ['-0.33', '-0.33'])
    """
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    for way in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        yield f"{exact.quantize(Decimal(1).scaleb(-decimals), way):f}"


def _number(text: str) -> Fraction | None:
    try:
        return Printed.read(text).exact
    except ValueError:
        return None
