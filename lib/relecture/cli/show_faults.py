"""The summary of an accepted file of answers, or the faults of a refused one, as text and JSON."""

from __future__ import annotations

import json as json_module
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from relecture.answers.files import validation
from relecture.answers.files.validation import Answers, Faults
from relecture.answers.questionnaire import instrument
from relecture.answers.synthetic import reading
from relecture.answers.tables.faults import Fault, grouped, printable
from relecture.answers.tools.advice import advice
from relecture.core.errors import InputError
from relecture.core.french import typeset
from relecture.core.study import load_study

MOST = 60  # lines of faults in text; JSON has every fault


def text(answers: Answers) -> str:
    """One line for a file without a fault, then what was left aside: rows that are no answer, columns."""
    summary = answers.summary
    kinds = " ".join(f"--keep {kind}" for kind in summary.left_out if kind != "vide")
    some = f" ; {kinds}, celles qui ont une réponse" if kinds else ""
    notes = [f"{summary.rows_in_words} (--keep tout les garde{some})"] * bool(summary.left_out)
    if summary.service:
        notes.append(f"colonnes de l'outil laissées de côté : {', '.join(map(printable, summary.service))}")
    if summary.personal:
        notes.append(f"colonnes qui disent qui répond, jamais lues : {len(summary.personal)}")
    return "\n".join([typeset(str(answers)), *(f"  {typeset(note)}" for note in [*notes, *summary.notes])])


def refusal(faults: Faults) -> str:
    """Why files are refused, one line a cause, 60 at most, then what would help; the same for every command."""
    lines = grouped(faults)
    rest = [f"… et {len(lines) - MOST} autres lignes (validate --format json dit tout)"] if len(lines) > MOST else []
    return "\n".join([*lines[:MOST], *rest, *map(typeset, advice(faults, faults.table))])


def checked(study: str, root: str, files: Sequence[str], choices: Mapping[str, Any]) -> tuple[list[str], str]:
    """The faults of files of answers, as a command tells them, or the summary of accepted ones.

    Nothing of interviews, which have no form.
    """
    if not (Path(root) / "data" / study / reading.FILE).is_file():
        return [], ""
    try:
        answers, faults = validation.check(instrument.load(load_study(study, Path(root))), files, **choices)
    except InputError as error:
        return list(error.faults), ""
    if answers is None:
        return [refusal(faults)], ""
    return [], text(answers)


def json(answers: Answers | None, faults: Sequence[Fault]) -> str:
    """The account when the file is accepted, and one object a fault: line, column, value, what, allowed."""
    told = {"valid": answers is not None, "faults": [fault.record for fault in faults]}
    if answers is not None:
        respondents, columns = answers.frame.shape
        told |= {"respondents": respondents, "columns": columns, **asdict(answers.summary)}
    return json_module.dumps(told, ensure_ascii=False, indent=1)
