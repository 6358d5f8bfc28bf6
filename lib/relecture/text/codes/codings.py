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
from relecture.text.codes.tree import Tree

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = ("interview", "segment", "code", "coder")
UNIT = ["interview", "segment"]
Records = list[tuple[int, dict[str, str]]]


def load(path: str | Path, tree: Tree, *, interviews: Collection[str] = (), coders: Collection[str] = ()) -> DataFrame:
    """The codings of a file, columns COLUMNS as text, codes as identifiers, one row a code put.

    `interviews` and `coders`, when given, are the only ones allowed. Raises InputError with the line,
    the value and what was expected of every fault.
    """
    from pandas import DataFrame

    path = Path(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError([f"{path.name} : fichier absent ou illisible"]) from error
    records, names = _records(decoded(raw, path.name).text, path.name), _names(tree)
    allowed = {"interview": interviews, "coder": coders}
    if faults := [f"{path.name}, {fault}" for fault in _faults(records, tree, names, allowed)]:
        raise InputError(faults)
    rows = [record | {"code": names.get(record["code"], "")} for _, record in records]
    return DataFrame(rows, columns=list(COLUMNS)).drop_duplicates(ignore_index=True)


def reading(codings: DataFrame) -> DataFrame:
    """Who read what: one row a coder, one column a unit (interview, segment); 0 if read, NaN if not."""
    from pandas import MultiIndex, crosstab

    units = MultiIndex.from_frame(codings[UNIT].drop_duplicates())
    seen = crosstab(codings["coder"], codings["interview"]) > 0
    read = seen[units.get_level_values("interview")].set_axis(units, axis="columns")
    return read.astype(float).where(read) - 1


def matrix(codings: DataFrame, code: str) -> DataFrame:
    """One code: 1 where a coder put it, 0 where they read without putting it, NaN where they did not read."""
    return next(matrices(codings, [code]))


def matrices(codings: DataFrame, codes: Iterable[str]) -> Iterator[DataFrame]:
    """The `matrix` of each code."""
    from pandas import DataFrame

    read = reading(codings)
    rows, columns = _places(read, codings)
    for code in codes:
        put, cells = (codings["code"] == code).to_numpy(), read.to_numpy(copy=True)
        cells[rows[put], columns[put]] = 1
        yield DataFrame(cells, index=read.index, columns=read.columns)


def single(codings: DataFrame) -> DataFrame:
    """The code of each unit by coder ("" for none), when nobody put two on one; raises InputError otherwise."""
    from pandas import DataFrame

    put = codings[codings["code"] != ""]
    if twice := sorted(set(put.loc[put.duplicated([*UNIT, "coder"]), [*UNIT, "coder"]].itertuples(index=False))):
        raise InputError(
            f"entretien {one.interview}, segment {one.segment} : {one.coder} y a mis plusieurs codes" for one in twice
        )
    read = reading(codings)
    cells = np.where(read.isna(), np.nan, np.array("", dtype=object))
    cells[_places(read, put)] = put["code"]
    return DataFrame(cells, index=read.index, columns=read.columns)


def under(codings: DataFrame, tree: Tree, identifier: str) -> DataFrame:
    """The codings of one branch; what was read there and coded otherwise counts as read without a code."""
    kept = codings["code"].isin(tree.below(identifier))
    return codings.assign(code=codings["code"].where(kept, "")).drop_duplicates(ignore_index=True)


def raised(codings: DataFrame, tree: Tree, depth: int = 1) -> DataFrame:
    """The codings seen from higher: each code deeper than `depth` becomes the code above it at that depth."""
    above = {name: path[:depth][-1].id for name, path in tree.paths.items()} | {"": ""}
    return codings.assign(code=codings["code"].map(above)).drop_duplicates(ignore_index=True)


def _places(read: DataFrame, codings: DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of each coding in the frame of readings."""
    from pandas import MultiIndex

    units = MultiIndex.from_frame(codings[UNIT])
    return read.index.get_indexer(codings["coder"]), read.columns.get_indexer(units)


def _names(tree: Tree) -> dict[str, str]:
    """What may stand in the column `code`: identifiers, and labels that only one code has."""
    labels: dict[str, list[str]] = {}
    for path in tree.walk():
        labels.setdefault(path[-1].label, []).append(path[-1].id)
    return {label: found[0] for label, found in labels.items() if len(found) == 1} | {key: key for key in tree.paths}


def _records(text: str, name: str) -> Records:
    """Each row with its line; cells lose the spaces at their ends."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(";,\t", key=first.count), strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(cells)]
    except csv.Error as error:
        raise InputError([f"{name}, ligne {reader.line_num} : écriture CSV incorrecte"]) from error
    header = [title.lower() for title in rows[0][1]] if rows else []
    if sorted(header) != sorted(COLUMNS):
        found = ", ".join(header) or "aucune"
        raise InputError([f"{name}, ligne 1 : colonnes {found} ; attendues : {', '.join(COLUMNS)}"])
    if len(rows) == 1:
        raise InputError([f"{name} : aucun codage sous l'en-tête"])
    if ragged := [(line, len(cells)) for line, cells in rows if len(cells) != len(COLUMNS)]:
        raise InputError(f"{name}, ligne {line} : {n} cellules au lieu de {len(COLUMNS)}" for line, n in ragged)
    return [(line, dict(zip(header, cells, strict=True))) for line, cells in rows[1:]]


def _faults(
    records: Records, tree: Tree, names: Mapping[str, str], allowed: Mapping[str, Collection[str]]
) -> Iterator[str]:
    for line, record in records:
        for column in (*UNIT, "coder"):
            if not record[column]:
                yield f"ligne {line}, colonne « {column} » : vide"
            elif (known := allowed.get(column)) and record[column] not in known:
                yield f"ligne {line}, colonne « {column} » : « {record[column]} » inconnu (connus : {', '.join(known)})"
        if record["code"] and record["code"] not in names:
            yield f"ligne {line}, colonne « code » : « {record['code']} » : ni identifiant, ni libellé de l'arbre"
        elif record["code"] and not tree[names[record["code"]]].codable:
            yield f"ligne {line}, colonne « code » : « {record['code']} » est un titre de l'arbre, pas un code"
    yield from _contradictions(records)


def _contradictions(records: Records) -> Iterator[str]:
    """Units that a coder declares without code, and codes elsewhere in the file."""
    coded: dict[tuple[str, ...], int] = {}
    for line, record in records:
        if record["code"]:
            coded.setdefault(tuple(record[column] for column in (*UNIT, "coder")), line)
    for line, record in records:
        if not record["code"] and (other := coded.get(tuple(record[column] for column in (*UNIT, "coder")))):
            yield f"ligne {line} : segment déclaré sans code, mais codé par la même personne ligne {other}"
