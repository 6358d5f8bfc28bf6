"""The explorer of findings, its widgets given values as a person would."""

from collections import Counter

import pytest

from relecture import load_study, studies
from relecture.explore.findings_explorer import ALL, FindingsExplorer
from relecture.printed.audit import Checked, tally
from relecture.printed.finding import Finding, Verdict
from relecture.report.tables.findings_table import ORDER


@pytest.fixture(scope="module")
def findings():
    return load_study("guefif").findings()


@pytest.fixture
def explorer(findings):
    return FindingsExplorer(findings)


def made(name, label, *addresses, verdict=Verdict.REPRODUCED, printed="12"):
    return Checked(name, "same", "Partie", label, "l. 3", addresses, printed, Finding(verdict, "le même nombre"))


def test_each_verdict_leaves_as_many_as_it_says(explorer, findings):
    alone = sum(one.kind == "row" for one in findings)
    counts = tally(findings) | Counter({ALL: len(findings), "row": alone})
    for words, code in explorer.verdict.options:
        explorer.verdict.value = code
        assert words.endswith(f"({counts[code]})")
        assert len(explorer.list.options) == counts[code]
        assert explorer.status.value.startswith(f"<p>{counts[code]}\u00a0constat")


def test_what_does_not_hold_comes_first(explorer, findings):
    ranks = [ORDER.index(findings[name].finding.verdict) for _, name in explorer.list.options]
    assert ranks == sorted(ranks) and explorer.list.index == 0


@pytest.mark.parametrize("words", ["aisance prédicteur", "PREDICTEUR aisance", "aisance", "16,6", "l. 994"])
def test_the_search_ignores_accents_case_and_order(explorer, findings, words):
    plain = str.maketrans("éèêà", "eeea")
    explorer.search.value = words
    texts = {one.id: f"{one.record} {one.judged} {one.addresses}".lower().translate(plain) for one in findings}
    expected = [name for name in texts if all(word.lower().translate(plain) in texts[name] for word in words.split())]
    assert set(explorer.shown) >= set(expected)
    assert bool(explorer.shown) == bool(expected)


def test_a_finding_is_told_whole(explorer, findings):
    explorer.open("principal.difference")
    told = explorer.detail.value
    assert "63,9 − 47,3 = 16,6" in told and ">16,6<" in told and "retrouvé" in told
    assert findings["principal.difference"].label in told
    failing = next(one for one in findings if one.repairs)
    explorer.open(failing.id)
    assert "Réparation possible" in explorer.detail.value and failing.repairs[0].proposed in explorer.detail.value


def test_opening_another_lifts_the_filter_that_hides_it(explorer):
    explorer.verdict.value, explorer.search.value = "inconsistent", "odds"
    explorer.open("principal.difference")
    assert (explorer.verdict.value, explorer.search.value) == (ALL, "")
    assert explorer.list.value == "principal.difference"
    with pytest.raises(KeyError):
        explorer.open("personne")


def test_a_finding_that_the_filter_keeps_stays_open(explorer):
    explorer.list.index = 4
    opened = explorer.list.value
    explorer.verdict.value = "inconsistent"
    assert explorer.list.value == opened


def test_steps_stop_at_both_ends():
    explorer = FindingsExplorer([made("a", "Un", "x"), made("b", "Deux", "y")])
    assert (explorer.previous.disabled, explorer.next.disabled) == (True, False)
    explorer.next.click()
    assert explorer.list.value == "b"
    assert (explorer.previous.disabled, explorer.next.disabled) == (False, True)
    explorer.previous.click()
    assert explorer.list.value == "a"


def test_related_findings_share_a_number():
    explorer = FindingsExplorer([made("a", "Un", "x", "y"), made("b", "Deux", "y"), made("c", "Trois", "z")])
    assert [name for _, name in explorer.related.options] == ["b"]
    explorer.go.click()
    assert explorer.list.value == "b" and [name for _, name in explorer.related.options] == ["a"]
    explorer.open("c")
    assert explorer.go.disabled and explorer.related.disabled


def test_nothing_left_is_said_and_disables(explorer):
    explorer.search.value = "aucun nombre ne porte ces mots"
    assert explorer.detail.value == "" and "Aucun constat" in explorer.status.value
    assert explorer.previous.disabled and explorer.next.disabled and explorer.go.disabled
    explorer.search.value = ""
    assert explorer.detail.value


def test_words_of_a_source_are_text():
    explorer = FindingsExplorer([made("a", "<img src=x onerror=alert(1)>", "x", printed="<b>12</b>")])
    for shown in (explorer.detail.value, explorer.status.value):
        assert "<img" not in shown and "<b>" not in shown and "&lt;img" in shown


def test_a_change_draws_once(explorer):
    drawn = []
    explorer.detail.observe(drawn.append, "value")
    explorer.verdict.value = "reproduced"
    explorer.list.index = 3
    assert len(drawn) == 2


@pytest.mark.parametrize("name", studies())
def test_every_study_has_its_findings_shown(name):
    found = load_study(name).findings()
    explorer = FindingsExplorer(found)
    for one in found:
        explorer.open(one.id)
        assert explorer.detail.value.startswith("<h4>")
