"""Oracle: matplotlib's own SVG, opened with its names, against which the slim one is laid, line by line."""

import io
import re
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

from relecture.report.figures.svg import dark_tones, inlined, is_own, slim
from relecture.report.figures.theme import theme

WORDS = {"title": "Un titre <b>", "description": "Ce que l'on voit & lit"}


@pytest.fixture(scope="module")
def svg():
    with theme():
        axes = Figure().subplots()
        axes.plot([0, 1 / 3, 2], [1, 3, 2], marker="o", color="#b34700")
        axes.bar([0, 1], [1, 2], hatch="//", alpha=0.3)
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
    for name in ("path", "use", "text", "clipPath", "pattern"):
        assert len(parts(slimmed, name)) == len(parts(svg, name)) > 0, name
    assert len(parts(slimmed, "rect")) == len(parts(svg, "rect")) + 1, "the paper"
    before, after = ([path.get("d", "") for path in parts(one, "path")] for one in (svg, slimmed))
    assert numbers(after) == pytest.approx(numbers(before), abs=0.0051)


def test_words_stay_words_at_the_same_place_in_the_font_of_whoever_shows_them(svg):
    slimmed = slim(svg, **WORDS)
    before, after = ({text.text: text for text in parts(one, "text")} for one in (svg, slimmed))
    assert "Fréquence d'échange" in after and set(after) == set(before)
    assert numbers([after["100 %"].get("x")]) == pytest.approx(numbers([before["100 %"].get("x")]), abs=0.0051)
    assert "transform" not in after["100 %"].attrib and "rotate(-30)" in after["penché -->"].get("transform")
    assert b"font-family:" not in slimmed and slimmed.count(b"font-family") == 1
    assert "DejaVu Sans" in ElementTree.fromstring(slimmed).get("font-family")


def test_every_reference_is_met_once(svg):
    slimmed = slim(svg, **WORDS).decode()
    referred = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', slimmed))
    names = re.findall(r' id="([^"]+)"', slimmed)
    assert {one or other for one, other in referred} == set(names)
    assert len(names) == len(set(names))


def test_colours_are_kept(svg):
    before, after = (set(re.findall(rb"#[0-9a-f]{6}\b", one)) for one in (svg, slim(svg, **WORDS)))
    assert before == after and b"#b34700" in after


def test_the_words_come_first_and_comments_are_gone(svg):
    slimmed = slim(svg, **WORDS)
    title, description, *_ = ElementTree.fromstring(slimmed)
    assert (title.text, description.text) == (WORDS["title"], WORDS["description"])
    assert b"<!" not in slimmed and b"penche" not in slimmed


def test_a_slim_picture_is_one_of_the_house_and_the_one_it_was_made_of_is_not(svg):
    assert is_own(slim(svg, **WORDS)) and not is_own(svg)


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
    assert not is_own(hostile) and not is_own(hostile.replace(b"<svg", b'<svg class="drawing"', 1))


def page_part(svg, name="figure-1"):
    return inlined(svg, name, 'Courbe d\'un "deux" & <trois>')


def test_a_picture_in_a_page_takes_its_colours_its_font_and_its_names(svg):
    part = page_part(slim(svg, **WORDS))
    root = ElementTree.fromstring(part)
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Courbe d’un "deux" & <trois>')
    assert {"width", "height", "font-family"}.isdisjoint(root.attrib)
    assert "<title" not in part and "<desc" not in part and "100%" not in part  # a title would show when hovered
    assert "var(--ink,#22252a)" in part and "var(--tb34700,#b34700)" in part
    assert not re.search(r"(?<!,)#[0-9a-f]{6}", part), "every colour is the page's, or falls back"
    assert len(re.findall(r"<text", part)) == len(parts(svg, "text"))


def test_two_pictures_in_a_page_share_no_name(svg):
    one, other = (page_part(slim(svg, **WORDS), name) for name in ("figure-1", "figure-2"))
    names = [set(re.findall(r' id="([^"]+)"', part)) for part in (one, other)]
    assert names[0] and names[0].isdisjoint(names[1])
    referred = [set(re.findall(r'(?:href="#|url\(#)([^")]+)', part)) for part in (one, other)]
    assert referred == names


OWN = b'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 9 9">%s</svg>'


def test_a_small_picture_of_the_house_is_let_in():
    assert page_part(OWN % b'<path d="M0 0L9 9" style="fill:none;stroke:#b34700;stroke-width:1.5"/>')


@pytest.mark.parametrize(
    "hostile",
    [
        b"<svg class='drawing'><script>x()</script></svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',  # another library's
        OWN % b"<style>body{display:none}</style>",
        OWN % b'<path d="M0 0" onclick="x()"/>',
        OWN % b'<path d="M0 0" class="x" tabindex="0"/>',
        OWN % b'<a href="#top"><path d="M0 0"/></a>',
        OWN % b'<use href="https://a.example/x.svg#y"/>',
        OWN % b'<image href="data:image/png;base64,iVBORw0KGgo="/>',
        OWN % b"<foreignObject><p>x</p></foreignObject>",
        OWN % b'<animate attributeName="href" to="javascript:x()"/>',
        OWN % b'<path d="M0 0" style="fill:url(https://a.example/x)"/>',
        OWN % b'<path d="M0 0" style="position:fixed;inset:0"/>',
        OWN % b'<path d="M0 0" style="fill:expression(x())"/>',
        OWN % b'<path d="M0 0" style="fill:#fff;}body{display:none"/>',
        OWN % b'<path d="M0 0" style="fill:var(--x)"/>',
        OWN % b'<x:script xmlns:x="http://www.w3.org/1999/xhtml">x()</x:script>',
        OWN % b'<h:p xmlns:h="http://www.w3.org/1999/xhtml">x</h:p>',
        b'<?xml-stylesheet href="http://a.example"?><!DOCTYPE svg>' + OWN % b"",
        b"",
    ],
)
def test_a_picture_that_holds_more_stays_out_of_the_page(hostile):
    assert page_part(hostile) == ""


def test_words_of_a_picture_are_escaped_in_the_page():
    part = page_part(OWN % b"<text>&lt;/text&gt;&lt;script&gt;x()&lt;/script&gt;</text>")
    assert "<script" not in part and "&lt;script&gt;" in part


def contrast(one, other):
    light = [[((int(tone[at : at + 2], 16) / 255 + 0.055) / 1.055) ** 2.4 for at in (1, 3, 5)] for tone in (one, other)]
    low, high = sorted(sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), tone, strict=True)) for tone in light)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tone", ["#005f9e", "#b34700", "#00704f", "#8a3d74", "#bcd3e6", "#d98a52", "#f5ec9c"])
def test_a_colour_is_as_far_from_dark_paper_as_from_white(tone):
    """Oracle: the contrast ratio of WCAG 2.2; the paper is that of the style of pages."""
    (dark,) = re.findall(r"--t([0-9a-f]{6}):(#[0-9a-f]{6});", dark_tones(f"fill:var(--t{tone[1:]},{tone})"))
    assert dark[0] == tone[1:]
    assert contrast(dark[1], "#17191c") == pytest.approx(contrast(tone, "#ffffff"), rel=0.12)


def test_a_page_without_figures_has_no_tones():
    assert dark_tones("<p>rien</p>") == ""
