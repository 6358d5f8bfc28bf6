"""Two pages of one notebook, as the design names them; expected cells are worked out by hand from their tags."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from relecture.report.page import elements, notebook_parts, render


def cell(source, *tags, **data):
    outputs = [new_output("display_data", {kind.replace("_", "/"): value for kind, value in data.items()})]
    return new_code_cell(source, metadata={"tags": list(tags)}, outputs=outputs if data else [])


def notebook(*, tag="page:methode"):
    return new_notebook(
        cells=[
            new_markdown_cell("# L'étude : <b>"),
            cell("un"),
            cell("deux", tag, text_markdown="# La *méthode*\n\nrefaite"),
            cell("trois"),
            new_markdown_cell("## Pied", metadata={"tags": ["every-page"]}),
            cell("pied", "every-page"),
        ]
    )


def told(pages):
    """Of each page, its own cells: the link to the other one left out."""
    return {
        name: [one.source for one in page.notebook.cells if "onward" not in one.source] for name, page in pages.items()
    }


def test_a_notebook_without_a_second_part_is_one_page():
    assert list(notebook_parts.pages(notebook(tag="autre"), "jouet")) == ["jouet"]
    assert list(render.pages(notebook(tag="autre"), "jouet", own=True)) == ["jouet"]


@pytest.mark.parametrize(
    ("own", "first", "second"), [(False, "jouet", "jouet-methode"), (True, "jouet-these", "jouet")]
)
def test_a_tagged_cell_opens_the_second_page_and_the_foot_stands_on_both(own, first, second):
    before, after = ["# L'étude : <b>", "un", "## Pied", "pied"], ["deux", "trois", "## Pied", "pied"]
    pages = notebook_parts.pages(notebook(), "jouet", own=own)
    assert told(pages) == {first: before, second: after}
    assert next(iter(pages)) == "jouet", "the page of the study comes first"


def test_each_page_leads_to_the_other_by_its_title_before_the_foot():
    pages = notebook_parts.pages(notebook(), "jouet")
    (first,) = [one.source for one in pages["jouet"].notebook.cells if "onward" in one.source]
    (second,) = [one.source for one in pages["jouet-methode"].notebook.cells if "onward" in one.source]
    assert 'href="jouet-methode.html">La *méthode*</a>' in first
    assert 'href="jouet.html">L’étude\u00a0: &lt;b&gt;</a>' in second
    assert [page.beside[0] for page in pages.values()] == ["jouet-methode.html", "jouet.html"]
    assert ["onward" in one.source for one in pages["jouet"].notebook.cells][-3:] == [True, False, False]


def test_pages_have_their_own_title_and_links_at_the_top():
    pages = render.pages(notebook(), "jouet")
    assert "<title>La méthode – Relecture</title>" in pages["jouet-methode"]
    assert '<a class="beside" href="jouet.html">L’étude, relue</a>' in pages["jouet-methode"]
    assert '<a class="beside" href="jouet-methode.html">' in pages["jouet"]


@pytest.mark.parametrize(
    ("prose", "title"),
    [(["# Un jouet  ", "# Deux"], "Un jouet"), (["De la prose.\n\n# Plus bas\n"], "Plus bas"), (["## Non"], "jouet")],
)
def test_the_title_is_the_first_heading_of_the_first_level(prose, title):
    assert notebook_parts.title([new_markdown_cell(source) for source in prose], "jouet") == title


def test_what_is_carried_is_what_was_displayed_first():
    first, second = (cell("", **{elements.TALLY: {"reproduced": count}}) for count in (3, 4))
    said = cell("", text_plain="x")
    assert notebook_parts.carried(new_notebook(cells=[said, first, second]), elements.TALLY) == {"reproduced": 3}
    assert notebook_parts.carried(new_notebook(cells=[said]), elements.TALLY) == {}
