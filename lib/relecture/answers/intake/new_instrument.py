"""An `instrument.yaml` made from the questionnaire of another tool, told by its file, and what it does not carry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml

from relecture.answers.intake import limesurvey, redcap, tableschema, xlsform
from relecture.answers.intake.draft import Draft
from relecture.answers.questionnaire import instrument
from relecture.core import files
from relecture.core.errors import InputError

READERS: dict[str, tuple[Callable[[bytes, str], Draft], str]] = {
    ".xlsx": (xlsform.read, "un XLSForm (ODK, KoboToolbox), avec ses feuilles survey et choices"),
    ".csv": (redcap.read, "un dictionnaire de données REDCap, avec ses 18 colonnes"),
    ".txt": (limesurvey.read, "une structure de questionnaire LimeSurvey (texte tabulé)"),
    ".tsv": (limesurvey.read, "une structure de questionnaire LimeSurvey (texte tabulé)"),
    ".json": (tableschema.read, "un Table Schema, avec sa liste fields"),
}
HEAD = "# Questionnaire lu de « {} » par relecture new instrument. « source » mène aux lignes de ce fichier.\n"


def read(path: Path) -> Draft:
    """The draft that a file gives, checked as an instrument; InputError, in French, for a file that is none of ours."""
    reader, what = READERS.get(path.suffix.lower(), (None, ""))
    if reader is None:
        raise InputError([f"{path.name} : n'est pas un questionnaire ; attendu : {', '.join(READERS)}"])
    try:
        draft = reader(path.read_bytes(), path.name)
    except OSError as error:
        raise InputError([f"{path.name} : {files.REASONS.get(error.errno, error.strerror)}"]) from error
    except Exception as error:  # whatever a library makes of a file that is not of its kind
        raise InputError([f"{path.name} : n'est pas {what}"]) from error
    if not draft.asked:
        raise InputError([f"{path.name} : aucune question n'y est lue", *draft.left_out])
    return draft


def write(draft: Draft, folder: Path) -> instrument.Instrument:
    """Write the draft in that folder, made if need be; nothing that is there is replaced."""
    target, document = folder / instrument.FILE, draft.document()
    form = instrument.build(document)
    if target.exists():
        raise InputError([f"« {target} » existe déjà : rien n'a été écrit"])
    text = yaml.dump(document, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.refusal(folder, error) from error
    files.write(target, HEAD.format(draft.file) + text)
    return form


class _Plain(yaml.SafeDumper):
    """No part is written as a reference to another."""

    def ignore_aliases(self, data: object) -> bool:
        return True
