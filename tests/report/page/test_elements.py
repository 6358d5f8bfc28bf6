"""Oracle: the Look section of the design, sentence by sentence."""

import pytest
from bs4 import BeautifulSoup
from IPython.core.formatters import DisplayFormatter

from relecture.report.page import elements
from relecture.report.verdicts import VERDICTS

HOSTILE = '<script>x()</script>"onerror='


def soup(element):
    return BeautifulSoup(element._repr_html_(), "html.parser")


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_facts_pair_labels_and_values():
    page = soup(elements.facts({"Répondants": 1240, "Période": "mars 2022"}))
    assert [plain(item.get_text()) for item in page.select("ul > li")] == ["Répondants : 1 240", "Période : mars 2022"]
    assert [item.span["class"] for item in page.select("li")] == [["term"], ["term", "unsaid"]]


def test_tally_is_words_and_marks_in_order_each_a_link():
    made = elements.tally({"inconsistent": 9, "reproduced": 212, "consistent": 0}, {"inconsistent": "#constat-3"})
    assert repr(made) == "✓ 212 retrouvés · ✗ 9 incohérents"
    page = soup(made)
    assert page.a["href"] == "#constat-3"
    assert plain(page.a.get_text()) == "✗ 9 incohérents"
    assert "verdict-inconsistent" in page.a.span["class"]
    assert len(page.select(".tally li")) == 2


def test_the_key_of_the_marks_is_folded_under_the_tally():
    made = soup(elements.tally({"reproduced": 1}))
    assert [item.span["class"][1] for item in made.select("details.key li")] == [f"verdict-{code}" for code in VERDICTS]
    assert plain(made.select_one("details.key").get_text()).count(" : ") == 5
    assert not soup(elements.tally({"reproduced": 0})).select("details")


def test_tally_links_stay_in_the_page():
    page = soup(elements.tally({"reproduced": 1}, {"reproduced": "javascript:x()"}))
    assert not page.select("a") and plain(page.ul.get_text()) == "✓ 1 retrouvé"


def test_tally_carries_its_counts_through_ipython():
    counts = {"reproduced": 2, "uncheckable": 0}
    data, _ = DisplayFormatter().format(elements.tally(counts))
    assert data["application/vnd.relecture.tally+json"] == counts
    assert plain(data["text/plain"]) == "✓ 2 retrouvés"
    assert "text/html" in data


def test_unknown_verdict_is_refused():
    with pytest.raises(ValueError, match="juste"):
        elements.tally({"juste": 1})


def test_key_points_are_three():
    page = soup(elements.key_points(["Un.", "Deux ?", "Trois."]))
    assert page.section["aria-label"] == "À retenir"
    assert [plain(li.get_text()) for li in page.select("li")] == ["Un.", "Deux ?", "Trois."]
    with pytest.raises(ValueError, match="2"):
        elements.key_points(["Un.", "Deux."])


def test_lost_charts_name_their_question():
    page = soup(elements.lost([("Figure 1", "Qui a répondu ?"), ("Carte", "Où ?")]))
    assert page.p.get_text() == "Graphiques dont les nombres sont perdus"
    assert plain(page.li.get_text()) == "Figure 1 Qui a répondu ?"
    assert soup(elements.lost([("Carte", "Où ?")])).p.get_text() == "Graphique dont les nombres sont perdus"


def test_the_address_that_a_reference_ends_with_is_a_link_and_no_other():
    made = elements.colophon({"Source": "Une thèse, https://dumas.example/1", "Autre": "à https://b.example/2"})
    assert [(link["href"], link.get_text()) for link in soup(made).select("a")] == [("https://dumas.example/1",) * 2]
    assert made.data == {elements.SOURCE: {"text": "Une thèse, https://dumas.example/1"}}
    assert not soup(elements.colophon({"Source": "x, https://a.example/?<b>"})).select("a, b")


def test_colophon_shows_values_as_they_are():
    assert plain(soup(elements.colophon({"Graine": 2023})).li.get_text()) == "Graine : 2023"


def test_the_story_is_carried_as_data_for_the_list_of_reports():
    """In pairs and lists: a notebook that is saved sorts the keys of a mapping."""
    shown = {
        elements.ANSWER: (elements.answer("Oui,\n  sans doute."), {"text": "Oui, sans doute."}),
        elements.FACTS: (
            elements.facts({"Lieu": "Lille", "Année": 2023}),
            {"pairs": [["Lieu", "Lille"], ["Année", "2023"]]},
        ),
        elements.KEY_POINTS: (
            elements.key_points(["Un.", "Deux.", "Trois."]),
            {"sentences": ["Un.", "Deux.", "Trois."]},
        ),
    }
    assert {kind: DisplayFormatter().format(made)[0][kind] for kind, (made, _) in shown.items()} == {
        kind: data for kind, (_, data) in shown.items()
    }
    assert plain(soup(shown[elements.ANSWER][0]).select_one("p.answer").get_text()) == "Oui, sans doute."


@pytest.mark.parametrize(
    "made",
    [
        elements.answer(HOSTILE),
        elements.facts({HOSTILE: HOSTILE}),
        elements.tally({"reproduced": 1}, {"reproduced": HOSTILE}),
        elements.key_points([HOSTILE] * 3),
        elements.lost([(HOSTILE, HOSTILE)]),
        elements.colophon({HOSTILE: HOSTILE}),
    ],
    ids=["answer", "facts", "tally", "key_points", "lost", "colophon"],
)
def test_texts_are_never_markup(made):
    page = soup(made)
    assert not page.select("script, [onerror]")
    assert page.get_text().strip()
