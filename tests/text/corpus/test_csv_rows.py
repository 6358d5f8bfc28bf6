"""Tables of answers become texts, or name every cell at fault."""

import pytest

from relecture.core.errors import InputError
from relecture.text.corpus.csv_rows import header_and_rows, read_rows

NO_COLUMN = "essai.csv, ligne 1 : pas de colonne des paroles (texte, verbatim, réponse…)"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("medecin,texte\n1,Oui\n", [("Oui", (("medecin", "1"),))]),
        ("texte;âge;sexe\nOui, bien;< 40 ans;F\n", [("Oui, bien", (("âge", "<-40-ans"), ("sexe", "F")))]),
        ("id\tverbatim\n1\tOui\n\n2\tNon\n", [("Oui", (("id", "1"),)), ("Non", (("id", "2"),))]),
        ('texte;id\n"Deux\nlignes";1\nUn;\n', [("Deux\nlignes", (("id", "1"),)), ("Un", ())]),  # empty: lacks it
        ("Texte;type_exercice\nOui;Cabinet * deux\n", [("Oui", (("type-exercice", "Cabinet-deux"),))]),
    ],
    ids="commas semicolons tabs quoted starred".split(),
)
def test_a_row_is_a_text(content, expected):
    assert read_rows(content, "essai.csv") == expected


def test_a_row_has_the_line_on_which_it_starts():
    header, rows = header_and_rows('texte;id\n"Deux\nlignes";1\n;\nUn;2\n', "essai.csv")
    assert header == ["texte", "id"]
    assert rows == [(2, ["Deux\nlignes", "1"]), (5, ["Un", "2"])]


def test_a_cell_may_be_huge():
    (row,) = read_rows(f'texte\n"{"mot " * 500_000}"\n', "essai.csv")
    assert len(row[0]) == 2_000_000


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("", [f"{NO_COLUMN} ; colonnes : aucune"]),
        ("id;mots\n1;Oui\n", [f"{NO_COLUMN} ; colonnes : id, mots"]),
        ("texte;id\n", ["essai.csv : aucune ligne sous l'en-tête"]),
        (
            "texte;id;id;\n;1;2;3\nOui;1\n…;1;1;1\n",
            [
                "essai.csv, ligne 1 : deux colonnes « id »",
                "essai.csv, ligne 1 : la colonne 4 n'a pas de nom",
                "essai.csv, ligne 2, colonne « texte » : texte vide",
                "essai.csv, ligne 3 : 2 cellules au lieu de 4",
                "essai.csv, ligne 4, colonne « texte » : texte vide",
            ],
        ),
        ('texte;id\nOui;1\n"Non;2\n', ["essai.csv, ligne 3 : écriture CSV incorrecte (guillemet mal fermé ?)"]),
    ],
    ids="empty no-column no-row several quote".split(),
)
def test_every_fault_is_named_with_its_line(content, faults):
    with pytest.raises(InputError) as refused:
        read_rows(content, "essai.csv")
    assert list(refused.value.faults) == faults
