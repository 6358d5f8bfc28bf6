"""Draws for the tables of a survey: characteristics by group, the test of each question, counts of everybody."""

from __future__ import annotations

import numpy as np
import pandas as pd

from r_oracles.values import Drawn, codes, holed, level, numbers_of, r, sample
from relecture.answers.questionnaire.missing import Missing
from relecture.stats.survey import characteristics, questions, recoded, statistical_tests
from relecture.stats.survey.questions import Question

REASONS = list(Missing)
COUNTED = ["count", "n", "share", "low", "high", "mean", "sd", "median", "q1", "q3"]
TESTED = ["n", "p", "estimate", "low", "high"]
KINDS = ("single", "ordinal", "multiple", "number")


def asked(rng: np.random.Generator, n: int) -> tuple[Question, pd.DataFrame, np.ndarray, np.ndarray]:
    """A question, its coded answers, the same as numbers (a column an answer that can be ticked), the missing ones.

    A missing answer is numbered from 0, as the reasons are in `Missing`.
    """
    kind, letters = KINDS[rng.integers(4)], list("abc")
    reason = np.where(rng.random(n) < 0.2 * rng.integers(2), rng.integers(4, size=n), -1)
    if kind == "multiple":
        answers = np.column_stack([codes(rng, n, 2) for _ in letters])
        columns = pd.DataFrame(answers.astype(int).astype(str), columns=[f"q.{letter}" for letter in letters])
        question = Question("q", "Q", kind, dict(zip(columns, letters, strict=True)))
    else:
        answers = (sample(rng, n) if kind == "number" else codes(rng, n, 3))[:, None]
        words = answers[:, 0].astype(str) if kind == "number" else np.array(letters)[answers[:, 0].astype(int)]
        columns = pd.DataFrame({"q": words}, dtype=str)
        question = Question("q", "Q", kind, {} if kind == "number" else {letter: letter for letter in letters})
    for rank, code in enumerate(REASONS):
        columns.loc[reason == rank, :] = str(code)
    answers[reason >= 0] = np.nan
    return question, columns, answers, np.where(reason < 0, np.nan, reason)


def grouped(rng: np.random.Generator, n: int) -> tuple[Question, np.ndarray]:
    """The question that makes groups, some of one member or of none, and who is in which (NaN: nobody knows)."""
    kinds = int(rng.integers(2, 5))
    return Question("g", "G", "single", {f"g{rank}": f"G{rank}" for rank in range(kinds)}), holed(
        rng, codes(rng, n, kinds)
    )


@numbers_of(characteristics.table)
def table(rng: np.random.Generator) -> Drawn:
    n, confidence = int(rng.choice([1, 3, rng.integers(4, 80)])), level(rng)
    (question, frame, answers, reasons), (group, members) = asked(rng, n), grouped(rng, n)
    frame["g"] = [Missing.NO_ANSWER if np.isnan(member) else f"g{int(member)}" for member in members]
    found = characteristics.table(frame, [question], group, confidence).cells[COUNTED]
    call = f"{r(answers)}, {r(reasons)}, {r(members)}, {len(group.levels)}, {confidence}"
    return f"table_of('{question.kind}', {call})", found.to_numpy(dtype=float).ravel()


@numbers_of(statistical_tests.question_tests, questions.known_answers)
def question_tests(rng: np.random.Generator) -> Drawn:
    n, confidence = int(rng.integers(2, 90)), level(rng)
    (question, frame, answers, _), (group, members) = asked(rng, n), grouped(rng, n)
    groups = pd.Series(pd.Categorical.from_codes(np.nan_to_num(members, nan=-1).astype(int), list(group.levels)))
    found = statistical_tests.question_tests(frame, question, groups, confidence)
    drawn = found.loc[found["error"] > 0, "p"].reindex(found.index)
    far = found["effect"].eq("g de Hedges") & found["estimate"].abs().gt(1.5)  # where R's noncentral t is not precise
    found.loc[far, ["low", "high"]] = np.nan
    ours = found[TESTED].to_numpy(dtype=float)
    call = f"{r(answers)}, {r(members)}, {confidence}, {r(drawn)}, {r(ours[:, 3:])}, {'TRUE' if far.any() else 'FALSE'}"
    return f"tests_of('{question.kind}', {call})", ours.ravel()


@numbers_of(recoded.overall_counts)
def overall_counts(rng: np.random.Generator) -> Drawn:
    n = int(rng.integers(1, 40))
    question, frame, answers, reasons = asked(rng, n)
    block = characteristics.table(frame, [question])
    found = recoded.overall_counts([block], ["q"], n)
    call = f"overall_counts('{question.kind}', {r(answers)}, {n}, {int((reasons != 0).sum())})"
    return call, found[["count", "n"]].to_numpy(dtype=float).ravel()
