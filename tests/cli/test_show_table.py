"""Pasted tables on the terminal."""

from relecture.cli import show_table
from relecture.printed import audit
from relecture.printed.pasted import tables

TABLE = """Variable;Utilisateurs (n = 21);Non utilisateurs (n = 60);p
Genre, n (%);;;0,28
  Homme;8 (38,1);31 (51,7);
  Femme;13 (61,9);29 (84,3);
"""


def shown(tmp_path, text):
    path = tmp_path / "tableau.csv"
    path.write_text(text, encoding="utf-8")
    study = tables.load(path)
    return show_table.text(study, audit.audit(study)).replace("\u00a0", " ").replace("\u202f", " ")


def test_each_cell_has_its_mark_and_what_fails_its_paragraph(tmp_path):
    lines = shown(tmp_path, TABLE).splitlines()
    assert lines[2] == "tableau.csv (pourcentages en colonne)"
    assert lines[7] == "  Femme       13 (61,9) ✓              29 (84,3) ✗"
    assert "✗ Femme, Non utilisateurs : pourcentage — incohérent" in lines
    assert "    réparation possible : 84,3 → 48,3" in lines
    assert lines[0].startswith("7 vérifications : ")
    assert sum(line.startswith(("✗", "~")) for line in lines) == 1


def test_a_wide_table_is_wrapped_and_cut_in_panels(tmp_path):
    head = ";".join(["Variable", *(f"Groupe numéro {rank} (n = 21)" for rank in range(12))])
    text = shown(tmp_path, f"{head}\nHomme{';8 (38,1)' * 12}\n")
    table = text.partition("\n")[2].partition("retrouvé")[0].splitlines()
    assert max(map(len, table)) <= 100
    assert sum(line.startswith("Homme") for line in table) == 2


def test_what_is_not_read_and_what_holds_under_a_condition_take_a_line_each(tmp_path):
    text = """Variable;Oui (n = 59);Non (n = 130);OR [IC 95 %];p;test
Fumeur;30 (50,8);44 (33,8);2,02 [1,08 ; 3,80];0,028;Wald
Hypertension;7 (11,9);5 (3,8);3,37 [1,03 ; 11,83];0,046;Wald
Âge;22,3, de 14 à 33;23,7 (5,6);0,95 [0,89 ; 1,01];0,105;Wald
"""  # R 4.2, MASS: birthwt, glm and confint (profile)
    lines = shown(tmp_path, text).splitlines()
    assert "non lu : colonne « test »" in lines
    assert "non lu : 1 cellule : « 22,3, de 14 à 33 » (l. 4)" in lines
    (condition,) = [line for line in lines if line.startswith("~") and "profil" in line]
    assert condition.startswith("~ cohérent si l’intervalle est celui du profil") and " : Hypertension" in condition
