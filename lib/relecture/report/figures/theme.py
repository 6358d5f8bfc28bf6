"""The look that all figures share, and the `Figure` that a matplotlib figure becomes.

One theme (a font that travels with matplotlib, colours that colour-blind readers tell apart, no
frame) and one way out: `render` turns a matplotlib figure into a `Figure`, the same bytes each
time, which a notebook displays with its title and its words. `as_figure` gives both to a function
that draws.

The picture holds axes and direct labels only; title and caption are HTML, so that they can be
searched, copied and read aloud. A file of it may be opened far from its page: it carries its title
and its words as metadata, and what is synthetic is written in the picture itself.
"""

from __future__ import annotations

import functools
import inspect
import io
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import matplotlib
import numpy as np
from matplotlib.transforms import Bbox
from pandas import DataFrame, factorize

from relecture.answers.synthetic_label import label_of
from relecture.report.figures import svg as vector
from relecture.report.figures.svg import GREY, INK, PALE, RULE  # noqa: F401 - as everywhere in figures, from here
from relecture.report.html import escaped, html_text, shortened, visible_text

FONT = "DejaVu Sans"  # wider than the fonts of a page, so that what fits here fits there
WIDE, SLIM = 6.8, 4.1  # inches of a sheet: of a page; of a telephone, whose letters are 11 pixels high at least
SIZE, SMALL = 11, 10
HEAVY = 90_000  # bytes above which a vector picture is sent as pixels
DPI, TINTS = 144, 64  # pixels an inch, and colours, of a picture sent as pixels
COLOURS = ("#005f9e", "#b34700", "#00704f", "#8a3d74", "#6b5900")  # Okabe-Ito, darkened to 4.5:1 on white
MARKERS = ("o", "D", "s", "^", "v")
VERBATIM = "verbatim"  # name of a text whose signs stay as they are
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_SCREEN: ContextVar[bool] = ContextVar("screen", default=False)
_LABEL = 200  # characters of a label; a picture has no room for more

_RC = {
    "font.family": [FONT],
    "font.size": SIZE,
    "text.color": INK,
    "text.hinting": "no_hinting",  # letters stand in pixels where they stand in the drawing
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
    "svg.fonttype": "none",
    "svg.hashsalt": "relecture",
}


@dataclass(frozen=True)
class Figure:
    """A picture and its words; `synthetic` names what is not real in it, and is then shown first.

    `svg` is what a notebook shows and a page sets among its words, `png` the same in pixels, for a document,
    `narrow` the drawing of a telephone, `axes` those of matplotlib, for who adds to them; when the vectors would be too
    heavy for a page `svg` is empty and the page shows the pixels.
    """

    svg: bytes
    png: bytes
    alt: str
    title: str
    caption: str = ""
    synthetic: str = ""
    narrow: bytes = b""
    axes: tuple[Any, ...] = field(default=(), compare=False, repr=False)

    def _repr_html_(self) -> str:
        kind, data = ("svg+xml", self.svg) if self.svg else ("png", self.png)
        image = f'<img src="data:image/{kind};base64,{b64encode(data).decode()}" alt="{escaped(shortened(self.alt))}">'
        label = f'<span class="label">{html_text(self.synthetic)}</span> ' if self.synthetic else ""
        words = f"<figcaption>{label}<strong>{html_text(self.title)}</strong></figcaption>"
        method = f'<p class="note">{html_text(self.caption)}</p>' if self.caption else ""
        return f'<figure class="figure{" synthetic" * bool(self.synthetic)}">{words}{image}{method}</figure>'

    def _repr_png_(self) -> bytes | None:
        return self.png if self.svg else None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {vector.NARROW: self.narrow.decode()} if self.svg and self.narrow else {}

    def __repr__(self) -> str:
        return f"<Figure «\u00a0{self.title}\u00a0»>"


def render(fig: Any, narrow: Any = None, *, title: str, alt: str, caption: str = "", synthetic: str = "") -> Figure:
    """The matplotlib figure, and the same on a narrow sheet, as a displayable `Figure`; closes it.

    Raises ValueError without a title or an alternative text: some readers get nothing else.
    """
    from matplotlib import pyplot

    if not alt.strip() or not title.strip():
        raise ValueError("a figure needs a title and an alternative text (what it shows, then its reading)")
    label = visible_text(shortened(synthetic, _LABEL))
    words = {"title": f"{label}\u00a0: {title}" if label else title, "description": alt}
    words = {name: visible_text(shortened(text)) for name, text in words.items()}
    for text in (text for one in (fig, narrow) if one for text in _texts(one) if text.get_gid() != VERBATIM):
        text.set_text(_APOSTROPHE.sub("’", text.get_text()))
    with theme():
        frame = _framed(fig, label)
        png = b"" if _SCREEN.get() else _pixels(fig, frame, **words)
        svg = _vector(fig, frame, **words)
        small = _vector(narrow, _framed(narrow, ""), **words) if narrow else b""
    pyplot.close(fig)
    svg = svg if len(svg) <= HEAVY or _SCREEN.get() else b""
    return Figure(svg, png, alt, title, caption, synthetic, small, tuple(fig.axes))


@contextmanager
def theme(width: float = WIDE) -> Iterator[None]:
    """The look of the house on a sheet so wide, starting from matplotlib's own defaults: no local setting leaks in."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_RC | {"figure.figsize": (width, width)})
        yield


@contextmanager
def for_screen() -> Iterator[None]:
    """Figures drawn within are vectors on a wide sheet and nothing else, which takes a third of the time."""
    before = _SCREEN.set(True)
    try:
        yield
    finally:
        _SCREEN.reset(before)


def as_figure(draw: Callable[..., Any]) -> Callable[..., Figure]:
    """Decorator: `draw(data, ...)` returns a matplotlib figure; the decorated function returns a `Figure`.

    Adds the words of `render` to its arguments, applies the theme, draws on both sheets and rounds the data to six
    significant digits, so that the last bit of a float never moves a line.
    """

    @functools.wraps(draw)
    def drawn(data: Any, *, title: str, alt: str, caption: str = "", synthetic: str = "", **choices: Any) -> Figure:
        synthetic = synthetic or label_of(data)
        steady, sheets = _steady(data), []
        for width in (WIDE,) if _SCREEN.get() else (WIDE, SLIM):
            with theme(width):
                sheets.append(draw(steady, **choices))
        return render(*sheets, title=title, alt=alt, caption=caption, synthetic=synthetic)

    own = list(inspect.signature(draw).parameters.values())
    words = [p for p in inspect.signature(render).parameters.values() if p.kind is p.KEYWORD_ONLY]
    drawn.__signature__ = inspect.Signature([own[0], *words, *own[1:]], return_annotation="Figure")
    return drawn


def _texts(fig: Any) -> list[Any]:
    """Words of a figure that a study wrote; ticks, slow to make, have none."""
    keys = [text for legend in fig.legends for text in legend.get_texts()]
    return [*fig.texts, *keys, *(text for axes in fig.axes for text in axes.texts)]


def _framed(fig: Any, label: str) -> Any:
    """What is kept of the sheet, in inches: all of it, and a line above that says what is synthetic."""
    width, height = fig.get_size_inches()
    if label:
        place = (0.06 / width, 1 + vector.BAND / 144 / height)
        fig.text(*place, label, size=SMALL, weight="bold", va="center", gid=vector.LABEL)
    return Bbox([[0, 0], [width, height + (vector.BAND / 72 if label else 0)]])


def _saved(fig: Any, frame: Any, **choices: Any) -> bytes:
    file = io.BytesIO()
    fig.savefig(file, bbox_inches=frame, **choices)
    return file.getvalue()


def _vector(fig: Any, frame: Any, **words: str) -> bytes:
    """The drawing without its paper."""
    for part in (fig, *fig.axes):
        part.patch.set_visible(False)
    return vector.slim(_saved(fig, frame, format="svg"), **words)


def _pixels(fig: Any, frame: Any, *, title: str, description: str) -> bytes:
    """The picture in few colours, which is plenty for lines and letters, and light."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    words, file = PngInfo(), io.BytesIO()
    words.add_itxt("Title", title)
    words.add_itxt("Description", description)
    tinted, tints = _tinted(_saved(fig, frame, format="raw", dpi=DPI))
    image = Image.frombytes("P", (int(frame.width * DPI), int(frame.height * DPI)), tinted.tobytes())
    image.putpalette(tints.tobytes())
    image.save(file, "png", compress_level=5, dpi=(DPI, DPI), pnginfo=words)
    return file.getvalue()


def _tinted(raw: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Pixels of four bytes as ranks in a palette: the most used colours are kept as they are, others go to the nearest.

    Pillow's own palettes average colours: the whites of the page and the colours of the house would not be exact.
    """
    pixels = np.frombuffer(raw, "<u4")
    drawn = np.flatnonzero(pixels != pixels[0])  # most are the page
    ranks, colours = factorize(pixels[drawn])
    tints = np.append(pixels[:1], colours).view("u1").reshape(-1, 4)[:, :3].astype(int)
    counts = np.append(pixels.size - drawn.size, np.bincount(ranks))
    palette = tints[np.argsort(-counts, kind="stable")[:TINTS]]
    nearest = ((tints[:, None] - palette) ** 2).sum(axis=2).argmin(axis=1).astype("u1")
    tinted = np.full(pixels.size, nearest[0])
    tinted[drawn] = nearest[1:][ranks]
    return tinted, palette.astype("u1")


def _steady(data: Any) -> Any:
    """The frame with floats of six digits, and texts of a length that can be drawn."""
    if not isinstance(data, DataFrame):
        return data
    floats, texts = (data.select_dtypes(kind).columns for kind in ("float", ["object", "string"]))
    rounded = {name: data[name].astype(float).map("{:.6g}".format).astype(float) for name in floats}
    return data.assign(**rounded, **{name: data[name].map(_drawable) for name in texts})


def _drawable(value: Any) -> Any:
    return re.sub("[\t-\r]+", " ", visible_text(shortened(value, _LABEL))) if isinstance(value, str) else value
