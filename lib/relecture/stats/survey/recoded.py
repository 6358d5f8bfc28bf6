"""Questions and answers in the terms in which a study's tables count them.

A table may count two answers of the form as one (`counted_as`): `counted_together` makes of questions of an instrument
those that a frame in printed terms (`printed_terms`) has columns for. `overall_counts` then counts what everybody
answered, out of all respondents, as a study that prints « on 50 » does, so that it stands beside the printed counts
(`printed_vs_answers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from relecture.answers.coded.recoding import as_printed, derive
from relecture.answers.questionnaire.instrument import Instrument
from relecture.stats.estimates.describe import NOBODY
from relecture.stats.survey.characteristics import Characteristics
from relecture.stats.survey.questions import Question


def counted_together(instrument: Instrument, questions: Iterable[Question]) -> list[Question]:
    """The questions, answers that are counted together being one, under both labels."""
    return [_recoded(instrument, question) for question in questions]


def printed_terms(instrument: Instrument, coded: pd.DataFrame) -> pd.DataFrame:
    """A coded frame with derived variables, in printed terms; missing answers keep their code."""
    return as_printed(instrument, derive(instrument, coded))


def overall_counts(blocks: Iterable[Characteristics], questions: Sequence[str], n: int) -> pd.DataFrame:
    """Columns question, level, variable, label, group, count, n: answers of everybody, out of all n respondents.

    A question that nobody answered has no row; a count hidden for disclosure stays NaN.
    """
    cells = pd.concat([block.overall for block in blocks])
    is_counted = cells["question"].isin(questions) & cells["kind"].isin(["answer", "choice"]) & cells["note"].ne(NOBODY)
    return cells.loc[is_counted, ["question", "level", "variable", "label", "count"]].assign(group="", n=n)


def _recoded(instrument: Instrument, question: Question) -> Question:
    item = next((item for item in instrument.items if item.id == question.id), None)
    if item is None or question.kind not in ("single", "multiple"):
        return question
    stem = f"{item.id}." if question.kind == "multiple" else ""
    levels: dict[str, str] = {}
    for choice in item.offered:
        code = choice.counted_as if "." in choice.counted_as else stem + choice.counted_as
        label = question.levels[stem + choice.id]
        levels[code] = f"{levels[code]}, ou {label[0].lower()}{label[1:]}" if code in levels else label
    return replace(question, levels=levels)
