"""Oracle: the design's report page: the complete table remains, folded, downloadable, under its verdicts."""

from bs4 import BeautifulSoup

from relecture.printed.audit import Checked
from relecture.printed.finding import Finding, Verdict
from relecture.printed.repair import Repair
from relecture.report.tables import findings_table


def checked(name, verdict, kind="same", conditions=(), repairs=(), said=None):
    finding = Finding(verdict, said or f"dit {name}", conditions=conditions)
    return Checked(name, kind, "Texte", f"Ligne {name}", "résultats, l. 12", (), "4.46", finding, repairs)


FINDINGS = [
    checked("juste", Verdict.REPRODUCED),
    checked("faux", Verdict.INCONSISTENT, repairs=(Repair("a", "4.46", "4.4", 1, 2),)),
    checked("seul", Verdict.UNCHECKABLE, kind="row"),
    checked("coupe", Verdict.CONDITIONAL, conditions=("si l'on a tronqué",)),
    checked("faux2", Verdict.INCONSISTENT),
]


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_rows_stand_under_their_verdict_what_does_not_hold_first():
    page = BeautifulSoup(findings_table.findings(FINDINGS).html, "html.parser")
    groups = {
        body["id"]: [plain(body.tr.get_text()), *(row.th.get_text() for row in body.select("tr")[1:])]
        for body in page.select("tbody")
    }
    assert groups == {
        "constats-inconsistent": ["✗ 2 incohérents", "Ligne faux", "Ligne faux2"],
        "constats-conditional": ["~ 1 cohérent si…", "Ligne coupe"],
        "constats-uncheckable": ["? 0 invérifiable, et 1 nombre sans relation", "Ligne seul"],
        "constats-reproduced": ["✓ 1 retrouvé", "Ligne juste"],
    }
    assert list(groups) == [link[1:] for link in findings_table.LINKS.values() if link[1:] in groups]


def test_it_waits_folded_and_says_how_many():
    page = BeautifulSoup(findings_table.findings(FINDINGS).html, "html.parser")
    assert plain(page.summary.get_text()) == "Voir les 4 vérifications, une par une"
    assert page.details.find("table") and page.details.find("a", download="constats.csv")


def test_a_convention_is_named_and_numbers_are_in_french():
    rows = findings_table.findings(FINDINGS).csv.splitlines()
    assert len(rows) == 6 and rows[0].startswith("Verdict;Ce qui est vérifié;")
    assert rows[1].split(";")[2:5] == ["4,46", "dit faux", '"4,46 → 4,4 (1 relation sur 2)"'.strip('"')]
    assert "dit coupe : cohérent si l'on a tronqué" in rows[3]


def test_a_convention_that_the_calculation_already_names_is_named_once():
    cut = checked("coupe", Verdict.CONDITIONAL, conditions=("si l'on a tronqué",), said="se retrouve si l'on a tronqué")
    assert findings_table.findings([cut]).csv.count("si l'on a tronqué") == 1
