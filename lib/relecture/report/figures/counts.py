"""Figures of whole numbers: recruitment, and the rows that sizes of groups explain.

Charts of whole numbers that are not rows of estimates: the flow of recruitment or of the rows of a file, and the number
of table rows that each pair of group sizes explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from relecture.answers.files.validation import FileSummary
from relecture.answers.tools.not_answers import ROWS
from relecture.core import french
from relecture.report.figures import layout
from relecture.report.figures.layout import EDGE, sheet, width, wrap
from relecture.report.figures.theme import COLOURS, GREY, MARKERS, PALE, SMALL, as_figure

_WIDEST = 3.4


@dataclass(frozen=True)
class FlowStep:
    """One box of a recruitment chart; `count` as printed, empty when `lost`; `parent` is a label."""

    label: str
    count: str
    parent: str | None = None
    lost: bool = False


@dataclass(frozen=True)
class _Box:
    """A step in its place: centre and width in inches, upper and lower edge in lines; `indented` under its parent."""

    step: FlowStep
    label: str
    x: float
    wide: float
    top: float
    bottom: float
    indented: bool = False


@as_figure
def flow(steps: Sequence[FlowStep]) -> Canvas:
    """Recruitment, from top to bottom; a number that is lost in the text is a dashed box, never a guess."""
    boxes = _boxes(steps)
    if any(width(line) > box.wide - 0.1 for box in boxes.values() for line in box.label.split("\n")):
        boxes = {box.step.label: box for box in _indented(steps)}
    axes = layout.blank_axes(max(box.bottom for box in boxes.values()), left=0, right=0, bottom=0.1)
    axes.set(xlim=(0, sheet()), xticks=[])
    axes.spines["bottom"].set_visible(False)
    for box in boxes.values():
        _frame(axes, box)
        if box.step.parent:
            _arrow(axes, boxes[box.step.parent], box)
    return axes.figure


def rows_read(summary: FileSummary) -> list[FlowStep]:
    """Boxes of the rows of a file of answers: those that are no answer, kind by kind, and the answers."""
    answers = summary.rows - sum(summary.left_out.values())
    parts = {ROWS[kind][count > 1].capitalize(): count for kind, count in summary.left_out.items()}
    whole = "Lignes du fichier"
    below = (parts | {"Réponses": answers}).items()
    return [FlowStep(whole, french.number(summary.rows)), *(FlowStep(one, french.number(n), whole) for one, n in below)]


@as_figure
def splits(frame: DataFrame, *, declared: int, n: int) -> Canvas:
    """Which sizes of two groups explain most rows of a table: columns split (size of the first), rows.

    `declared` is the split of the study's own table for its `n` respondents.
    """
    axes = layout.blank_axes(10, left=0.6, right=0.15, top=0.75, bottom=0.55)
    rows = frame.set_index("split")["rows"]
    best = list(rows.index[rows == rows.max()])
    axes.vlines(rows.index, 0, rows, color="#a8a8a8", lw=2.2)
    for rank, chosen in enumerate((best, [declared])):
        axes.vlines(chosen, 0, rows[chosen], color=COLOURS[rank], lw=3)
        axes.plot(chosen, rows[chosen], MARKERS[rank], color=COLOURS[rank], ms=7, clip_on=False)
    axes.set(xlim=(0, n), ylim=(0, max(rows.max(), 1)), xlabel="taille du premier groupe", ylabel="lignes expliquées")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    texts = (f"le plus de lignes\u00a0: {_pairs(best, n)}", f"répartition du tableau\u00a0: {_pairs([declared], n)}")
    tallies = (rows.max(), rows[declared])
    words = [f"{text} ({french.plural(count, 'ligne')})" for text, count in zip(texts, tallies, strict=True)]
    layout.add_key(axes, [layout.key_mark(rank, word) for rank, word in enumerate(words)])
    return axes.figure


def _boxes(steps: Sequence[FlowStep]) -> dict[str, _Box]:
    """Boxes level by level, each level as high as its longest label."""
    boxes: dict[str, _Box] = {}
    spans, columns = _spans(steps)
    level, top = [step for step in steps if step.parent is None], 0.2
    while level:
        wide = [min(_WIDEST, sheet() * spans[step.label][1] / columns - 3 * EDGE) for step in level]
        labels = [wrap(step.label, inches - 0.2) for step, inches in zip(level, wide, strict=True)]
        bottom = top + max(label.count("\n") for label in labels) + 3
        for step, label, inches in zip(level, labels, wide, strict=True):
            first, span = spans[step.label]
            boxes[step.label] = _Box(step, label, sheet() * (first + span / 2) / columns, inches, top, bottom)
        above, top = {step.label for step in level}, bottom + 1.8
        level = [step for step in steps if step.parent in above]
    if len(boxes) < len(steps):
        raise ValueError(f"steps without a parent above them: {sorted({s.label for s in steps} - set(boxes))}")
    return boxes


def _indented(steps: Sequence[FlowStep]) -> Iterator[_Box]:
    """Boxes one under the other, each to the right of its parent: where they are too narrow side by side."""
    depths: dict[str, int] = {}
    top = 0.2
    for step in sorted(steps, key=lambda step: _spans(steps)[0][step.label][0]):
        depths[step.label] = depths[step.parent] + 1 if step.parent else 0
        left = EDGE + 0.35 * depths[step.label]
        wide = sheet() - left - EDGE
        label = wrap(step.label, wide - 0.2)
        yield _Box(step, label, left + wide / 2, wide, top, top + label.count("\n") + 3, depths[step.label] > 0)
        top += label.count("\n") + 3.8


def _spans(
    steps: Sequence[FlowStep], parent: str | None = None, free: int = 0
) -> tuple[dict[str, tuple[int, int]], int]:
    """First column and number of columns of each step below `parent`, and the next free column."""
    spans: dict[str, tuple[int, int]] = {}
    for step in (step for step in steps if step.parent == parent):
        below, after = _spans(steps, step.label, free)
        after = max(after, free + 1)
        spans |= below | {step.label: (free, after - free)}
        free = after
    return spans, free


def _pairs(sizes: Sequence[int], n: int) -> str:
    """The first pair of group sizes, and how many others do as well; mirrored sizes are the same pair."""
    count = len({min(size, n - size) for size in sizes}) - 1
    others = {0: "", 1: ", et une autre"}.get(count, f", et {count} autres")
    return f"{sizes[0]} et {n - sizes[0]}{others}"


def _frame(axes: Axes, box: _Box) -> None:
    lost = box.step.lost
    look = {"fc": "white" if lost else PALE, "ec": GREY, "ls": (0, (4, 3)) if lost else "-", "lw": 1.2}
    corner, height = (box.x - box.wide / 2, box.top), box.bottom - box.top
    axes.add_patch(Rectangle(corner, box.wide, height, clip_on=False, **look))
    words = {"s": "effectif perdu dans le texte", "style": "italic", "size": SMALL}
    number = {"s": f"n\u00a0=\u00a0{box.step.count}", "weight": "bold"}
    layout.text_lines(axes, box.x, (box.top + box.bottom - 1) / 2, box.label, ha="center")
    axes.text(box.x, box.bottom - 0.95, ha="center", va="center", **(words if lost else number))


def _arrow(axes: Axes, above: _Box, below: _Box) -> None:
    turn, middle = (above.bottom + below.top) / 2, (below.top + below.bottom) / 2
    corners = [(above.x, above.bottom), (above.x, turn), (below.x, turn), (below.x, below.top)]
    if below.indented:
        trunk = above.x - above.wide / 2 + 0.15
        corners = [(trunk, above.bottom), (trunk, middle), (below.x - below.wide / 2, middle)]
    axes.plot(*zip(*corners[:-1], strict=True), color=GREY, lw=1.2)
    look = {"arrowstyle": "-|>", "color": GREY, "lw": 1.2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", corners[-1], corners[-2], arrowprops=look)
