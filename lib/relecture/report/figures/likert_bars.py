"""Diverging bars of ordered answers, a question a row.

Bars on either side of a line: the lower answers to the left, the higher ones to the right, so that questions are
compared at a glance. Counts are written where their bar has room for them, the share of the right side beside every
row. A row with a count withheld for disclosure is named and not drawn: lengths would give it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from pandas import DataFrame

from relecture.core import french
from relecture.report.figures import layout
from relecture.report.figures.layout import EDGE, sheet, width, wrap
from relecture.report.figures.theme import GREY, INK, SMALL, as_figure

_LOWER = ("#b34700", "#d98a52", "#f0c9a8")  # from the far end to the line
_HIGHER = ("#005f9e", "#6a9fc9", "#bcd3e6")


@as_figure
def diverging(frame: DataFrame, *, higher: Sequence[str]) -> Canvas:
    """Answers to ordered questions: columns label (the question), level, count, n, optional variable.

    Levels come in the order of their first row, lowest first; `higher` are those drawn to the right, three a side
    at most. n is the number of answers; a question that nobody answered says so.
    """
    levels = list(dict.fromkeys(frame["level"]))
    colours = _colours(levels, higher)
    questions, lower = _wide(frame, levels), len(levels) - len(higher)
    right = layout.number_column(_summed(record, lower) for record in questions.itertuples())
    left = layout.label_column(questions, right)
    rows = layout.stack_rows(questions, left=left, least=1.4)
    words = [wrap(level, sheet() - 0.5, SMALL) for level in levels]
    heading = wrap(" ou ".join(level for level in levels if level in higher), sheet() - 0.5, SMALL)
    above = layout.key_height(words) + 0.17 + 0.2 * heading.count("\n")
    axes = layout.labelled_axes(rows, left=left, right=right, top=above, bottom=0.12)
    drawn = [record for _, record in layout.record_lines(rows) if _readable(record)]
    low, high = _reach(drawn, lower)
    axes.set(xlim=(-low, high), xticks=[])
    axes.spines["bottom"].set_visible(False)
    axes.axvline(0, color=GREY, lw=1, zorder=3)
    for y, record in layout.record_lines(rows):
        _row(axes, y, record, [colours[level] for level in levels], lower)
    layout.label_at(axes, -0.7, -EDGE, heading, size=SMALL, va="bottom")
    layout.add_key(
        axes, [layout.key_patch(word, color=colours[level]) for word, level in zip(words, levels, strict=True)]
    )
    return axes.figure


def _colours(levels: Sequence[str], higher: Sequence[str]) -> dict[str, str]:
    lower = [level for level in levels if level not in higher]
    raised = [level for level in levels if level in higher]
    return dict(zip(lower, _LOWER, strict=False)) | dict(zip(reversed(raised), _HIGHER, strict=False))


def _wide(frame: DataFrame, levels: Sequence[str]) -> DataFrame:
    """One record a question, whose `counts` are in the order of the levels."""
    keys = [name for name in ("variable", "label") if name in frame]
    counts = frame.pivot_table(index=keys, columns="level", values="count", sort=False, dropna=False, aggfunc="first")
    counts = counts.reindex(frame[keys].drop_duplicates().set_index(keys).index)[list(levels)]
    rows = counts.index.to_frame(index=False)
    return rows.assign(counts=[tuple(row) for row in counts.to_numpy(dtype=float)])


def _readable(record: Any) -> bool:
    return not any(count != count for count in record.counts) and sum(record.counts) > 0


def _reach(records: Sequence[Any], lower: int) -> tuple[float, float]:
    """The longest bar on each side of the line, in shares; never nothing."""
    left = [sum(record.counts[:lower]) / sum(record.counts) for record in records]
    return max(left, default=0) + 0.005, 1 - min(left, default=0) + 0.005


def _row(axes: Axes, y: float, record: Any, colours: Sequence[str], lower: int) -> None:
    look = {} if _readable(record) else {"style": "italic", "color": GREY}
    layout.label_at(axes, y, -EDGE, _summed(record, lower), size=SMALL, **look)
    if look:
        return
    n = sum(record.counts)
    shares = [count / n for count in record.counts]
    starts = [start - sum(shares[:lower]) for start in accumulate([0, *shares[:-1]])]
    boxes = [(start, y, share, 1.1) for start, share in zip(starts, shares, strict=True)]
    layout.draw_boxes(axes, boxes, facecolors=colours, edgecolors="white", lw=0.8)
    for (start, _, share, _), count, colour in zip(boxes, record.counts, colours, strict=True):
        _count(axes, y, start + share / 2, share, count, colour)


def _summed(record: Any, lower: int) -> str:
    """The answers of the right side, or why there are none."""
    if any(count != count for count in record.counts):
        return f"effectif {french.WITHHELD}"
    return french.counted(sum(record.counts[lower:]), sum(record.counts)) if sum(record.counts) else "aucune réponse"


def _count(axes: Axes, y: float, x: float, share: float, count: float, colour: str) -> None:
    """The count in its bar, where there is room for it."""
    low, high = axes.get_xlim()
    room = share / (high - low) * axes.get_position().width * sheet()
    if width(f"{count:.0f}", SMALL) + 0.06 < room:
        ink = "white" if colour in (_LOWER[0], _HIGHER[0]) else INK
        axes.text(x, y, f"{count:.0f}", ha="center", va="center", size=SMALL, color=ink)
