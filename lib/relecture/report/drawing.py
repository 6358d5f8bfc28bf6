"""What do all figures of the compendium have in common?

One theme (a font that travels with matplotlib, colours that colour-blind readers tell apart, no
frame) and one way out: `render` turns a matplotlib figure into a `Figure`, the same bytes each
time, which a notebook displays with its title and its words. `pictured` gives both to a function
that draws.

The picture holds axes and direct labels only; title and caption are HTML, so that they can be
searched, copied and read aloud.
"""

from __future__ import annotations

import functools
import inspect
import io
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Any

FONT = "DejaVu Sans"
SIZE, SMALL = 11, 10
HEAVY = 300_000  # bytes above which a vector picture is sent as pixels
INK, GREY, RULE, PALE = "#1a1a1a", "#595959", "#dddddd", "#f2f2f2"
COLOURS = ("#005f9e", "#b34700", "#00704f", "#8a3d74")  # Okabe-Ito, darkened to 4.5:1 on white
MARKERS = ("o", "D", "s", "^")

_RC = {
    "font.family": [FONT],
    "font.size": SIZE,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": SMALL,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "legend.fontsize": SMALL,
    "hatch.linewidth": 0.6,
    "svg.fonttype": "path",
    "svg.hashsalt": "relecture",
}


@dataclass(frozen=True)
class Figure:
    """A picture and its words; `synthetic` names what is not real in it, and is then shown first.

    `svg` is the picture; when that would be too heavy for a page it is empty and `png` holds it.
    """

    svg: bytes
    alt: str
    title: str
    caption: str
    synthetic: str
    png: bytes = b""

    def _repr_html_(self) -> str:
        kind, data = ("png", self.png) if self.png else ("svg+xml", self.svg)
        image = f'<img src="data:image/{kind};base64,{b64encode(data).decode()}" alt="{escape(self.alt)}">'
        label = f'<span class="label">{escape(self.synthetic)}</span> ' if self.synthetic else ""
        words = f"{label}<strong>{escape(self.title)}</strong> {escape(self.caption)}".strip()
        marked = "figure synthetic" if self.synthetic else "figure"
        return f'<figure class="{marked}">{image}<figcaption>{words}</figcaption></figure>'

    def __repr__(self) -> str:
        return f"<Figure «\u00a0{self.title}\u00a0»>"


def render(fig: Any, *, title: str, alt: str, caption: str = "", synthetic: str = "") -> Figure:
    """The matplotlib figure as a displayable `Figure`; closes it.

    Raises ValueError without a title or an alternative text: some readers get nothing else.
    """
    from matplotlib import pyplot

    if not alt.strip() or not title.strip():
        raise ValueError("a figure needs a title and an alternative text (what it shows, then its reading)")
    with theme():
        svg = _saved(fig, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
        png = b"" if len(svg) <= HEAVY else _saved(fig, format="png", dpi=200, metadata={"Software": None})
    pyplot.close(fig)
    return Figure(b"" if png else svg, alt, title, caption, synthetic, png)


@contextmanager
def theme() -> Iterator[None]:
    """The look of the house, starting from matplotlib's own defaults so that no local setting leaks in."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_RC)
        yield


def pictured(draw: Callable[..., Any]) -> Callable[..., Figure]:
    """Decorator: `draw(data, ...)` returns a matplotlib figure; the decorated function returns a `Figure`.

    Adds the words of `render` to its arguments, applies the theme and rounds the data to six
    significant digits, so that the last bit of a float never moves a line.
    """

    @functools.wraps(draw)
    def drawn(data: Any, *, title: str, alt: str, caption: str = "", synthetic: str = "", **choices: Any) -> Figure:
        with theme():
            fig = draw(_steady(data), **choices)
        return render(fig, title=title, alt=alt, caption=caption, synthetic=synthetic)

    own = list(inspect.signature(draw).parameters.values())
    words = [p for p in inspect.signature(render).parameters.values() if p.kind is p.KEYWORD_ONLY]
    drawn.__signature__ = inspect.Signature([own[0], *words, *own[1:]], return_annotation="Figure")
    return drawn


def _saved(fig: Any, **choices: Any) -> bytes:
    file = io.BytesIO()
    fig.savefig(file, **choices)
    return file.getvalue()


def _steady(data: Any) -> Any:
    from pandas import DataFrame

    if not isinstance(data, DataFrame):
        return data
    floats = data.select_dtypes("float").columns
    return data.assign(**{name: data[name].astype(float).map("{:.6g}".format).astype(float) for name in floats})
