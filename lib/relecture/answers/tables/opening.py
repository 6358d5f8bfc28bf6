"""The table that a file holds, whatever its kind, told by its first bytes; or several files of one questionnaire.

An archive is read as the files that it holds. Files that hold no title of the questionnaire are left aside when others
do, and told. Refused: what does not fit in memory once it is expanded, and an archive with a password or in an archive.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from relecture.answers.tables import delimited, joining, labelled, records, workbooks
from relecture.answers.tables.faults import Fault
from relecture.answers.tables.header_line import EMPTY, Known
from relecture.answers.tables.table import Table, UnreadableFile
from relecture.core import encodings

Source = str | Path | bytes
MEGABYTE = 1 << 20
LARGEST, EXPANDED = 256 * MEGABYTE, 1024 * MEGABYTE  # of a file, of what an archive holds
KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".sav", ".dta", ".parquet", ".json", ".jsonl")


def read_table(
    source: Source | Sequence[Source], *, sheet: str = "", known: Known | None = None
) -> tuple[Table, list[Fault]]:
    """The table of a file (its path, or its bytes) or of several, and the faults of its lines.

    `sheet`: of a workbook, by name or number; `known`: how many of some texts are titles of the questionnaire, by which
    headers, sheets and files are told. UnreadableFile when there is no table.
    """
    sources = [source] if isinstance(source, str | Path | bytes) else source
    files = [file for one in sources for file in _files(one)]
    if not files:
        raise UnreadableFile(EMPTY)
    read = [(name, *_read(name, raw, sheet, known, alone=len(files) == 1)) for name, raw in files]
    aside = [name for name, table, _ in read if known and len(read) > 1 and not known(table.headers)]
    kept = [(table, faults) for name, table, faults in read if name not in aside or len(aside) == len(read)]
    table, faults = joining.joined(kept, known)
    notes = [f"fichiers laissés de côté, sans question : {', '.join(aside)}"] if 0 < len(aside) < len(read) else []
    return replace(table, notes=(*table.notes, *notes)), faults


def _read(name: str, raw: bytes, sheet: str, known: Known | None, *, alone: bool) -> tuple[Table, list[Fault]]:
    """The table of one file; its name is told where there are several."""
    try:
        if encodings.signature(raw) == "zip":
            check_zip(raw)
            return workbooks.read_table(raw, sheet=sheet, known=known)
        if sheet:
            raise UnreadableFile(Fault(0, "", sheet, "désigne une feuille, mais ce fichier n'est pas un classeur"))
        reader = labelled if labelled.kind_of(raw) else records if records.looks_like(raw) else delimited
        return reader.read_table(raw, known=known)
    except UnreadableFile as refused:
        raise refused if alone else UnreadableFile(*(_named(fault, name) for fault in refused.faults)) from refused


def _named(fault: Fault, name: str) -> Fault:
    return replace(fault, what=f"{fault.what} ({name})")


def _files(source: Source) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of a file, or of each file of an archive."""
    name, raw = ("", source) if isinstance(source, bytes) else (Path(source).name, _bytes(Path(source)))
    _fitting(len(raw), LARGEST, name)
    if encodings.signature(raw) != "zip":
        yield name, raw
        return
    names = check_zip(raw)
    if workbooks.kind_of(names):
        yield name, raw
    elif "word/document.xml" in names:
        raise UnreadableFile(Fault(0, "", "", "c'est un document Word ; un tableau de réponses est attendu"))
    else:
        yield from _members(raw, names)


def _members(raw: bytes, names: list[str]) -> Iterator[tuple[str, bytes]]:
    """The files of an archive that may hold answers."""
    wanted = [name for name in names if PurePosixPath(name).suffix.lower() in KINDS and not name.startswith("__MACOSX")]
    if not wanted:
        raise UnreadableFile(Fault(0, "", "", "l'archive ne contient aucun fichier de réponses", KINDS))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        yield from ((PurePosixPath(name).name, archive.read(name)) for name in wanted)


def check_zip(raw: bytes) -> list[str]:
    """The names of the files of an archive; UnreadableFile when it is damaged, has a password, or expands too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _fitting(sum(one.file_size for one in archive.infolist()), EXPANDED, after=" une fois décompressé")
            if bad := archive.testzip():  # reads no more than the sizes told
                raise zipfile.BadZipFile(bad)
            return archive.namelist()
    except RuntimeError as error:  # of zipfile, for a password
        raise UnreadableFile(Fault(0, "", "", "protégé par un mot de passe")) from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise UnreadableFile(Fault(0, "", "", "archive ou classeur abîmé, ou incomplet")) from error


def _fitting(size: int, most: int, name: str = "", after: str = "") -> None:
    if size > most:
        raise UnreadableFile(Fault(0, "", name, f"dépasse {most // MEGABYTE} Mo{after}"))


def _bytes(path: Path) -> bytes:
    try:
        _fitting(path.stat().st_size, LARGEST, path.name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(Fault(0, "", path.name, ": fichier absent")) from error
    except (OSError, ValueError) as error:
        raise UnreadableFile(Fault(0, "", path.name, "ne peut pas être lu comme un fichier")) from error
