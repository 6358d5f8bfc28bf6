"""Figure of the strength of passwords: bits at random and bits to guess.

One line a password: the bits of a random draw of that length, and those of the guesses that an attacker who knows words
needs; the gap between both is drawn. Thresholds are dashed lines. Both numbers are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from pandas import DataFrame

from relecture.core import french
from relecture.report.figures import layout
from relecture.report.figures.layout import COVERED, EDGE, LINE, sheet, width
from relecture.report.figures.theme import COLOURS, GREY, MARKERS, RULE, SMALL, VERBATIM, as_figure

_RIGHT, _COLUMN = 1.15, 0.62  # inches of the numbers, and of the last number


@as_figure
def strengths(frame: DataFrame, *, thresholds: Mapping[float, str]) -> Canvas:
    """Passwords in bits: columns label, bits (drawn at random), guesses (as estimated), optional variable.

    `thresholds` are bits and who set them; a password longer than its line is cut at a sign, never shortened.
    """
    left = layout.label_column(frame.assign(label=[_wrapped(one, 1.5) for one in frame["label"]]), _RIGHT)
    wrapped = [_wrapped(password, (left or sheet()) - 3 * EDGE) for password in frame["label"]]
    rows = layout.stack_rows(frame.assign(label=wrapped), left=left)
    words = {bits: f"{french.number(bits)} {label}" for bits, label in thresholds.items()}
    axes = layout.labelled_axes(rows, left=left, right=_RIGHT, top=0.35 + LINE * (len(words) + 0.5), bottom=0.5)
    for text in axes.texts:
        text.set_gid(VERBATIM)
    top = max(frame[["bits", "guesses"]].max().max(), max(thresholds)) * 1.04
    axes.set(xlim=(0, top), xlabel="bits")
    layout.french_ticks(axes.xaxis)
    for rank, (bits, word) in enumerate(sorted(words.items()), start=1):  # the last is the lowest: no line crosses it
        y, turned = rank - len(words) - 0.4, bits > top / 2
        axes.plot(
            [bits, bits], [y, rows[-1].top + rows[-1].height], color=GREY, lw=1, ls=(0, (4, 3)), zorder=0, clip_on=False
        )
        shown = f"{word} " if turned else f" {word}"
        look = {"ha": "right" if turned else "left", "va": "center", "size": SMALL, "color": GREY, "bbox": COVERED}
        axes.text(bits, y, shown, **look)
    for y, record in layout.record_lines(rows):
        _line(axes, y, record)
    layout.add_key(axes, [layout.key_mark(0, "si tiré au hasard"), layout.key_mark(1, "à deviner (zxcvbn)")])
    return axes.figure


def _line(axes: Axes, y: float, record: Any) -> None:
    axes.plot([record.guesses, record.bits], [y, y], color=RULE, lw=4, solid_capstyle="butt", zorder=1)
    for rank, bits in enumerate((record.bits, record.guesses)):
        axes.plot(bits, y, MARKERS[rank], color=COLOURS[rank], ms=6.5, clip_on=False)
        place = -EDGE if rank else -_COLUMN
        layout.label_at(axes, y, place, french.number(bits, 0), size=SMALL, color=COLOURS[rank])


def _wrapped(password: str, inches: float) -> str:
    """The password in pieces that fill a line each: a long one has no space to be cut at."""
    pieces = [""]
    for sign in password:
        fits = width(pieces[-1] + sign) <= inches
        pieces = [*pieces[:-1], pieces[-1] + sign] if fits else [*pieces, sign]
    return " ".join(pieces)
