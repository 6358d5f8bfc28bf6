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


# As packages and papers print them: numbers by R 4.2 on MASS (birthwt, survey, Pima.tr) and datasets (mtcars) in the
# layout of each package; those of the papers are named by their identifier, a few rows each.
PRINTED = {
    "tableone": """,Stratified by low,,,\n,No,Yes,p,test\nn,130,59,,\nage (mean (SD)),23.66 (5.58),22.31 (4.51),0.103,
race (%),,,0.082,\n   white,73 (56.2),23 (39.0),,\n   black,15 (11.5),11 (18.6),,\n   other,42 (32.3),25 (42.4),,
smoke = 1 (%),44 (33.8),30 (50.8),0.040,\nht = 1 (%),5 (3.8),7 (11.9),0.052,exact\n""",
    "tableone, groups named by numbers": """,Stratified by cyl,,,,\n,4,6,8,p,test\nn,11,7,14,,
mpg (mean (SD)),26.66 (4.51),19.74 (1.45),15.10 (2.56),<0.001,\nam = 1 (%),8 (72.7),3 (42.9),2 (14.3),0.013,\n""",
    "arsenal, missing answers in a row": """;Female (N=118);Male (N=118);Total (N=236);p value\nW.Hnd;;;;0.461
   N-Miss;1;0;1;\n   Left;7 (6.0%);10 (8.5%);17 (7.2%);\n   Right;110 (94.0%);108 (91.5%);218 (92.8%);\n""",
    "finalfit": """Dependent: low;;No;Yes;OR (univariable);OR (multivariable)
age;Mean (SD);23.7 (5.6);22.3 (4.5);0.95 (0.89-1.01, p=0.105);0.98 (0.91-1.05, p=0.545)
race;white;73 (76.0);23 (24.0);-;-
;black;15 (57.7);11 (42.3);2.33 (0.93-5.77, p=0.068);3.45 (1.23-9.89, p=0.019)
;other;42 (62.7);25 (37.3);1.89 (0.96-3.76, p=0.067);2.51 (1.10-5.92, p=0.031)\n""",
    "gtsummary, how many answered in a column": """;;;Treatment;;
Variable;N;Overall, N = 200;Drug A, N = 98;Drug B, N = 102;p
Age;189;47 (38, 57);46 (37, 59);48 (39, 56);0.72\n    Unknown;;11;7;4;\nGrade;200;;;;0.87
    I;;68 (34%);35 (36%);33 (32%);
    II;;68 (34%);32 (33%);36 (35%);\n    III;;64 (32%);31 (32%);33 (32%);\n""",
    "merged headers saved empty": """Variable,Normal (n=130),,Low (n=59),,P-value\n,n,%,n,%,\nsmoke,,,,,0.026
  0,86,66.2,29,49.2,\n  1,44,33.8,30,50.8,\n""",
    "Likert items in rows": """Item;Pas du tout d'accord;Plutôt d'accord;Tout à fait d'accord
Utile;27 (22,5 %);60 (50,0 %);33 (27,5 %)\nFacile;19 (16,8 %);62 (54,9 %);32 (28,3 %)\n""",
    "the p of a variable beside each odds ratio (PMC5761859)": """|n (%)|Total|cOR [95% CI]|P*|aOR [95% CI]|P**
Age (years)||||||\n18–29|157 (79.7)|197|1.03 [0.59–1.79]|< 0.01|Reference|-
30–39|70 (87.5)|80|2.43 [1.14–5.17]|< 0.01|2.73 [1.07–7.00]|0.056
≥ 40|29 (64.4)|45|0.35 [0.18–0.70]|< 0.01|0.66 [0.26–1.69]|0.291\n""",
    "summary of a regression": """,Estimate,Std. Error,z value,Pr(>|z|)\nage,-0.022478,0.034170,-0.658,0.51067
lwt,-0.012526,0.006386,-1.961,0.04982\nsmoke,1.054440,0.380000,2.775,0.00552\n""",
    "a zero among the answers of a row (Guefif 2023)": """\t\tUtilisateurs (n=21)\tNon-utilisateurs (n=60)
Type d'activité\t\t\t\n\tLibéral\t20\t52\n\tSalarié\t0\t3
\tMixte\t1\t5\nÂge\t\t41,09 (moyenne) ET : 8,39\t41,71 (moyenne)\n""",
}


@pytest.mark.parametrize("name", PRINTED)
def test_a_table_of_a_package_or_of_a_paper_is_read_and_not_accused(pasted, name):
    found = pasted(PRINTED[name])
    assert found.labels("inconsistent") == []
    assert found.tally["reproduced"] + found.tally["consistent"] + found.tally["conditional"] >= 2


@pytest.mark.parametrize(
    ("name", "printed", "slip"),
    [
        ("tableone", "11 (18.6)", "11 (16.8)"),
        ("tableone", "0.082", "0.820"),
        ("tableone, groups named by numbers", "3 (42.9)", "8 (42.9)"),
        ("arsenal, missing answers in a row", "7 (6.0%)", "7 (9.0%)"),
        ("finalfit", "0.95 (0.89", "0.59 (0.89"),
        ("gtsummary, how many answered in a column", "0.87", "0.087"),
        ("merged headers saved empty", "33.8", "38.3"),
        ("Likert items in rows", "(54,9 %)", "(45,9 %)"),
        ("summary of a regression", "2.775", "7.275"),
        ("a zero among the answers of a row (Guefif 2023)", "\t52", "\t53"),
    ],
)
def test_a_slip_in_it_is_found(pasted, name, printed, slip):
    assert printed in PRINTED[name]
    assert 1 <= len(pasted(PRINTED[name].replace(printed, slip, 1)).labels("inconsistent")) <= 3


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "V|OR [95% CI]|p\nAragón|2.38 [2.27–2.49]|<0.001\nExtremadura|1.33 [1.35–1.41]|<0.001\n",
            "Extremadura",
        ),  # PMC8935969
        (
            "V|cOR|95% CI|P\nSecondary|1.24|0.76, 2.03|0.428\nTertiary|1.15|0.19, 7.00|0.109\n",
            "Tertiary",
        ),  # 152241, scirp
        ("Age|n/N (%)\n<6|5/34 (14.8)\n13-65|22/259 (8.5)\n>65|4/22 (18.2)\n", "<6"),  # 10.1186/1471-2334-13-313: 14.7
    ],
)
def test_what_papers_print_wrong_is_found(pasted, text, label):
    (found,) = pasted(text).labels("inconsistent")
    assert found.startswith(label)


def test_raw_answers_are_sent_elsewhere(pasted):
    rows = "".join(f"{rank};{'HF'[rank % 2]};{20 + rank};{rank % 5}\n" for rank in range(60))
    with pytest.raises(InputError, match=r"60 lignes, et rien qui se vérifie .* relecture validate"):
        pasted("id;sexe;age;q1\n" + rows)


def test_a_table_of_its_own_has_addresses_without_its_name(pasted):
    assert {"genre.homme.utilisateurs_effectif", "n.total"} <= {row.address for row in pasted(INDENTED).study.rows}


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


def test_only_the_number_that_is_read_in_two_ways_is_told(pasted):
    with pytest.raises(InputError) as refused:
        pasted(
            "V|Oui (n = 21)|Non (n = 60)\nÂge, moyenne|41,1 (8,4)|40,2 (9,1)\nCoût, moyenne|1.050 (8,4)|40,2 (9,1)\n"
        )
    (fault,) = refused.value.faults
    assert fault.startswith("colonne « Oui », l. 3 : « 1.050 » se lit de deux façons")


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


def test_the_events_of_a_regression_are_no_group(pasted):
    rows = [  # R 4.2 glm(y ~ grade, binomial) of 189 people: profile intervals, drop1(test = "LRT") for the factor
        "Characteristic;N;Event N;OR¹;95% CI¹;p-value",
        "Grade;189;64;;;0.013",
        "I;;;—;—;",
        "II;;;1.87;0.85, 4.29;",
        "III;;;3.28;1.48, 7.61;",
    ]
    tally = pasted("\n".join(rows)).tally
    assert (tally["conditional"], tally["inconsistent"]) == (2, 0)  # profile intervals
