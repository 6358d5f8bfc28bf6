"""A questionnaire: its sections, items, scores and derived variables, read from `instrument.yaml`.

An instrument is one questionnaire, written in `instrument.yaml` and checked by `instrument.schema.json`:
sections of items, with skip logic, scores, and variables derived from the answers. Its words are ours;
`source` leads to the original ones. What an item is stands in `items`; nothing here evaluates a condition
(`conditions`) or reads answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from relecture.answers.questionnaire import consistency
from relecture.answers.questionnaire.conditions import Condition, parse
from relecture.answers.questionnaire.items import Choice, Column, Item, MatrixRow, Source
from relecture.core import schemas
from relecture.core.errors import InputError
from relecture.core.french import plural
from relecture.core.study import Study

FILE = "instrument.yaml"
SCHEMA = Path(__file__).with_name("instrument.schema.json")


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

    def __repr__(self) -> str:
        """The title, then how many questions each section asks, in French."""
        asked = [f"{section.title} : {plural(len(section.items), 'question')}" for section in self.sections]
        return "\n".join([f"{self.id} : {self.title}", *asked])

    def form(self, path: str | Path = "answers.csv") -> Any:
        """The form to fill in inside JupyterLab; each respondent saved is one line of the file at `path`.

        Raises InputError for a file, or a folder, where nothing can be saved.
        """
        from relecture.answers.form.paged_form import Form

        return Form(self, path)

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
    """The instrument of a study, of its folder, or of a YAML file; InputError with all its faults at once, in French.

    >>> from relecture import load_study
    >>> [column.name for column in load(load_study("guefif"))["genre"].columns]
    ['genre']
    """
    path = source.folder if isinstance(source, Study) else Path(source)
    path = path / FILE if path.is_dir() else path
    return build(schemas.read(path, SCHEMA), path.name)


def build(document: Any, name: str = FILE) -> Instrument:
    """The instrument that a document already read describes; `name` says whose faults these are."""
    faults = schemas.faults(document, SCHEMA, name)
    if faults := faults or [f"{name}, {fault}" for fault in consistency.faults(document)]:
        raise InputError(faults)
    return Instrument(
        **_plain(document),
        sections=tuple(_section(record) for record in document["sections"]),
        scores=tuple(_score(record) for record in document.get("scores", ())),
        derived=tuple(_derived(record) for record in document.get("derived", ())),
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
        "rows": tuple(MatrixRow(*pair) for pair in record.get("rows", {}).items()),
        "relevant": parse(record["relevant"]) if "relevant" in record else None,
    }
    return Item(**{**_plain(record), **built})


def _choice(code: str, label: str | Mapping[str, Any]) -> Choice:
    """A choice is written as its label, or as several keys."""
    return Choice(**{"id": code, "counted_as": code, **({"label": label} if isinstance(label, str) else label)})


def _score(record: Mapping[str, Any]) -> Score:
    lists = {key: tuple(record[key]) for key in ("reversed", "median_for") if key in record}
    return Score(**_plain(record), **lists, points=dict(record["points"]))


def _derived(record: Mapping[str, Any]) -> Derived:
    cases = (Case(code, case["label"], parse(case["when"])) for code, case in record["values"].items())
    return Derived(**_plain(record), cases=tuple(cases))
