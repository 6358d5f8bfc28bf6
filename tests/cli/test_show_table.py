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
    assert lines[1] == "tableau.csv (pourcentages en colonne)"
    assert lines[6] == "  Femme       13 (61,9) ✓              29 (84,3) ✗"
    assert "✗ Femme, Non utilisateurs : pourcentage — incohérent" in lines
    assert "    réparation possible : 84,3 → 48,3" in lines
    assert lines[-1].startswith("7 vérifications : ")
    assert sum(line.startswith(("✗", "~")) for line in lines) == 1


def test_a_wide_table_is_wrapped_and_cut_in_panels(tmp_path):
    head = ";".join(["Variable", *(f"Groupe numéro {rank} (n = 21)" for rank in range(12))])
    text = shown(tmp_path, f"{head}\nHomme{';8 (38,1)' * 12}\n")
    table = text.partition("retrouvé")[0].splitlines()
    assert max(map(len, table)) <= show_table.WIDTH
    assert sum(line.startswith("Homme") for line in table) == 2
