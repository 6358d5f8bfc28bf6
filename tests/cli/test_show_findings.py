"""Findings as text, CSV and JSON: what is written comes back."""

import csv
import io
import json

import pytest

from relecture.cli import show_findings
from relecture.printed.audit import COLUMNS, Checked, tally
from relecture.printed.finding import Finding, Verdict
from relecture.printed.repair import Repair
from relecture.report.verdicts import VERDICTS


@pytest.fixture(scope="module")
def guefif(audited):
    return audited("guefif", repairs=False)


MADE = [
    Checked(
        "a", "same", "Score", "Moyenne", "résultats, l. 3", ("x", "y"), "63,9 ; 63.9", Finding(Verdict.REPRODUCED, "ok")
    ),
    Checked(
        "b",
        "partition",
        "Score",
        "Genre, « les uns »",
        "tableau 1, l. 4",
        ("u", "v"),
        "8 ; 31",
        Finding(Verdict.INCONSISTENT, "la somme des parts est 39", "21"),
        (Repair("v", "31", "13", 1, 1), Repair("u", "8", "-10", 1, 2)),
    ),
    Checked("c", "same", "Texte", "Âge", "résumé", ("z",), "41", Finding(Verdict.CONDITIONAL, "tronqué", "42")),
]

# a point printed in the source is shown as a comma: decimals are written the French way
TEXT = """3 vérifications : 1 retrouvé · 0 cohérent · 1 cohérent si… · 1 incohérent · 0 invérifiable

Score
─────
✓ Moyenne — retrouvé
    imprimé : 63,9 ; 63,9 (résultats, l. 3)
    ok
✗ Genre, « les uns » — incohérent
    imprimé : 8 ; 31 (tableau 1, l. 4)
    la somme des parts est 39
    réparation possible : 31 → 13
    réparation possible : 8 → -10 (1 relation sur 2)

Texte
─────
~ Âge — cohérent si…
    imprimé : 41 (résumé)
    tronqué
"""


def plain(text: str) -> str:
    """Ordinary spaces and hyphens: typesetting has its own tests."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-")


def test_text_is_what_a_person_reads():
    assert plain(show_findings.text(MADE)) == TEXT


def test_a_condition_is_said_once():
    truncated = "si l'on a tronqué"
    explanation = f"41,71 à un endroit, 41 à un autre : se retrouve {truncated}"
    finding = Finding(Verdict.CONDITIONAL, explanation, "42", conditions=(truncated,))
    text = show_findings.text([Checked("c", "same", "Texte", "Âge", "résumé", ("z",), "41", finding)])
    assert plain(text).splitlines()[4:7] == [
        "~ Âge — cohérent si l’on a tronqué",
        "    imprimé : 41 (résumé)",
        "    41,71 à un endroit, 41 à un autre",
    ]


def test_text_names_every_finding_once(guefif):
    lines = plain(show_findings.text(guefif)).splitlines()
    marks = {f"{verdict.mark} " for verdict in VERDICTS.values()}
    marked = [line for line in lines if line[:2] in marks]
    assert len(marked) == len(guefif)
    assert lines[0].startswith("157 vérifications : ") and " ; 4 nombres sans relation" in " ".join(lines[:2])
    assert max(map(len, [line for line in lines if line.startswith("    ")])) <= 100


@pytest.mark.parametrize("made", [MADE, "guefif"], ids=["made", "guefif"])
def test_csv_comes_back(made, guefif):
    checked = guefif if made == "guefif" else made
    records = list(csv.DictReader(io.StringIO(show_findings.csv(checked))))
    assert records == [one.record for one in checked]


@pytest.mark.parametrize("made", [MADE, "guefif"], ids=["made", "guefif"])
def test_json_comes_back(made, guefif):
    checked = guefif if made == "guefif" else made
    read = json.loads(show_findings.json(checked))
    assert read["tally"] == tally(checked)
    told = read["findings"] + read["without_relation"]
    assert [one.pop("addresses") for one in told] == [list(one.addresses) for one in checked]
    assert told == [one.record for one in checked]
    assert {one["kind"] for one in read["without_relation"]} <= {"row"}


def test_nothing_to_list():
    assert show_findings.csv([]) == ",".join(COLUMNS) + "\n"
    assert json.loads(show_findings.json([]))["findings"] == []
    assert plain(show_findings.text([])).strip().startswith("0 vérification : ")
