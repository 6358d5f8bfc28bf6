"""Each link holds the file that it names, and the words of a tree stay words."""

from base64 import b64decode

import pytest
from bs4 import BeautifulSoup

from relecture.report.page.tree_links import DOWNLOAD_TYPE, tree_downloads
from relecture.text.codes.formats.registry import TREE_FORMATS
from relecture.text.codes.tree import parse_tree

TITLE = '<img src=x onerror=alert(1)> "Arbre" d\'équipe'
TREE = parse_tree({"title": TITLE, "nodes": [{"id": "a", "label": "<script>alert(1)</script>"}]})


@pytest.fixture(scope="module")
def found():
    return BeautifulSoup(tree_downloads(TREE).html, "html.parser").find_all("a")


def test_one_file_a_format(found):
    assert [link["download"].rpartition(".")[2] for link in found] == ["qdc", "mm", "opml", "md"]


def test_a_link_holds_the_file_it_names(found):
    for link, form in zip(found, TREE_FORMATS.values(), strict=True):
        kind, _, content = link["href"].partition(";base64,")
        assert kind == f"data:{DOWNLOAD_TYPE}"
        assert b64decode(content) == form.write(TREE)


def test_hostile_words_stay_words(found):
    soup = BeautifulSoup(tree_downloads(TREE)._repr_html_(), "html.parser")
    assert {tag.name for tag in soup.find_all(True)} == {"div", "p", "ul", "li", "a"}
    assert found[0]["download"] == "img-src-x-onerror-alert-1-arbre-d-equipe.qdc"
