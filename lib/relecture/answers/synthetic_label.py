"""The label of answers that nobody gave, which travels with them so that no caller has to remember it.

It stands in three places. The respondents are called `synthetique-001`…, which every file of answers keeps: a CSV, a
workbook, an SPSS file, a reload. `frame.attrs` holds it, which most operations of pandas keep. The names of the columns
are `SyntheticName`, strings like any other that `pandas.crosstab` and `value_counts` hand on to the axes of their
tables. `label_of` finds it again in any of the three, and tables and figures ask it when their caller says nothing.

What loses it: a file without its column of respondents, bare numbers (`to_numpy`, a list), columns named anew without
`attrs`. Such a table has to be labelled by hand (`synthetic=`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pandas import DataFrame, Index, Series

from relecture.answers.questionnaire.missing import RESPONDENT

LABEL = "Réponses synthétiques"
_KEY = "label"
_NAME = re.compile(r"synth[eé]tique[-_ ]\d+")


class SyntheticName(str):
    """The name of a column of synthetic answers; it compares, sorts and prints as the string that it is."""

    __slots__ = ()


def respondents(n: int) -> list[str]:
    """Names for n synthetic respondents.

    >>> respondents(2)
    ['synthetique-001', 'synthetique-002']
    """
    width = max(3, len(str(n)))
    return [f"synthetique-{place:0{width}d}" for place in range(1, n + 1)]


def marked(frame: DataFrame) -> DataFrame:
    """The frame with the label in its `attrs` and in the names of its columns; its cells are the same."""
    names = Index([SyntheticName(name) for name in frame.columns], dtype=object, name=frame.columns.name)
    labelled = frame.set_axis(names, axis="columns")
    labelled.attrs = frame.attrs | {_KEY: LABEL}
    return labelled


def recognised(frame: DataFrame) -> tuple[DataFrame, str]:
    """The frame, marked when its respondents are synthetic, and what is wrong where only some of them are."""
    n = synthetic_among(frame.index)
    mixed = f"{n} réponses synthétiques sur {len(frame)} : les ôter du fichier" if 0 < n < len(frame) else ""
    return marked(frame) if n else frame, mixed


def synthetic_among(names: Iterable[object]) -> int:
    """How many of these respondents are synthetic, by their name."""
    return sum(isinstance(name, str) and bool(_NAME.fullmatch(name)) for name in names)


def label_of(data: Any) -> str:
    """LABEL for a frame or a series of synthetic answers, or of what was counted on them; empty for any other.

    >>> import pandas as pd
    >>> answers = marked(pd.DataFrame({"sexe": ["f", "h"], "mss": ["oui", "non"]}))
    >>> label_of(pd.crosstab(answers["sexe"], answers["mss"])), label_of(pd.DataFrame({"sexe": ["f"]}))
    ('Réponses synthétiques', '')
    """
    if not isinstance(data, DataFrame | Series):
        return ""
    names = [*data.index.names, *(data.columns if isinstance(data, DataFrame) else [data.name])]
    names += [data.columns.name] if isinstance(data, DataFrame) else []
    people = data[RESPONDENT] if isinstance(data, DataFrame) and RESPONDENT in data else data.index
    told = (
        data.attrs.get(_KEY) == LABEL
        or any(isinstance(name, SyntheticName) for name in names)
        or synthetic_among(people)
    )
    return LABEL if told else ""
