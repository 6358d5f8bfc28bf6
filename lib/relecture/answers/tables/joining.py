"""Several files of one questionnaire as one table: rows one after the other, or columns side by side.

Files that hold the same titles, or some of the same questions, are put one after the other: their lines are numbered as
if they were one file. Files that hold different questions are parts of the questionnaire: their rows are those of the
same respondents, told by the first column in common whose cells are all filled and all different in every file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import numpy as np

from relecture.answers.tables.faults import Fault
from relecture.answers.tables.header_line import Known
from relecture.answers.tables.table import Column, Table, UnreadableFile

Name = tuple[str, int]  # a title, and how many times it stands before
_NO_KEY = "plusieurs fichiers qui n'ont ni les mêmes titres, ni de colonne commune qui distingue les répondants"


def joined(read: Sequence[tuple[Table, list[Fault]]], known: Known | None = None) -> tuple[Table, list[Fault]]:
    """The table of all files, and the faults of their lines; UnreadableFile when nothing joins them."""
    if len(read) == 1:
        return read[0]
    moved, faults, above = [], [], 0
    for table, wrong in read:
        faults += [replace(fault, line=fault.line + above) if fault.line else fault for fault in wrong]
        moved.append(replace(table, lines=table.lines + above, empty=tuple(line + above for line in table.empty)))
        above = max([above, *moved[-1].lines, *moved[-1].empty])
    table = reduce(lambda first, second: _both(first, second, known), moved)
    return replace(
        table, notes=(*table.notes, f"{len(read)} fichiers réunis, leurs lignes numérotées à la suite")
    ), faults


def _both(first: Table, second: Table, known: Known | None) -> Table:
    left, right = _columns(first), _columns(second)
    shared = [name for name in left if name in right]
    if left.keys() == right.keys() or (known and known([title for title, _ in shared])):
        lines, columns = _stacked(first, second)
    else:
        lines, columns = _side_by_side(first, second, shared)
    headers = tuple(title for title, _ in columns)
    return replace(
        first, headers=headers, columns=tuple(columns.values()), lines=lines, empty=first.empty + second.empty
    )


def _columns(table: Table) -> dict[Name, Column]:
    times: Counter[str] = Counter()
    named = {}
    for title, column in zip(table.headers, table.columns, strict=True):
        named[title, times[title]] = column
        times[title] += 1
    return named


def _stacked(first: Table, second: Table) -> tuple[np.ndarray, dict[Name, Column]]:
    """Rows of the second below those of the first; empty cells where a file has not the column."""
    left, right = _columns(first), _columns(second)
    absent = [Column(("",), np.zeros(len(table.lines), dtype=np.int32)) for table in (first, second)]
    columns = {name: _merged(left.get(name, absent[0]), right.get(name, absent[1])) for name in [*left, *right]}
    return np.concatenate([first.lines, second.lines]), columns


def _merged(*parts: Column) -> Column:
    seen: dict[str, int] = {}
    ranks = [np.array([seen.setdefault(text, len(seen)) for text in one.texts], dtype=np.int32) for one in parts]
    return Column(tuple(seen), np.concatenate([rank[one.ranks] for rank, one in zip(ranks, parts, strict=True)]))


def _side_by_side(first: Table, second: Table, shared: Sequence[Name]) -> tuple[np.ndarray, dict[Name, Column]]:
    """The respondents of both files, those of the first before; empty cells for who is not in a file."""
    left, right = _columns(first), _columns(second)
    key = next((name for name in shared if name[0] and _is_key(left[name]) and _is_key(right[name])), None)
    if key is None:
        raise UnreadableFile(Fault(0, "", "", _NO_KEY))
    here, there = (one[key].at(np.arange(len(one[key].ranks))) for one in (left, right))
    people = list(dict.fromkeys([*here, *there]))
    at_left, at_right = (_places(people, ids) for ids in (here, there))
    columns = {name: _placed(column, at_left) for name, column in left.items()}
    columns |= {name: _placed(column, at_right) for name, column in right.items() if name not in left}
    columns[key] = Column(tuple(people), np.arange(len(people), dtype=np.int32))
    lines = np.where(at_left >= 0, np.append(first.lines, 0)[at_left], np.append(second.lines, 0)[at_right])
    return lines, columns


def _is_key(column: Column) -> bool:
    return len(column.texts) == len(column.ranks) and all(map(str.strip, column.texts))


def _places(people: Sequence[str], ids: Sequence[str]) -> np.ndarray:
    """The row of each person in a file, -1 for who is not in it."""
    rows = {one: row for row, one in enumerate(ids)}
    return np.array([rows.get(one, -1) for one in people], dtype=np.int64)


def _placed(column: Column, rows: np.ndarray) -> Column:
    return Column((*column.texts, ""), np.append(column.ranks, len(column.texts)).astype(np.int32)[rows])
