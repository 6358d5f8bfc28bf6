"""What the Planchenault page alone owes its readers; the oracle is the printed values and the fictional corpus."""

import re

import pytest

from relecture import load_study
from relecture.text.codes import tree

NAME = "planchenault"


def test_no_figure_and_no_table_is_lost(page):
    assert (len(page.find_all("figure")) >= 11, len(page.find_all("table")) >= 20) == (True, True)


@pytest.fixture(scope="module")
def study():
    return load_study("planchenault")


def between(page, first, last):
    """Figures and tables from one second-level heading to another."""
    start, end = (page.find("h2", string=re.compile(words)) for words in (first, last))
    return [tag for tag in start.find_all_next(["figure", "table"]) if tag.sourceline < end.sourceline]


def is_labelled(tag):
    return bool(tag.find_parent(class_="synthetic")) or "synthetic" in tag.get("class", [])


def test_the_two_printed_tables_are_there_row_by_row(page):
    """Oracle: the first and the last row of tables 1 and 2 of the thesis (l. 448-481)."""
    caption = next(tag for tag in page.select("caption") if "premier tableau" in tag.get_text())
    rows = [
        [cell.get_text().replace("\u00a0", " ") for cell in row.select("th, td")]
        for row in caption.find_parent("table").select("tr")
    ]
    assert rows[1] == ["M1", "> 60 ans", "F", "Cabinet de groupe", "Semi rurale", "> 15 ans", "-"]
    assert rows[-1] == ["M15", "< 40 ans", "F", "SOS médecin", "Urbaine", "5 - 15 ans", "-"]
    assert len(rows) == 1 + 15


def test_whatever_is_fictional_says_so(page):
    shown = between(page, "chaîne d’analyse", "conclure")
    assert len(shown) >= 16
    assert all(is_labelled(tag) for tag in shown)


def test_nothing_printed_is_called_fictional(page):
    shown = between(page, "Qui a été interrogé", "chaîne d’analyse")
    assert len(shown) >= 12
    assert not any(is_labelled(tag) for tag in shown)


def test_the_three_maps_hold_every_idea_of_the_tree(page, study):
    """The pictures are paths; their titles count the leaves of each branch, as the document has them."""
    titles = [tag.get_text() for tag in page.select("figcaption strong")]
    for node in tree.parse_tree(study.document("coding.yaml")).roots:
        frame = tree.parse_tree(study.document("coding.yaml")).frame(node.id)
        ideas = (frame["depth"] == 4).sum()
        assert any(node.label.replace("'", "’") in title and f"{ideas} idées" in title for title in titles)


@pytest.mark.parametrize("suffix", [".qdc", ".mm", ".opml", ".md"])
def test_the_tree_can_be_taken_away(page, suffix):
    (link,) = [link for link in page.select("a[download]") if link["download"].endswith(suffix)]
    assert link["href"].startswith("data:application/octet-stream;base64,")


def test_saturation_is_not_recomputed_and_the_page_says_what_is_missing(prose, study):
    missing = [one["what"] for one in study.document("saturation.yaml")["needed"] if not one["published"]]
    assert "ne peut pas être recalculée" in prose
    for what in missing:
        words = what.split(" : ")[0].split(" :")[0].replace("'", "’")
        assert words in prose


def test_the_page_says_that_classes_depend_on_settings(prose):
    assert "dépendent des réglages" in prose
