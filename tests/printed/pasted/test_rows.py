"""Blocks of rows, and what the numbers of a cell are; every number here is invented."""

import pytest

from relecture.printed.pasted.columns import understood
from relecture.printed.pasted.grids import Grid
from relecture.printed.pasted.rows import rows

HEAD = ("Variable", "Oui (n = 21)", "Non (n = 60)", "p")


def read(*lines, head=HEAD):
    table = [head, *(line + ("",) * (len(head) - len(line)) for line in lines)]
    return rows(understood(Grid("t", tuple(table), tuple(range(1, len(table) + 1)))), "t")


def shape(found):
    return [(block.label, [line.label for line in block.lines]) for block in found.blocks]


HOMME, FEMME = ("Homme", "8 (38,1)", "31 (51,7)"), ("Femme", "13 (61,9)", "29 (48,3)")


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        ([("Genre, n (%)",), ("  Homme", *HOMME[1:]), ("  Femme", *FEMME[1:]), ("Fumeur", "5 (24)", "9 (15)")], None),
        ([("Genre",), HOMME, FEMME, ("Fumeur, n (%)", "5 (24)", "9 (15)")], None),
        ([("Genre", "", "", "0,28"), HOMME, FEMME, ("Fumeur, n (%)", "5 (24)", "9 (15)")], 3),
    ],
)
def test_rows_under_a_label_make_a_block(lines, blocks):
    found = read(*lines)
    assert [(block.label.split(",")[0], len(block.lines)) for block in found.blocks] == [
        ("Genre", blocks or 2),
        ("Fumeur", 1),
    ]


def test_a_first_column_left_empty_goes_on_with_its_block():
    head = ("Variable", "Catégorie", *HEAD[1:])
    found = read(("Genre", *HOMME, "0,28"), ("", *FEMME), ("Âge", "moyenne ± ET", "41 ± 8", "44 ± 9"), head=head)
    assert shape(found) == [("Genre", ["Homme", "Femme"]), ("Âge", ["moyenne ± ET"])]
    assert found.blocks[0].lines[0].facts[-1] == {"p": "t.genre.homme.p"}


@pytest.mark.parametrize(
    ("label", "cell", "facts"),
    [
        ("Homme", "8 (38,1)", ["count", "percent"]),
        ("Homme", "8 (38,1 %)", ["count", "percent"]),
        ("Homme", "38,1 % (8)", ["percent", "count"]),
        ("Homme", "8/21 (38,1)", ["count", "n", "percent"]),
        ("Homme", "8", ["count"]),
        ("Âge", "41,1 ± 8,4", ["mean", "sd"]),
        ("Âge", "41.1 (8.4)", ["mean", "sd"]),
        ("Âge, moyenne (ET)", "41 (8)", ["mean", "sd"]),
        ("Âge, mean (SD)", "41 (± 8)", ["mean", "sd"]),
        ("Âge moyen", "41 (8)", ["mean", "sd"]),
        ("Durée, médiane [Q1–Q3]", "6 [3–10]", ["median", "low", "high"]),
        ("Durée, median (IQR)", "6 (3, 10)", ["median", "low", "high"]),
        ("Étendue", "3–10", ["low", "high"]),
        ("Homme", "1 (réf.)", []),
        ("Homme", "—", []),
    ],
)
def test_what_the_numbers_of_a_cell_are(label, cell, facts):
    found = read((label, cell, "9 (15)"))
    assert list(found.blocks[0].lines[0].facts.get(1, {})) == facts


def test_sizes_come_from_headers_or_from_a_first_row():
    assert read(HOMME).sizes == {1: "t.n.oui", 2: "t.n.non"}
    head = ("", "Oui", "Non")
    found = read(("Effectif", "21", "60"), HOMME, head=head)
    assert [found.values[address].value for address in found.sizes.values()] == ["21", "60"]
    assert shape(found) == [("Homme", ["Homme"])]


@pytest.mark.parametrize(
    ("heads", "cell"),
    [
        ([("", "Groupe (n = 21)", "", "p"), ("", "DS", "Moyenne", "")], (0, 1)),  # over both columns
        ([("", "Score 2021", "Non"), ("", "Oui (n = 21)", "p")], (1, 1)),  # 2021 is no size
    ],
)
def test_a_size_leads_to_the_cell_that_prints_it(heads, cell):
    found = read(*heads[1:], ("Âge", "3,2", "41,2"), head=heads[0])
    (address,) = found.sizes.values()
    assert found.values[address].value == "21" and found.places[address] == cell


def test_addresses_are_unique_and_places_lead_to_the_cell():
    found = read(HOMME, HOMME)
    assert "t.homme.oui_effectif_2" in found.values
    assert found.values["t.homme.non_effectif"].place == "colonne « Non », l. 2"
    assert found.places["t.homme.non_effectif"] == (1, 2)
