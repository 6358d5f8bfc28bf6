"""Heuristic map of one branch of a coding tree.

The large group is a banner; from the trunk below it branches grow to the right, one column a level,
labels wrapped to their column, never cut. Each code has a strip of the page for itself and for what
it holds, so that no label meets another, and the same tree always gives the same picture. Levels
beyond the deepest drawn are counted, not hidden. Lengths are in inches across, in text lines down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from pandas import DataFrame

from relecture.core.french import typeset
from relecture.report.figures.layout import EDGE, blank_axes, sheet, width, wrap
from relecture.report.figures.theme import COLOURS, GREY, INK, PALE, SMALL, WIDE, as_figure

_TRUNK, _START, _GAP, _PAD = 0.2, 0.42, 0.36, 0.07  # trunk, first column, between columns, inside a box
_LEAST = 0.6  # inches of the narrowest column
_BOLD = 1.2  # bold letters are at most so much wider
_STEP = 0.22  # inches from one level to the next, one under the other
_AIR = 0.6  # lines between the branches of the trunk
_TINTS = ("#dbe9f4", "#fbe5d9", "#d9efe6", "#f3e0ed")
LabelDepth = tuple[str, int]  # a label and its depth


@dataclass(frozen=True)
class _BoxedCode:
    """A code, its label wrapped, and what it holds."""

    label: str
    column: int
    children: tuple[_BoxedCode, ...] = ()

    @property
    def wide(self) -> float:
        """Inches of the longest line of the label."""
        return max(width(line, SMALL) for line in self.label.split("\n"))

    @property
    def tall(self) -> float:
        """Lines of the strip: the label's, or those of what the code holds."""
        own = self.label.count("\n") + (2.0 if self.children else 1.5)  # with the air around it
        return max(own, sum(child.tall for child in self.children)) + (0 if self.column else _AIR)


@dataclass(frozen=True)
class _PlacedCode:
    """A code in its place: left edge of the label, middle of its strip, branch, and the code above."""

    code: _BoxedCode
    x: float
    y: float
    branch: int
    above: _PlacedCode | None

    @property
    def bottom(self) -> float:
        return self.y + max(self.code.label.count("\n") + 1.5, self.code.tall if sheet() == WIDE else 0) / 2

    @property
    def fill(self) -> str:
        """Colour of the box; none for the last codes of a branch."""
        return _TINTS[self.branch] if self.code.children or not self.above else ""


@as_figure
def heuristic_map(frame: DataFrame, *, levels: int = 4) -> Canvas:
    """One branch of a coding tree: columns label and depth (1 first), in document order (`CodingTree.frame`).

    Codes deeper than `levels` are counted beside the code that holds them. Raises ValueError unless
    the first row, and it alone, has depth 1.
    """
    if frame["depth"].iloc[0] != 1 or frame["depth"].eq(1).sum() != 1:
        raise ValueError("a map shows one branch: the first row, and it alone, has depth 1")
    (title, _), *rows = _shown_rows(list(zip(frame["label"].map(typeset), frame["depth"], strict=True)), levels)
    banner = _wrap_label(title, (sheet() - 4 * EDGE) / _BOLD)
    top = banner.count("\n") + 2.0
    columns = _steps(rows) if sheet() < WIDE else _column_edges(rows)
    codes, lefts = _nest_codes(rows, [wide for _, wide in columns]), [left for left, _ in columns]
    spots = list((_place_steps if sheet() < WIDE else _place_codes)(codes, lefts, top + 0.2))
    foot = max((spot.bottom for spot in spots), default=top + 0.2)
    axes = blank_axes(foot + 0.3, left=0, right=0, top=0.05, bottom=0.05)
    axes.set(xlim=(0, sheet()), xticks=[])
    axes.spines["bottom"].set_visible(False)
    for spot in spots:
        _draw_link(axes, spot)
    ends = [top - 0.4, *(spot.y for spot in spots if not spot.above)]
    axes.plot([_TRUNK] * 2, [ends[0], ends[-1]], color=GREY, lw=1.3, solid_capstyle="butt", clip_on=False, zorder=0)
    _draw_box(axes, EDGE, (top - 0.4) / 2, banner, sheet() - 2 * EDGE - 2 * _PAD, fill=PALE, weight="bold")
    for spot in spots:
        _draw_box(axes, spot.x - _PAD, spot.y, spot.code.label, spot.code.wide, fill=spot.fill)
    return axes.figure


def _shown_rows(rows: Sequence[LabelDepth], levels: int) -> list[LabelDepth]:
    """The codes drawn; those of the last level say how many more they hold."""
    shown = []
    for rank, (label, depth) in enumerate(rows):
        hidden = next((n for n, (_, other) in enumerate(rows[rank + 1 :]) if other <= depth), len(rows) - rank - 1)
        if depth <= levels:
            shown.append((f"{label} (+\u00a0{hidden})" if depth == levels and hidden else label, depth))
    return shown


def _column_edges(rows: Sequence[LabelDepth]) -> list[tuple[float, float]]:
    """Left edge and width of each column: its longest word fits, wide labels share the room left.

    When even the longest words do not fit side by side, all columns shrink alike and words are cut.
    """
    levels = range(2, max((depth for _, depth in rows), default=1) + 1)
    labels = [[label for label, depth in rows if depth == level] for level in levels]
    if not labels:
        return []
    words = [{word for label in own for word in label.split(" ")} for own in labels]
    least, wish = (np.array([max(_LEAST, *(width(text, SMALL) for text in own)) for own in texts])
                   for texts in (words, labels))  # fmt: skip
    room = sheet() - _START - EDGE - len(labels) * 2 * _PAD - (len(labels) - 1) * _GAP
    wide = least * min(1, room / least.sum()) + 0.01
    for column in reversed(range(len(labels))):  # the last has most labels: it is served first
        wide[column] += np.clip(room - wide.sum(), 0, wish[column] - least[column])
    lefts = _START + _PAD + np.cumsum([0, *(wide[:-1] + 2 * _PAD + _GAP)])
    return list(zip(lefts.tolist(), wide.tolist(), strict=True))


def _steps(rows: Sequence[LabelDepth]) -> list[tuple[float, float]]:
    """Left edge and width of each level, one a step to the right of the other, where columns would be too narrow."""
    lefts = [_START + _PAD + _STEP * level for level in range(max((depth for _, depth in rows), default=1))]
    return [(left, sheet() - left - _PAD - EDGE) for left in lefts]


def _nest_codes(rows: Sequence[LabelDepth], widths: Sequence[float], column: int = 0) -> tuple[_BoxedCode, ...]:
    starts = [rank for rank, (_, depth) in enumerate(rows) if depth == column + 2]
    parts = ((rows[start][0], rows[start + 1 : end]) for start, end in pairwise([*starts, len(rows)]))
    return tuple(
        _BoxedCode(_wrap_label(label, widths[column]), column, _nest_codes(below, widths, column + 1))
        for label, below in parts
    )


def _wrap_label(label: str, inches: float) -> str:
    return wrap(" ".join(part for word in label.split(" ") for part in _split_word(word, inches)), inches, SMALL)


def _split_word(word: str, inches: float) -> Iterator[str]:
    """The word, in as many parts as the column asks for."""
    while width(word, SMALL) > inches and len(word) > 1:
        fits = next((n for n in range(len(word) - 1, 1, -1) if width(word[:n], SMALL) <= inches), 1)
        yield word[:fits]
        word = word[fits:]
    yield word


def _place_codes(
    codes: Sequence[_BoxedCode], lefts: Sequence[float], top: float, above: _PlacedCode | None = None
) -> Iterator[_PlacedCode]:
    for rank, code in enumerate(codes):
        branch = above.branch if above else rank % len(_TINTS)
        spot = _PlacedCode(code, lefts[code.column], top + code.tall / 2, branch, above)
        yield spot
        inside = sum(child.tall for child in code.children)
        yield from _place_codes(code.children, lefts, top + (code.tall - inside) / 2, spot)
        top += code.tall


def _place_steps(
    codes: Sequence[_BoxedCode], lefts: Sequence[float], top: float, above: _PlacedCode | None = None
) -> Iterator[_PlacedCode]:
    """One code under the other, each to the right of what holds it."""
    for rank, code in enumerate(codes):
        middle = top + (code.label.count("\n") + 1.5) / 2 + _AIR / 3
        spot = _PlacedCode(code, lefts[code.column], middle, above.branch if above else rank % len(_TINTS), above)
        yield spot
        top = spot.bottom
        for below in _place_steps(code.children, lefts, top, spot):
            yield below
            top = max(top, below.bottom)


def _draw_link(axes: Axes, spot: _PlacedCode) -> None:
    """A curve from the code above, or a line from the trunk."""
    end, look = spot.x - _PAD + (0 if spot.fill else 0.03), {"fc": "none", "ec": COLOURS[spot.branch], "lw": 1.3}
    if spot.above is None:
        path = Path([(_TRUNK, spot.y), (end, spot.y)])
    elif sheet() < WIDE:
        trunk = spot.above.x - _PAD + _STEP / 2
        path = Path([(trunk, spot.above.bottom), (trunk, spot.y), (end, spot.y)])
    else:
        start = spot.above.x + spot.above.code.wide + _PAD
        points = [(start, spot.above.y), (end - 0.15, spot.above.y), (end - 0.2, spot.y), (end, spot.y)]
        path = Path(points, [Path.MOVETO, *[Path.CURVE4] * 3])
    axes.add_patch(PathPatch(path, clip_on=False, zorder=0, **look))


def _draw_box(axes: Axes, x: float, y: float, label: str, reach: float, *, fill: str, **style: str) -> None:
    """A label in its box; without a colour to fill it, the label alone."""
    tall = label.count("\n") + 1.5
    if fill:
        axes.add_patch(Rectangle((x, y - tall / 2), reach + 2 * _PAD, tall, fc=fill, lw=0, clip_on=False))
    axes.text(x + _PAD, y, label, size=SMALL, va="center", linespacing=1.15, **{"color": INK} | style)
