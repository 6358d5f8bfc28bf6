"""Curve of new codes, interview after interview, and the share they are in each run.

Two panels on the same interviews, in the order in which they were held: above, the new codes of each
and all codes so far; below, the share of new codes in each run, against the threshold under which one
speaks of saturation. A run is drawn at its last interview.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from relecture.core import french
from relecture.report.figures.layout import add_key, key_mark, key_patch, sheet, wrap
from relecture.report.figures.theme import COLOURS, GREY, INK, SMALL, as_figure

_LEFT, _RIGHT = 0.62, 0.12  # inches
_BARS = "#bcd3e6"
_NUMBERED = 0.26  # inches of an interview from which every number is written
_HEIGHT = 5.4


@as_figure
def saturation_curve(frame: DataFrame, *, runs: DataFrame, threshold: float = 0.05) -> Canvas:
    """New codes by interview: columns rank, new, cumulative (`saturation.new_codes`).

    `runs` has first, last, ratio, under (`saturation.run_ratios`); without any run the lower panel says so.
    A band shows the first run at or under the threshold, with its notation: 6+2 is saturation at the
    sixth interview, confirmed by two more.
    """
    fig = Canvas(figsize=(sheet(), _HEIGHT))
    upper, lower = (_panel(fig, bottom, height, len(frame)) for bottom, height in ((2.6, 2.3), (0.55, 1.4)))
    _draw_codes(upper, frame)
    _draw_ratios(lower, runs, threshold)
    marks = key_patch("nouveaux codes de l’entretien", fc=_BARS), key_mark(0, "codes trouvés jusque-là")
    add_key(upper, marks)
    return fig


def _panel(fig: Canvas, bottom: float, height: float, interviews: int) -> Axes:
    axes = fig.add_axes((_LEFT / sheet(), bottom / _HEIGHT, 1 - (_LEFT + _RIGHT) / sheet(), height / _HEIGHT))
    axes.set(xlim=(0.4, interviews + 0.6))
    axes.tick_params(length=3)
    if _is_numbered(interviews):
        axes.set_xticks(range(1, interviews + 1))
    else:
        axes.xaxis.set_major_locator(MaxNLocator(12, integer=True))
    return axes


def _is_numbered(interviews: int) -> bool:
    return (sheet() - _LEFT - _RIGHT) / interviews >= _NUMBERED


def _draw_codes(axes: Axes, frame: DataFrame) -> None:
    axes.bar(frame["rank"], frame["new"], width=0.7, color=_BARS)
    axes.plot(frame["rank"], frame["cumulative"], color=COLOURS[0], marker="o", ms=5, lw=1.6, clip_on=False)
    axes.set(ylim=(0, max(frame["cumulative"].max(), 1) * 1.12), ylabel="codes")
    axes.yaxis.get_major_locator().set_params(integer=True)
    if not _is_numbered(len(frame)):
        return
    for record in frame.itertuples():
        over = {"xytext": (-6, 6), "textcoords": "offset points", "ha": "center", "size": SMALL}
        axes.annotate(str(record.cumulative), (record.rank, record.cumulative), color=COLOURS[0], **over)
        if record.new and record.cumulative - record.new > 0.15 * axes.get_ylim()[1]:  # else the curve is there
            axes.annotate(str(record.new), (record.rank, record.new), color=INK, **over | {"xytext": (0, 3)})


def _draw_ratios(axes: Axes, runs: DataFrame, threshold: float) -> None:
    axes.set(xlabel="rang de l’entretien")
    words = wrap("part de nouveaux codes dans la suite d’entretiens qui finit là", sheet() - 0.8, SMALL)
    axes.set_title(words, loc="left", size=SMALL)
    if runs.empty:
        axes.set(ylim=(0, 1), yticks=[])
        axes.text(0.5, 0.5, "trop peu d’entretiens ou de codes", transform=axes.transAxes, ha="center", style="italic")
        return
    top = max(runs["ratio"].max(), threshold, 0.05) * 1.25
    axes.plot(runs["last"], runs["ratio"], color=COLOURS[1], lw=1.6, marker="D", ms=5, clip_on=False)
    axes.axhline(threshold, color=GREY, lw=1, ls=(0, (4, 3)))
    axes.set_ylim(-0.02 * top, top)
    axes.yaxis.set_major_formatter(lambda value, _: french.percent(value, 0))
    axes.yaxis.get_major_locator().set_params(nbins=4)
    words = f"seuil de {french.percent(threshold, 0)}"
    axes.annotate(words, (0.4, threshold), xytext=(4, 4), textcoords="offset points", size=SMALL, color=GREY)
    if (first := runs[runs["under"]].head(1)).size:
        _draw_reached(axes, first.iloc[0])


def _draw_reached(axes: Axes, run: object) -> None:
    """The interviews of the first run under the threshold, as a band, and how its authors write it."""
    axes.axvspan(run["first"] - 0.5, run["last"] + 0.5, color=_BARS, alpha=0.5, lw=0, zorder=0)
    words = f"{run['first'] - 1}+{run['last'] - run['first'] + 1}"
    middle = ((run["first"] + run["last"]) / 2, axes.get_ylim()[1])
    axes.annotate(words, middle, xytext=(0, -2), textcoords="offset points", ha="center", va="top", weight="bold")
