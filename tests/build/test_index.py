"""The list of the pages says what their elements carried, and is written when it is stale.

The oracle is what the toy displays, and the design: a card a study, nothing typed, file names without their folders.
"""

import pytest
from bs4 import BeautifulSoup

from relecture.build import pages
from relecture.build.progress import Lines

SHOW = """from relecture.report.page import elements
display(elements.answer('Oui.'), elements.facts({'Année': 2023}), elements.colophon({'Source': 'Une thèse'}))"""
QUIET = Lines(lambda line: None)


@pytest.fixture
def built(toy):
    def build(**options):
        cells = [*toy.cells, ("code", SHOW, [])]
        cells[1] = ("code", "answers: str = ''\ndose: int = 3", ["parameters"])
        toy.write({"notebooks/jouet.ipynb": toy.notebook([*cells, ("markdown", "# Refait", ["page:methode"])])})
        (report,) = pages.build(root=toy.root, show=QUIET, cold=True, **options)
        assert report.state == "built", report.faults
        return BeautifulSoup((report.page.parent / "index.html").read_text(encoding="utf-8"), "html.parser")

    return build


def test_a_card_says_what_the_page_carried_and_leads_to_both_pages(built):
    (card,) = built().select(".reports > li")
    assert [a["href"] for a in card.select("a")] == ["jouet.html", "jouet-methode.html"]
    said = " ".join(card.get_text(" ").split())
    assert "Un jouet Oui. Année : 2023" in said and "Source : Une thèse" in said and "3 retrouvés" in said


def test_on_own_answers_it_names_the_file_and_no_folder(built, tmp_path):
    for name in ("un.csv", "deux.csv"):
        (tmp_path / name).write_text("q1", encoding="utf-8")
    given = {"files": [str(tmp_path / "un.csv"), str(tmp_path / "deux.csv")], "sheet": ""}
    index = built(out=tmp_path / "pages", parameters={"answers": given})
    (card,) = index.select(".reports > li")
    assert "Fichier donné\u00a0: un.csv, deux.csv" in card.get_text() and str(tmp_path) not in str(index)
    assert [a["href"] for a in card.select("a")] == ["jouet.html", "jouet-these.html"]
