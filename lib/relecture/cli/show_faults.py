"""The summary of an accepted file of answers, or the faults of a refused one, as text and JSON."""

from __future__ import annotations

import json as json_module
from collections.abc import Sequence
from dataclasses import asdict

from relecture.answers.files.validation import Answers
from relecture.answers.tables.faults import Fault, printable
from relecture.core.french import typeset

MOST = 200  # faults in text; JSON has them all


def text(answers: Answers | None, faults: Sequence[Fault]) -> str:
    """One line for a file without a fault, then what was left aside; otherwise one line a fault, 200 at most."""
    if answers is None:
        rest = [f"… et {len(faults) - MOST} autres (--format json les dit toutes)"] if len(faults) > MOST else []
        return "\n".join([*map(str, faults[:MOST]), *rest])
    ignored = ", ".join(map(printable, answers.summary.service))
    notes = [*([f"colonnes de l'outil laissées de côté : {ignored}"] if ignored else []), *answers.summary.notes]
    return "\n".join([typeset(str(answers)), *(f"  {typeset(note)}" for note in notes)])


def json(answers: Answers | None, faults: Sequence[Fault]) -> str:
    """The account when the file is accepted, and one object a fault: line, column, value, what, allowed."""
    told = {"valid": answers is not None, "faults": [fault.record for fault in faults]}
    if answers is not None:
        respondents, columns = answers.frame.shape
        told |= {"respondents": respondents, "columns": columns, **asdict(answers.summary)}
    return json_module.dumps(told, ensure_ascii=False, indent=1)
