"""Oracle: what a reader finds in the downloads folder: names, kinds and bytes."""

import base64

import pytest
from bs4 import BeautifulSoup

from relecture.report.page import downloads, structure

DRAWING = downloads.DRAWING + base64.b64encode(b'<svg class="drawing"><path d="M0 0"/></svg>').decode()
OTHER = downloads.DRAWING + base64.b64encode(b'<svg><path d="M0 0"/></svg>').decode()  # of another library
HOSTILE = downloads.DRAWING + base64.b64encode(b"<svg><script>x()</script></svg>").decode()
PIXELS = downloads.PIXELS + "iVBORw0KGgo="


OWN = b'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 %d 9"><text x="1" y="2">21/60</text></svg>'


def figure(address=DRAWING, title="Deux médecins sur trois", pixels=PIXELS, style="figure"):
    beside = f'<img class="pixels" src="{pixels}" alt="">' if pixels else ""
    words = f"<figcaption><strong>{title}</strong> Légende.</figcaption>"
    image = f'<img src="{address}" alt="Une courbe">'
    return f'<div class="cell"><figure class="{style}">{image}{words}</figure>{beside}</div>'


def offered(html, most=1_000_000):
    body = structure.parse(html)
    downloads.add_links(body, "étude", most)
    return BeautifulSoup(structure.serialise(body), "html.parser")


def names(body):
    return [link["download"] for link in body.select("a[download]")]


def test_a_figure_is_offered_in_pixels_and_as_a_drawing():
    body = offered(figure())
    assert names(body) == ["etude-deux-medecins-sur-trois.png", "etude-deux-medecins-sur-trois.svg"]
    assert [link["href"] for link in body.select("a")] == [PIXELS, DRAWING]
    line = body.select_one("figure + p.download").get_text()
    assert line == "Télécharger cette figure\u00a0: image (PNG) ou dessin (SVG)"
    assert not body.select("img.pixels")


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        (figure(pixels=""), ["svg"]),
        (figure(PIXELS, pixels=""), ["png"]),  # a picture of another library
        (figure(HOSTILE), ["png"]),
        (figure(OTHER), ["png"]),
        (figure(HOSTILE, pixels=""), []),
        (figure(downloads.DRAWING + "?", pixels=""), []),
        (figure("data:image/jpeg;base64,/9j/", pixels=""), []),
        ('<figure class="figure"><p>Rien</p></figure>', []),
    ],
)
def test_only_what_is_there_and_harmless_is_offered(html, kinds):
    assert [name[-3:] for name in names(offered(html))] == kinds


def test_names_are_short_unlike_and_say_what_is_synthetic():
    long = figure(title="Une aisance informatique excellente chez 29 % des utilisateurs, 15 % des autres", pixels="")
    assert names(offered(long)) == ["etude-une-aisance-informatique-excellente-chez-29-des-utilisateurs.svg"]
    assert names(offered(figure(pixels="") * 2)) == [
        "etude-deux-medecins-sur-trois.svg",
        "etude-deux-medecins-sur-trois-2.svg",
    ]
    synthetic = figure(style="figure synthetic", pixels="")
    assert names(offered(synthetic)) == ["etude-deux-medecins-sur-trois-synthetique.svg"]
    assert names(offered('<figure><img alt="Un nuage" src="' + PIXELS + '"></figure>')) == ["etude-un-nuage.png"]


def test_two_figures_alike_keep_each_their_links():
    body = offered(figure() * 2)
    assert [len(cell.select("a")) for cell in body.select(".cell")] == [2, 2]


def test_tables_get_the_name_of_the_page_too():
    link = '<div class="table"><a download="ages.csv" href="data:text/csv,a">x</a></div>'
    assert names(offered(link * 2)) == ["etude-ages.csv", "etude-ages-2.csv"]


def test_the_files_of_one_table_have_one_name():
    links = "".join(f'<a download="ages.{kind}" href="data:text/csv,a">x</a>' for kind in ("csv", "docx"))
    assert names(offered(f'<div class="table">{links}</div>' * 2)) == [
        "etude-ages.csv", "etude-ages.docx", "etude-ages-2.csv", "etude-ages-2.docx",
    ]  # fmt: skip


def test_a_page_has_a_weight_pixels_come_first_then_light_drawings():
    drawing = b'<svg class="drawing"><path d="M0 0%s"/></svg>' % (b"L1 1" * 400)
    html = figure(downloads.DRAWING + base64.b64encode(drawing).decode(), "Lourde") + figure()
    room = len(str(offered(html, 0))) + 500
    assert names(offered(html, room)) == [
        "etude-lourde.png",
        "etude-deux-medecins-sur-trois.png",
        "etude-deux-medecins-sur-trois.svg",
    ]
    assert names(offered(html, 0)) == []


def own(width):
    return downloads.DRAWING + base64.b64encode(OWN % width).decode()


def with_narrow(address):
    return figure(own(60)).replace("</div>", downloads.BESIDE.format("narrow", address) + "</div>")


def test_a_drawing_of_the_house_is_set_among_the_words_of_the_page_with_its_narrow_copy():
    body = offered(with_narrow(own(40)) + with_narrow(own(40)))
    assert not body.select("img")
    for one in body.select("figure"):
        wide, narrow = one.select("svg")
        assert (wide["class"], narrow["class"]) == (["drawing"], ["drawing", "narrow"])
        assert wide["aria-label"] == narrow["aria-label"] == "Une courbe" and wide["role"] == "img"
        assert wide["viewbox"] == "0 0 60 9" and "21/60" in wide.get_text()
    assert [link["href"] for link in body.select("a")] == [PIXELS, own(60)] * 2, "the file is the one that stands alone"


@pytest.mark.parametrize("address", [HOSTILE, OTHER, downloads.DRAWING + "?", "data:image/png;base64,iVBOR", "x.svg"])
def test_what_is_no_drawing_of_the_house_never_enters_the_page(address):
    assert len(offered(with_narrow(address)).select("svg")) == 1, "its narrow copy is left out"
    assert offered(figure(address)).select("svg") == []
    assert offered(figure(address)).select_one("figure img")["src"] == address
