"""Bytes of a CSV read as a table, its encoding and its delimiter recognised.

A CSV comes as some tool, or a French spreadsheet, wrote it. Encodings are tried in a fixed order (`core.encodings`).
The delimiter is the one that a first line `sep=;` tells, else the one of `, ; tab | ^` that cuts the line of titles
into most titles of the questionnaire, then into most cells. Quotes follow RFC 4180; an end of line inside a cell
becomes `\\n`. Refused: a file that is empty or no text, a mixture of encodings, quotes that never close, lines with
too many or too few cells. A line without any cell filled is left aside, and told.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from relecture.answers.tables.faults import Fault
from relecture.answers.tables.header_line import FIRST, Known, header_line, read_records
from relecture.answers.tables.table import Record, Table, UnreadableFile
from relecture.core import encodings

DELIMITERS = {",": "virgules", ";": "points-virgules", "\t": "tabulations", "|": "barres verticales", "^": "« ^ »"}
_LONGEST = 131_072  # signs of a cell
_REFUSED = {
    "ole": "un ancien classeur Excel, ou protégé par un mot de passe ; l'enregistrer en .xlsx",
    "pdf": "un PDF ; un tableau de réponses est attendu",
    "gzip": "une archive gzip ; la décompresser",
}
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?[,;\t|]*[\r\n]', re.IGNORECASE)  # a first line for Excel
_BOTH = re.compile(rb"[\xc2\xc3][\x80-\xbf]")  # UTF-8 for accented letters, which no French in Windows-1252 writes


@contextmanager
def _limited() -> Iterator[None]:
    """Our limit of a cell, whatever other libraries have set for the process; theirs again afterwards."""
    others = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(others)


@_limited()
def read_table(raw: bytes, *, known: Known | None = None) -> tuple[Table, list[Fault]]:
    """The table that a file holds and the faults of its lines; raises UnreadableFile when there is no table.

    >>> found, faults = read_table("âge;ville\\n41;Pau\\n".encode("cp1252"))
    >>> found.headers, found.columns[1].texts, found.encoding, found.delimiter, faults
    (('âge', 'ville'), ('Pau',), 'Windows-1252', ';', [])
    """
    text, encoding = _decoded(raw)
    told, short = _SEPARATOR.match(text), text.encode()  # four times shorter than a StringIO would be
    del text
    delimiter = told[1] if told else max(DELIMITERS, key=lambda sign: _explained(short, sign, known))
    broken: list[Fault] = []
    records = _records(short, delimiter, broken, above=1 if told else 0)
    return read_records(records, "csv", known, encoding=encoding, delimiter=delimiter, broken=broken)


def _explained(text: bytes, delimiter: str, known: Known | None) -> tuple[int, int]:
    """How many titles are known, and how many cells there are, in the line of titles that this delimiter cuts."""
    lines = [cells for cells, _ in islice(_records(text, delimiter, []), FIRST)]
    place = header_line(lines, known)
    cells = lines[place or 0] if lines else []
    return known(cells) if known else 0, len(cells)


def _records(text: bytes, delimiter: str, broken: list[Fault], above: int = 0) -> Iterator[Record]:
    """Cells of each record and the line where it begins; lines without a character are no records.

    The first lines (`above`) are passed over. Ends of line become `\\n`. Nothing comes after a quote that cannot be
    read: its fault goes to `broken`.
    """
    lines = islice(io.TextIOWrapper(io.BytesIO(text), "utf-8"), above, None)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    start = 1 + above
    try:
        for cells in reader:
            if cells:
                yield cells, start
            start = reader.line_num + 1 + above
    except csv.Error as error:
        size = "limit" in str(error)
        what = f"une cellule de plus de {_LONGEST} signes" if size else "écriture CSV incorrecte"
        broken.append(Fault(start, "", "", f"{what} (guillemet mal fermé ?)"))


def _decoded(raw: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding."""
    if what := _REFUSED.get(encodings.signature(raw)):
        raise UnreadableFile(Fault(0, "", "", f"c'est {what}"))
    read = encodings.decode(raw)
    if read is None or (read[1] == "Windows-1252" and _BOTH.search(raw)):
        line = 0 if raw.startswith(_UTF_16) else encodings.first_bad_line(raw, "utf-8")
        raise UnreadableFile(Fault(line, "", "", "ni UTF-8, ni UTF-16, ni Windows-1252 : l'enregistrer en UTF-8"))
    text, encoding = read
    if "\0" in text or encoding == "UTF-32":  # of which no tool writes a CSV
        line = len(re.split("\r\n?|\n", text.partition("\0")[0])) if "\0" in text else 1
        raise UnreadableFile(Fault(line, "", "", "caractère nul : ce n'est pas un fichier CSV"))
    return text, encoding
