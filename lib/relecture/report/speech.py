"""How are forms, classes and groups of texts written for a reader?

Frames of `text` name a multi-word form `mot_de_passe`, hold lists of forms as tuples, and know a class by
its number. `told` gives the same frame in words that a table can show, `placed` printed terms by group;
`contrasts` picks of a table of specificities what a figure has room for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relecture.report.wording import MISSING

if TYPE_CHECKING:
    from pandas import DataFrame


def told(frame: DataFrame) -> DataFrame:
    """The frame, its tuples joined (a dash for an empty one), its column form spelled, its classes named.

    >>> import pandas as pd
    >>> told(pd.DataFrame({"class": [1], "forms": [("mot_de_passe", "dmp")]})).to_numpy().tolist()
    [['Classe 1', 'mot de passe, dmp']]
    """
    spelled = frame.map(lambda value: _joined(value) if isinstance(value, tuple) else value)
    if "form" in spelled:
        spelled["form"] = spelled["form"].str.replace("_", " ")
    if "class" in spelled:
        spelled["class"] = "Classe " + spelled["class"].astype(str)
    return spelled


def placed(frame: DataFrame) -> DataFrame:
    """Printed terms by group: columns group, there (each term with its communities), missing.

    `frame` is that of `published.located`.
    """
    from pandas import DataFrame

    rows = []
    for group, own in frame.groupby("group", sort=False):
        pairs = list(zip(own["term"], own["communities"], strict=True))
        there = [f"{term} ({_joined(where)})" for term, where in pairs if where]
        rows.append((group, tuple(there), tuple(term for term, where in pairs if not where)))
    return told(DataFrame(rows, columns=["group", "there", "missing"]))


def contrasts(frame: DataFrame, *, most: int = 5) -> DataFrame:
    """Of each modality, the forms furthest from chance either way: columns variable (the modality), label, value.

    `frame` is that of `specificities`, one variable; forms at zero are left out.
    """
    kept = frame[frame["index"] != 0].assign(far=-frame["index"].abs().round(9))
    kept = kept.sort_values(["modality", "far", "form"]).groupby("modality").head(most)
    kept = kept.sort_values(["modality", "index"], ascending=[True, False], kind="stable")
    columns = {"modality": "variable", "form": "label", "index": "value"}
    return kept[list(columns)].rename(columns=columns).reset_index(drop=True)


def _joined(parts: tuple[Any, ...]) -> str:
    return ", ".join(map(str, parts)).replace("_", " ") or MISSING
