"""Findings as one asks for them. Oracle: made findings, worked out by hand, and the bound of fifteen lines."""

import pytest
from lxml import html

from relecture.core.errors import UnknownName
from relecture.explore import short_html
from relecture.explore.printed.findings import Findings, StudyFinding
from relecture.printed import audit
from relecture.printed.audit import Checked
from relecture.printed.finding import Finding, Verdict
from relecture.printed.repair import Repair

WRONG = Finding(Verdict.INCONSISTENT, "la somme des parts est 39", "21")
MEND = Repair("v", "31", "13", 1, 1)
MADE = [
    Checked("a", "same", "Score", "Moyenne", "l. 3", ("x", "y"), "63,9 ; 63,9", Finding(Verdict.REPRODUCED, "ok")),
    Checked("b", "same", "Score", "Genre <i>", "l. 4", ("x", "v", "w"), "8 ; 31", WRONG, (MEND,)),
    Checked("c", "same", "Texte", "Âge", "l. 5", ("z",), "41", Finding(Verdict.CONDITIONAL, "tronqué", "42")),
    Checked("u", "row", "Sans relation", "u", "l. 6", ("u",), "7", Finding(Verdict.UNCHECKABLE, "nombre cité")),
]  # fmt: skip
MANY = [Checked(f"f{rank}", "same", "S", f"Titre {rank}", "l. 1", (f"n{rank}",), "1", WRONG) for rank in range(40)]


@pytest.fixture(scope="module")
def findings():
    return Findings(MADE)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_they_are_those_that_were_made(findings):
    assert list(findings) == MADE and MADE[0] == findings[0] and {*findings} == {*MADE}
    assert isinstance(findings[0], StudyFinding) and findings["a"] is findings[0]


def test_one_is_found_by_id_rank_or_address(findings):
    assert findings["b"].id == findings[1].id == "b" and [one.id for one in findings[1:3]] == ["b", "c"]
    assert [one.id for one in findings["x"]] == ["a", "b"]  # the one on fewer numbers first
    assert findings._ipython_key_completions_() == ["a", "b", "c", "u", "x", "y", "v", "w", "z"]


def test_a_wrong_key_suggests_and_is_still_a_missing_key():
    with pytest.raises(KeyError, match="Vouliez-vous dire"):
        _ = Findings(MANY)["f41"]


@pytest.mark.parametrize("verdict", ["inconsistent", "✗", "incohérent", "Incohérents"])
def test_only_those_of_a_verdict(findings, verdict):
    assert [one.id for one in findings.only(verdict)] == ["b"]


def test_a_wrong_verdict_suggests(findings):
    with pytest.raises(UnknownName, match="Vouliez-vous dire « incohérent »"):
        findings.only("incoherant")


def test_they_are_counted_and_framed_as_the_audit_does(findings):
    assert findings.tally() == audit.tally(MADE) and findings.frame().equals(audit.frame(MADE))
    assert plain(findings.in_words()).startswith("3 vérifications : 1 retrouvé, 0 cohérent, ")
    assert plain(findings.in_words()).endswith(" ; 1 nombre sans relation")


def test_what_does_not_hold_is_shown_first(findings):
    assert [one.id for one in findings.worst_first()] == ["b", "c", "u", "a"]


def test_a_finding_shows_itself_in_words(findings):
    assert plain(repr(findings["b"])).splitlines() == [
        "✗ Genre <i> — incohérent",
        "    imprimé : 8 ; 31 (l. 4)",
        "    attendu : 21",
        "    la somme des parts est 39",
        "    réparation possible : 31 → 13",
    ]
    page = html.fromstring(f"<div>{findings['b']._repr_html_()}</div>")
    assert plain(page.text_content()).startswith("✗ Genre <i> — incohérent imprimé : 8 ; 31 (l. 4)")
    assert not page.xpath("//i")


@pytest.mark.parametrize("made", [MADE, MANY, MANY[:5], []], ids=["made", "many", "five", "none"])
def test_they_show_themselves_in_fifteen_lines(made):
    findings = Findings(made)
    lines = repr(findings).splitlines()
    assert lines[0] == findings.in_words() and len(lines) <= short_html.MOST
    page = html.fromstring(f"<div>{findings._repr_html_()}</div>")
    assert len(page.xpath("//*[self::tr or self::li or self::p][not(ancestor::details)]")) <= short_html.MOST
    assert [one.label for one in findings if one.label not in page.text_content()] == []


def test_a_fictional_study_is_labelled_wherever_its_findings_go():
    findings = Findings(MANY, label="Étude fictive")
    parts = findings, findings.only("✗"), findings[:3], findings["n1"]
    assert [repr(part).splitlines()[0] for part in parts] == ["Étude fictive"] * 4
    assert "Étude fictive" in findings._repr_html_() and findings.frame().attrs["label"] == "Étude fictive"
