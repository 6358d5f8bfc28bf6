"""How do the answers to a block of questions read, for everybody or group by group?

A block is `stats.characteristics.Characteristics`, as computed or once a `disclosure.Control` has hidden what must
be. `block` writes one line an answer (count, out of how many, share, interval), `crossed` one column a group,
(`characteristics` adds their tests). `levels` makes the frame of a figure of ordered answers. A hidden count is
« masqué », here and in the files to download. Nothing is computed: shares and bounds come with the cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relecture.core import french
from relecture.core.french import MISSING, number
from relecture.disclosure.masking import WITHHELD, WITHHELD_NOTE
from relecture.report.tables.html_table import HtmlTable, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pandas import DataFrame

    from relecture.stats.survey.characteristics import Characteristics

_BLOCK = {"label": "Réponse", "count": "Effectif", "n": "Sur", "share": "Part (%)", "interval": "Intervalle (%)"}
_COMPARED = {
    "label": "Réponse", "side": "Imprimé", "side2": "Réponses", "gap": "Écart (points)", "interval": "Intervalle",
}  # fmt: skip
_SIDE = ["count", "n", "share", "low", "high"]


def block(
    found: Characteristics, caption: str, *, remarks: Mapping[str, str] | None = None, **choices: Any
) -> HtmlTable:
    """The answers of everybody: questions head their answers, each with its remark, if it has one.

    Reasons for missing answers have a count and no share: they are no answer. `remarks` are by question;
    the other choices are those of `html_table.table`.
    """
    cells = found.cells[found.cells["group"] == list(found.sizes)[-1]]
    estimates = 100 * cells[["share", "low", "high"]].mask(cells["kind"] == "missing")
    said = [f"{french.SPACE}({remarks[name]})" if remarks and name in remarks else "" for name in cells["question"]]
    shown = cells.assign(
        variable=cells["variable"] + said,
        label=[_label(cell) for cell in cells.itertuples()],
        count=[_count(cell) for cell in cells.itertuples()],
        share=estimates["share"],
        interval=french.intervals(estimates, 1),
        note=cells["note"].replace({WITHHELD_NOTE: ""}),
    )
    columns = _BLOCK | ({"note": "Remarque"} if shown["note"].ne("").any() else {})
    return table(shown, caption, columns=columns, decimals={"share": 1}, group="variable", **choices)


def crossed(found: Characteristics, caption: str, **choices: Any) -> HtmlTable:
    """The answers group by group, counts with their share: one column a group, everybody last."""
    cells = found.cells.assign(written=[_cell(cell) for cell in found.cells.itertuples()])
    cells["label"] = [_name(cell) for cell in cells.itertuples()]
    keys = cells[["question", "level", "variable", "label"]].drop_duplicates()
    wide = cells.pivot(index=["question", "level", "label"], columns="group", values="written").reset_index()
    wide = keys.merge(wide, on=["question", "level", "label"], how="left")
    heads = {group: f"{group} ({_sized(size)})" for group, size in found.sizes.items()}
    return table(wide, caption, columns={"label": "Réponse"} | heads, group="variable", **choices)


def levels(found: Characteristics) -> DataFrame:
    """The answers of everybody, as `diverging` draws them: label (the question), level, count, n."""
    cells = found.cells[(found.cells["group"] == list(found.sizes)[-1]) & (found.cells["kind"] == "answer")]
    return cells.assign(label=cells["variable"], level=cells["label"])[["label", "level", "count", "n"]]


def matched(printed: DataFrame, blocks: Iterable[Characteristics]) -> DataFrame:
    """What everybody answered to the questions of a printed frame, in its words, as `side_by_side` reads it.

    `printed` has columns question, level, variable, label (`frames.tables.margins`); an answer that it does not have
    keeps the words of its block.
    """
    import pandas as pd

    cells = pd.concat([found.cells[found.cells["group"] == list(found.sizes)[-1]] for found in blocks])
    cells = cells[cells["question"].isin(printed["question"]) & (cells["kind"] == "answer")]
    variables = printed.drop_duplicates("question").set_index("question")["variable"]
    words = printed.set_index(["question", "level"])["label"].to_dict()
    labels = [words.get((cell.question, cell.level), cell.label) for cell in cells.itertuples()]
    return cells.assign(variable=cells["question"].map(variables), label=labels, group="")


def compared(both: DataFrame, caption: str, **choices: Any) -> HtmlTable:
    """The printed study beside other answers (`side_by_side`): shares with their intervals, and the difference."""
    points = both[["difference", "difference_low", "difference_high"]] * 100
    shown = both.assign(
        **{f"side{end}": [_side(*row) for row in both[[name + end for name in _SIDE]].to_numpy()] for end in ("", "2")},
        gap=points["difference"],
        interval=french.intervals(points, 0, "difference_low", "difference_high"),
    )
    return table(shown, caption, columns=_COMPARED, decimals={"gap": 0}, group="variable", **choices)


def _side(count: float, n: float, share: float, low: float, high: float) -> str:
    if share != share:
        return "" if n != n else WITHHELD if count != count else MISSING
    return french.counted(count, n, share, (low, high))


def _name(cell: Any) -> str:
    return "médiane [quartiles]" if cell.kind == "number" else cell.label


def _label(cell: Any) -> str:
    """The answer; for a number, what sums it up."""
    if cell.kind != "number":
        return cell.label
    if cell.median != cell.median and cell.mean != cell.mean:
        return "médiane et moyenne" if cell.count == 0 else f"médiane et moyenne{french.SPACE}: {WITHHELD}"
    return f"médiane {_median(cell)}{french.SPACE}; moyenne {number(cell.mean, 1)}, écart type {number(cell.sd, 1)}"


def _median(cell: Any) -> str:
    quartiles = "" if cell.q1 != cell.q1 else f" {french.interval(round(cell.q1, 1), round(cell.q3, 1))}"
    return f"{number(round(cell.median, 1))}{quartiles}"


def _count(cell: Any) -> str:
    return WITHHELD if getattr(cell, "withheld", False) and cell.count != cell.count else number(cell.count)


def _cell(cell: Any) -> str:
    if getattr(cell, "withheld", False):
        return WITHHELD
    if cell.kind == "number":
        return _median(cell) if cell.count == cell.n else f"{_median(cell)} ({number(cell.count)})"
    return MISSING if not cell.n else french.counted(cell.count, proportion=cell.share)


def _sized(size: float | None) -> str:
    return f"n{french.SPACE}{WITHHELD}" if size is None else f"n{french.SPACE}={french.SPACE}{number(size)}"
