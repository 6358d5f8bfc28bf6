"""Questions as a table needs them: kind, label and answers in order.

Kinds: `single` (one answer among several), `ordinal` (the same, whose answers are ordered, as on a Likert
scale), `multiple` (each answer is a column of 0 and 1), `number`. A frame of answers has one row a respondent
and the columns of `answers`; a missing answer is one of the codes of `answers.missing`, or NaN, which says
nothing of why. Questions that answer in free text, or that could identify a respondent, are never built.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from relecture.answers.coded import departements
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.missing import CODES, Missing

Kind = Literal["single", "ordinal", "multiple", "number"]


@dataclass(frozen=True)
class Question:
    """A question: `levels` are its answers, code to label, in order; for `multiple`, column to label."""

    id: str
    label: str
    kind: Kind
    levels: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a frame that hold its answers."""
        return tuple(self.levels) if self.kind == "multiple" else (self.id,)


def of_instrument(
    instrument: Instrument, names: Sequence[str] = (), *, ordered: Collection[str] = ()
) -> list[Question]:
    """Questions of an instrument, items and derived variables, all or those named, in the order named.

    A matrix gives one question a row. `ordered` names items whose answers are ordered, beside those that say so and
    the matrices that make a score. Raises KeyError for a name that the instrument does not have.
    """
    ordered = {*ordered, *(score.matrix for score in instrument.scores)}
    built = {item.id: list(_of_item(item, item.ordered or item.id in ordered)) for item in instrument.items}
    for variable in instrument.derived:
        built[variable.id] = [
            Question(variable.id, variable.label, "single", {case.id: case.label for case in variable.cases})
        ]
    return [question for name in names or built for question in built[name]]


def of_departements() -> Question:
    """The question that `departements.places` answers: where respondents practise, among all départements."""
    names = {code: place["name"] for code, place in departements.known().items()}
    return Question(departements.COLUMN, "Département d'exercice", "single", names)


def known_answers(frame: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The answers to a question, missing ones as NaN; numbers and ticks as floats, ranks from 0 for `ordinal`.

    >>> likert = Question("avis", "Avis", "ordinal", {"non": "Non", "oui": "Oui"})
    >>> known_answers(pd.DataFrame({"avis": ["oui", "sans_reponse", "non"]}), likert)["avis"].tolist()
    [1.0, nan, 0.0]
    """
    if question.kind == "single":
        return frame[question.id].mask(frame[question.id].isin(CODES)).to_frame()
    if question.kind == "ordinal":
        ranks = {code: float(rank) for rank, code in enumerate(question.levels)}
        return frame[question.id].map(ranks).astype(float).to_frame()
    return frame[list(question.columns)].apply(pd.to_numeric, errors="coerce").astype(float)


def missing_reasons(frame: pd.DataFrame, question: Question, answers: pd.DataFrame | None = None) -> pd.Series:
    """Why each respondent has no answer, in the words of `Missing`; empty where there is one.

    A plain NaN is « sans réponse ». `answers` are those of `known_answers`, for who has them already.

    >>> missing_reasons(pd.DataFrame({"age": ["41", "non_pose", None]}), Question("age", "Âge", "number")).tolist()
    ['', 'non posée', 'sans réponse']
    """
    labels = {code.value: code.label for code in Missing}
    unsaid = (known_answers(frame, question) if answers is None else answers).isna().to_numpy().all(axis=1)
    cells = zip(frame[question.columns[0]], unsaid, strict=True)
    labels_of = [labels.get(cell, Missing.NO_ANSWER.label) if is_missing else "" for cell, is_missing in cells]
    return pd.Series(labels_of, index=frame.index, dtype=str)


def _of_item(item: Item, ordered: bool) -> Iterable[Question]:
    if item.kind in ("text", "date", "time") or item.identifying:
        return
    levels = {choice.id: choice.label for choice in item.offered}
    if item.kind == "multiple":
        yield Question(item.id, item.label, "multiple", {column.name: column.label for column in item.columns})
    elif item.kind == "number":
        yield Question(item.id, item.label, "number")
    else:
        for column in item.columns:
            yield Question(column.name, column.label, "ordinal" if ordered else "single", levels)
