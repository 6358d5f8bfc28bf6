"""Oracle: « Findings are told by cause, not by row » of the design's Look, sentence by sentence."""

import dataclasses

import pytest
from bs4 import BeautifulSoup

from relecture.printed.audit import Checked
from relecture.printed.finding import Finding, Verdict
from relecture.report.html import sanitized
from relecture.report.page.cause_cards import causes
from relecture.report.story import Cause, Story


def checked(name, verdict, judged="", expected="", conditions=()):
    finding = Finding(verdict, "", expected, conditions=conditions)
    return Checked(name, "same", "Texte", f"Ligne {name}", "résultats, l. 12", ("a.b",), "1 ; 2", finding, (), judged)


WRONG = checked("ratio", Verdict.INCONSISTENT, "4.46 [2.99 – 20.06]", "OR 7,74")
CUT = checked("age", Verdict.CONDITIONAL, "41.09", "41,10", ("si l'on a tronqué au lieu d'arrondir",))


def story(*parts):
    words = ("Un titre", "Un texte.\nUn autre.", "Rien.", "Pourquoi ?")
    return Story("", (), tuple(Cause(f"cause{rank}", *words, part) for rank, part in enumerate(parts)))


def soup(made):
    return BeautifulSoup(made.html, "html.parser")


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2060", "")


def test_a_card_says_what_was_printed_and_expected_what_it_changes_and_what_to_ask():
    card = soup(causes(story((WRONG, CUT)))).section
    assert plain(card.h4.get_text()) == "✗ Un titre"
    assert [p.get_text() for p in card.select("p")] == ["Un texte.", "Un autre."]
    pairs = {plain(dt.get_text()): plain(dt.find_next("div").get_text("|")) for dt in card.select(".term")}
    assert pairs == {
        "Ce que cela change": "Rien.",
        "Question à poser": "Pourquoi ?",
        "Lignes concernées": "Voir les 2 lignes|✗ Ligne ratio — imprimé 4,46 [2,99 – 20,06] ; attendu : OR 7,74"
        "|~ Ligne age — imprimé 41,09 ; cohérent si l’on a tronqué au lieu d’arrondir",
    }


def test_a_cause_of_conventions_only_and_a_long_list_wait_folded():
    wrong, cut = soup(causes(story((WRONG,) * 4, (CUT,)))).find_all(class_="cause")
    assert (wrong.name, plain(wrong.details.summary.get_text())) == ("section", "Voir les 4 lignes")
    assert (cut.name, plain(cut.summary.get_text())) == ("details", "~ Un titre")
    assert len(wrong.select("details li")) == 4 and len(cut.select("li")) == 1


def test_a_minor_cause_waits_folded():
    told = story((WRONG,))
    minor = Story("", (), tuple(dataclasses.replace(cause, minor=True) for cause in told.causes))
    assert (soup(causes(told)).find(class_="cause").name, soup(causes(minor)).find(class_="cause").name) == (
        "section", "details",
    )  # fmt: skip


def test_no_address_nor_line_of_a_scan_is_shown():
    made = causes(story((WRONG, CUT)))
    assert not [word for word in ("a.b", "l. 12", "1 ; 2") if word in made.html + made.text]


def test_a_card_is_named_by_its_title_and_survives_the_page():
    made = causes(story((WRONG,)))
    page = BeautifulSoup(sanitized(made.html), "html.parser")
    assert page.section["aria-labelledby"] == page.h4["id"] == "cause-cause0"
    assert page.get_text() == soup(made).get_text()


def test_the_same_is_told_on_a_terminal():
    lines = plain(repr(causes(story((WRONG,))))).splitlines()
    assert lines[0] == "✗ Un titre" and lines[-2:] == [
        "Question à poser : Pourquoi ?",
        "- ✗ Ligne ratio — imprimé 4,46 [2,99 – 20,06] ; attendu : OR 7,74",
    ]


@pytest.mark.parametrize("hostile", ["<script>x()</script>", '" onclick="x()'])
def test_every_text_is_escaped(hostile):
    made = causes(Story("", (), (Cause("a", hostile, hostile, hostile, hostile, (WRONG,)),)))
    assert not soup(made).find_all("script") and not soup(made).find_all(onclick=True)
    assert soup(made).get_text().count(hostile) == 4


def test_where_nothing_contradicts_it_is_said():
    assert "n’en contredit un autre" in causes(story()).html
