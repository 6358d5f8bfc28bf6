"""What was asked, of whom, and where in the thesis?

An instrument is one questionnaire, written in `instrument.yaml` and checked by `instrument.schema.json`:
sections of items, with skip logic, scores, and variables derived from the answers. Its words are ours;
`source` leads to the original ones. Vocabulary: an *item* is one question; a *matrix* is one question put
to several *rows*; a *column* is what holds an answer in a coded frame: `item`, `item.choice` for a
multiple item, `item.row` for a matrix. A choice whose id is one of the missing codes is an answer offered
by the form that counts as missing. Nothing here evaluates a condition (`logic`) or reads answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from relecture.answers import sense, shape
from relecture.answers.logic import Condition, parse
from relecture.answers.missing import CODES
from relecture.study import InputError, Study, read_yaml

FILE = "instrument.yaml"


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


@dataclass(frozen=True)
class Row:
    """One line of a matrix."""

    id: str
    label: str


@dataclass(frozen=True)
class Column:
    """One column of a coded frame; `codes`: the cells allowed when asked, empty for a number or a text."""

    name: str
    item: Item
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One question. `kind`: single, multiple, matrix, number or text; `mode`: asked or observed.

    `least` and `most` bound the ticks of a multiple item; `low` and `high` a number, written with at most
    `decimals` decimals. `probes` help an interviewer along. `never_asked`: on the form, but no respondent
    of the study was asked. `identifying`: could tell who answers, and never goes to a report.
    """

    id: str
    kind: str
    label: str
    source: Source
    hint: str = ""
    probes: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()
    relevant: Condition | None = None
    least: int | None = None
    most: int | None = None
    low: float | None = None
    high: float | None = None
    decimals: int = 0
    unit: str = ""
    mode: str = "asked"
    never_asked: bool = False
    identifying: bool = False

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices that are answers, without those that mean a missing one."""
        return tuple(choice for choice in self.choices if not choice.missing)

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


@dataclass(frozen=True)
class Section:
    """Items under one heading; `intro` is read, or said, before them."""

    id: str
    title: str
    items: tuple[Item, ...]
    intro: str = ""


@dataclass(frozen=True)
class Score:
    """A sum of the rows of a matrix. `points` by choice; `reversed`: rows counted the other way round.

    `direction` says in words what a high score means; `median_for`: missing codes that take the row's
    median over respondents.
    """

    id: str
    label: str
    matrix: str
    points: Mapping[str, int]
    direction: str
    reversed: tuple[str, ...] = ()
    median_for: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Case:
    """One value of a derived variable, and when it holds."""

    id: str
    label: str
    when: Condition


@dataclass(frozen=True)
class Derived:
    """A variable that follows from the answers: the first case that holds, or no answer."""

    id: str
    label: str
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Instrument:
    """A questionnaire; `collection` says how it is filled in, `source` has thesis, annex, lines, perhaps note."""

    id: str
    title: str
    collection: str
    source: Mapping[str, Any]
    sections: tuple[Section, ...]
    scores: tuple[Score, ...] = ()
    derived: tuple[Derived, ...] = ()

    def __getitem__(self, item: str) -> Item:
        """The item of that id; KeyError when there is none."""
        return self._by_id[item]

    def form(self, path: str | Path = "answers.csv") -> Any:
        """The form to fill in inside JupyterLab; each respondent saved is one line of the file at `path`."""
        from relecture.answers import form

        return form.form(self, path)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the form."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Every column of a coded frame by name, in the order of the form."""
        return {column.name: column for item in self.items for column in item.columns}

    @cached_property
    def _by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}


def load(source: Study | str | Path) -> Instrument:
    """The instrument of a study, or of a YAML file; InputError with all its faults at once, in French.

    >>> from relecture import load_study
    >>> [column.name for column in load(load_study("guefif"))["genre"].columns]
    ['genre']
    """
    path = source.folder / FILE if isinstance(source, Study) else Path(source)
    return build(read_yaml(path), path.name)


def build(document: Any, name: str = FILE) -> Instrument:
    """The instrument that a document already read describes; `name` says whose faults these are."""
    if found := list(shape.faults(document)) or list(sense.faults(document)):
        raise InputError(f"{name}, {fault}" for fault in found)
    return Instrument(
        **_plain(document),
        sections=tuple(_section(one) for one in document["sections"]),
        scores=tuple(_score(one) for one in document.get("scores", ())),
        derived=tuple(_derived(one) for one in document.get("derived", ())),
    )


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    """The keys whose value needs no building."""
    return {key: value for key, value in record.items() if isinstance(value, str | int | float) or key == "source"}


def _section(record: Mapping[str, Any]) -> Section:
    return Section(**_plain(record), items=tuple(map(_item, record["items"])))


def _item(record: Mapping[str, Any]) -> Item:
    source = record["source"]
    built = {
        "source": Source(**{**source, "lines": tuple(source["lines"])}),
        "probes": tuple(record.get("probes", ())),
        "choices": tuple(_choice(*pair) for pair in record.get("choices", {}).items()),
        "rows": tuple(Row(*pair) for pair in record.get("rows", {}).items()),
        "relevant": parse(record["relevant"]) if "relevant" in record else None,
    }
    return Item(**{**_plain(record), **built})


def _choice(code: str, told: str | Mapping[str, Any]) -> Choice:
    return Choice(**{"id": code, "counted_as": code, **({"label": told} if isinstance(told, str) else told)})


def _score(record: Mapping[str, Any]) -> Score:
    lists = {key: tuple(record[key]) for key in ("reversed", "median_for") if key in record}
    return Score(**_plain(record), **lists, points=dict(record["points"]))


def _derived(record: Mapping[str, Any]) -> Derived:
    cases = (Case(code, one["label"], parse(one["when"])) for code, one in record["values"].items())
    return Derived(**_plain(record), cases=tuple(cases))
