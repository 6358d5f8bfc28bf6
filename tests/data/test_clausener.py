"""Clausener 2021, number by number: what a press dossier cites, from whom, and the few sums that it allows."""

import re

import pytest

from relecture import load_study
from relecture.core.numbers import Printed
from relecture.printed import ledger

STUDY = load_study("clausener")
ROWS = {row.address: row for row in STUDY.rows}
README = (STUDY.folder / "README.md").read_text(encoding="utf-8")

VERDICTS = {
    "reproduced": """
        messages.parts         12 + 27 + 10 + 51 = 100
        exergue.millions       7 and 7
        exergue.mois           avril and avril
        exergue.annee          2021 and 2021
        exergue.liberaux       12 and 12
        equipement.duree       2021 - 2018 = 3
        lancement.recul        2021 - 2013 = 8
        incitation.forfait     2016 and 2016
        pilote.departements    Haute-Garonne, Loire-Atlantique, Somme
    """,
    "consistent": """
        equipement.progression 62,7 - 42,3 = 20,4, printed 20
    """,
    "uncheckable": """
        publication.date
        lancement.mois
        operateurs                        only its producer could tell
        equipement.liberaux               a fraction in words
        equipement.medecins.mois
        equipement.etablissements.taux    no counts
        equipement.laboratoires.taux
        equipement.ehpad.taux
        equipement.anterieur.mois
        segur.milliards
        segur.equipement.annee
        maiia.messages
        pilote.assures
        patients.temps                    a manner of speaking
        avenant.numero
        avenant.date
        avenant.volet
        avenant.effet
        avenant.montant
        avenant.seuil
    """,
}
EXPECTED = {line.split()[0]: verdict for verdict, lines in VERDICTS.items() for line in lines.strip().splitlines()}
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
ALLOWED = {  # by kind: what a printed value may be
    "count": lambda text: Printed.read(text).centre > 0 and Printed.read(text).centre.denominator == 1,
    "percent": lambda text: 0 <= Printed.read(text).centre <= 100,
    "difference": lambda text: 0 < Printed.read(text).centre <= 100,
    "duration": lambda text: 1 <= Printed.read(text).centre <= 10,  # years, or an hour
    "month": MONTHS.__contains__,
    "date": lambda text: re.fullmatch(r"20(1[368]|2[12])|18/10|30 juillet 2021", text),
    "word": lambda text: text in ("moitié", "Haute-Garonne", "Loire-Atlantique", "Somme"),
}
SOURCES = (  # who a figure may come from
    "ANS",
    "convention médicale",
    "directeur général de Cegedim Logiciels médicaux",
    "l'article",
    "le titre de presse",
    "un président de syndicat",
)


def test_every_finding_is_the_one_expected_and_there_is_no_other(found):
    assert {name: str(one.finding.verdict) for name, one in found.items()} == EXPECTED
    assert len(EXPECTED) == sum(len(lines.strip().splitlines()) for lines in VERDICTS.values())


def test_the_progression_is_worked_out_to_a_decimal(found):
    rates = [Printed.read(STUDY[f"equipement.{when}.taux"]).centre for when in ("medecins", "anterieur")]
    assert float(rates[0] - rates[1]) == 20.4
    assert found["equipement.progression"].finding.expected == "20"
    assert "20,4 points" in README


@pytest.mark.parametrize("address", [pytest.param(address, id=f"clausener-{address}") for address in ROWS])
def test_printed_value(found, address):
    row = ROWS[address]
    assert ALLOWED[row.kind](row.value)
    assert re.fullmatch(r"[A-Za-zé -]+|en-tête|Ségur", row.place.partition(", l. ")[0])
    assert 1 <= int(row.place.partition(", l. ")[2]) <= 57  # the text has 57 lines
    producer, comma, rest = row.note.removeprefix("cited: ").partition(", ")
    assert row.note.startswith("cited: ") and producer in SOURCES
    assert comma and rest
    assert any(address in one.addresses for one in found.values())


def test_a_figure_about_people_or_things_tells_its_date_or_says_that_it_has_none():
    dated = re.compile(r"\b(20\d\d|date non précisée|ni date)\b")
    figures = [row for row in STUDY.rows if row.kind == "percent" or row.note.startswith("cited: ANS")]
    assert [row.address for row in figures if row.kind not in ("month", "date") and not dated.search(row.note)] == []


def test_rows_follow_the_order_of_the_text():
    lines = [int(row.place.rpartition(" ")[2]) for row in STUDY.rows]
    assert lines == sorted(lines)


def test_a_press_dossier_has_no_sample():
    assert "sample" not in STUDY.about


def test_the_codebook_counts_what_the_ledger_holds():
    book = ledger.load(STUDY)
    block = re.search(r"<!-- totals -->\n(.*?)<!-- /totals -->", README, re.DOTALL)[1].partition("---:|\n")[2]
    assert [int(number) for number in re.findall(r"\d+", block)] == [
        len(book.rows),
        len(book.covered),
        len(book.relations),
    ]
    lost = re.findall(r"^- (\w+): ", README.partition("## What is not in the text")[2], re.MULTILINE)
    assert lost == [name for name, _ in STUDY.about["figures_lost"]]
