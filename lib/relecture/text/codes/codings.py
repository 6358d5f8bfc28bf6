"""Codings: which coder put which code on which segment of which interview.

Codings are a table of four columns: interview, segment (anything that names a unit within the
interview), code (an identifier or a label of the tree, or nothing: *read, no code*), coder. A coder
who has a row in an interview has read all its segments: no code there is an absence. A coder without
any row in an interview has not read it: a missing value, never an absence. Interviews keep the order
in which the file names them, which stands for the order in which they were held.

The file may have any of the usual separators and encodings; every fault is told at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path

from pandas import DataFrame, MultiIndex, crosstab

from relecture.core.encodings import decoded
from relecture.core.errors import InputError
from relecture.text.codes.tree import CodingTree
from relecture.text.corpus import csv_rows

CODING_COLUMNS = ("interview", "segment", "code", "coder")
UNIT_COLUMNS = ["interview", "segment"]
_KEY = (*UNIT_COLUMNS, "coder")
NumberedRows = list[tuple[int, dict[str, str]]]


def read_codings(
    path: str | Path, tree: CodingTree, *, interviews: Collection[str] = (), coders: Collection[str] = ()
) -> DataFrame:
    """The codings of a file, columns CODING_COLUMNS as text, codes as identifiers, one row a code put.

    `interviews` and `coders`, when given, are the only ones allowed. Raises InputError with the line,
    the value and what was expected of every fault.
    """
    path = Path(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError([f"{path.name} : fichier absent ou illisible"]) from error
    rows, names = _numbered_rows(decoded(raw, path.name).text, path.name), _code_names(tree)
    allowed = {"interview": interviews, "coder": coders}
    if faults := [f"{path.name}, {fault}" for fault in _faults(rows, tree, names, allowed)]:
        raise InputError(faults)
    coded = [row | {"code": names.get(row["code"], "")} for _, row in rows]
    return DataFrame(coded, columns=list(CODING_COLUMNS)).drop_duplicates(ignore_index=True)


def reading_matrix(codings: DataFrame) -> DataFrame:
    """Who read what: one row a coder, one column a unit (interview, segment); 0 if read, NaN if not."""
    units = MultiIndex.from_frame(codings[UNIT_COLUMNS].drop_duplicates())
    seen = crosstab(codings["coder"], codings["interview"]) > 0
    read = seen[units.get_level_values("interview")].set_axis(units, axis="columns")
    return read.astype(float).where(read) - 1


def code_matrices(codings: DataFrame, codes: Iterable[str]) -> Iterator[DataFrame]:
    """Of each code: 1 where a coder put it, 0 where they read without putting it, NaN where they did not read."""
    read = reading_matrix(codings)
    rows = read.index.get_indexer(codings["coder"])
    columns = read.columns.get_indexer(MultiIndex.from_frame(codings[UNIT_COLUMNS]))
    for code in codes:
        put, cells = (codings["code"] == code).to_numpy(), read.to_numpy(copy=True)
        cells[rows[put], columns[put]] = 1
        yield DataFrame(cells, index=read.index, columns=read.columns)


def raise_codes(codings: DataFrame, tree: CodingTree, depth: int = 1) -> DataFrame:
    """The codings seen from higher: each code deeper than `depth` becomes the code above it at that depth."""
    above = {name: path[:depth][-1].id for name, path in tree.paths.items()} | {"": ""}
    return codings.assign(code=codings["code"].map(above)).drop_duplicates(ignore_index=True)


def _code_names(tree: CodingTree) -> dict[str, str]:
    """What may stand in the column `code`: identifiers, and labels that only one code has."""
    uses = Counter(path[-1].label for path in tree.walk())
    unique = {path[-1].label: path[-1].id for path in tree.walk() if uses[path[-1].label] == 1}
    return unique | {identifier: identifier for identifier in tree.paths}


def _numbered_rows(text: str, name: str) -> NumberedRows:
    """Each row with its line; cells lose the spaces at their ends."""
    titles, rows = csv_rows.header_and_rows(text, name)
    header = [title.strip().lower() for title in titles]
    if sorted(header) != sorted(CODING_COLUMNS):
        columns = ", ".join(header) or "aucune"
        raise InputError([f"{name}, ligne 1 : colonnes {columns} ; attendues : {', '.join(CODING_COLUMNS)}"])
    if not rows:
        raise InputError([f"{name} : aucun codage sous l'en-tête"])
    if ragged := [(line, len(cells)) for line, cells in rows if len(cells) != len(CODING_COLUMNS)]:
        raise InputError(f"{name}, ligne {line} : {n} cellules au lieu de {len(CODING_COLUMNS)}" for line, n in ragged)
    return [(line, dict(zip(header, map(str.strip, cells), strict=True))) for line, cells in rows]


def _faults(
    rows: NumberedRows, tree: CodingTree, names: Mapping[str, str], allowed: Mapping[str, Collection[str]]
) -> Iterator[str]:
    for line, row in rows:
        for column in _KEY:
            if not row[column]:
                yield f"ligne {line}, colonne « {column} » : vide"
            elif (known := allowed.get(column)) and row[column] not in known:
                yield f"ligne {line}, colonne « {column} » : « {row[column]} » inconnu (connus : {', '.join(known)})"
        if row["code"] and row["code"] not in names:
            yield f"ligne {line}, colonne « code » : « {row['code']} » : ni identifiant, ni libellé de l'arbre"
        elif row["code"] and not tree[names[row["code"]]].codable:
            yield f"ligne {line}, colonne « code » : « {row['code']} » est un titre de l'arbre, pas un code"
    yield from _contradictions(rows)


def _contradictions(rows: NumberedRows) -> Iterator[str]:
    """Units that a coder declares without code, and codes elsewhere in the file."""
    key = itemgetter(*_KEY)
    coded = {key(row): line for line, row in reversed(rows) if row["code"]}
    for line, row in rows:
        if not row["code"] and key(row) in coded:
            yield f"ligne {line} : segment déclaré sans code, mais codé par la même personne ligne {coded[key(row)]}"
