"""The answer file of ours, to which answers typed here are added.

A CSV in UTF-8, commas, `repondant` then the coded columns, header written once. A line is added only if the whole file
is valid with it and has exactly that header; the new file is written beside and takes the place of the old one at
once, under a lock, so that nobody sees half a line. Respondents are numbered after the last number; nobody is added to
synthetic answers, nor to a file that a spreadsheet has open. A text that a spreadsheet would run is led by an
apostrophe, which reading takes off.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from relecture.answers.files import validation
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import RESPONDENT
from relecture.answers.synthetic_label import label_of
from relecture.core import files
from relecture.core.errors import InputError, did_you_mean
from relecture.core.files import guarded


class Saved(NamedTuple):
    """The number of the respondent added, and how many the file holds now."""

    respondent: str
    rows: int


def rows(instrument: Instrument, path: Path) -> int:
    """How many respondents the file holds, none before there is one; InputError where nobody could be added."""
    _check_place(path)
    before = _before(path, [RESPONDENT, *instrument.columns])
    return _rows(instrument, path, before) if before.count("\n") > 1 else 0


def append(instrument: Instrument, path: Path, answers: Mapping[str, str]) -> Saved:
    """Add one coded row to the file, made if need be. InputError, and nothing written, for what cannot be added.

    Cells may be as a person types them (`41,5`): what is written is the coded frame's (`41.5`).
    """
    from filelock import FileLock

    header = [RESPONDENT, *instrument.columns]
    row = _checked(instrument, header, answers)
    _check_place(path)
    with FileLock(path.with_name(f".{path.name}.lock")):
        before = _before(path, header)
        respondent = _next(before)
        after = (before or _line(header)) + _line([respondent, *row])
        saved = Saved(respondent, _rows(instrument, path, after))
        files.write(path, after)
    return saved


def _check_place(path: Path) -> None:
    """Refuse a folder where nothing can be written, and a file that a spreadsheet has open, saying what to do."""
    folder = path.parent
    if not folder.is_dir():
        near = did_you_mean(folder.name, (one.name for one in folder.parent.glob("*/")))
        raise InputError([f"« {folder} » : dossier absent. {near or 'Créez-le, ou donnez un autre chemin.'}"])
    if not os.access(folder, os.W_OK) or path.is_dir() or (path.exists() and not os.access(path, os.W_OK)):
        raise InputError([f"« {path} » : écriture impossible. Donnez un fichier d'un dossier à vous."])
    for mark in (f".~lock.{path.name}#", f"~${path.name}"):
        if (folder / mark).exists():
            what = f"« {path.name} » est ouvert dans un tableur : fermez-le, puis recommencez (ou ôtez « {mark} »)."
            raise InputError([what])


def _rows(instrument: Instrument, path: Path, text: str) -> int:
    """How many respondents the whole file holds; refused unless it is valid, and of people."""
    answers, faults = validation.check(instrument, text.encode())
    if answers is None:
        told = [f"{path.name}, {fault}" for fault in faults[:5]]
        raise InputError(
            [*told, f"{path.name} : changé à la main ou par un tableur ; rien n'y est ajouté. {_other(path)}"]
        )
    if label := label_of(answers.frame):
        raise InputError(
            [f"{path.name} : {label.lower()}, que personne n'a données ; rien n'y est ajouté. {_other(path)}"]
        )
    return answers.n


def _other(path: Path) -> str:
    return f"Corrigez-le, ou donnez un autre nom, tel que « {path.stem}-2.csv »."


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
        raise InputError(
            [f"{path.name} : n'est pas un de nos fichiers de réponses ; rien n'y est ajouté. {_other(path)}"]
        ) from error
    if text.partition("\n")[0].rstrip("\r") != _line(header).rstrip() or not text.endswith("\n"):
        why = "les colonnes d'un autre questionnaire, ou d'un tableur qui l'a enregistré, ou une fin de fichier coupée"
        raise InputError([f"{path.name} : {why} ; rien n'y est ajouté. {_other(path)}"])
    return text


def _next(before: str) -> str:
    """The number after the last one."""
    labels = [cells[0] for cells in csv.reader(io.StringIO(before))][1:]
    return str(max((int(label) for label in labels if label.isascii() and label.isdigit()), default=0) + 1)
