"""Zerhoui 2020, number by number: each row of the ledger is readable, placed, and has the verdicts worked out by hand.

VERDICTS was written from the printed thesis, with the calculation beside each case; the engine is held against it,
not the reverse. The columns of the tables are added again here, and the entropies computed with plain logarithms.
"""

import doctest
import re
from collections import Counter
from itertools import groupby
from math import log2

import pytest

from relecture import load_study
from relecture.core.numbers import Printed
from relecture.printed import ledger

STUDY = load_study("zerhoui")
ROWS = {row.address: row for row in STUDY.rows}
CODEBOOK = (STUDY.folder / "README.md").read_text(encoding="utf-8")

VERDICTS = {
    "reproduced": """
        soutenance.date                  2 July 2020, in letters and in digits
        soutenance.annee                 2020 and 2020
        rgpd.annee                       article 99: applies from 2018
        questionnaire.sources            the two references, 11 and 12
        questionnaire.parties            1, 2, 3
        questionnaire.formes             30 + 29 = 59
        questionnaire.annexe             numbered 1 to 59 without a gap
        questionnaire.non_posees         10, 12, 13, 19, 44, 47
        entretien.minutes                20 and 20
        resume.n                         50 and 50
        echantillon.sexe                 16 + 34 = 50
        echantillon.age                  8 + 13 + 15 + 14 = 50
        echantillon.exercice             5 + 33 + 12 = 50
        echantillon.milieu               13 + 37 = 50
        denominateurs.tableau2           15 cells, all of 50
        denominateurs.tableau3           8 cells
        denominateurs.tableau4           12 cells
        denominateurs.tableau5           18 cells
        acces.cle.cabinet                0 + 20 + 26 + 4 = 50
        acces.cle.bureau                 3 + 31 + 16 + 0 = 50
        acces.serrure                    47 of 50 is most
        texte.cle.aucune                 3 and 3
        texte.camera                     7 and 7
        logiciel.systeme                 23 + 0 + 10 + 10 + 5 + 2 = 50
        logiciel.antivirus               23 + 0 + 10 = 33
        logiciel.parefeu                 the same 33
        mot_de_passe.session             15 + 30 + 5 + 0 + 0 = 50
        mot_de_passe.logiciel            7 + 20 + 3 + 15 + 5 = 50
        mot_de_passe.renouvellement      0, and none in the text
        communication.courrier.hopital   50 of 50
        communication.courrier.ville     50 of 50
        communication.courrier.hors_sante    50 of 50
        communication.messagerie         50 of 50 with doctors in town
    """,
    "consistent": """
        recueil.duree                    seven months with both ends, six from a day to the same day
        questionnaire.fermees            25 with yes or no, 6 without any answer: 25 to 31
        questionnaire.choix_multiples    28 with a list, 6 without any answer: 28 to 34
        questionnaire.reformulees        bold in 1, 6, 9, 57; brackets without bold in 31, 33: 4 to 6
        rgpd.connu                       3 of 50
        acces.identique.simple.bureau    12 of 31
        acces.identique.simple.cabinet   12 of 20
        acces.identique.securisee.bureau     4 of 16
        acces.identique.securisee.cabinet    4 of 26
        acces.personnel                  37 + 25 + 11 + 22 = 95, at most 4 x 50
        acces.autre_professionnel        11 of 33 + 12
        acces.alarme                     15 of 50
        acces.camera                     7 of 50
        acces.fermeture                  18 of 31 + 16 + 0
        logiciel.verrouillage            7 of 50
        logiciel.wep                     3 of 50
        logiciel.sauvegarde.disque_interne   17 of 50
        mot_de_passe.papier              14 of 50
        communication.hopital            50 + 35 + 40 + 10 + 16 + 30 = 181, at most 6 x 50
        communication.ville              50 + 0 + 45 + 24 + 26 + 50 = 195
        communication.hors_sante         50
    """,
    "conditional": "",
    "inconsistent": """
        rgpd.date                        article 99: 25 May 2018, not 28
        papier.total                     35 + 6 + 7 + 3 = 51, not 50
        entropie.complexe                9 x log2(70, 90, 95, 99) = 55,2  58,4  59,1  59,7, not 67
        entropie.phrase                  33 x log2(26) = 155,1, not 141
    """,
    "uncheckable": """
        questionnaire.observees          italics are not safe in the text of the scan
        discussion.entropie.seuil_faible cited
        discussion.entropie.seuil_fort   cited
    """,
}
EXPECTED = {line.split()[0]: verdict for verdict, lines in VERDICTS.items() for line in lines.strip().splitlines()}


def test_every_finding_is_the_one_expected_and_there_is_no_other(found):
    assert {name: str(one.finding.verdict) for name, one in found.items()} == EXPECTED
    assert len(EXPECTED) == sum(len(lines.strip().splitlines()) for lines in VERDICTS.values())


# ---------------------------------------------------------------- each printed value

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
DATE = rf"((\d\d? )?({MONTHS.replace(' ', '|')}) )?\d{{4}}|\d\d/\d\d/\d{{4}}"
ALLOWED = {  # by kind: what a true value may be
    "count": lambda value: 0 <= value <= 59 and value.denominator == 1,  # 50 doctors, 59 questions
    "rank": lambda value: 1 <= value <= 59 and value.denominator == 1,
    "months": lambda value: 1 <= value <= 12,
    "bits": lambda value: 0 < value < 256,
}


@pytest.mark.parametrize("address", [pytest.param(address, id=f"zerhoui-{address}") for address in ROWS])
def test_printed_value(found, address):
    row = ROWS[address]
    if row.kind == "date":
        assert re.fullmatch(DATE, row.value)
    else:
        assert ALLOWED[row.kind](Printed.read(row.value).centre)
    part = "couverture|fiche|introduction|méthodes|résultats|discussion|annexe|résumé"
    assert re.fullmatch(rf"({part})(, [^,]+)?, l\. [1-9]\d*", row.place)
    held = {one.id: one.finding.verdict.value for one in found.values() if address in one.addresses}
    assert held == {name: EXPECTED[name] for name in held}
    assert held
    alone = all(found[name].kind == "row" for name in held)
    assert alone == row.note.startswith(("uncheckable: ", "cited: "))


def test_places_follow_the_order_of_the_source():
    # within one table the ledger follows the thesis line by line
    for _, rows in groupby(STUDY.rows, key=lambda row: (row.address.split(".")[0], row.place.rpartition(", l. ")[0])):
        lines = [int(row.place.rpartition(", l. ")[2]) for row in rows if not row.address.startswith("annexe.")]
        assert lines == sorted(lines)


def test_the_appendix_numbers_its_questions_without_a_gap():
    numbers = [row for row in STUDY.rows if row.address.startswith("annexe.") and ".q" in row.address]
    assert sorted(int(row.value) for row in numbers) == list(range(1, 60))
    assert all(row.address.endswith(f".q{row.value}") for row in numbers)
    by_line = sorted(numbers, key=lambda row: int(row.place.rpartition(", l. ")[2]))
    assert [int(row.value) for row in by_line] == list(range(1, 60))
    assert Counter(row.address.split(".")[1] for row in numbers) == {"oui_non": 25, "liste": 28, "non_posee": 6}


# ---------------------------------------------------------------- the tables, column by column

COLUMNS = [  # exclusive choices, typed from the printed tables
    ("tableau1.sexe", "", [16, 34]),
    ("tableau1.age", "", [8, 13, 15, 14]),
    ("tableau1.exercice", "", [5, 33, 12]),
    ("tableau1.milieu", "", [13, 37]),
    ("tableau2.cle", ".cabinet", [0, 20, 26, 4]),
    ("tableau2.cle", ".bureau", [3, 31, 16, 0]),
    ("tableau4.mode", ".session", [15, 30, 5, 0, 0]),
    ("tableau4.mode", ".logiciel", [7, 20, 3, 15, 5]),
]
SEVERAL = [  # several choices each
    ("tableau2.acces", "", [37, 25, 11, 22]),
    ("tableau2.presence", "", [15, 7, 18]),
    ("tableau3.windows", "", [23, 0, 10]),
    ("tableau3.macos", "", [10, 5, 2]),
    ("tableau3.protection", "", [33, 33]),
    ("tableau4.pratique", "", [14, 0]),
    ("tableau5.moyen", ".hopital", [50, 35, 40, 10, 16, 30]),
    ("tableau5.moyen", ".ville", [50, 0, 45, 24, 26, 50]),
    ("tableau5.moyen", ".hors_sante", [50, 0, 0, 0, 0, 0]),
]


@pytest.mark.parametrize(("table", "column", "printed"), COLUMNS + SEVERAL)
def test_a_column_of_the_tables(table, column, printed):
    names = [key for key in STUDY.about["questions"][table] if key != "label"]
    assert [int(STUDY[f"{table}.{name}{column}"]) for name in names] == printed
    if (table, column, printed) in COLUMNS:
        assert sum(printed) == 50


def test_every_cell_of_tables_2_to_5_has_its_denominator():
    cells = [address for address in ROWS if address.startswith("tableau") and address.endswith(".sur")]
    whole = [address for address in ROWS if re.match(r"tableau[2-5]\.", address) and not address.endswith(".sur")]
    identical = [address for address in whole if address.endswith(".identique")]
    assert sorted(whole) == sorted([address.removesuffix(".sur") for address in cells] + identical)
    assert {STUDY[address] for address in cells} == {"50"}


def test_the_labels_of_the_page_name_every_cell():
    for table, columns in STUDY.about["columns"].items():
        names = [key for key in STUDY.about["questions"][table] if key != "label"]
        assert all(f"{table}.{name}.{column}" in STUDY for name in names for column in columns)


# ---------------------------------------------------------------- entropies, with plain logarithms


def test_the_password_of_33_letters():
    assert len("ceciestunmotdepasselongmaissimple") == 33
    assert (round(33 * log2(26)), round(30 * log2(26))) == (155, 141)
    assert STUDY["discussion.entropie.phrase"] == "141"


def test_the_password_of_9_characters():
    assert len("M0t2pA$$e") == 9
    assert [round(9 * log2(alphabet)) for alphabet in (70, 90, 95, 99)] == [55, 58, 59, 60]
    fitting = [alphabet for alphabet in range(2, 400) if round(9 * log2(alphabet)) == 67]
    assert (fitting[0], fitting[-1]) == (168, 181)
    assert [length for length in range(1, 40) if round(length * log2(70)) == 67] == [11]
    assert len(r"M0t2pA\$\$e") == 11  # as the scan writes it


def test_both_stay_in_the_class_that_the_thesis_gives_them():
    low, high = (int(STUDY[f"discussion.entropie.seuil_{name}"]) for name in ("faible", "fort"))
    assert max(67, 60) < low < high < min(141, 155)


# ---------------------------------------------------------------- the codebook


def test_the_codebook_counts_what_the_ledger_holds():
    book = ledger.load(STUDY)
    noted = [row for row in book.rows.values() if row.note]
    due = [len(book.rows), len(book.covered), len(noted), len(book.relations)]
    assert [int(number) for number in re.findall(r"\d+", _between("totals").partition("---:|\n")[2])] == due
    assert _counted("value kinds") == Counter(row.kind for row in book.rows.values())
    assert _counted("relation kinds") == Counter(relation.kind for relation in book.relations)


def _between(marker):
    return re.search(rf"<!-- {marker} -->\n(.*?)<!-- /{marker} -->", CODEBOOK, re.DOTALL)[1]


def _counted(marker):
    cells = re.findall(r"^\| `(\w+)` \| (\d+) \|", _between(marker), re.MULTILINE)
    return {kind: int(count) for kind, count in cells}


def test_the_codebook_quotes_what_is_printed():
    quoted = re.findall(r"^\| `([a-z0-9_.]+\.[a-z0-9_.]+)` \| ([^|]+) \|", CODEBOOK, re.MULTILINE)
    quoted = [(address, value) for address, value in quoted if not address.endswith((".csv", ".yaml"))]
    assert len(quoted) > 5
    assert quoted == [(address, STUDY[address]) for address, _ in quoted]


def test_the_codebook_names_every_file_key_and_first_step():
    told = {word for code in re.findall(r"`([^`\n]+)`", CODEBOOK) for word in code.split()}
    files = {path.name for path in STUDY.folder.iterdir()} - {"README.md"}
    steps = {address.partition(".")[0] for address in ROWS}
    assert sorted((files | steps | {*STUDY.about} | {"address", "value", "kind", "place", "note"}) - told) == []


def test_the_examples_of_the_codebook_run():
    code = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", CODEBOOK, re.MULTILINE | re.DOTALL))
    parser, runner, said = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False), []
    runner.run(parser.get_doctest(code, {}, "zerhoui", "README.md", 0), out=said.append)
    assert (runner.summarize(verbose=False).attempted > 0, "".join(said)) == (True, "")
