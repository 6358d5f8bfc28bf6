"""Dots of agreement of coders, one code a row.

One code a row: the coefficient with its interval on a common axis, the numbers written on the right,
and, where nothing could be measured, the reason instead of a mark.
"""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from pandas import DataFrame

from relecture.core import french
from relecture.report.figures import layout
from relecture.report.figures.theme import COLOURS, GREY, MARKERS, SMALL, as_figure

COEFFICIENTS = {"alpha": "Alpha de Krippendorff", "kappa": "Kappa de Cohen"}
ALPHA_LEVELS = (2 / 3, 0.8)  # Krippendorff (2004): tentative conclusions from the first, firm ones from the second
_LAST = 0.62  # inches of the last column


@as_figure
def agreement_dots(frame: DataFrame, *, measure: str = "alpha") -> Canvas:
    """Agreement by code: columns label, percent, note and, for that measure, value, low and high.

    The frame is that of `agreement.agreement_by_code`; optional `variable` opens a section. Dashed lines stand at
    ALPHA_LEVELS for alpha, and for it alone: they are its author's. A hollow mark has no interval.
    """
    from relecture.text.codes.agreement_coefficients import CONFIDENCE  # which imports statsmodels

    shown = frame.assign(value=frame[measure], low=frame[f"{measure}_low"], high=frame[f"{measure}_high"])
    heading = f"{measure} [IC à {french.percent(CONFIDENCE, 0)}]"
    right = _LAST + layout.number_column([heading, *map(_written, shown.itertuples())])
    left = layout.label_column(shown, right)
    rows = layout.stack_rows(shown, left=left)
    notes = layout.wrap(_key_notes(shown, measure), layout.sheet() - 2 * layout.EDGE, SMALL)
    below = 0.55 + layout.LINE * (1.2 * bool(notes) + notes.count("\n"))
    axes = layout.labelled_axes(rows, left=left, right=right, top=0.4, bottom=below)
    least = shown[["value", "low"]].min().min()
    axes.set_xlim(min(0, least if least == least else 0) - 0.03, 1.03)
    axes.set(xticks=[0, 0.5, 1], xlabel=COEFFICIENTS[measure])
    layout.french_ticks(axes.xaxis)
    for level in ALPHA_LEVELS if measure == "alpha" else ():
        axes.axvline(level, color=GREY, lw=0.8, ls=(0, (4, 3)), zorder=0)
    for y, record in layout.record_lines(rows):
        _draw_estimate(axes, y, record)
    style = {"size": SMALL, "va": "baseline"}
    layout.label_at(axes, -1, -_LAST, heading, **style)
    layout.label_at(axes, -1, -layout.EDGE, "accord", **style)
    layout.label_at(axes, axes.get_ylim()[0] + 2.6, layout.EDGE, notes, size=SMALL, va="top")
    return axes.figure


def _key_notes(shown: DataFrame, measure: str) -> str:
    hollow = (shown["value"].notna() & shown["low"].isna()).any()
    levels = " et ".join(french.number(level, 2) for level in ALPHA_LEVELS)
    notes = {"marque creuse\u00a0: intervalle non estimable": hollow, f"tirets\u00a0: {levels}": measure == "alpha"}
    return " ".join(note.replace(" ", "\u00a0") + "\u00a0" for note, needed in notes.items() if needed)


def _draw_estimate(axes: Axes, y: float, record: Any) -> None:
    if record.value != record.value:
        note = layout.wrap(record.note, 0.5 * layout.sheet(), SMALL)
        layout.label_at(axes, y, -layout.EDGE, note, size=SMALL, style="italic", color=GREY)
        return
    style = {"color": COLOURS[0], "clip_on": False}
    bounded = record.low == record.low
    if bounded:
        axes.plot([record.low, record.high], [y, y], marker="|", ms=6, lw=1.6, solid_capstyle="butt", **style)
    axes.plot(record.value, y, MARKERS[0], ms=6.5, mfc=COLOURS[0] if bounded else "white", **style)
    layout.label_at(axes, y, -_LAST, _written(record), size=SMALL, color=COLOURS[0])
    layout.label_at(axes, y, -layout.EDGE, french.percent(record.percent, 0), size=SMALL)


def _written(record: Any) -> str:
    if record.value != record.value:
        return ""
    interval = f" {french.interval(record.low, record.high, 2)}" if record.low == record.low else ""
    return french.number(record.value, 2) + interval
