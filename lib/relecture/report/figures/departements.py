"""Map of the départements where respondents practise.

Counts are those of a table that a `Control` has let through: a département below the smallest count, or one that would
give another back, is drawn like those where nobody practises. What the outline lacks (overseas) stands in words.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from matplotlib import rcParams
from pandas import DataFrame

from relecture.answers.coded import departements
from relecture.core.french import SPACE, number
from relecture.disclosure.masking import is_controlled
from relecture.report.figures.theme import INK, PALE, RULE, SIZE, Figure, as_figure

_ROOM = 0.07  # inches around the number of a département: a smaller one has its number in words only
_STEPS = 24
_FILLED = "#9cc3e0"


def departements_map(counts: DataFrame, *, title: str, alt: str, caption: str = "") -> Figure:
    """The outline of France: the départements that have a count filled, with their number, the others pale.

    `counts` are the cells of everybody (`Characteristics.overall`, question of `questions.of_departements`) as a
    control gives them, NaN where hidden; ValueError for cells that no control has seen. They are told in words too.
    None is written 0: a hidden one would differ from it.
    """
    if not is_controlled(counts):
        raise ValueError("a map of respondents is drawn from cells that a control has let through")
    shown = counts[(counts["kind"] == "answer") & counts["count"].gt(0)]
    told = _in_words(shown.sort_values(["count", "label"], ascending=[False, True], kind="stable"))
    return _map(shown, title=title, alt=f"{alt} {told}".strip(), caption=f"{told} {caption}".strip())


def _in_words(shown: DataFrame) -> str:
    told = ", ".join(f"{row.label}{SPACE}({number(row.count)})" for row in shown.itertuples())
    return f"{told}." if told else ""


@as_figure
def _map(counts: DataFrame) -> Any:
    from matplotlib.figure import Figure as Sheet

    rings = _rings()
    shown = {code: count for code, count in counts[["level", "count"]].itertuples(index=False) if code in rings}
    sheet, width = departements.outline(), rcParams["figure.figsize"][0]
    figure = Sheet(figsize=(width, width * sheet["height"] / sheet["width"]))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, sheet["width"]), ylim=(sheet["height"], 0))
    axes.set_axis_off()
    _fill(axes, [ring for code, parts in rings.items() if code not in shown for ring in parts], PALE, RULE)
    _fill(axes, [ring for code in shown for ring in rings[code]], _FILLED, INK)
    style = {"ha": "center", "va": "center", "color": INK, "size": SIZE, "weight": "bold"}
    for code, count in shown.items():
        place, room = _widest(code)
        if room * width / sheet["width"] >= _ROOM:
            axes.text(*place, number(count), **style)
    return figure


@cache
def _rings() -> dict[str, list[np.ndarray]]:
    """The outlines of the départements that have one, as points."""
    outlines = {code: place["outline"] for code, place in departements.known().items() if "outline" in place}
    return {
        code: [np.array([point.split(",") for point in ring.split()], dtype=float) for ring in outline]
        for code, outline in outlines.items()
    }


def _fill(axes: Any, rings: list[np.ndarray], colour: str, edge: str) -> None:
    """Rings as one shape."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if rings:
        path = Path.make_compound_path(*(Path(np.vstack([ring, ring[:1]]), closed=True) for ring in rings))
        axes.add_artist(PathPatch(path, facecolor=colour, edgecolor=edge, linewidth=0.6))  # the limits are known


@cache
def _widest(code: str) -> tuple[np.ndarray, float]:
    """The place inside a département that is furthest from the points of its outline, and how far it is."""
    return max(map(_furthest, _rings()[code]), key=lambda one: one[1])


def _furthest(ring: np.ndarray) -> tuple[np.ndarray, float]:
    from matplotlib.path import Path

    across, down = (np.linspace(low, high, _STEPS) for low, high in zip(ring.min(0), ring.max(0), strict=True))
    places = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    inside = places[Path(ring).contains_points(places)]
    far = np.hypot(*(inside[:, None] - ring).transpose(2, 0, 1)).min(axis=1)
    return inside[far.argmax()], float(far.max())
