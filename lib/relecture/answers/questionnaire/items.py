"""Items of a questionnaire: questions, the choices they offer, and the columns that hold the answers.

An *item* is one question; a *matrix* is one question put to several *rows*; a *column* is what holds an answer
in a coded frame: `item`, `item.choice` for a multiple item, `item.row` for a matrix. A choice whose id is one
of the missing codes is an answer offered by the form that counts as missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from relecture.answers.questionnaire.conditions import Condition
from relecture.answers.questionnaire.missing import CODES


@dataclass(frozen=True)
class Source:
    """Where an item stands in the annex: its number there (or its rank), and lines in the text of the scan."""

    item: str
    lines: tuple[int, int]
    note: str = ""


@dataclass(frozen=True)
class Choice:
    """One answer offered. `exclusive`: ticked alone; `added`: not on the form, but in the results.

    `counted_as`: the step of the printed addresses under which the results count it, its own id by default.
    """

    id: str
    label: str
    exclusive: bool = False
    added: bool = False
    counted_as: str = ""

    @property
    def missing(self) -> bool:
        """Whether choosing it means that there is no answer (sans objet, ne sait pas, sans réponse)."""
        return self.id in CODES

    @property
    def alone(self) -> bool:
        """Whether it is ticked alone: exclusive, or missing."""
        return self.exclusive or self.missing


@dataclass(frozen=True)
class MatrixRow:
    """One line of a matrix."""

    id: str
    label: str


@dataclass(frozen=True)
class Column:
    """One column of a coded frame; `codes`: the cells allowed when asked, empty for an item without choices."""

    name: str
    item: Item
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One question. `kind`: single, multiple, matrix, number, text, date or time; `mode`: asked or observed.

    `least` and `most` bound the ticks of a multiple item; `low` and `high` a number, written with at most
    `decimals` decimals. `probes` help an interviewer along. `never_asked`: on the form, but no respondent
    of the study was asked. `identifying`: could tell who answers, and never goes to a report, but for the département
    of a `postcode`.
    """

    id: str
    kind: str
    label: str
    source: Source
    hint: str = ""
    probes: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    rows: tuple[MatrixRow, ...] = ()
    relevant: Condition | None = None
    least: int | None = None
    most: int | None = None
    low: float | None = None
    high: float | None = None
    decimals: int = 0
    unit: str = ""
    mode: str = "asked"
    ordered: bool = False
    never_asked: bool = False
    identifying: bool = False
    postcode: bool = False

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices that are answers, without those that mean a missing one."""
        return tuple(choice for choice in self.choices if not choice.missing)

    @property
    def bounds(self) -> list[str]:
        """The bounds of a number, in French words."""
        ends = (("au moins", self.low), ("au plus", self.high))
        return [f"{words} {Decimal(str(end)).normalize():f}" for words, end in ends if end is not None]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """One column; one a row for a matrix; one a choice, holding 1 or 0, for a multiple item."""
        codes = tuple(choice.id for choice in self.choices)
        if self.kind == "matrix":
            return tuple(Column(f"{self.id}.{row.id}", self, row.label, codes) for row in self.rows)
        if self.kind == "multiple":
            ticks = ("0", "1", *(code for code in codes if code in CODES))
            return tuple(Column(f"{self.id}.{one.id}", self, one.label, ticks) for one in self.offered)
        return (Column(self.id, self, self.label, codes),)
