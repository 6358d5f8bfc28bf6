"""Network of the forms said together, with a halo around each community.

A label is a form, larger when it is said more, a line a link, a halo a community. Labels never overlap: they are
moved apart, box by box, in always the same order, and the picture grows downwards when there is no room left. A
community has a number, written before its most said form and in the key, so that its colour is never needed.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from numpy import ndarray
from pandas import DataFrame

from relecture.report.figures.layout import EDGE, LINE, sheet, width, wrap
from relecture.report.figures.theme import GREY, INK, SMALL, as_figure
from relecture.report.lexical_words import spell_form

HALOS = (  # Okabe-Ito, lightened, then the outline: the same hue, darker; far enough apart for a picture in 64 colours
    ("#cfe0f5", "#6ea3d8"), ("#fbd8b4", "#e09a55"), ("#c4e8d4", "#5fb892"), ("#eccfe6", "#c07fb3"),
    ("#f5ec9c", "#c9b93c"), ("#d9d9d9", "#9a9a9a"), ("#bdf0f2", "#4fb9c4"), ("#f7c0b4", "#d97a64"),
)  # fmt: skip
_SIZES = (10, 14.5)  # points, least and most said: 11 pixels at least
_DENSITY = 0.2  # share of the sheet that labels cover at the start
_GAP = 0.05  # inches between two labels
_REACH = 0.13  # inches from a label to the edge of its halo
_LONGEST = 32  # letters of a label
_TRIES, _PUSH = 400, 0.9  # rounds of moving apart, and the share of an overlap undone in each


@as_figure
def network_map(nodes: DataFrame, *, edges: DataFrame, labels: int = 5) -> Canvas:
    """Forms and their links, placed: nodes has form, occurrences, community, x, y (0 to 1); edges has
    source and target (ranks of nodes) and weight. The key names the first `labels` forms of each community.
    """
    names = _label_texts(nodes)
    sizes = _label_sizes(nodes["occurrences"].to_numpy())
    boxes = _label_boxes(names, sizes)
    places, height = _place_labels(nodes[["x", "y"]].to_numpy(), boxes)
    entries = _key_entries(nodes, labels)
    below = LINE * (sum(entry.count("\n") + 1 for entry in entries) + 0.8)
    fig = Canvas(figsize=(sheet(), height + below))
    axes = fig.add_axes((0, below / (height + below), 1, height / (height + below)))
    axes.set(xlim=(0, sheet()), ylim=(height, 0))
    axes.set_axis_off()
    for number in sorted(nodes["community"].unique(), reverse=True):
        _draw_halo(axes, number, places, boxes, nodes["community"].to_numpy(), edges)
    _draw_links(axes, places, edges, nodes["community"].to_numpy())
    firsts = ~nodes["community"].duplicated()
    for name, size, place, first in zip(names, sizes, places, firsts, strict=True):
        weight = "bold" if first else "normal"
        axes.text(*place, name, size=size, weight=weight, ha="center", va="center_baseline", zorder=4)
    _draw_key(fig, entries)
    return fig


def spread_boxes(places: ndarray, boxes: ndarray, room: tuple[float, float]) -> ndarray | None:
    """Centres of boxes moved apart until none overlaps inside the room; None when they do not fit.

    Two boxes that overlap part along the axis where they overlap least.
    """
    low, high = boxes / 2, np.asarray(room) - boxes / 2
    wanted = (boxes[:, None] + boxes[None, :]) / 2 + _GAP
    ties = np.sign(np.subtract.outer(np.arange(len(boxes)), np.arange(len(boxes))))
    places = np.clip(places, low, high)
    for _ in range(_TRIES):
        gaps = places[:, None] - places[None, :]
        short = wanted - np.abs(gaps)
        overlap = (short > 1e-6).all(axis=2) & (ties != 0)
        if not overlap.any():
            return places.round(6)
        along = short.argmin(axis=2)
        axis = np.stack([along == 0, along == 1], axis=2) & overlap[:, :, None]
        ways = np.where(gaps == 0, ties[:, :, None], np.sign(gaps))
        places = np.clip(places + _PUSH * (ways * short * axis).sum(axis=1), low, high)
    return None


def _label_texts(nodes: DataFrame) -> list[str]:
    """Forms as they are read; the most said of a community is led by its number."""
    plain = nodes["form"].map(spell_form).map(_bounded)
    numbered = nodes["community"].astype(str) + "\u00a0·\u00a0" + plain
    return plain.where(nodes["community"].duplicated(), numbered).tolist()


def _bounded(form: str) -> str:
    return form if len(form) <= _LONGEST else f"{form[: _LONGEST - 1]}…"


def _label_sizes(occurrences: ndarray) -> ndarray:
    """Points, growing with the square root of the occurrences."""
    least, most = _SIZES
    roots = np.sqrt(occurrences)
    return (least + (most - least) * (roots - roots.min()) / (np.ptp(roots) or 1)).round(1)


def _label_boxes(names: list[str], sizes: ndarray) -> ndarray:
    """Width and height of each label in inches; bold is a tenth wider."""
    return np.array([(width(name, size) * 1.12, size * 1.25 / 72) for name, size in zip(names, sizes, strict=True)])


def _place_labels(places: ndarray, boxes: ndarray) -> tuple[ndarray, float]:
    """Centres in inches and the height that holds them: the least, of steps of a seventh, without overlap."""
    margin = EDGE + _REACH
    height = max(3.0, boxes.prod(axis=1).sum() / _DENSITY / sheet())
    while True:
        room = (sheet() - 2 * margin, height - 2 * margin)
        centres = spread_boxes(_even_out(places) * np.asarray(room), boxes, room)
        if centres is not None:
            return centres + margin, height
        height *= 1.15


def _even_out(places: ndarray) -> ndarray:
    """The same order on each axis, half of the way to even steps: crowds thin out, voids narrow."""
    ranks = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0, kind="stable")
    return (places + ranks / max(len(places) - 1, 1)) / 2


def _draw_halo(axes: Axes, number: int, places: ndarray, boxes: ndarray, community: ndarray, edges: DataFrame) -> None:
    """A branch of the tree, wide and rounded: its links and its labels, outlined; links stop at the labels.

    Five strokes in all, each broken into pieces, so that the picture stays light.
    """
    fill, outline = HALOS[(number - 1) % len(HALOS)]
    links = zip(edges["source"], edges["target"], strict=True)
    branches = _broken_line(places[[a, b]] for a, b in links if community[a] == community[b] == number)
    members = (community == number).nonzero()[0]
    thick = boxes[members, 1].max() / 2
    halves = (boxes[members, 0] / 2 - thick).clip(min=0)
    labels = _broken_line(places[rank] + [[-half, 0], [half, 0]] for rank, half in zip(members, halves, strict=True))
    for colour, more in ((outline, 0.015), (fill, 0.0)):
        _stroke(axes, branches, _REACH + more, colour, 1)
        _stroke(axes, labels, thick + _REACH / 2 + more, colour, 1)
    _stroke(axes, labels, thick * 0.9, fill, 3)


def _stroke(axes: Axes, line: ndarray, reach: float, colour: str, depth: int) -> None:
    axes.plot(*line, lw=144 * reach, color=colour, solid_capstyle="round", zorder=depth)


def _broken_line(pieces: Iterable[ndarray]) -> ndarray:
    """Segments as one line with gaps: x and y, with a blank after each piece."""
    parts = [np.vstack([piece, [np.nan, np.nan]]) for piece in pieces]
    return np.vstack(parts).T if parts else np.empty((2, 0))


def _draw_links(axes: Axes, places: ndarray, edges: DataFrame, community: ndarray) -> None:
    """The links, heavier with their weight; dashed between two communities."""
    heaviest = edges["weight"].max()
    for edge in edges.itertuples():
        across = community[edge.source] != community[edge.target]
        ends = places[[edge.source, edge.target]].T
        look = {"ls": (0, (2, 2)), "color": GREY} if across else {"ls": "-", "color": "#8c8c8c"}
        axes.plot(*ends, lw=0.6 + 2.4 * edge.weight / heaviest, zorder=2, **look)


def _key_entries(nodes: DataFrame, labels: int) -> list[str]:
    """What the key says of each community."""
    entries = []
    for number, group in nodes.groupby("community"):
        names = group["form"].map(spell_form).map(_bounded)
        rest = f"… ({len(group)} formes)" if len(group) > labels else ""
        entries.append(wrap(f"{number}\u00a0: {', '.join(names.head(labels))}{rest}", sheet() - 0.5, SMALL))
    return entries


def _draw_key(fig: Canvas, entries: list[str]) -> None:
    high = fig.get_figheight()
    line = sum(entry.count("\n") + 1 for entry in entries) + 0.4
    for number, entry in enumerate(entries):
        fill, outline = HALOS[number % len(HALOS)]
        corner, size = (EDGE / sheet(), (line - 0.75) * LINE / high), (0.2 / sheet(), 0.13 / high)
        fig.add_artist(Rectangle(corner, *size, transform=fig.transFigure, fc=fill, ec=outline, lw=1))
        fig.text(0.35 / sheet(), line * LINE / high, entry, size=SMALL, va="top", color=INK, linespacing=1.3)
        line -= entry.count("\n") + 1
