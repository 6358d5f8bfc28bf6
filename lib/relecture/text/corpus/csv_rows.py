"""Rows of a CSV table of answers as texts and their variables.

One row a text: one column holds the words, every other column is a variable. The separator is the
one that the header uses most (semicolon, comma, tab). Variable names and modalities become words
that a starred line can hold: no space, no star, and no underscore in a name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from relecture.core.errors import InputError

NumberedCells = tuple[int, list[str]]
AnswerRow = tuple[str, tuple[tuple[str, str], ...]]
TEXT_COLUMNS = ("texte", "text", "verbatim", "verbatims", "reponse", "réponse", "propos")
_LONGEST_CELL = 2**31 - 1  # characters of a cell; csv stops at 131 072


def read_rows(content: str, name: str) -> list[AnswerRow]:
    """Words and variables of each row, without those of empty cells; raises InputError with every fault.

    The words are in the first of TEXT_COLUMNS that the table has.

    >>> read_rows("medecin;texte\\nM 1;Je l'ouvre peu.", "essai.csv")
    [("Je l'ouvre peu.", (('medecin', 'M-1'),))]
    """
    header, records = header_and_rows(content, name)
    place = _text_column(header, name)
    names = [variable_name(title) for title in header]
    faults = list(_faults(header, names, records, place, name))
    if faults or not records:
        raise InputError(faults or [f"{name} : aucune ligne sous l'en-tête"])
    rest = [rank for rank in range(len(names)) if rank != place]
    return [
        (cells[place], tuple((names[rank], modality_name(cells[rank])) for rank in rest if cells[rank].strip()))
        for _, cells in records
    ]


def variable_name(title: str) -> str:
    """A column title as the name of a variable.

    >>> variable_name("Type d'exercice"), variable_name("annees_installation")
    ("Type-d'exercice", 'annees-installation')
    """
    return re.sub(r"[\s_*]+", "-", title.strip())


def modality_name(cell: str) -> str:
    """A cell as a modality.

    >>> modality_name("Cabinet de groupe")
    'Cabinet-de-groupe'
    """
    return re.sub(r"[\s*]+", "-", cell.strip())


def header_and_rows(content: str, name: str) -> tuple[list[str], list[NumberedCells]]:
    """The header, and each row that is not blank with the line on which it starts."""
    first = content.partition("\n")[0]
    before = csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(content), delimiter=max(";,\t", key=first.count), strict=True)
    records, start = [], 1
    try:
        for cells in reader:
            records.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        message = f"{name}, ligne {start} : écriture CSV incorrecte (guillemet mal fermé ?)"
        raise InputError([message]) from error
    finally:
        csv.field_size_limit(before)
    filled = [(line, cells) for line, cells in records if any(cell.strip() for cell in cells)]
    return (filled[0][1] if filled else []), filled[1:]


def _text_column(header: list[str], name: str) -> int:
    titles = [title.strip().lower() for title in header]
    if known := [title for title in TEXT_COLUMNS if title in titles]:
        return titles.index(known[0])
    columns = ", ".join(title.strip() for title in header) or "aucune"
    asked = "des paroles (texte, verbatim, réponse…)"
    raise InputError([f"{name}, ligne 1 : pas de colonne {asked} ; colonnes : {columns}"])


def _faults(header: list[str], names: list[str], records: list[NumberedCells], place: int, name: str) -> Iterator[str]:
    for rank, title in enumerate(names):
        if not title:
            yield f"{name}, ligne 1 : la colonne {rank + 1} n'a pas de nom"
        elif title in names[:rank]:
            yield f"{name}, ligne 1 : deux colonnes « {title} »"
    for line, cells in records:
        if len(cells) != len(header):
            yield f"{name}, ligne {line} : {len(cells)} cellules au lieu de {len(header)}"
        elif not re.search(r"[^\W_]", cells[place]):
            yield f"{name}, ligne {line}, colonne « {header[place]} » : texte vide"
