"""Printed answers to questions that had no groups, as one tidy frame.

`views.counts` reads tables whose columns are groups of respondents; here a question has one printed count a
choice, at `table.question.choice` (and a last `step`, where the source prints several numbers in a cell). Only
for questions with one answer each: the respondents of a question are then its counts added up, whether or not
the source prints that total. Choices that the source does not print give no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from relecture.core.numbers import whole
from relecture.core.study import Study

if TYPE_CHECKING:
    from pandas import DataFrame


def margins(study: Study, questions: Mapping[str, Mapping[str, str]], *, table: str = "", step: str = "") -> DataFrame:
    """Columns question, level, variable, label, count, n: one row a printed choice, in the order of the words.

    `questions` gives each question its `label` and its choices, code to label, as in `study.yaml`; a question
    may be a dotted address itself. Raises KeyError for a question none of whose choices is printed.

    >>> from relecture import load_study
    >>> words = {"sexe": {"label": "Sexe", "homme": "homme", "femme": "femme"}}
    >>> margins(load_study("ajoodha"), words, table="table1")[["level", "count", "n"]]
       level  count   n
    0  homme     29  50
    1  femme     21  50
    """
    import pandas as pd

    return pd.DataFrame([row for name, words in questions.items() for row in _rows(study, name, words, table, step)])


def _rows(study: Study, name: str, words: Mapping[str, str], table: str, step: str) -> Iterator[dict[str, Any]]:
    steps = {code: ".".join(filter(None, (table, name, code, step))) for code in words if code != "label"}
    counts = {code: whole(study[address]) for code, address in steps.items() if address in study}
    if not counts:
        raise KeyError(f"no choice of « {name} » is printed")
    for code, count in counts.items():
        about = {"question": name, "level": code, "variable": words["label"], "label": words[code]}
        yield about | {"count": count, "n": sum(counts.values())}
