"""What a class answered, from the texts that its pages of exercises wrote out.

A text has one line an exercise (`exercices.js`, `exported`): the answer, whether it is right, how many tries, whether
the solution was opened. Texts bear no name; answers are told by how many gave them, and a rare one is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from relecture.core.errors import InputError
from relecture.core.french import plural

if TYPE_CHECKING:
    import pandas as pd

    from relecture.teaching.course import Course

FEWEST = 3  # who gave an answer that is told
COLUMNS = ("exercise", "title", "answered", "right", "opened", "mistake", "by", "feedback")
_FIRST = re.compile(r"Relecture, exercices \(contenu (\w+)\)")
_LINE = re.compile(r"\[(?P<exercise>\w+)\] (?P<answer>.*?) \| (?P<state>[^|]+?) \| essais : (?P<tries>\d+)(?P<more>.*)")


def pooled(texts: Iterable[str], course: Course, fingerprint: str) -> pd.DataFrame:
    """One row an exercise that somebody answered: columns COLUMNS, `mistake` the wrong answer that came most often.

    A mistake that fewer than FEWEST gave is left empty. InputError for texts that are none, or are of other exercises.
    """
    import pandas as pd

    lines = pd.DataFrame([*_lines(texts, fingerprint)], columns=["exercise", "answer", "state", "opened"])
    rows = []
    for one in course.exercises:
        mine = lines[lines["exercise"] == one.id]
        if len(mine):
            wrong = mine.loc[mine["state"] == "à revoir", "answer"].value_counts()
            mistake, by = (wrong.index[0], int(wrong.iloc[0])) if len(wrong) and wrong.iloc[0] >= FEWEST else ("", 0)
            said = next((answer.feedback for answer in one.answers if mistake in (answer.choice, *answer.french)), "")
            counts = (
                len(mine),
                int(mine["state"].isin(["juste", "relu avec la grille"]).sum()),
                int(mine["opened"].sum()),
            )
            rows.append((one.id, one.title, *counts, mistake, by, said if mistake else ""))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _lines(texts: Iterable[str], fingerprint: str) -> Iterator[tuple[str, str, str, bool]]:
    faults = []
    for rank, text in enumerate(texts, start=1):
        first = _FIRST.match(text)
        if not first or first[1] != fingerprint:
            faults.append(
                f"texte n° {rank} : {'autres exercices que ceux de ce dossier' if first else 'ce n’est pas un export'}"
            )
        for found in _LINE.finditer(text):
            yield found["exercise"], found["answer"].strip(), found["state"], "solution ouverte" in found["more"]
    if faults:
        raise InputError(faults)


def in_words(pooled_answers: pd.DataFrame, texts: int) -> str:
    """How the class answered, in a sentence."""
    if pooled_answers.empty:
        return f"{plural(texts, 'texte')}, aucune réponse."
    hardest = (pooled_answers["right"] / pooled_answers["answered"]).idxmin()
    row = pooled_answers.loc[hardest]
    return f"{plural(texts, 'texte')}. Le plus difficile : {row['title']} ({row['right']} sur {row['answered']})."
