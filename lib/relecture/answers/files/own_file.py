"""The answer file of ours, to which answers typed here are added.

A CSV in UTF-8, commas, `repondant` then the coded columns, header written once. A line is added
only if it is valid and the file has exactly that header; the new file is written beside and takes the place of
the old one at once, under a lock, so that nobody sees half a line. Respondents are numbered after the last
number. A text that a spreadsheet would run is led by an apostrophe, which reading takes off.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from relecture.answers.files import validation
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import RESPONDENT
from relecture.core import files
from relecture.core.errors import InputError
from relecture.core.files import guarded


def append(instrument: Instrument, path: Path, answers: Mapping[str, str]) -> str:
    """Add one coded row to the file, made if need be; the respondent's number. InputError, and nothing written.

    Cells may be as a person types them (`41,5`): what is written is the coded frame's (`41.5`).
    """
    from filelock import FileLock

    header = [RESPONDENT, *instrument.columns]
    row = _checked(instrument, header, answers)
    with FileLock(path.with_name(f".{path.name}.lock")):
        before = _before(path, header)
        respondent = _next(before)
        files.write(path, (before or _line(header)) + _line([respondent, *row]))
    return respondent


def _checked(instrument: Instrument, header: list[str], answers: Mapping[str, str]) -> list[str]:
    """The row as the coded frame has it, its texts guarded."""
    cells = ["1", *(_written(instrument, name, answers[name]) for name in header[1:])]
    answers, faults = validation.check(instrument, (_line(header) + _line(cells)).encode())
    if answers is None:
        raise InputError(str(fault).removeprefix("ligne 2, ") for fault in faults)
    return [_written(instrument, name, cell) for name, cell in answers.frame.iloc[0].items()]


def _written(instrument: Instrument, name: str, cell: str) -> str:
    return guarded(cell) if instrument.columns[name].item.kind == "text" else cell


def _line(cells: Iterable[str]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerow(cells)  # so, a lone \r is quoted too
    return file.getvalue()


def _before(path: Path, header: list[str]) -> str:
    """What the file holds already; nothing when there is none yet."""
    if not path.exists():
        return ""
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([f"{path.name} : n'est pas un de nos fichiers de réponses ; rien n'y est ajouté"]) from error
    if text.partition("\n")[0].rstrip("\r") != _line(header).rstrip() or not text.endswith("\n"):
        raise InputError([f"{path.name} : d'autres colonnes, ou une fin de fichier coupée ; rien n'y est ajouté"])
    return text


def _next(before: str) -> str:
    """The number after the last one."""
    labels = [cells[0] for cells in csv.reader(io.StringIO(before))][1:]
    return str(max((int(label) for label in labels if label.isascii() and label.isdigit()), default=0) + 1)
