"""Planchenault 2021, value by value: each row is readable, placed, and has the verdicts worked out by hand.

VERDICTS was written from the printed thesis, with the calculation beside each case; the engine is held against
it, not the reverse. The fifteen participants are read again here from their own table.
"""

import csv
import re
from collections import Counter
from itertools import groupby

import pytest

from relecture import load_study
from relecture.core.numbers import Printed

STUDY = load_study("planchenault")
ROWS = {row.address: row for row in STUDY.rows}
with open(STUDY.folder / "participants.csv", encoding="utf-8", newline="") as handle:
    PARTICIPANTS = list(csv.DictReader(handle))

VERDICTS = {
    "reproduced": """
        entretiens.nombre                15 five times
        participants.nombre              M1 to M15
        recueil.debut                    décembre 2019, December 2019
        recueil.fin                      février 2020, February 2020
        these.annee                      2021 twice
        femmes                           M1, M3, M15
        age.moyenne                      47,8 four times
        installation.classes             up to 4, 5 to 15, from 16
        diversite.age                    M3 M5 M7 M14 M15; M2 M8 M9 M10 M13; M1 M4 M6 M11 M12
        diversite.activite               M5 M7 M9 M13 M14; M1 M6 M11; the seven others
        diversite.dossier                M6 and M12 have none
        diversite.adhesion               URPS M4 M11; FNAMPoS M5 M7; ten dashes, M8 another function
        diversite.telemedecine           M3 M7 M8 M9 M15
        diversite.frequence              M3 M5 M7 M8 M15; M1 M2 M4 M9 M10; M6 M11 M12 M13 M14
        non_informatises.smartphone      M6 and M12, both
        guide.choix.activite             three and three
        guide.choix.secretariat          three and three
        guide.parties                    first, second, last
        guide.themes                     five are named
        guide.questions                  five in the appendix
        guide.themes.repris              5 three times
        guide.revision                   5 + 1 + 1 = 5 + 2
        codage.themes                    six are named
        codage.guide                     5 + 1 = 6
        codage.chercheurs                1 + 1 = 2
        codage.second_chercheur          the second makes two
        ensembles.nombre                 3 four times
        ensembles.anglais                3 and three
        ensembles.liste                  three items
        ensembles.rang                   the last is the third
        echanges.categories              communication, coordination
        roles                            engineer, companion
        visions                          sufficient, insufficient
    """,
    "consistent": """
        entretiens.duree                 (14 x 20 + 70) / 15 = 23,3 <= 35 <= (20 + 14 x 70) / 15 = 66,7
        entretiens.saturation            tenth to fifteenth of 15: no interview follows
        recrutement.deja_connus          4 of 15
        age.moyenne.classes              5 x (25 + 40 + 61) / 15 = 42 <= 47,8 <= 5 x (39 + 59 + 80) / 15 = 59,3
        age.classes                      up to 39, 40 to 59, from 61: 60 has no class
        installation.age                 tightest: M15, at most 39, at least 5 years: 34
    """,
    "uncheckable": """
        guide.choix.type_exercice        two choices asked, five answers shown
        these.soutenance                 printed once
        methode.sans_suite               how many were approached is not printed
        methode.guide.pilotes            not in the tables
        methode.guide.revision           printed once
        discussion.age.region            cited
        methode.coreq.items              cited
    """,
}
EXPECTED = {line.split()[0]: verdict for verdict, lines in VERDICTS.items() for line in lines.strip().splitlines()}


def test_every_finding_is_the_one_expected_and_there_is_no_other(found):
    assert {name: str(one.finding.verdict) for name, one in found.items()} == EXPECTED
    assert len(EXPECTED) == sum(len(lines.strip().splitlines()) for lines in VERDICTS.values())


# ---------------------------------------------------------------- each printed value

ALLOWED = {  # by kind of number: what a true value may be
    "count": lambda value: value >= 1 and value.denominator == 1,
    "mean": lambda value: 40 <= value <= 60,  # ages of physicians
    "rank": lambda value: 1 <= value <= 3,
    "duration": lambda value: 1 <= value <= 60,
}
DATE = re.compile(r"(\d+ )?([a-zéûA-Z]+ )?20(19|20|21)")


@pytest.mark.parametrize("address", [pytest.param(address, id=f"planchenault-{address}") for address in ROWS])
def test_printed_value(found, address):
    row = ROWS[address]
    if row.kind == "date":
        assert DATE.fullmatch(row.value)
    elif row.kind == "word":
        assert row.value == row.value.strip() != ""
    else:
        assert ALLOWED[row.kind](Printed.read(row.value).centre)
    assert re.fullmatch(r"[^\d,]+(, [^,.]+)?, l\. [1-9]\d*", row.place)
    held = {one.id: one.finding.verdict.value for one in found.values() if address in one.addresses}
    assert held == {name: EXPECTED[name] for name in held}
    assert held
    alone = all(found[name].kind == "row" for name in held)
    assert not alone or row.note.startswith(("uncheckable: ", "cited: "))


def test_places_follow_the_order_of_the_source():
    for _, rows in groupby(STUDY.rows, key=lambda row: (row.address.split(".")[0], row.place.rpartition(", l. ")[0])):
        lines = [int(row.place.rpartition(", l. ")[2]) for row in rows]
        assert lines == sorted(lines)


# ---------------------------------------------------------------- the fifteen participants


def test_the_table_and_the_ledger_agree_cell_by_cell():
    cells = {
        f"participants.p{number:02}.{column}": value
        for number, participant in enumerate(PARTICIPANTS, 1)
        for column, value in participant.items()
    }
    assert cells == {address: value for address, value in STUDY.values.items() if address.startswith("participants.")}
    assert len(cells) == 15 * 12


def test_the_study_names_every_column_of_the_table():
    assert list(STUDY.about["columns"]) == list(PARTICIPANTS[0])


def test_the_participants_are_numbered_as_printed():
    assert [one["medecin"] for one in PARTICIPANTS] == [f"M{number}" for number in range(1, 16)]


COUNTED = {  # counted by hand on the two printed tables
    "age": {"< 40 ans": 5, "40 - 59 ans": 5, "> 60 ans": 5},
    "sexe": {"F": 3, "H": 12},
    "activite": {"Urbaine": 7, "Rurale": 5, "Semi rurale": 3},
    "annees_installation": {"> 15 ans": 7, "5 - 15 ans": 4, "< 5 ans": 4},
    "dossier_patient_informatise": {"Oui": 13, "Non": 2},
    "secretariat": {"Sur place": 7, "Télé-Secrétariat": 6, "Mixte": 2},
    "equipements_numeriques": {"Multiples": 8, "Ordinateur": 5, "Smartphone": 2},
    "frequence_utilisation": {"Forte": 5, "Moyenne": 5, "Faible": 5},
    "activite_telemedecine": {"Oui": 5, "Non": 10},
}


@pytest.mark.parametrize("column", COUNTED)
def test_each_column_counts_fifteen(column):
    assert Counter(one[column] for one in PARTICIPANTS) == COUNTED[column]
    assert sum(COUNTED[column].values()) == 15


def test_the_mean_age_is_that_of_a_whole_total():
    assert 717 / 15 == 47.8  # one decimal and 15 ages: every such mean is possible, so GRIM says nothing
