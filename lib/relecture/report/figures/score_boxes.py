"""Boxes of a score in each group, from printed means and deviations or from answers.

Two pictures that must not be confused: `summary_boxes` when a study printed a mean and an SD and
nothing else, `boxes` when the individual answers are at hand. The first is hatched and its legend
says that it shows no quartile; both carry the mean as a dotted line, as the theses' box plots do.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from pandas import DataFrame

from relecture.core import french
from relecture.report.figures import layout
from relecture.report.figures.layout import EDGE
from relecture.report.figures.theme import COLOURS, GREY, INK, SMALL, as_figure

_COLOUR = COLOURS[0]
_DOTTED = {"color": COLOURS[1], "ls": (0, (1, 1)), "lw": 2.2}
_HATCHED = {"fc": "white", "ec": _COLOUR, "hatch": "////", "lw": 1, "ls": "--"}
_QUARTILES = {"fc": "#dbe9f4", "ec": _COLOUR, "lw": 1.2}
_POINT = {"mfc": "white", "mec": GREY, "mew": 0.8}
MOST, FEW = 300, 50  # respondents of a group who are a point each; points where they are more
_TALLEST = 13  # points of a pile, whose markers can still be seen
_ROOM = 5.6  # points that seaborn leaves on either side of a line of points


@as_figure
def summary_boxes(
    frame: DataFrame, *, scale: tuple[float, float] = (20, 80), measure: str = "score", confidence: float = 0.95
) -> Canvas:
    """A score known by its mean and SD only: columns label, n, mean, sd, low, high, optional variable.

    The hatched box is mean ± SD, since quartiles cannot be read from two numbers. low and high bound
    the interval of the mean at that confidence. A column `text` replaces the written numbers, to keep them as printed.
    """
    words = "moyenne ± 1 écart type, et non les quartiles\u00a0:\nles valeurs de chacun ne sont pas montrées"
    key = [
        _line("moyenne", **_DOTTED),
        _line(f"son intervalle à {french.percent(confidence, 0)}", color=INK, lw=1.8),
        layout.key_patch(words, **_HATCHED),
    ]
    sized = frame.assign(label=_sized(frame["label"], frame["n"]))
    return _scored(sized, scale, measure, _summary, layout.number_column(map(_written, frame.itertuples())), key)


@as_figure
def boxes(frame: DataFrame, *, scale: tuple[float, float] = (20, 80), measure: str = "score") -> Canvas:
    """Box plots of individual values: columns label, value, optional variable, one record a respondent.

    Whiskers end at the extremes; each respondent is a point, equal values piled up. In groups of more than MOST, or
    where a pile would be too tall, a point stands for several, from the lowest to the highest, and the key says how
    many. Never for own answers.
    """
    keys = [name for name in ("variable", "label") if name in frame]
    values = frame.groupby(keys, sort=False)["value"].agg(list).reset_index()
    values["label"] = _sized(values["label"], values["value"].map(len))
    step = max(map(_step, values["value"]))
    values["shown"] = [sorted(group)[step // 2 :: step] if step > 1 else group for group in values["value"]]
    box = layout.key_patch("quartiles et médiane\u202f; moustaches\u00a0:\nminimum et maximum", **_QUARTILES)
    point = _line(f"un point pour {step} répondants", **_POINT, ls="", marker="o", ms=3.5)
    return _scored(values, scale, measure, _points, 0.2, [_line("moyenne", **_DOTTED), box, *[point] * (step > 1)])


def _scored(
    frame: DataFrame, scale: tuple[float, float], measure: str, draw: Any, right: float, key: Sequence[Artist]
) -> Canvas:
    left, tall = layout.label_column(frame, right), layout.key_height([str(mark.get_label()) for mark in key])
    rows = layout.stack_rows(frame, left=left, least=1.9)
    axes = layout.labelled_axes(rows, left=left, right=right, bottom=0.45 + tall)
    axes.set(xlim=scale, xlabel=f"{measure}, de {french.number(scale[0])} à {french.number(scale[1])}")
    layout.french_ticks(axes.xaxis)
    for y, record in layout.record_lines(rows):
        draw(axes, y, record)
    layout.add_key(axes, key, place="lower left")
    return axes.figure


def _sized(labels: Any, sizes: Any) -> Any:
    return labels + sizes.map("\u00a0(n\u00a0=\u00a0{:.0f})".format)


def _summary(axes: Axes, y: float, record: Any) -> None:
    axes.barh(y, 2 * record.sd, left=record.mean - record.sd, height=1.3, **_HATCHED)
    axes.plot([record.low, record.high], [y, y], color="white", lw=5, solid_capstyle="butt")
    axes.plot([record.low, record.high], [y, y], color=INK, lw=1.8, marker="|", ms=8)
    axes.plot([record.mean] * 2, [y - 0.65, y + 0.65], **_DOTTED)
    layout.label_at(axes, y, -EDGE, _written(record), size=SMALL)


def _written(record: Any) -> str:
    return getattr(record, "text", f"{french.number(record.mean, 1)} ± {french.number(record.sd, 1)}")


def _box(axes: Axes, y: float, record: Any) -> None:
    axes.boxplot(
        [record.value], positions=[y - 0.4], orientation="horizontal", widths=0.9, whis=(0, 100),
        patch_artist=True, showmeans=True, meanline=True, manage_ticks=False, showfliers=False, boxprops=_QUARTILES,
        meanprops={**_DOTTED, "zorder": 4}, medianprops={"color": INK, "lw": 2},
        whiskerprops={"color": _COLOUR}, capprops={"color": _COLOUR, "clip_on": False},
    )  # fmt: skip


def _points(axes: Axes, y: float, record: Any) -> None:
    """The box, and under it one point a respondent, piled where values meet (no randomness)."""
    import seaborn

    _box(axes, y, record)
    look = {"size": _size(record.shown), "facecolor": "white", "edgecolor": GREY, "linewidth": 0.8, "clip_on": False}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*points cannot be placed", UserWarning)  # they touch: it is a small sheet
        seaborn.swarmplot(
            x=record.shown, y=[y + 0.65] * len(record.shown), orient="y", native_scale=True, ax=axes, **look
        )


def _step(values: list[float]) -> int:
    """How many respondents a point stands for: one, unless points would be too many, or a pile of them too tall."""
    points = ceil(len(values) / FEW) if len(values) > MOST else 1
    return max(points, ceil(max(Counter(values).values()) / _TALLEST))


def _size(values: list[float]) -> float:
    """Diameter in points of markers whose tallest pile, edges included, fits on either side of its line."""
    tallest = max(Counter(values).values())
    return min(3.5, _ROOM / max(1, tallest // 2) - 0.8)


def _line(word: str, **style: Any) -> Artist:
    return Line2D([], [], label=word, **style)
