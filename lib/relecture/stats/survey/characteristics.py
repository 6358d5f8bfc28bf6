"""The table of characteristics of a medical article, as numbers: who answered what, by group.

`cells` has one row an answer and a group (and « Ensemble »): counts with Wilson's intervals, mean, deviation and
quartiles of numbers, and one row a reason for missing answers. `tests` has one row a question, with corrections
for their number beside each p (`statistical_tests`).

Denominators: respondents who answered; for a question with several answers, respondents who were asked it;
for missing answers, all of the group. Respondents whose group is unknown are left out, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from relecture.answers.questionnaire.missing import Missing
from relecture.stats.estimates import describe
from relecture.stats.estimates.describe import NOBODY
from relecture.stats.survey import statistical_tests
from relecture.stats.survey.questions import Question, known_answers, missing_reasons

OVERALL = "Ensemble"
CELLS = [
    "question", "level", "variable", "label", "kind", "group", "count", "n", "share", "low", "high",
    "mean", "sd", "median", "q1", "q3", "note",
]  # fmt: skip


@dataclass(frozen=True)
class Characteristics:
    """`cells` (columns CELLS), `tests` (statistical_tests.TESTS, p_holm, p_bh), and the respondents of each group.

    The `kind` of a cell is `answer`, `choice` (of a question with several answers), `number` (count is then
    the number of answers) or `missing`. `group` is the id of the question that makes the groups, if any.
    """

    cells: pd.DataFrame
    tests: pd.DataFrame
    sizes: Mapping[str, int]
    group: str = ""
    without_group: int = 0
    confidence: float = 0.95

    @property
    def overall(self) -> pd.DataFrame:
        """The cells of everybody."""
        return self.cells[self.cells["group"] == list(self.sizes)[-1]]


class GroupAnswers(NamedTuple):
    """The answers of a group to one question (`known_answers`), and why some have none (`missing_reasons`).

    Arrays, respondents x columns and respondents: a table counts a hundred groups, each a slice of these.
    """

    answers: np.ndarray
    unsaid: np.ndarray


def table(
    frame: pd.DataFrame, questions: Sequence[Question], group: Question | None = None, confidence: float = 0.95
) -> Characteristics:
    """The table for a frame of answers, one row a respondent; `group` is a question with one answer.

    >>> answers = pd.DataFrame({"genre": ["f", "f", "m"], "age": ["41", "sans_reponse", "52"]})
    >>> genre = Question("genre", "Genre", "single", {"f": "femme", "m": "homme"})
    >>> cells = table(answers, [genre, Question("age", "Âge", "number")]).cells
    >>> cells[["label", "kind", "count", "n", "median"]]
              label     kind  count  n  median
    0         femme   answer      2  3     NaN
    1         homme   answer      1  3     NaN
    2           Âge   number      2  3    46.5
    3  sans réponse  missing      1  3     NaN
    """
    grouped = frame if group is None else frame[known_answers(frame, group)[group.id].isin(group.levels)]
    parts = _parts(grouped, group)
    rows = [row for question in questions for row in _cells(grouped, parts, question)]
    cells = describe.proportions(pd.DataFrame(rows, columns=CELLS), confidence)
    number = cells["kind"] == "number"
    cells.loc[number, ["share", "low", "high"]] = np.nan
    tests = [] if group is None else [_tests(grouped, question, group, confidence) for question in questions]
    tests = pd.concat(tests, ignore_index=True) if tests else pd.DataFrame(columns=statistical_tests.TESTS)
    sizes, name = {label: int(part.sum()) for label, part in parts.items()}, group.id if group else ""
    left_out = len(frame) - len(grouped)
    return Characteristics(cells[CELLS], statistical_tests.corrected(tests), sizes, name, left_out, confidence)


def _parts(frame: pd.DataFrame, group: Question | None) -> dict[str, np.ndarray]:
    """Who belongs to each group, in the order of its levels, then everybody."""
    parts = {}
    if group is not None:
        parts = {label: frame[group.id].eq(code).to_numpy() for code, label in group.levels.items()}
    return parts | {OVERALL: np.ones(len(frame), dtype=bool)}


def _tests(frame: pd.DataFrame, question: Question, group: Question, confidence: float) -> pd.DataFrame:
    labels = pd.Categorical(frame[group.id].map(dict(group.levels)), categories=list(group.levels.values()))
    return statistical_tests.question_tests(frame, question, pd.Series(labels, index=frame.index), confidence)


def _cells(frame: pd.DataFrame, parts: Mapping[str, np.ndarray], question: Question) -> Iterator[dict[str, object]]:
    """Rows of one question: its answers, then the reasons for missing ones, each in every group."""
    answers = known_answers(frame, question)
    arrays = answers.to_numpy(), missing_reasons(frame, question, answers).to_numpy()
    answers_by_group = {name: GroupAnswers(*(array[part] for array in arrays)) for name, part in parts.items()}
    rows = _numbers(answers_by_group, question) if question.kind == "number" else _answers(answers_by_group, question)
    for row in [*rows, *_missing(answers_by_group)]:
        yield {"question": question.id, "variable": question.label, "note": ""} | row


def _answers(answers_by_group: Mapping[str, GroupAnswers], question: Question) -> Iterator[dict[str, object]]:
    kind = "choice" if question.kind == "multiple" else "answer"
    counted = {name: _counts(part, question) for name, part in answers_by_group.items()}
    for level, label in _levels(answers_by_group[OVERALL].answers, question).items():
        for name, (counts, n) in counted.items():
            cell = {"count": counts[level], "n": n, "note": "" if n else NOBODY}
            yield {"level": level, "label": label, "kind": kind, "group": name} | cell


def _missing(answers_by_group: Mapping[str, GroupAnswers]) -> Iterator[dict[str, object]]:
    counted = {name: Counter(part.unsaid.tolist()) for name, part in answers_by_group.items()}
    for reason in (code.label for code in Missing if code.label in counted[OVERALL]):
        for name, part in answers_by_group.items():
            cell = {"count": counted[name][reason], "n": len(part.unsaid)}
            yield {"level": reason, "label": reason, "kind": "missing", "group": name} | cell


def _numbers(answers_by_group: Mapping[str, GroupAnswers], question: Question) -> Iterator[dict[str, object]]:
    for name, part in answers_by_group.items():
        about = describe.summary(part.answers[:, 0])
        numbers = {"mean": about.mean, "sd": about.sd, "median": about.median, "q1": about.q1, "q3": about.q3}
        cell = {"level": "", "label": question.label, "kind": "number", "group": name, "count": about.n}
        yield cell | {"n": len(part.unsaid), "note": about.note} | numbers


def _levels(answers: np.ndarray, question: Question) -> Mapping[str, str]:
    """The answers in order; one that the question does not know is shown under its own code, never dropped."""
    if question.kind != "single":
        return question.levels
    return {**question.levels, **{code: code for code in sorted({*_codes(answers)} - {*question.levels})}}


def _counts(part: GroupAnswers, question: Question) -> tuple[Mapping[str, int], int]:
    """Respondents by answer, and out of how many."""
    if question.kind == "multiple":
        ticks = np.nansum(part.answers, axis=0).astype(int).tolist()
        return dict(zip(question.columns, ticks, strict=True)), int((part.unsaid != Missing.NOT_ASKED.label).sum())
    if question.kind == "ordinal":
        counts = {code: int((part.answers == rank).sum()) for rank, code in enumerate(question.levels)}
    else:
        counts = Counter(_codes(part.answers))
    return counts, int((part.unsaid == "").sum())


def _codes(answers: np.ndarray) -> list[str]:
    """The answers that are there, in one column."""
    return list(map(str, answers[~pd.isna(answers)].tolist()))
