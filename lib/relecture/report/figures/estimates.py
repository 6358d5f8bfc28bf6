"""Figures of estimates: proportions, forests of ratios or coefficients.

Each function takes a tidy frame whose estimates and bounds are already computed, and returns a
`Figure`; `title`, `alt`, `caption` and `synthetic` are those of `theme.render`. Rows are labels
read from top to bottom; the optional column `variable` opens a section each time it changes. Every
number drawn is also written, because a small screen shows words better than positions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from pandas import DataFrame, isna

from relecture.core import french
from relecture.report.figures import layout
from relecture.report.figures.layout import CROSS, EDGE, LayoutRow, sheet, width, wrap
from relecture.report.figures.theme import COLOURS, GREY, MARKERS, SMALL, WIDE, as_figure

_ENDS = {True: ("moins souvent", "plus souvent"), False: ("plus bas", "plus haut")}  # of a log axis, of a linear one
_FINE = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
_COARSE = (0.001, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 1000)


@as_figure
def bars(frame: DataFrame) -> Canvas:
    """Proportions with intervals: columns label, count, n, low, high (0 to 1), optional group, variable.

    Groups stand one under the other in each row. A missing count is a cell withheld for disclosure:
    it is named and not drawn.
    """
    groups = list(dict.fromkeys(frame["group"])) if "group" in frame else []
    right = layout.number_column(map(_counted, frame.itertuples()))
    left, words = layout.label_column(frame, right), [wrap(str(group), sheet() - 0.5, SMALL) for group in groups]
    rows = layout.stack_rows(frame, left=left)
    axes = layout.labelled_axes(rows, left=left, right=right, top=layout.key_height(words), bottom=0.32)
    for rank, members in _ranked(rows, lambda record: groups.index(record.group) if groups else 0):
        _bars(axes, members, rank)
    axes.set(xlim=(0, 1), xticks=[0, 0.5, 1], xticklabels=[french.percent(x, 0) for x in (0, 0.5, 1)])
    layout.add_key(axes, [layout.key_mark(rank, word) for rank, word in enumerate(words)])
    return axes.figure


@as_figure
def forest(
    frame: DataFrame,
    *,
    measure: str = "Odds ratio",
    log: bool = True,
    limits: tuple[float, float] | None = None,
    confidence: float = 0.95,
    directions: Sequence[str] | None = None,
) -> Canvas:
    """Estimates with intervals at that confidence: columns label, estimate, low, high.

    Columns variable, text, p, verdict and group are optional. `text` replaces the written numbers, to keep them as
    printed; each group has its colour and its mark. Columns estimate2, low2, high2 and p2 hold recomputed values,
    drawn under the printed ones. A row judged inconsistent is hollow, as is an estimate outside its own interval,
    which dots tie to it; an interval that leaves `limits` ends in an arrow. `log` puts the reference at 1 on a log
    axis; otherwise it is 0 on a linear one. `directions` are the words at both ends of the axis, none if empty.
    """
    series = _series(frame)
    heading, right, column = _columns(series, measure, confidence)
    left = layout.label_column(series, right)
    rows = layout.stack_rows(series, left=left)
    notes = wrap(" ".join(_notes(series, log)), sheet() - 2 * EDGE, SMALL)
    ends = _ENDS[log] if directions is None else directions
    above = 0.25 + layout.LINE * (1 + heading.count("\n") + ("estimate2" in frame and sheet() < WIDE))
    below = 0.32 + layout.LINE * (1.1 * bool(ends) + 1.1 * bool(notes) + notes.count("\n"))
    axes = layout.labelled_axes(rows, left=left, right=right, top=above, bottom=below)
    axes.set(xscale="log" if log else "linear", xlim=limits or _reach(series, log))
    axes.axvline(1 if log else 0, color=GREY, lw=1, zorder=0)
    for rank, members in _ranked(rows, lambda record: record.rank):
        _intervals(axes, members, rank)
    for y, record in layout.record_lines(rows):
        _written(axes, y, record, column)
    _finish(axes, log)
    _headed(axes, heading, column, "estimate2" in frame)
    _directed(axes, ends)
    layout.label_at(axes, axes.get_ylim()[0] + 1.6 + 1.2 * bool(ends), EDGE, notes, size=SMALL, va="top")
    return axes.figure


def _ranked(rows: Sequence[LayoutRow], rank: Callable[[Any], int]) -> Iterator[tuple[int, list[tuple[float, Any]]]]:
    """The lines of each rank: what looks alike is drawn at once."""
    ranked: dict[int, list[tuple[float, Any]]] = {}
    for y, record in layout.record_lines(rows):
        ranked.setdefault(rank(record), []).append((y, record))
    yield from ranked.items()


def _counted(record: Any) -> str:
    return f"effectif {french.WITHHELD}" if isna(record.count) else french.counted(record.count, record.n, decimals=1)


def _bars(axes: Axes, members: Sequence[tuple[float, Any]], rank: int) -> None:
    known = [(y, record, record.count / record.n) for y, record in members if not isna(record.count)]
    for y, record in members:
        look = {"style": "italic", "color": GREY} if isna(record.count) else {"color": COLOURS[rank]}
        layout.label_at(axes, y, -EDGE, _counted(record), size=SMALL, **look)
    layout.draw_boxes(axes, [(0, y, share, 0.62) for y, _, share in known], color=COLOURS[rank], alpha=0.22, lw=0)
    layout.draw_lines(
        axes, [[(record.low, y), (record.high, y)] for y, record, _ in known], color=COLOURS[rank], lw=1.6
    )
    _marks(axes, [(x, y) for y, record, _ in known for x in (record.low, record.high)], "|", COLOURS[rank])
    _marks(axes, [(share, y) for y, _, share in known], MARKERS[rank], COLOURS[rank])


def _marks(axes: Axes, points: Iterable[tuple[float, float]], marker: str, colour: str, **style: Any) -> None:
    """The same mark at each (x, y)."""
    if places := list(points):
        axes.plot(*zip(*places, strict=True), marker, color=colour, clip_on=False, **{"ms": 6} | style)


def _series(frame: DataFrame) -> DataFrame:
    """One record a line to draw: the rank of its group, or 0 as printed and 1 as recomputed."""
    printed = frame.reset_index(drop=True)
    printed = printed.assign(rank=pd.factorize(printed["group"])[0] if "group" in frame else 0)
    printed["crossed"] = printed["verdict"].eq("inconsistent") if "verdict" in frame else False
    printed["label"] += printed["crossed"].map({True: CROSS, False: ""})
    if "estimate2" not in frame:
        return printed
    second = {f"{name}2": name for name in ("estimate", "low", "high", "p")}
    recomputed = printed.drop(columns=[*second.values(), "text"], errors="ignore").rename(columns=second)
    recomputed = recomputed.dropna(subset="estimate").assign(rank=1, crossed=False)
    return pd.concat([printed, recomputed]).sort_index(kind="stable")


def _columns(series: DataFrame, measure: str, confidence: float) -> tuple[str, float, float]:
    """The heading of the numbers, in two lines if they are shorter, the inches of both columns, and those of p."""
    p = layout.number_column(_p(record) for record in series.itertuples()) if "p" in series else EDGE
    texts = layout.number_column(map(_text, series.itertuples()))
    level = f"[IC à {french.percent(confidence, 0)}]".replace(" ", "\u00a0")
    heading = wrap(f"{measure} {level}", max(texts - 3 * EDGE, width(level, SMALL)), SMALL)
    return heading, p + max(texts, layout.number_column([heading])) - EDGE, p


def _outside(record: Any) -> bool:
    return bool(record.estimate < record.low or record.estimate > record.high)


def _intervals(axes: Axes, members: Sequence[tuple[float, Any]], rank: int) -> None:
    """Of one series: intervals, which end in an arrow where they leave the axes, and estimates."""
    (start, end), colour = axes.get_xlim(), COLOURS[rank]
    spans = [(max(record.low, start), min(record.high, end), y, record) for y, record in members]
    layout.draw_lines(axes, [[(low, y), (high, y)] for low, high, y, _ in spans], color=colour, lw=1.6)
    left = [("<" if record.low < start else "|", (low, y)) for low, _, y, record in spans]
    right = [(">" if record.high > end else "|", (high, y)) for _, high, y, record in spans]
    for sign in "|<>":
        _marks(axes, [place for one, place in left + right if one == sign], sign, colour)
    astray = [(record.estimate, low if record.estimate < low else high, y) for low, high, y, record in spans
              if _outside(record)]  # fmt: skip
    layout.draw_lines(axes, [[(x, y), (edge, y)] for x, edge, y in astray], color=colour, ls=":", lw=1.4)
    for hollow in (False, True):
        fill = "white" if hollow else colour
        shown = [(record.estimate, y) for y, record in members if (record.crossed or _outside(record)) == hollow]
        _marks(axes, [place for place in shown if start <= place[0] <= end], MARKERS[rank], colour, mfc=fill, ms=6.5)


def _text(record: Any) -> str:
    if isinstance(text := getattr(record, "text", None), str):
        return text
    return f"{french.number(record.estimate, 2)} {french.interval(record.low, record.high, 2)}"


def _p(record: Any) -> str:
    p = getattr(record, "p", "")
    return p if isinstance(p, str) else french.p_value(p)


def _written(axes: Axes, y: float, record: Any, column: float) -> None:
    style = {"size": SMALL, "color": COLOURS[record.rank]}
    layout.label_at(axes, y, -column, _text(record), **style)
    layout.label_at(axes, y, -EDGE, _p(record), **style)


def _reach(series: DataFrame, log: bool) -> tuple[float, float]:
    """Limits that show every drawable number and the reference."""
    values = series[["low", "estimate", "high"]].stack()
    values = values[(values.abs() < 1e6) & (values > 0.001 if log else True)]
    low, high = min(values.min(), int(log)), max(values.max(), int(log))
    return (low / 1.15, high * 1.15) if log else (low - 0.04 * (high - low), high + 0.04 * (high - low))


def _finish(axes: Axes, log: bool) -> None:
    start, end = axes.get_xlim()
    if log:
        axes.set_xticks([tick for tick in (_FINE if end / start < 25 else _COARSE) if start <= tick <= end])
        axes.minorticks_off()
    layout.french_ticks(axes.xaxis)


def _headed(axes: Axes, heading: str, column: float, doubled: bool) -> None:
    """The names of the columns and of the two series."""
    layout.label_at(axes, -0.8, -column, heading, size=SMALL, va="baseline")
    if column > EDGE:
        layout.label_at(axes, -0.8, -EDGE, "p", style="italic", size=SMALL, va="baseline")
    if doubled:
        layout.add_key(axes, [layout.key_mark(0, "imprimé"), layout.key_mark(1, "recalculé")])


def _directed(axes: Axes, ends: Sequence[str]) -> None:
    """What it means to stand to the left or to the right, at both ends of the axis, which may be too short for both."""
    if not ends:
        return
    place, y = axes.get_position(), axes.get_ylim()[0] + 2
    first, last = f"← {ends[0]}", f"{ends[1]} →"
    start, reach = place.x0 * sheet(), width(first, SMALL) + width(last, SMALL) + 0.3
    layout.label_at(axes, y, max(start - 0.18, EDGE), first, size=SMALL, color=GREY)
    layout.label_at(axes, y, max(place.x1 * sheet(), start + reach) - sheet(), last, size=SMALL, color=GREY)


def _notes(series: DataFrame, log: bool) -> list[str]:
    hollow = any(_outside(record) for record in series.itertuples())
    notes = {
        "échelle logarithmique": log,
        "marque creuse, ✗\u00a0: ligne incohérente": series["crossed"].any(),
        "pointillé\u00a0: estimation hors de son intervalle": hollow,
    }
    shown = [note.replace(" ", "\u00a0") for note, needed in notes.items() if needed]
    return [f"{note}\u00a0\u00a0" for note in shown]
