"""The test that fits each question, by one rule that its row repeats, and corrections for the number of tests.

- answers that are words: Pearson's chi-square; Fisher's exact test when an expected count is below 5, by draws where
  it cannot be computed (`error` is then half the width of the interval of its p, else 0);
- numbers, two groups: Welch's t when Shapiro-Wilk rejects the normality of neither group, else Mann-Whitney;
- ordered answers, two groups: Mann-Whitney; numbers or ordered answers, three groups or more: Kruskal-Wallis;
- questions with several answers: each answer on its own, chosen or not.

Each comes with the effect size that goes with it and its interval. A p that does not exist has a `note`, in French.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from relecture.stats.estimates import compare, independence
from relecture.stats.survey.questions import Question, known_answers

TESTS = [
    "question", "level", "variable", "label", "test", "why", "n", "p", "error", "effect", "estimate", "low", "high",
    "note",
]  # fmt: skip
_SEVERAL = ("ε²", "epsilon_squared", "low", "high")
_WORDS = ("V de Cramér", "cramers_v", "v_low", "v_high")


def question_tests(
    frame: pd.DataFrame, question: Question, groups: pd.Series, confidence: float = 0.95
) -> pd.DataFrame:
    """One row (columns TESTS), one a choice for a question with several answers; respondents without a group left out.

    `groups` is a Categorical whose order is that of the differences: first group minus second.

    >>> answers = pd.DataFrame({"age": [31, 42, 58, 39, 64, 47]})
    >>> halves = pd.Series(list("aaabbb"), dtype="category")
    >>> question_tests(answers, Question("age", "Âge", "number"), halves)[["test", "effect", "n"]]
            test       effect  n
    0  t (Welch)  g de Hedges  6
    """
    answers = known_answers(frame, question)
    rows = [
        {"question": question.id, "variable": question.label, "level": level, "label": label} | row
        for level, label, row in _rows(answers, question, groups, confidence)
    ]
    return pd.DataFrame(rows, columns=TESTS)


def corrected(frame: pd.DataFrame, p: str = "p") -> pd.DataFrame:
    """The frame with `p_holm` and `p_bh` beside its column `p`; rows without a p are not counted as tests.

    Holm's correction (1979) bounds the chance of any false positive; Benjamini and Hochberg's (1995) the expected share
    of false positives among what is called significant. Both are pingouin's (those of statsmodels collect the garbage
    of the whole process at each call). R: p.adjust(p, "holm"), p.adjust(p, "BH").

    >>> corrected(pd.DataFrame({"p": [0.01, 0.04, None, 0.03]})).round(3)
          p  p_holm  p_bh
    0  0.01    0.03  0.03
    1  0.04    0.06  0.04
    2   NaN     NaN   NaN
    3  0.03    0.06  0.04
    """
    import pingouin

    values = frame[p].to_numpy(dtype=float)
    if np.isnan(values).all():
        return frame.assign(p_holm=np.nan, p_bh=np.nan)
    methods = {"p_holm": "holm", "p_bh": "fdr_bh"}
    return frame.assign(**{name: pingouin.multicomp(values, method=method)[1] for name, method in methods.items()})


def _rows(
    answers: pd.DataFrame, question: Question, groups: pd.Series, confidence: float
) -> Iterator[tuple[str, str, dict[str, object]]]:
    pairs = {column: pd.DataFrame({"answer": answers[column], "group": groups}) for column in answers}
    if question.kind == "multiple":
        for column, label in question.levels.items():
            yield column, label, _words(pairs[column], confidence)
    else:
        quantity = question.kind in ("number", "ordinal")
        pair = pairs[question.id]
        yield "", "", _numbers(pair, question.kind, confidence) if quantity else _words(pair, confidence)


def _words(pair: pd.DataFrame, confidence: float) -> dict[str, object]:
    result = independence.categorical(pair, "answer", "group", confidence).loc[0]
    if np.isnan(result["p"]):
        return {"test": "", "why": "", "n": result["n"], "error": 0.0, "note": result["note"], "effect": ""}
    drawn = not np.isnan(result["draws"])
    exact, error = result[["p_drawn", "p_error"]] if drawn else (result["p_fisher"], 0.0)
    test, why, p = independence.choice(result["p"], result["smallest_expected"], exact, result["draws"])
    row = {"test": test, "why": why, "n": result["n"], "p": p, "error": error if p == exact else 0.0, "note": ""}
    return row | _effect(result, _WORDS)


def _numbers(pair: pd.DataFrame, kind: str, confidence: float) -> dict[str, object]:
    pair = pair.dropna(subset="group").sort_values("group", kind="stable")
    known = pair.dropna()
    n, groups = len(known), known["group"].nunique()
    if groups > 2:
        result = compare.several_groups(pair, "answer", "group", confidence).loc[0]
        why = "trois groupes ou plus" if result["test"] else ""
        return {**result[["test", "p", "note"]], "why": why, "n": n, "error": 0.0} | _effect(result, _SEVERAL)
    pair = known if groups == 2 else pair
    result = compare.two_groups(pair, "answer", "group", confidence, ordinal=kind == "ordinal").loc[0]
    measure = (result["effect"], "estimate", "effect_low", "effect_high")
    return {**result[["test", "why", "p", "note"]], "n": n, "error": 0.0} | _effect(result, measure)


def _effect(result: pd.Series, measure: tuple[str, str, str, str]) -> dict[str, object]:
    name, estimate, low, high = measure
    if np.isnan(result[estimate]):
        return {"effect": ""}
    return {"effect": name, "estimate": result[estimate], "low": result[low], "high": result[high]}
