"""Figures of estimates: proportions, forests of ratios or coefficients, contingency tables.

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
from relecture.report.figures.layout import EDGE, LEFT, WIDTH, LayoutRow, width, wrap
from relecture.report.figures.theme import COLOURS, GREY, INK, MARKERS, SMALL, as_figure

_SHARES = (COLOURS[0], "#bcd3e6")
_CROSS = "\u00a0✗"
_FINE = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
_COARSE = (0.001, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 1000)


@as_figure
def bars(frame: DataFrame) -> Canvas:
    """Proportions with intervals: columns label, count, n, low, high (0 to 1), optional group, variable.

    Groups stand one under the other in each row. A missing count is a cell withheld for disclosure:
    it is named and not drawn.
    """
    groups = list(dict.fromkeys(frame["group"])) if "group" in frame else []
    rows, words = layout.stack_rows(frame, left=LEFT), [wrap(str(group), WIDTH - 0.5, SMALL) for group in groups]
    axes = layout.labelled_axes(rows, left=LEFT, right=1.45, top=layout.key_height(words), bottom=0.32)
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
) -> Canvas:
    """Estimates with intervals at that confidence: columns label, estimate, low, high.

    Columns variable, text, p and verdict are optional. `text` replaces the written numbers, to keep them as printed.
    Columns estimate2, low2, high2 and p2 hold recomputed values, drawn under the printed ones. An estimate outside its
    own interval is hollow and tied to it by dots; an interval that leaves `limits` ends in an arrow. `log` puts the
    reference at 1 on a log axis; otherwise it is 0 on a linear one.
    """
    series = _series(frame)
    rows = layout.stack_rows(series, left=LEFT)
    notes = _notes(series)
    axes = layout.labelled_axes(
        rows, left=LEFT, right=2.25 if "p" in series else 1.7, top=0.4, bottom=0.8 if notes else 0.55
    )
    axes.set(xscale="log" if log else "linear", xlim=limits or _reach(series, log))
    axes.axvline(1 if log else 0, color=GREY, lw=1, zorder=0)
    for rank, members in _ranked(rows, lambda record: record.rank):
        _intervals(axes, members, rank)
    for y, record in layout.record_lines(rows):
        _written(axes, y, record)
    _finish(axes, series, measure, log, confidence)
    layout.label_at(axes, axes.get_ylim()[0] + 3.2, EDGE, notes, size=SMALL)
    return axes.figure


@as_figure
def tables2x2(
    frame: DataFrame,
    *,
    groups: tuple[str, str] = ("Exposés", "Non exposés"),
    outcomes: tuple[str, str] = ("oui", "non"),
) -> Canvas:
    """Contingency tables as two stacked bars each: columns label, a, b, c, d, optional variable.

    a and b are the exposed with and without the outcome, c and d the unexposed. Every count is
    written, beside its bar when it does not fit inside.
    """
    rows = layout.stack_rows(frame, left=1.9, least=2.2)
    left = 1.9 + max(width(group, SMALL) for group in groups) + 0.4
    axes = layout.labelled_axes(rows, left=left, right=0.4, top=0.4, bottom=0.1)
    for y, table in layout.record_lines(rows):
        _shares(axes, y - 0.55, groups[0], (table.a, table.b))
        _shares(axes, y + 0.55, groups[1], (table.c, table.d))
    axes.set(xlim=(0, 1), xticks=[])
    axes.spines["bottom"].set_visible(False)
    layout.add_key(axes, [layout.key_patch(word, color=colour) for colour, word in zip(_SHARES, outcomes, strict=True)])
    return axes.figure


def _ranked(rows: Sequence[LayoutRow], rank: Callable[[Any], int]) -> Iterator[tuple[int, list[tuple[float, Any]]]]:
    """The lines of each rank: what looks alike is drawn at once."""
    ranked: dict[int, list[tuple[float, Any]]] = {}
    for y, record in layout.record_lines(rows):
        ranked.setdefault(rank(record), []).append((y, record))
    yield from ranked.items()


def _bars(axes: Axes, members: Sequence[tuple[float, Any]], rank: int) -> None:
    known = [(y, record, record.count / record.n) for y, record in members if not isna(record.count)]
    for y, record in members:
        if isna(record.count):
            layout.label_at(axes, y, -EDGE, f"effectif {french.WITHHELD}", size=SMALL, style="italic", color=GREY)
    for y, record, _ in known:
        text = french.counted(record.count, record.n, decimals=1)
        layout.label_at(axes, y, -EDGE, text, size=SMALL, color=COLOURS[rank])
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
    """One record a line to draw: rank 0 as printed, rank 1 as recomputed."""
    printed = frame.reset_index(drop=True).assign(rank=0)
    if "verdict" in frame:
        printed["label"] += printed["verdict"].map(lambda verdict: _CROSS if verdict == "inconsistent" else "")
    if "estimate2" not in frame:
        return printed
    second = {f"{name}2": name for name in ("estimate", "low", "high", "p")}
    recomputed = printed.drop(columns=[*second.values(), "text"], errors="ignore").rename(columns=second)
    recomputed = recomputed.dropna(subset="estimate").assign(rank=1)
    return pd.concat([printed, recomputed]).sort_index(kind="stable")


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
        shown = [(record.estimate, y) for y, record in members if _outside(record) is hollow]
        _marks(axes, [place for place in shown if start <= place[0] <= end], MARKERS[rank], colour, mfc=fill, ms=6.5)


def _written(axes: Axes, y: float, record: Any) -> None:
    text = getattr(record, "text", None)
    if not isinstance(text, str):
        text = f"{french.number(record.estimate, 2)} {french.interval(record.low, record.high, 2)}"
    style = {"size": SMALL, "color": COLOURS[record.rank]}
    layout.label_at(axes, y, -0.6 if hasattr(record, "p") else -EDGE, text, **style)
    if isinstance(p := getattr(record, "p", ""), str):
        layout.label_at(axes, y, -EDGE, p, **style)
    else:
        layout.label_at(axes, y, -EDGE, french.p_value(p), **style)


def _reach(series: DataFrame, log: bool) -> tuple[float, float]:
    """Limits that show every drawable number and the reference."""
    values = series[["low", "estimate", "high"]].stack()
    values = values[(values.abs() < 1e6) & (values > 0.001 if log else True)]
    low, high = min(values.min(), int(log)), max(values.max(), int(log))
    return (low / 1.15, high * 1.15) if log else (low - 0.04 * (high - low), high + 0.04 * (high - low))


def _finish(axes: Axes, series: DataFrame, measure: str, log: bool, confidence: float) -> None:
    """Ticks, and the names of the columns and of the two series."""
    start, end = axes.get_xlim()
    if log:
        axes.set_xticks([tick for tick in (_FINE if end / start < 25 else _COARSE) if start <= tick <= end])
        axes.minorticks_off()
        axes.set_xlabel("échelle logarithmique")
    layout.french_ticks(axes.xaxis)
    heading, style = f"{measure} [IC à {french.percent(confidence, 0)}]", {"size": SMALL, "va": "baseline"}
    layout.label_at(axes, -1, -0.6 if "p" in series else -EDGE, heading, **style)
    if "p" in series:
        layout.label_at(axes, -1, -EDGE, "p", style="italic", **style)
    if series["rank"].any():
        layout.add_key(axes, [layout.key_mark(0, "imprimé"), layout.key_mark(1, "recalculé")])


def _notes(series: DataFrame) -> str:
    hollow = any(_outside(record) for record in series.itertuples())
    crossed = "verdict" in series and series["verdict"].eq("inconsistent").any()
    notes = {"marque creuse\u00a0: estimation hors de son intervalle": hollow, "✗\u00a0: ligne incohérente": crossed}
    return "     ".join(note for note, needed in notes.items() if needed)


def _shares(axes: Axes, y: float, group: str, counts: tuple[int, int]) -> None:
    layout.label_at(axes, y, 1.9, group, size=SMALL)
    share = counts[0] / sum(counts)
    layout.draw_boxes(axes, [(0, y, share, 0.92), (share, y, 1 - share, 0.92)], facecolors=_SHARES, edgecolors="white")
    room = axes.get_position().width * WIDTH
    _count(axes, y, counts[0], share / 2, fits=share * room, colour="white", outside=(-0.01, "right"))
    _count(axes, y, counts[1], (1 + share) / 2, fits=(1 - share) * room, colour=INK, outside=(1.01, "left"))


def _count(axes: Axes, y: float, count: int, x: float, *, fits: float, colour: str, outside: tuple[float, str]) -> None:
    style = {"va": "center", "size": SMALL}
    if width(str(count), SMALL) + 0.06 < fits:
        axes.text(x, y, str(count), ha="center", color=colour, **style)
    else:
        axes.text(outside[0], y, str(count), ha=outside[1], **style)
