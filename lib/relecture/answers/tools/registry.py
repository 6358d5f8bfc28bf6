"""The tools whose files are read, from `tools.yaml`: their marks, their own columns, what they write for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from relecture.answers.formats.registry import FORMATS
from relecture.core import schemas

FILE = Path(__file__).with_name("tools.yaml")
SCHEMA = Path(__file__).with_name("tools.schema.json")


@dataclass(frozen=True)
class RowRule:
    """Rows of one kind: those whose cell under one of these headers is one of these values."""

    kind: str
    headers: tuple[str, ...]
    values: tuple[str, ...]
    unanswered: bool = False


@dataclass(frozen=True)
class Tool:
    """One tool. `format`: of `formats.registry`, how it names questions and answers by code.

    `marks`: sets of headers (a star stands for any text) or of facts of a layout (`fact:…`), one of which signs a
    file; `ids`: headers of what tells rows apart, best first; `service` and `personal`: its own headers; `empty` and
    `empty_boxes`: what it writes for no answer; `boxes`: its cells of a box; `ranks`: boxes may hold the order
    of ticks; `guard`: signs before which it puts an apostrophe; `escapes`: what stands for a sign; `rows`: rows that
    are no answer; `doubts`: rows that are answers, of which the tool says something that a person must know.
    """

    name: str
    label: str
    format: str
    marks: tuple[tuple[str, ...], ...] = ()
    ids: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    empty_boxes: tuple[str, ...] = ()
    boxes: Mapping[str, str] = field(default_factory=dict)
    ranks: bool = False
    guard: str = ""
    escapes: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[RowRule, ...] = ()
    doubts: tuple[RowRule, ...] = ()
    advice: Mapping[str, str] = field(default_factory=dict)


@cache
def tools() -> Mapping[str, Tool]:
    """Every tool by name, in the order in which their marks are believed; a format of no tool is one of its own."""
    document = schemas.read(FILE, SCHEMA)
    known = [_tool(name, record) for name, record in document["tools"].items()]
    served = {tool.format for tool in known}
    others = [Tool(form.name, form.label, form.name) for form in FORMATS.values() if form.name not in served]
    return {tool.name: tool for tool in (*others, *known)}


@cache
def persons() -> tuple[str, ...]:
    """Headers that tell who answers, whatever the tool."""
    return tuple(schemas.read(FILE, SCHEMA)["personal"])


def _tool(name: str, record: Mapping[str, Any]) -> Tool:
    lists = {key: tuple(value) for key, value in record.items() if isinstance(value, list)}
    lists["marks"] = tuple(tuple(mark) for mark in record.get("marks", ()))
    lists |= {key: tuple(map(_rule, record.get(key, ()))) for key in ("rows", "doubts")}
    return Tool(name=name, **{**record, **lists})


def _rule(record: Mapping[str, Any]) -> RowRule:
    return RowRule(**{key: tuple(value) if isinstance(value, list) else value for key, value in record.items()})
