"""Tables of the answers to a block of questions, for everybody or group by group.

A block is `stats.characteristics.Characteristics`, as computed or once a `Control` has hidden what must be.
`answers_table` writes one line an answer (count, out of how many, share, interval), `answers_by_group` one column a
group (`characteristics` adds their tests). `answer_levels` makes the frame of a figure of ordered answers. A hidden
count is « masqué », here and in the files to download. Nothing is computed: shares and bounds come with the cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from pandas import DataFrame

from relecture.core import french
from relecture.core.french import number
from relecture.report.tables import answer_cells
from relecture.report.tables.html_table import HtmlTable, table
from relecture.stats.survey.characteristics import Characteristics

_BLOCK = {
    "label": "Réponse", "count": "Effectif", "n": "Sur", "share": "Part (%)", "interval": "Intervalle à {}",
    "note": "Remarque",
}  # fmt: skip
_COMPARED = {
    "label": "Réponse", "side": "Imprimé", "side2": "Réponses", "gap": "Écart (points)", "interval": "Intervalle à {}",
}  # fmt: skip
_SIDE = ["count", "n", "share", "low", "high"]


def answers_table(
    answers: Characteristics, caption: str, *, remarks: Mapping[str, str] | None = None, **choices: Any
) -> HtmlTable:
    """The answers of everybody: questions head their answers, each with its remark, if it has one.

    Reasons for missing answers have a count and no share: they are no answer. `remarks` are by question;
    the other choices are those of `html_table.table`.
    """
    cells = answers.overall
    estimates = 100 * cells[["share", "low", "high"]].mask(cells["kind"] == "missing")
    remarked = [f"{french.SPACE}({remarks[name]})" if remarks and name in remarks else "" for name in cells["question"]]
    shown = cells.assign(
        variable=cells["variable"] + remarked,
        label=[answer_cells.summed_up(cell) if cell.kind == "number" else cell.label for cell in cells.itertuples()],
        count=[answer_cells.count(cell) for cell in cells.itertuples()],
        share=[answer_cells.part(share) for share in estimates["share"] / 100],
        interval=french.intervals(estimates, 1),
        note=answer_cells.without_withheld_note(cells["note"]),
    )
    columns, sentences = _at(answers.confidence, _BLOCK), [f"{one}." for one in answer_cells.bare_medians(cells)]
    choices["note"] = " ".join([*sentences, *filter(None, [choices.get("note")])])
    return table(shown, caption, columns=columns, decimals={"share": 1}, group="variable", **choices)


def answers_by_group(answers: Characteristics, caption: str, *, note: str = "", **choices: Any) -> HtmlTable:
    """The answers group by group, counts with their share: one column a group, everybody last."""
    cells = answers.cells.assign(written=[_cell(cell) for cell in answers.cells.itertuples()])
    cells["label"] = cells["label"].mask(cells["kind"] == "number", "médiane [quartiles]")
    keys = cells[["question", "level", "variable", "label"]].drop_duplicates()
    wide = cells.pivot(index=["question", "level", "label"], columns="group", values="written").reset_index()
    wide = keys.merge(wide, on=["question", "level", "label"], how="left")
    heads = {group: answer_cells.sized(group, size) for group, size in answers.sizes.items()}
    sentences = (*answer_cells.rounding(answers.cells), *answer_cells.bare_medians(answers.cells))
    note = " ".join([*(f"{sentence}." for sentence in sentences), *filter(None, [note])])
    return table(wide, caption, columns={"label": "Réponse"} | heads, group="variable", note=note, **choices)


def answer_levels(answers: Characteristics) -> DataFrame:
    """The answers of everybody, as `diverging` draws them: label (the question), level, count, n."""
    cells = answers.overall.query("kind == 'answer'")
    return cells.assign(label=cells["variable"], level=cells["label"])[["label", "level", "count", "n"]]


def printed_and_answers(printed: DataFrame, blocks: Iterable[Characteristics]) -> DataFrame:
    """What everybody answered to the questions of a printed frame, in its words, as `side_by_side` reads it.

    `printed` has columns question, level, variable, label (`frames.tables.margins`); an answer that it does not have
    keeps the words of its block.
    """
    cells = pd.concat([block.overall for block in blocks])
    cells = cells[cells["question"].isin(printed["question"]) & (cells["kind"] == "answer")]
    variables = printed.drop_duplicates("question").set_index("question")["variable"]
    words = printed.set_index(["question", "level"])["label"].to_dict()
    labels = [words.get((cell.question, cell.level), cell.label) for cell in cells.itertuples()]
    return cells.assign(variable=cells["question"].map(variables), label=labels, group="")


def comparison_table(both: DataFrame, caption: str, *, confidence: float = 0.95, **choices: Any) -> HtmlTable:
    """The printed study beside other answers (`side_by_side`, at that confidence): shares, intervals, differences."""
    points = both[["difference", "difference_low", "difference_high"]] * 100
    shown = both.assign(
        **{
            f"side{end}": [answer_cells.side(*row) for row in both[[name + end for name in _SIDE]].to_numpy()]
            for end in ("", "2")
        },
        gap=points["difference"],
        interval=french.intervals(points, 0, "difference_low", "difference_high"),
    )
    columns = _at(confidence, _COMPARED)
    return table(shown, caption, columns=columns, decimals={"gap": 0}, group="variable", **choices)


def _at(confidence: float, columns: Mapping[str, str]) -> dict[str, str]:
    """The columns, the level of their intervals told."""
    return {key: header.format(french.percent(confidence, 0)) for key, header in columns.items()}


def _cell(cell: Any) -> str:
    if cell.kind != "number" or answer_cells.is_withheld(cell):
        return answer_cells.share(cell)
    median = answer_cells.median(cell)
    return median if cell.count == cell.n else f"{median} ({number(cell.count)})"
