"""No picture of a committed notebook is cut: what a figure draws ends before the edge of its sheet.

Oracle: `sheet.EDGE` is kept blank on either side, so that ink on the outermost pixels belongs to a word or a line
that goes on outside. The exact extents of texts are measured verb by verb in `tests/report`.
"""

import io
import json
import re
from base64 import b64decode

import pytest

from relecture.build.state import jobs
from relecture.core.study import ROOT

NOTEBOOKS = sorted(jobs.notebooks(ROOT).values())
PIXELS = re.compile(r"data:image/png;base64,([\w+/=]+)")


def pictures(path):
    """Each picture in pixels, with the number of its cell."""
    for rank, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            pixels, html = ("".join(data.get(kind, "")) for kind in ("image/png", "text/html"))
            for address in [pixels, *PIXELS.findall(html)]:
                if address:
                    yield rank, b64decode(address)


def edges(content):
    """Colours of the outermost pixels, all four sides."""
    from PIL import Image

    image = Image.open(io.BytesIO(content)).convert("L")
    wide, high = image.size
    sides = [(0, 0, wide, 1), (0, high - 1, wide, high), (0, 0, 1, high), (wide - 1, 0, wide, high)]
    return {colour for side in sides for _, colour in image.crop(side).getcolors()}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_is_drawn_across_the_edge_of_a_picture(path):
    assert [rank for rank, content in pictures(path) if min(edges(content)) < 250] == []


def test_the_edge_would_be_seen():
    from PIL import Image

    for pixel, seen in (((5, 5), False), ((9, 5), True)):
        image, file = Image.new("RGB", (10, 10), "white"), io.BytesIO()
        image.putpixel(pixel, (0, 0, 0))
        image.save(file, "png")
        assert (min(edges(file.getvalue())) < 250) == seen
