"""Oracle: WCAG 2.2, success criteria 1.3.1, 2.4.1 and 2.4.6, and the HTML standard on ids and headers."""

import pytest
from bs4 import BeautifulSoup

from relecture.report.page import structure


def completed(html, fallback="repli", taken=()):
    body = structure.parse(html)
    title, sections = structure.complete(body, fallback, taken)
    return BeautifulSoup(structure.serialise(body), "html.parser"), title, sections


def headings(body):
    return [(heading.name, heading.get_text()) for heading in body.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]


@pytest.mark.parametrize(
    ("html", "levels"),
    [
        ("<h1>a</h1><h4>b</h4><h2>c</h2><h6>d</h6><h6>e</h6>", "12233"),
        ("<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>", "1232"),
        ("<h3>b</h3>", "12"),  # below the title made of the fallback
        ("<h1>a</h1><h1>b</h1>", "12"),
        ("<h3>b</h3><h1>a</h1><h2>c</h2>", "212"),  # there is one title
    ],
)
def test_headings_go_down_one_step_at_a_time(html, levels):
    body, _, _ = completed(html)
    assert "".join(name[1] for name, _ in headings(body)) == levels


def test_no_line_of_the_title_ends_inside_a_word_and_its_address_stays():
    body, title, _ = completed("<h1>Protège-t-elle <em>là-bas</em>-même ?</h1>")
    assert body.h1.get_text() == "Protège-\u2060t-\u2060elle là-\u2060bas-\u2060même ?"
    assert (title, body.h1["id"]) == ("Protège-t-elle là-bas-même ?", "protege-t-elle-la-bas-meme")


def test_title_and_contents():
    _, title, sections = completed("<h1> Un </h1><h2>Deux</h2><h3>Trois</h3><h4>Quatre</h4><h2>Deux</h2>")
    assert title == "Un"
    found = [(one.anchor, [part.anchor for part in one.parts]) for one in sections]
    assert found == [("deux", ["trois"]), ("deux-2", [])]


def test_ids_of_the_page_and_of_its_cells_are_kept_from_what_cells_show():
    shown = '<b id="contenu">x</b><b id="cellule-2">x</b><b id="ligne">x</b><b id="ligne">x</b>'
    html = f'<h2>Contenu</h2><div class="cell" id="cellule-1">{shown}</div><div class="cell" id="cellule-2"></div>'
    body, _, sections = completed(html, taken={"contenu"})
    ids = [tag["id"] for tag in body.find_all(id=True)]
    assert ids == ["repli", "contenu-2", "cellule-1", "ligne", "cellule-2"]
    assert body.find(id="cellule-2").name == "div" and sections[0].anchor == "contenu-2"


def test_a_table_of_another_library_gets_what_it_lacks():
    html = "<table><thead><tr><th> </th><th>a</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr></tbody></table>"
    body, _, _ = completed(html)
    assert [(tag.name, tag.get("scope")) for tag in body.select("tr > *")] == [
        ("td", None),
        ("th", "col"),
        ("th", "row"),
        ("td", None),
    ]
    assert body.caption.get_text() == "Tableau\u00a01"
    assert body.table.parent["aria-label"] == "Tableau\u00a01" and body.table.parent["tabindex"] == "0"


def test_regions_of_one_caption_have_unlike_names_and_keep_it():
    region = '<div class="table-scroll" role="region" aria-label="A"><table><caption>A</caption></table></div>'
    body, _, _ = completed(region * 3 + '<section aria-label="A"></section>')
    assert [tag["aria-label"] for tag in body.select("[aria-label]")] == ["A", "A (2)", "A (3)", "A (4)"]
    assert {caption.get_text() for caption in body.select("caption")} == {"A"}


CARD = (
    "<table><thead><tr><th>Qui</th><th>Part (%)</th></tr></thead><tbody>"
    "<tr><th scope='rowgroup' colspan='2'>Âge</th></tr><tr><th>un</th><td>12</td></tr></tbody></table>"
)


def test_cells_know_their_column_and_keep_the_roles_of_a_table():
    """Styles that make cards of rows take the roles away from tables in some browsers (Roselli 2018)."""
    body, _, _ = completed(CARD)
    assert [cell["data-label"] for cell in body.select("[data-label]")] == ["Part (%)"]
    assert [(tag.name, tag["role"]) for tag in body.select("table, table *:not(caption)")] == [
        ("table", "table"), ("thead", "rowgroup"), ("tr", "row"), ("th", "columnheader"), ("th", "columnheader"),
        ("tbody", "rowgroup"), ("tr", "row"), ("th", "rowheader"), ("tr", "row"), ("th", "rowheader"), ("td", "cell"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("<td>12</td>", "<td rowspan='2'>12</td>"),
        ("<td>12</td>", ""),
        ("<thead>", "<thead><tr><th colspan='2'>deux étages</th></tr>"),
        ("<tr><th>un</th><td>12</td></tr>", ""),
    ],
)
def test_a_table_whose_cells_have_no_column_of_their_own_is_no_card(written, instead):
    body, _, _ = completed(CARD.replace(written, instead))
    assert not body.select("[data-label], .cards")


def test_only_tables_too_wide_for_paper_are_marked():
    row = "<table><tr>{}</tr></table>"
    body, _, _ = completed(row.format("<td>1</td>" * 9) + row.format("<td>1</td>" * 10))
    assert ["vast" in table.get("class", ()) for table in body.select("table")] == [False, True]


@pytest.mark.parametrize(
    "html",
    [
        "un <b>deux</b> trois",
        "<p>1 &lt; 2 &amp; 3</p>",
        "<table><tbody><tr><th>un<wbr>.deux<wbr>.trois</th><td>4</td></tr></tbody></table>",
        '<dl><div><dt>a</dt><dd>b</dd></div></dl><p>c<br>d</p><img src="data:image/png;base64,AA==" alt="é’œ">',
        "<details><summary>a</summary><pre>\n\nb  c</pre></details>",
        "<div>" * 500 + "a" + "</div>" * 500,
        f'<a href="data:text/csv;base64,{"A" * 12_000_000}">a</a>',
    ],
)
def test_a_body_with_nothing_to_complete_is_written_as_it_was_read(html):
    assert structure.serialise(structure.parse(html)) == html
