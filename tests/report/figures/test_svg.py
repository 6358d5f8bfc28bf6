"""Oracle: matplotlib's own SVG, opened with its names, against which the slim one is laid, line by line."""

import io
import re
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

from relecture.report.figures.svg import is_inert, slim
from relecture.report.figures.theme import theme

WORDS = {"title": "Un titre <b>", "description": "Ce que l'on voit & lit"}


@pytest.fixture(scope="module")
def svg():
    with theme():
        axes = Figure().subplots()
        axes.plot([0, 1 / 3, 2], [1, 3, 2], marker="o", color="#b34700")
        axes.bar([0, 1], [1, 2], hatch="//", alpha=0.3)
        axes.imshow([[0, 1], [1, 0]], extent=(0, 1, 0, 1))
        axes.set(title="Fréquence d'échange", xlabel="100 %")
        axes.text(0.5, 0.5, "penché -->", rotation=30, size=10.5)
        file = io.BytesIO()
        axes.figure.savefig(file, format="svg")
    return file.getvalue()


def parts(svg, name):
    return [element for element in ElementTree.fromstring(svg).iter() if element.tag.rpartition("}")[2] == name]


def numbers(values):
    return [float(number) for value in values for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", value)]


def test_a_slim_picture_weighs_much_less(svg):
    assert len(slim(svg, **WORDS)) < 0.75 * len(svg)


def test_every_shape_is_still_there_at_the_same_place(svg):
    slimmed = slim(svg, **WORDS)
    for name in ("path", "use", "rect", "image", "clipPath", "pattern"):
        assert len(parts(slimmed, name)) == len(parts(svg, name)), name
    before, after = ([path.get("d", "") for path in parts(one, "path")] for one in (svg, slimmed))
    assert numbers(after) == pytest.approx(numbers(before), abs=0.0051)


def test_letters_keep_their_place_to_the_hundredth_of_their_size(svg):
    before = [use.get("transform", "") for use in parts(svg, "use") if "translate" in use.get("transform", "")]
    after = [use.get("x") for use in parts(slim(svg, **WORDS), "use") if "x" in use.attrib and "y" not in use.attrib]
    assert numbers(after) == pytest.approx([numbers([move])[0] for move in before], abs=0.51)


def test_scales_and_turns_are_left_alone(svg):
    before, after = ([g.get("transform", "") for g in parts(one, "g")] for one in (svg, slim(svg, **WORDS)))
    kept = [re.findall(r"(?:scale|rotate)\([^)]*\)", one) for one in (" ".join(before), " ".join(after))]
    assert kept[0] == kept[1] and any("0.105" in one for one in kept[0])


def test_every_reference_is_met_once(svg):
    slimmed = slim(svg, **WORDS).decode()
    referred = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', slimmed))
    names = re.findall(r' id="([^"]+)"', slimmed)
    assert {one or other for one, other in referred} == set(names)
    assert len(names) == len(set(names))


def test_colours_are_kept(svg):
    before, after = (re.findall(rb"#[0-9a-f]{6}\b", one) for one in (svg, slim(svg, **WORDS)))
    assert before == after and b"#b34700" in after


def test_the_words_come_first_and_comments_are_gone(svg):
    slimmed = slim(svg, **WORDS)
    title, description, *_ = ElementTree.fromstring(slimmed)
    assert (title.text, description.text) == (WORDS["title"], WORDS["description"])
    assert b"<!" not in slimmed and b"penche" not in slimmed


def test_a_slim_picture_is_inert(svg):
    assert is_inert(slim(svg, **WORDS))


@pytest.mark.parametrize(
    "hostile",
    [
        b"<svg><script>x()</script></svg>",
        b'<svg onload="x()"/>',
        b'<svg><path ONCLICK="x()"/></svg>',
        b'<svg><a href="javascript:x()"><path/></a></svg>',
        b'<svg><use href="http://a.example/x.svg#y"/></svg>',
        b'<svg xmlns:l="http://www.w3.org/1999/xlink"><image l:href="http://a.example/x.png"/></svg>',
        b'<svg><image href="data:image/svg+xml;base64,PHN2Zz4="/></svg>',
        b"<svg><foreignObject><p>x</p></foreignObject></svg>",
        b'<svg><path style="fill: url(http://a.example/x)"/></svg>',
        b"<svg><style>@import 'http://a.example/x.css'</style></svg>",
        b'<svg><path style="fill: \\75rl(x)"/></svg>',
        b'<!DOCTYPE svg [<!ENTITY x "y">]><svg><path d="&x;"/></svg>',
        b'<svg><animate onbegin="x()"/></svg>',
        b"<svg><set attributeName='href' to='javascript:x()'/></svg>",
        b"not a picture",
    ],
)
def test_a_picture_that_is_more_than_shapes_is_told(hostile):
    assert not is_inert(hostile)
