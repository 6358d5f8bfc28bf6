"""Rows of text lines that figures are laid out on, and the text measured, wrapped and placed there.

A sheet is a page of text lines: labels on the left, marks in the middle, numbers on the right, one
row under the other, so that a figure grows downwards. Marks have nearly half of the sheet: where labels
leave them less, as on a telephone, each stands above its marks. A heading opens each new `variable`.
Lengths are in inches across the sheet and in text lines down it; text is measured, wrapped, never cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from matplotlib import rcParams
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.textpath import text_to_path
from matplotlib.transforms import blended_transform_factory
from numpy import array_split
from pandas import DataFrame

from relecture.report.figures.theme import COLOURS, FONT, INK, MARKERS, RULE, SIZE, SMALL
from relecture.report.verdicts import VERDICTS

LINE = 0.21  # inches from one text line to the next
EDGE = 0.06  # inches kept blank on either side
_LEFT = 1.2, 2.5  # inches of the column of labels, at least and at most
_MARKS = 0.46  # share of the sheet that marks have
_INDENT = 0.16  # inches left of the marks when labels are above them
CROSS = f"\u00a0{VERDICTS['inconsistent'].mark}"  # at the end of the label of a row that is judged so
_BOLD = 1.15  # bold letters are at most so much wider
COVERED = {"fc": "white", "ec": "none", "pad": 0.5}  # under words that a line of the marks would cross


@dataclass(frozen=True)
class LayoutRow:
    """A label, wrapped, and the records drawn beside it, or under its `above` lines, one a line; a heading has none."""

    label: str
    top: float
    height: float
    records: tuple[Any, ...] = ()
    above: int = 0

    @property
    def middle(self) -> float:
        return self.top + (self.height + self.above) / 2

    @property
    def label_middle(self) -> float:
        return self.top + 0.35 + self.above / 2 if self.above else self.middle

    def __iter__(self) -> Iterator[tuple[float, Any]]:
        """(line, record) pairs, one text line apart around the middle of the row."""
        first = self.middle - (len(self.records) - 1) / 2
        return ((first + rank, record) for rank, record in enumerate(self.records))


def sheet() -> float:
    """Inches of the sheet that is being drawn on (`theme`)."""
    return float(rcParams["figure.figsize"][0])


def label_column(frame: DataFrame, right: float) -> float:
    """Inches of the labels beside the marks, when `right` inches are taken on the other side; 0 to set them above."""
    labels = [str(label) for label in frame["label"]]
    longest, whole = (max(map(width, texts)) + 3 * EDGE for texts in (" ".join(labels).split(" "), labels))
    room = min(_LEFT[1], (1 - _MARKS) * sheet() - right)
    return min(whole, room) if whole <= room or room >= max(_LEFT[0], longest) else 0.0


def number_column(texts: Iterable[str]) -> float:
    """Inches of a column of small texts on the right of the sheet."""
    return max((width(line, SMALL) for text in texts for line in text.split("\n")), default=0) + 3 * EDGE


def stack_rows(frame: DataFrame, *, left: float, least: float = 1) -> tuple[LayoutRow, ...]:
    """Rows of at least `least` lines, one a (variable, label) pair in order of appearance."""
    rows: list[LayoutRow] = []
    top, section = 0.0, ""
    for (variable, label), members in _members(frame).items():
        if variable != section:
            heading = wrap(str(variable), (sheet() - 2 * EDGE) / _BOLD)
            rows.append(LayoutRow(heading, top, 1.7 + heading.count("\n")))
            top, section = rows[-1].top + rows[-1].height, variable
        text = wrap(str(label), (left or sheet()) - 3 * EDGE)
        lines = text.count("\n") + 1
        height = 0.7 + (max(least, len(members), lines) if left else max(least, len(members)) + lines)
        rows.append(LayoutRow(text, top, height, tuple(members), 0 if left else lines))
        top += height
    return tuple(rows)


def _members(frame: DataFrame) -> dict[tuple[str, str], list[Any]]:
    """The records of each (variable, label) pair, in order of appearance."""
    members: dict[tuple[str, str], list[Any]] = {}
    for record in frame.itertuples():
        members.setdefault((getattr(record, "variable", ""), record.label), []).append(record)
    return members


def record_lines(rows: Sequence[LayoutRow]) -> Iterator[tuple[float, Any]]:
    """Every (line, record) of the sheet, from top to bottom."""
    return (line for row in rows for line in row)


def labelled_axes(rows: Sequence[LayoutRow], *, left: float, **margins: float) -> Axes:
    """A sheet with the labels of the rows on it, a hairline between rows, and headings in bold."""
    axes = blank_axes(rows[-1].top + rows[-1].height, left=left or _INDENT, **margins)
    for row in rows:
        if row.records:
            tone = VERDICTS["inconsistent"].colour if row.label.endswith(CROSS) else INK
            cover = {"bbox": COVERED} if row.above else {}
            label_at(axes, row.label_middle, EDGE, row.label, color=tone, **cover)
        else:
            label_at(axes, row.middle + 0.2, EDGE, row.label, weight="bold", zorder=4, bbox=COVERED)
    rules = [[(EDGE, row.top), (sheet() - EDGE, row.top)] for row in rows if row.top]
    draw_lines(axes, rules, color=RULE, lw=0.7, transform=_across(axes))
    return axes


def draw_lines(axes: Axes, ends: Sequence[Any], **style: Any) -> None:
    """Lines from one (x, y) to another, all of one style, as one artist: a hundred cost what one does."""
    axes.add_collection(LineCollection(ends, **{"clip_on": False} | style), autolim=False)


def draw_boxes(axes: Axes, boxes: Iterable[tuple[float, float, float, float]], **style: Any) -> None:
    """Boxes (left, line, wide, tall) around their line, of one style or a colour each, as one artist."""
    sides = ((x, x + wide, y - tall / 2, y + tall / 2) for x, y, wide, tall in boxes)
    corners = [[(left, top), (right, top), (right, foot), (left, foot)] for left, right, top, foot in sides]
    axes.add_collection(PolyCollection(corners, joinstyle="miter", **style), autolim=False)


def blank_axes(lines: float, *, left: float, right: float, top: float = 0.1, bottom: float = 0.5) -> Axes:
    """Axes `lines` text lines high, counted from the top, with margins in inches around them."""
    height = top + lines * LINE + bottom
    fig = Figure(figsize=(sheet(), height))
    axes = fig.add_axes((left / sheet(), bottom / height, 1 - (left + right) / sheet(), lines * LINE / height))
    axes.set(ylim=(lines, 0), yticks=[])
    axes.tick_params(length=3)
    return axes


def label_at(axes: Axes, y: float, inches: float, text: str, **style: Any) -> None:
    """Text at line `y`, `inches` from the left edge of the sheet, or ending there from the right if negative."""
    style = {"va": "center", "linespacing": 1.15, "ha": "right" if inches < 0 else "left", "color": INK} | style
    place = inches % sheet()
    if style["ha"] == "left":
        axes.text(place, y, text, transform=_across(axes), **style)
    else:
        text_lines(axes, place, y, text, transform=_across(axes), **style)


def text_lines(axes: Axes, x: float, y: float, text: str, *, va: str = "center", **style: Any) -> None:
    """Text whose lines are centred or end together: a text each, so that they do in any font."""
    lines = text.split("\n")
    first = (len(lines) - 1) / (2 if va == "center" else 1)
    for rank, line in enumerate(lines):
        axes.text(x, y + 0.95 * (rank - first), line, va=va, **style)


def key_mark(rank: int, word: str, **style: Any) -> Artist:
    """Entry of a key: the marker of the first, second... group."""
    return Line2D([], [], color=COLOURS[rank], marker=MARKERS[rank], ls="", ms=6.5, label=word, **style)


def key_patch(word: str, **style: Any) -> Artist:
    """Entry of a key: a coloured or hatched area."""
    return Patch(label=word, **style)


def french_ticks(axis: Any) -> None:
    """Write the ticks of an axis the French way: 0,5 and −1."""
    axis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", ",").replace("-", "\u2212"))


def add_key(axes: Axes, handles: Sequence[Artist], *, place: str = "upper left") -> None:
    """What the marks mean, at the top or at the bottom of the sheet, in as many columns as fit."""
    if not handles:
        return
    spacing = {"borderaxespad": 0, "borderpad": 0, "handletextpad": 0.5, "columnspacing": 1.6, "handlelength": 1.5}
    edge = EDGE / axes.figure.get_figheight()
    anchor = (EDGE / sheet(), 1 - edge if place.startswith("upper") else edge)
    columns = key_columns([str(handle.get_label()) for handle in handles])
    axes.figure.legend(handles=handles, loc=place, bbox_to_anchor=anchor, ncols=columns, **spacing)


def key_columns(words: Sequence[str], most: int = 4) -> int:
    """Columns, four at most, in which a key of these words is no wider than the sheet.

    >>> long = ["parfaitement d'accord", "plutôt d'accord", "pas du tout d'accord"]
    >>> key_columns(["oui", "non"]), key_columns(long * 2)
    (4, 3)
    """
    return next((count for count in range(most, 1, -1) if _spread(words, count) <= sheet() - 2 * EDGE), 1)


def key_height(words: Sequence[str]) -> float:
    """Inches above the rows that a key of these words takes, line after line of its longest column."""
    if not words:
        return 0.1
    tallest = words[: -(-len(words) // key_columns(words))]
    return 0.19 + LINE * (max(word.count("\n") for word in words) + sum(word.count("\n") + 1 for word in tallest))


def _spread(words: Sequence[str], columns: int) -> float:
    """Inches of a key, whose columns are filled one after the other, as matplotlib does."""
    em = SMALL / 72
    filled = [part for part in array_split(list(words), columns) if len(part)]
    texts = sum(max(width(line, SMALL) for word in part for line in str(word).split("\n")) for part in filled)
    return float(texts + em * (2 * len(filled) + 1.6 * (len(filled) - 1)))


def wrap(text: str, inches: float, size: float = SIZE) -> str:
    """The text cut at spaces into lines that fit; a word longer than the line stays whole.

    >>> wrap("Fréquence des échanges", 1.6)
    'Fréquence des\\néchanges'
    """
    words = list(filter(None, text.split(" ")))
    if width(" ".join(words), size) <= inches:
        return " ".join(words)
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if width(longer, size) <= inches else [*lines, word]
    return "\n".join(filter(None, lines))


def width(text: str, size: float = SIZE) -> float:
    """Inches that one line of text takes: those of its words and of the spaces between them."""
    words = text.split(" ")
    return sum(_measured(word, size) for word in words) + (len(words) - 1) * _measured(" ", size)


@lru_cache(4096)  # the same words come again, and their letters are slow to measure
def _measured(text: str, size: float) -> float:
    font = FontProperties(family=FONT, size=size)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / 72


def _across(axes: Axes) -> Any:
    return blended_transform_factory(axes.figure.dpi_scale_trans, axes.transData)
