"""Who put which code on which segment?

Codings are a table of four columns: interview, segment (anything that names a unit within the
interview), code (an identifier or a label of the tree, or nothing: *read, no code*), coder. A coder
who has a row in an interview has read all its segments: no code there is an absence. A coder without
any row in an interview has not read it: a missing value, never an absence. Interviews keep the order
in which the file names them, which stands for the order in which they were held.

The file may have any of the usual separators and encodings; every fault is told at once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from relecture.core.encodings import decoded
from relecture.core.errors import InputError
from relecture.text.codes.tree import CodingTree

if TYPE_CHECKING:
    from pandas import DataFrame

CODING_COLUMNS = ("interview", "segment", "code", "coder")
UNIT_COLUMNS = ["interview", "segment"]
NumberedRows = list[tuple[int, dict[str, str]]]


def read_codings(
    path: str | Path, tree: CodingTree, *, interviews: Collection[str] = (), coders: Collection[str] = ()
) -> DataFrame:
    """The codings of a file, columns CODING_COLUMNS as text, codes as identifiers, one row a code put.

    `interviews` and `coders`, when given, are the only ones allowed. Raises InputError with the line,
    the value and what was expected of every fault.
    """
    from pandas import DataFrame

    path = Path(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError([f"{path.name} : fichier absent ou illisible"]) from error
    records, names = _numbered_rows(decoded(raw, path.name).text, path.name), _code_names(tree)
    allowed = {"interview": interviews, "coder": coders}
    if faults := [f"{path.name}, {fault}" for fault in _faults(records, tree, names, allowed)]:
        raise InputError(faults)
    rows = [record | {"code": names.get(record["code"], "")} for _, record in records]
    return DataFrame(rows, columns=list(CODING_COLUMNS)).drop_duplicates(ignore_index=True)


def reading_matrix(codings: DataFrame) -> DataFrame:
    """Who read what: one row a coder, one column a unit (interview, segment); 0 if read, NaN if not."""
    from pandas import MultiIndex, crosstab

    units = MultiIndex.from_frame(codings[UNIT_COLUMNS].drop_duplicates())
    seen = crosstab(codings["coder"], codings["interview"]) > 0
    read = seen[units.get_level_values("interview")].set_axis(units, axis="columns")
    return read.astype(float).where(read) - 1


def code_matrices(codings: DataFrame, codes: Iterable[str]) -> Iterator[DataFrame]:
    """Of each code: 1 where a coder put it, 0 where they read without putting it, NaN where they did not read."""
    from pandas import DataFrame

    read = reading_matrix(codings)
    rows, columns = _cell_positions(read, codings)
    for code in codes:
        put, cells = (codings["code"] == code).to_numpy(), read.to_numpy(copy=True)
        cells[rows[put], columns[put]] = 1
        yield DataFrame(cells, index=read.index, columns=read.columns)


def raise_codes(codings: DataFrame, tree: CodingTree, depth: int = 1) -> DataFrame:
    """The codings seen from higher: each code deeper than `depth` becomes the code above it at that depth."""
    above = {name: path[:depth][-1].id for name, path in tree.paths.items()} | {"": ""}
    return codings.assign(code=codings["code"].map(above)).drop_duplicates(ignore_index=True)


def _cell_positions(read: DataFrame, codings: DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of each coding in the frame of readings."""
    from pandas import MultiIndex

    units = MultiIndex.from_frame(codings[UNIT_COLUMNS])
    return read.index.get_indexer(codings["coder"]), read.columns.get_indexer(units)


def _code_names(tree: CodingTree) -> dict[str, str]:
    """What may stand in the column `code`: identifiers, and labels that only one code has."""
    labels: dict[str, list[str]] = {}
    for path in tree.walk():
        labels.setdefault(path[-1].label, []).append(path[-1].id)
    return {label: found[0] for label, found in labels.items() if len(found) == 1} | {key: key for key in tree.paths}


def _numbered_rows(text: str, name: str) -> NumberedRows:
    """Each row with its line; cells lose the spaces at their ends."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(";,\t", key=first.count), strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(cells)]
    except csv.Error as error:
        raise InputError([f"{name}, ligne {reader.line_num} : écriture CSV incorrecte"]) from error
    header = [title.lower() for title in rows[0][1]] if rows else []
    if sorted(header) != sorted(CODING_COLUMNS):
        found = ", ".join(header) or "aucune"
        raise InputError([f"{name}, ligne 1 : colonnes {found} ; attendues : {', '.join(CODING_COLUMNS)}"])
    if len(rows) == 1:
        raise InputError([f"{name} : aucun codage sous l'en-tête"])
    if ragged := [(line, len(cells)) for line, cells in rows if len(cells) != len(CODING_COLUMNS)]:
        raise InputError(f"{name}, ligne {line} : {n} cellules au lieu de {len(CODING_COLUMNS)}" for line, n in ragged)
    return [(line, dict(zip(header, cells, strict=True))) for line, cells in rows[1:]]


def _faults(
    records: NumberedRows, tree: CodingTree, names: Mapping[str, str], allowed: Mapping[str, Collection[str]]
) -> Iterator[str]:
    for line, record in records:
        for column in (*UNIT_COLUMNS, "coder"):
            if not record[column]:
                yield f"ligne {line}, colonne « {column} » : vide"
            elif (known := allowed.get(column)) and record[column] not in known:
                yield f"ligne {line}, colonne « {column} » : « {record[column]} » inconnu (connus : {', '.join(known)})"
        if record["code"] and record["code"] not in names:
            yield f"ligne {line}, colonne « code » : « {record['code']} » : ni identifiant, ni libellé de l'arbre"
        elif record["code"] and not tree[names[record["code"]]].codable:
            yield f"ligne {line}, colonne « code » : « {record['code']} » est un titre de l'arbre, pas un code"
    yield from _contradictions(records)


def _contradictions(records: NumberedRows) -> Iterator[str]:
    """Units that a coder declares without code, and codes elsewhere in the file."""
    coded: dict[tuple[str, ...], int] = {}
    for line, record in records:
        if record["code"]:
            coded.setdefault(tuple(record[column] for column in (*UNIT_COLUMNS, "coder")), line)
    for line, record in records:
        if not record["code"] and (other := coded.get(tuple(record[column] for column in (*UNIT_COLUMNS, "coder")))):
            yield f"ligne {line} : segment déclaré sans code, mais codé par la même personne ligne {other}"
