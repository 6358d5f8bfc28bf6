"""Tables pasted whole: published and invented ones, correct or with one planted slip; folders; marks; hostile files.

The numbers of FRENCH and below are invented; expected shares and sums by hand, p by R (chisq.test, t.test).
"""

import random
from collections import Counter

import pytest

from relecture.core.errors import InputError
from relecture.core.study import load_study
from relecture.printed import audit
from relecture.printed.finding import Verdict
from relecture.printed.pasted import tables

INDENTED = """Tableau 1. Caractéristiques des répondants;;;;
;Utilisateurs (n = 21);Non utilisateurs (n = 60);Total (n = 81);p
Genre, n (%);;;;0,28
  Homme;8 (38,1);31 (51,7);39 (48,1);
  Femme;13 (61,9);29 (48,3);42 (51,9);
Âge (années), moyenne (ET);41,1 (8,4);44,0 (10,2);43,2 (9,8);0,24
Exercice, n (%);;;;
  Seul;4 (19,0);20 (33,3);24 (29,6);
  Groupe;12 (57,1);25 (41,7);37 (45,7);
  MSP;5 (23,8);15 (25,0);20 (24,7);
Maître de stage, n (%);9 (42,9);18 (30,0);27 (33,3);0,28
;;;;
Consultations par jour, médiane [Q1-Q3];22 [18-25];24 [20-30];23 [19-28];—
ET : écart type ; p : test du khi-deux;;;;
"""
FLAT = """\tFormés n=40\tNon formés n=44\tValeur p
Sexe
Homme\t14 (35%)\t18 (40,9%)\t0,58
Femme\t26 (65%)\t26 (59,1%)
Âge\t41,35 ± 9,20\t44,84 ± 10,05\tNS
Fumeur\t10 (25%)\t12 (27,3%)\t0,81
Maître de stage, n (%)\t12 (30%)\t9 (20,5%)\t0,31*
* p < 0,05
"""
MERGED = """<table><caption>Table 1</caption><tr><th rowspan=2>Characteristic</th><th colspan=2>Cases (N=50)</th>
<th colspan=2>Controls (N=100)</th><th rowspan=2>P value</th></tr><tr><th>n</th><th>%</th><th>n</th><th>%</th></tr>
<tr><td>Sex</td><td></td><td></td><td></td><td></td><td>0.050<sup>a</sup></td></tr>
<tr><td>&nbsp;&nbsp;Male</td><td>30</td><td>60.0</td><td>43</td><td>43.0</td><td></td></tr>
<tr><td>&nbsp;&nbsp;Female</td><td>20</td><td>40.0</td><td>57</td><td>57.0</td><td></td></tr>
<tr><td>Smoker</td><td>15</td><td>30.0</td><td>20</td><td>20.0</td><td>0.17</td></tr>
<tr><td colspan=6><sup>a</sup> chi-square</td></tr></table>"""
ESTIMATES = """Variable;OR brut (IC 95 %);p;OR ajusté (IC 95 %);p
Sexe;;;;
Homme;1 (réf.);;1 (réf.);
Femme;1,36 [0,53–3,48];0,52;1,21 [0,44–3,33];0,71
Âge (par an);1,02 [0,97–1,07];0,43;—;—
Formation;3,71 [1,49–9,19];0,004;3,50 [1,40–8,75];0,007
"""
BOUNDS = """Factor,OR,Lower,Upper,P value
Age,1.05,1.01,1.09,0.013
Sex (ref. male),0.80,0.50,1.28,0.35
Smoking,2.10,1.20,3.68,0.009
"""
ONE_GROUP = """Caractéristiques;n = 81 (%)
Genre;
Homme;39 (48,1)
Femme;42 (51,9)
Milieu;
Urbain;20 (24,7)
Semi-rural;41 (50,6)
Rural;20 (24,7)
Âge moyen;43,2 ± 9,8
"""
THREE = """Variable,Modality,Interns (n=30),Locums (n=25),Settled (n=45),p
Sex,Man,12 (40%),10 (40%),25 (55.6%),0.30
,Woman,18 (60%),15 (60%),20 (44.4%),
Age,mean ± SD,27.1 ± 2.0,31.5 ± 4.1,48.2 ± 9.9,<0.001
Use,yes,20 (66.7%),15 (60%),20 (44.4%),0.14
"""
EFFECTIFS = "Caractéristique|Effectif|%\nTotal|81|100\nHomme|39|48,1\nFemme|42|51,9\nUrbain|20|24,7\n"
CORRECT = {
    "indentation, n in headers, total": (INDENTED, "t.csv", "utf-8"),
    "Windows-1252": (INDENTED, "t.csv", "cp1252"),
    "tabs, no indentation": (FLAT, "t.txt", "utf-8"),
    "merged headers": (MERGED, "t.html", "utf-8"),
    "crude and adjusted odds ratios": (ESTIMATES, "t.csv", "utf-8"),
    "bounds in columns": (BOUNDS, "t.csv", "utf-8"),
    "one group": (ONE_GROUP, "t.csv", "utf-8"),
    "three groups": (THREE, "t.csv", "utf-8"),
    "counts and shares in columns": (EFFECTIFS, "t.csv", "utf-8"),
}
SLIPS = [  # table, what is printed, the slip, the cell (line, column) that it must mark
    (INDENTED, "25 (41,7)", "25 (47,1)", (8, 2)),
    (INDENTED, ";0,28\n", ";0,82\n", (2, 4)),
    (INDENTED, "39 (48,1)", "93 (48,1)", (3, 3)),
    (FLAT, "12 (27,3%)", "12 (23,7%)", (5, 2)),
    (FLAT, "0,81", "0,018", (5, 3)),
    (MERGED, "<td>57</td><td>57.0", "<td>57</td><td>75.0", (4, 4)),
    (ESTIMATES, "3,71 [1,49", "3,71 [3,49", (5, 1)),
    (BOUNDS, "0.80,0.50", "0.08,0.50", (2, 1)),
    (ONE_GROUP, "41 (50,6)", "41 (56,0)", (6, 1)),
    (THREE, "20 (44.4%),\n", "20 (44.9%),\n", (2, 4)),
    (EFFECTIFS, "39|48,1", "39|41,8", (2, 2)),
]
NAMES = {INDENTED: "t.csv", FLAT: "t.txt", MERGED: "t.html"}


@pytest.mark.parametrize("name", CORRECT)
def test_a_correct_table_is_never_accused(pasted, name):
    text, file, encoding = CORRECT[name]
    found = pasted(text, name=file, encoding=encoding)
    assert found.labels("inconsistent") == []
    assert found.tally["reproduced"] + found.tally["consistent"] >= 3


@pytest.mark.parametrize(("text", "printed", "slip", "cell"), SLIPS)
def test_a_planted_slip_is_found_in_its_cell(pasted, text, printed, slip, cell):
    assert printed in text
    found = pasted(text.replace(printed, slip, 1), name=NAMES.get(text, "t.csv"))
    marked = tables.marks(found.study.tables[0], found.findings)
    assert marked[cell] is Verdict.INCONSISTENT
    assert sum(mark is Verdict.INCONSISTENT for mark in marked.values()) <= 3


def test_a_folder_may_name_its_tables(pasted, tmp_path):
    (tmp_path / "a.csv").write_text(BOUNDS, encoding="utf-8")
    (tmp_path / "b.csv").write_text(ONE_GROUP, encoding="utf-8")
    (tmp_path / "study.yaml").write_text("printed_tables: [{file: a.csv}, {file: b.csv, n: 81}]\n", encoding="utf-8")
    study = tables.load(tmp_path)
    assert [table.rows.table.grid.name for table in study.tables] == ["a.csv", "b.csv"]
    assert not any(each.finding.verdict == "inconsistent" for each in audit.audit(study))


@pytest.mark.parametrize("text", [INDENTED.replace("25 (41,7)", "25 (47,1)"), ESTIMATES, THREE])
def test_a_table_written_as_a_folder_is_audited_to_the_same_verdicts(pasted, tmp_path, text):
    found = pasted(text)
    tables.write(found.study, tmp_path / "dossier")
    again = audit.audit(load_study(tmp_path / "dossier"), draws=False)
    assert [(each.id, each.finding) for each in again] == [(each.id, each.finding) for each in found.findings]
    with pytest.raises(InputError, match="existe déjà"):
        tables.write(found.study, tmp_path / "dossier")


def test_tables_that_are_not_understood_are_told_when_others_are(pasted):
    found = pasted(MERGED + "<table><tr><td>a<td>b<tr><td>c<td>d</table>", name="t.html")
    assert found.study.left_aside == (
        "t.html, tableau 2 : aucune cellule n'y est un nombre (attendu : 8 (38,1) ; 41,1 ± 8,4 ; 0,52)",
    )


def test_a_number_that_is_read_in_two_ways_is_refused_with_its_place(pasted):
    with pytest.raises(InputError, match=r"colonne « OR \(IC 95 %\) », l. 2 : « 1,050 » se lit de deux façons"):
        pasted("Variable;OR (IC 95 %)\nÂge;1,050 [1,020–1,100]\n")


def mutated(text: str, draw: random.Random) -> str:
    """A table with a few characters, cells or lines changed, lost or exchanged."""
    lines = text.split("\n")
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(lines))
        cells = lines[at].split(";")
        rank = draw.randrange(len(cells))
        cells[rank] = draw.choice(
            ["", "x", "n = 0", "-1", "0 (0)", "1e9", "½", '"', "1,050", "12 (120)", "< 5", cells[rank][::-1]]
        )
        lines[at] = draw.choice(
            [";".join(cells), ";".join(cells), lines[draw.randrange(len(lines))], "", "{" + lines[at]]
        )
    return "\n".join(lines)


@pytest.mark.parametrize("text", [INDENTED, ESTIMATES, ONE_GROUP], ids=["characteristics", "estimates", "one group"])
def test_mutated_tables_are_audited_or_refused_in_french(pasted, tenth, text):
    draw, ends = random.Random(16), Counter()
    for _ in range(max(tenth(500), 50)):
        try:
            pasted(mutated(text, draw))
            ends["audited"] += 1
        except InputError as error:
            assert error.faults and all(fault.startswith(("tableau.csv", "colonne")) for fault in error.faults)
            ends["refused"] += 1
    assert ends["audited"] > ends["refused"]
