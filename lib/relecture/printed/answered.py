"""The printed counts of a study of one sample, as frames.

`views.counts` reads tables whose columns are groups of respondents; here the same respondents answer every
question, sometimes once for each of several situations (the door of the surgery, that of the office). A count stands
at `question.choice` or `question.choice.column`; its denominator at the same address followed by `sur`, where the
source prints one. Choices that the source does not print give no row. Nothing is recomputed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relecture.core.numbers import whole
from relecture.core.study import Study

if TYPE_CHECKING:
    from pandas import DataFrame

SIZE = "sur"  # last step of the address of a denominator


def cells(study: Study, questions: Sequence[str], n: str) -> DataFrame:
    """Columns variable, label, group, count, n: one row a choice and a column of `study.yaml`.

    `n` is the address of the denominator where a cell has none of its own; `group` is empty without columns.

    >>> from relecture import load_study
    >>> frame = cells(load_study("zerhoui"), ["tableau4.mode"], "echantillon.n")
    >>> frame["group"].head(2).tolist(), frame["count"].head(2).tolist()
    (['session', 'logiciel de gestion'], [15, 7])
    """
    import pandas as pd

    return pd.DataFrame([row for question in questions for row in _cells(study, question, n)])


def matched(
    study: Study, patterns: Mapping[str, Any], words: Mapping[str, Mapping[str, str]], n: str
) -> DataFrame:
    """Columns question, level, variable, label, group, count, n: the printed answers to questions of an instrument.

    `patterns` gives a question its addresses, as `counts` of `synthetic.yaml`: one with `{}` for the choice, or one a
    choice (the first, where the source prints it several times). `words` are a `label` and the choices of each
    question, code to label; ticks are coded `question.choice`.
    """
    import pandas as pd

    known = [name for name in words if name in patterns]
    return pd.DataFrame([row for name in known for row in _matched(study, name, patterns[name], words[name], n)])


def _cells(study: Study, question: str, n: str) -> Iterator[dict[str, Any]]:
    words = dict(study.about["questions"][question])
    variable, columns = words.pop("label"), study.about["columns"].get(question, {"": ""})
    for choice, label in words.items():
        for column, group in columns.items():
            address = ".".join(filter(None, (question, choice, column)))
            if address in study:
                sizes = {"count": whole(study[address]), "n": whole(study[_size(study, address, n)])}
                yield {"variable": variable, "label": label, "group": group} | sizes


def _size(study: Study, address: str, n: str) -> str:
    return own if (own := f"{address}.{SIZE}") in study else n


def _matched(study: Study, name: str, pattern: Any, words: Mapping[str, str], n: str) -> Iterator[dict[str, Any]]:
    for level, label in words.items():
        address = _address(pattern, level.removeprefix(f"{name}.")) if level != "label" else ""
        if address in study:
            about = {"question": name, "level": level, "variable": words["label"], "label": label, "group": ""}
            yield about | {"count": whole(study[address]), "n": whole(study[_size(study, address, n)])}


def _address(pattern: Any, code: str) -> str:
    if isinstance(pattern, str):
        return pattern.replace("{}", code)
    found = pattern.get(code, "")
    return found if isinstance(found, str) else found[0]
