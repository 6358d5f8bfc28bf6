"""Several files of one questionnaire as one table: rows one after the other, or columns side by side.

Files that hold the same titles, or some of the same questions, are put one after the other: their lines are numbered as
if they were one file. Files that hold different questions are parts of the questionnaire: their rows are those of the
same respondents, told by the first column in common whose cells are all filled and all different in every file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from relecture.answers.tables.faults import Fault
from relecture.answers.tables.header_line import Known
from relecture.answers.tables.table import Column, Table, UnreadableFile

_AGAIN = "\0"  # after a title, which never holds it, for every time that it stands before
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
    frame = reduce(lambda first, second: _both(first, second, known), map(_frame, moved))
    coded = (pd.factorize(frame[name]) for name in frame)
    parts = {
        "headers": tuple(name.rstrip(_AGAIN) for name in frame),
        "columns": tuple(Column(tuple(texts), ranks.astype(np.int32)) for ranks, texts in coded),
        "lines": frame.index.to_numpy(),
        "empty": tuple(line for table in moved for line in table.empty),
        "notes": (*moved[0].notes, f"{len(read)} fichiers réunis, leurs lignes numérotées à la suite"),
    }
    return replace(moved[0], **parts), faults


def _frame(table: Table) -> DataFrame:
    """The cells by line of the file, each title followed by a sign for every time that it stands before."""
    names = [title + _AGAIN * table.headers[:place].count(title) for place, title in enumerate(table.headers)]
    cells = (column.at(slice(None)) for column in table.columns)
    return DataFrame(dict(zip(names, cells, strict=True)), index=table.lines, dtype=object)


def _both(first: DataFrame, second: DataFrame, known: Known | None) -> DataFrame:
    shared = [name for name in first if name in second]
    if {*first} == {*second} or (known and known([name.rstrip(_AGAIN) for name in shared])):
        return pd.concat([first, second]).fillna("")
    key = next(
        (name for name in shared if name.rstrip(_AGAIN) and _is_key(first[name]) and _is_key(second[name])), None
    )
    if key is None:
        raise UnreadableFile(Fault(0, "", "", _NO_KEY))
    people = pd.Index(first[key]).union(pd.Index(second[key]), sort=False)
    left, right = (one.set_index(key, drop=False).reindex(people) for one in (first, second))
    lines = [pd.Series(one.index, one[key]).reindex(people) for one in (first, second)]
    both = left.join(right.drop(columns=shared)).assign(**{key: people})
    return both.fillna("").set_axis(lines[0].fillna(lines[1]).astype(int))


def _is_key(cells: Series) -> bool:
    return cells.is_unique and bool(cells.str.strip().all())
