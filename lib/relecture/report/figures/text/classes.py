"""Pictures of a descending classification of segments.

`dendrogram` draws the tree, with the share and the most typical forms of each class beside its leaf;
`profile_bars` the forms of each class with their chi-square; `stability_grid` how alike the classes are when
the settings change. All grow downwards, one class or one size a row; a class is known by its number.
"""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from pandas import DataFrame

from relecture.core import french
from relecture.report import lexical_words
from relecture.report.figures import layout
from relecture.report.figures.theme import COLOURS, GREY, INK, RULE, SIZE, SMALL, as_figure

_LEFT = layout.EDGE + 0.1  # inches where the tree begins; words are on its right
_LESS = {"fc": "white", "ec": COLOURS[1], "hatch": "////"}
_MORE = {"fc": COLOURS[0], "ec": COLOURS[0]}


@as_figure
def dendrogram(tree: DataFrame, *, classes: DataFrame) -> Canvas:
    """The tree of a descending classification, from left to right, and its classes from top to bottom.

    `tree` has node, first, second (-1 in a leaf), height and class (0 inside); `classes` has class,
    segments, share and forms (the most typical, in order). Joints stand at the height of their split.
    """
    end = 0.27 * layout.sheet()  # of the tree
    rows = [
        _class_words(record, layout.sheet() - end - 0.4) for record in classes.sort_values("class").to_dict("records")
    ]
    tall = [2.6 + name.count("\n") + words.count("\n") for name, words in rows]
    tops = [sum(tall[:rank]) for rank in range(len(tall))]
    axes = layout.blank_axes(sum(tall), left=_LEFT, right=layout.sheet() - end, bottom=0.05)
    for rank, ((name, words), top) in enumerate(zip(rows, tops, strict=True)):
        lines = name.count("\n")
        layout.label_at(axes, top + 0.6 + lines / 2, end + 0.15, name, weight="bold")
        layout.label_at(axes, top + 1.15 + lines, end + 0.15, words, size=SMALL, va="top", linespacing=1.3)
        if rank:
            reach = ((inches - _LEFT) / (end - _LEFT) for inches in (end + 0.15, layout.sheet() - layout.EDGE))
            axes.axhline(top - 0.2, *reach, color=RULE, lw=0.7, clip_on=False)
    _branches(axes, tree, {number: top + 0.6 for number, top in enumerate(tops, 1)})
    return axes.figure


@as_figure
def profile_bars(frame: DataFrame, *, measure: str = "χ²", more: str = "plus", less: str = "moins") -> Canvas:
    """Associations as bars: columns label, value (signed), optional variable that opens a section.

    A form found less often than elsewhere has a hatched bar and a minus sign. `more` and `less` say in
    the key what a positive and a negative value mean.
    """
    frame = frame.assign(label=frame["label"].map(lexical_words.spell_form))
    left = layout.label_column(frame, 0.75)
    rows = layout.stack_rows(frame, left=left)
    axes = layout.labelled_axes(rows, left=left, right=0.75, top=0.4, bottom=0.1)
    lines = list(layout.record_lines(rows))
    for look in (_MORE, _LESS):
        bars = [(0, y, abs(record.value), 0.62) for y, record in lines if (record.value >= 0) == (look is _MORE)]
        layout.draw_boxes(axes, bars, lw=0.8, **look)
    for y, record in lines:
        layout.label_at(axes, y, -layout.EDGE, french.number(record.value, 1), size=SMALL)
    axes.set(xlim=(0, frame["value"].abs().max() or 1), xticks=[])
    axes.spines["bottom"].set_visible(False)
    patches = [layout.key_patch(more, **_MORE), layout.key_patch(less, **_LESS)]
    layout.add_key(axes, patches if (frame["value"] < 0).any() else patches[:1])
    layout.label_at(axes, -1, -layout.EDGE, measure, size=SMALL, va="baseline")
    return axes.figure


@as_figure
def stability_grid(frame: DataFrame) -> Canvas:
    """Agreement of classifications: columns size (of segments), k (classes), agreement (0 to 1, or NaN).

    Each value is written in its cell; a dash stands where that many classes were not reached.
    """
    grid = frame.pivot(index="size", columns="k", values="agreement")
    labels = [layout.wrap(f"segments de {size} mots", 0.25 * layout.sheet(), SMALL) for size in grid.index]
    left = layout.number_column(labels)
    axes = layout.blank_axes(2.2 * len(grid), left=left, right=0.15, top=0.65, bottom=0.1)
    for line, label in enumerate(labels):
        y = 2.2 * line + 1.1
        layout.label_at(axes, y, layout.EDGE, label, size=SMALL)
        for column, value in enumerate(grid.iloc[line]):
            _cell(axes, column, y, value)
    axes.set(xlim=(-0.5, grid.shape[1] - 0.5), xticks=range(grid.shape[1]), xticklabels=list(grid.columns))
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
    axes.figure.text(
        left / layout.sheet(), 1 - 0.14 / axes.figure.get_figheight(), "nombre de classes", size=SMALL, va="center"
    )
    return axes.figure


def _class_words(record: dict[str, Any], inches: float) -> tuple[str, str]:
    """The name of a class and its forms, wrapped."""
    least = f"moins de {french.percent(0.01, 0)}"  # a class has a segment at least: never none of them
    rounded = least if record["share"] < 0.005 else french.percent(record["share"], 0)
    share = f"{rounded} des segments classés ({french.number(record['segments'])})"
    forms = ", ".join(map(lexical_words.spell_form, record["forms"]))
    name = f"Classe {record['class']} — {share}"
    return layout.wrap(name, inches / 1.12), layout.wrap(forms, inches, SMALL)


def _branches(axes: Axes, tree: DataFrame, leaves: dict[int, float]) -> None:
    """The links of the tree, root on the left."""
    nodes = tree.set_index("node")
    middles: dict[int, float] = {}
    for node, group in nodes[::-1].iterrows():  # a group comes before those it was split into
        inside = group["first"] >= 0
        middles[node] = (middles[group["first"]] + middles[group["second"]]) / 2 if inside else leaves[group["class"]]
    top = nodes["height"].max() or 1
    axes.set(xlim=(top * 1.04, 0), xticks=[])
    axes.spines["bottom"].set_visible(False)
    look = {"color": GREY, "lw": 1.6, "solid_capstyle": "round", "clip_on": False}
    for node, group in nodes[nodes["first"] >= 0].iterrows():
        for child in (group["first"], group["second"]):
            x, y = group["height"], middles[child]
            axes.plot([x, x, nodes.loc[child, "height"]], [middles[node], y, y], **look)


def _cell(axes: Axes, column: int, y: float, value: float) -> None:
    shade = 0.45 * min(max(value, 0.0), 1.0) if value == value else 0.0  # never so dark that ink is hard to read
    axes.barh(y, 0.94, left=column - 0.47, height=2.0, color=COLOURS[0], alpha=round(shade, 2), lw=0)
    axes.barh(y, 0.94, left=column - 0.47, height=2.0, fc="none", ec=RULE, lw=0.7)
    axes.text(column, y, french.number(value, 2), ha="center", va="center", size=SIZE, color=INK)
