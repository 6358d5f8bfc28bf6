"""What the Planchenault page alone owes its readers; the oracle is the printed values and the fictional corpus."""

import base64
import re
from itertools import pairwise

import pytest

from relecture import load_study
from relecture.text.codes import tree

NAME = "planchenault"


def test_no_figure_and_no_table_is_lost(page, second):
    assert (len(page.find_all("figure")) >= 3, len(page.find_all("table")) >= 7) == (True, True)
    assert (len(second.find_all("figure")) >= 7, len(second.find_all("table")) >= 10) == (True, True)


@pytest.fixture(scope="module")
def study():
    return load_study("planchenault")


@pytest.fixture(scope="module")
def second(pages):
    return pages["planchenault-methode"]


def shown_of(page):
    """Figures and tables of a page."""
    return page.main.find_all(["figure", "table"])


def is_labelled(tag):
    return bool(tag.find_parent(class_="synthetic")) or "synthetic" in tag.get("class", [])


def downloads(page):
    """Texts of the tables that the page offers."""
    links = page.select("a[download$='.csv']")
    return [base64.b64decode(link["href"].partition("base64,")[2]).decode() for link in links]


def test_participants_are_told_by_counts_that_single_nobody_out(page):
    """Oracle: tables 1 and 2 of the thesis (l. 448-481), answers joined; five is the smallest cell of the house."""
    caption = next(tag for tag in page.select("caption") if "trait par trait" in tag.get_text())
    cells = caption.find_parent("table").select("tbody td")
    counts = [int(count) for cell in cells for count in re.findall(r"\s:\s(\d+)", cell.get_text())]
    assert sorted(counts) == [5] * 8 + [6] + [7] * 4 + [8] * 4 + [9] + [10] * 2
    assert "Sexe" not in caption.find_parent("table").get_text()  # three women


@pytest.mark.parametrize("column", ["type_exercice", "commentaire", "age", "secretariat"])
def test_no_cell_of_the_two_tables_is_told_in_their_order(page, study, column):
    """Two answers of neighbours side by side, in a cell of the page or of a file, would rebuild the rows."""
    cells = [study.values[f"participants.p{rank:02}.{column}"] for rank in range(1, 16)]
    told = " ".join([page.get_text(), *downloads(page)]).replace("\u00a0", " ").replace("\u202f", " ")
    assert len(downloads(page)) >= 7
    assert [pair for pair in pairwise(cells) if " ; ".join(pair) in told] == []
    assert re.findall(r"\bM(?:[1-9]|1[0-5])\b", told) == []


def test_fictional_doctors_are_nobody_of_the_thesis(second):
    caption = next(tag for tag in second.select("caption") if "segments les plus typiques" in tag.get_text())
    names = [row.select("td")[0].get_text() for row in caption.find_parent("table").select("tbody tr") if row("td")]
    assert len(names) >= 10 and all(re.fullmatch("Fictif [A-O]", name.replace("\u00a0", " ")) for name in names)


def test_whatever_is_fictional_says_so(second):
    shown = shown_of(second)
    assert len(shown) >= 16
    assert all(is_labelled(tag) for tag in shown)
    assert "sont inventés" in second.select_one(".answer").get_text()


def test_nothing_printed_is_called_fictional(page):
    shown = shown_of(page)
    assert len(shown) >= 9
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


def test_the_page_says_that_classes_depend_on_settings(second, read):
    assert "dépendent des réglages" in read(second)


def test_the_level_of_confidence_stands_beside_alpha(second, read):
    prose = read(second)
    assert re.search(r"α = 0,\d\d, intervalle à 95 % : \[", prose)


QUESTIONS = {  # what a GP would ask, and the words that answer in the first three screens
    "Alors, que change-t-il ?": "il étend ce que le médecin peut faire",
    "Combien pensent ainsi ?": "Aucune proportion à en tirer",
    "Combien de médecins, et où ?": "Médecins : 15 Lieu : Nouvelle-Aquitaine",
    "Comment les a-t-on interrogés ?": "entretiens individuels semi-dirigés",
    "A-t-on entendu assez de médecins ?": "La saturation, annoncée entre le dixième et le quinzième entretien",
    "Peut-on le vérifier ?": "cinq éléments sur six ne sont pas publiés",
    "La thèse se contredit-elle ?": "40 vérifications, 0 incohérence",
    "Qui sont ces médecins ?": "en cabinet de groupe : 9",
    "Ont-ils été tirés au sort ?": "n'ont pas été tirés au sort",
    "Pourrait-on les reconnaître ?": "suffisent à distinguer 11 des 15 participants",
    "De quoi ont-ils parlé ?": "La sécurisation des données ; Les échanges entre professionnels",
    "Et de la relation avec le patient ?": "La relation entre médecin et patient",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_three_screens_answer_a_doctor(first_screens, question):
    assert QUESTIONS[question] in first_screens
