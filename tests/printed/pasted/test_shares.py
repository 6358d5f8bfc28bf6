"""Readings of percentages and sums of blocks; every table here is invented, and each n worked out by hand."""

import pytest

COLUMN = "Variable;Oui (n = 21);Non (n = 60)\nGenre;;\n  Homme;8 (38,1);31 (51,7)\n  Femme;13 (61,9);29 (48,3)\n"
ROW = "Variable;Oui;Non\nGenre;;\n  Homme;8 (20,5);31 (79,5)\n  Femme;13 (31,0);29 (69,0)\n"
TOTAL = "Variable;Oui;Non\nGenre;;\n  Homme;8 (9,9);31 (38,3)\n  Femme;13 (16,0);29 (35,8)\n"


@pytest.mark.parametrize(
    ("text", "n", "reading"),
    [
        (COLUMN, None, "pourcentages en colonne"),
        (COLUMN.replace(" (n = 21)", "").replace(" (n = 60)", ""), None, "pourcentages en colonne"),  # of who answered
        (ROW, None, "pourcentages en ligne"),
        (TOTAL, 81, "pourcentages de l'effectif total"),
    ],
)
def test_the_reading_is_the_one_that_most_shares_hold_with(pasted, text, n, reading):
    found = pasted(text, n)
    assert found.study.tables[0].readings == [reading]
    assert found.tally["inconsistent"] == found.tally["conditional"] == 0


def test_a_table_that_no_reading_explains_is_not_accused(pasted):
    text = COLUMN.replace("38,1", "12,9").replace("51,7", "80,2").replace("61,9", "3,3")
    found = pasted(text)
    assert found.tally["inconsistent"] == 0
    assert any("aucun effectif connu" in each.finding.explanation for each in found.findings)


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("Fumeur;5 (23,8);20 (33,3)", "reproduced"),
        ("Fumeur;5 (25,0);20 (33,3)", "conditional"),  # 5 of 20: one did not answer
        ("Fumeur;5 (32,8);20 (33,3)", "inconsistent"),  # of 15 at the most
        ("Fumeur;5 (8,23);20 (33,3)", "inconsistent"),
    ],
)
def test_a_row_alone_may_lack_a_tenth_of_the_answers(pasted, row, verdict):
    finding = next(each for each in pasted(f"{COLUMN}{row}\n").findings if "fumeur.oui_pourcentage" in each.id)
    assert finding.finding.verdict == verdict


@pytest.mark.parametrize(
    ("head", "row"), [("", "Âge;41 (8);44 (10)"), ("", "Cholestérol;5 (1);5 (2)"), (" (%)", "Âge;41 (8);44 (10)")]
)
def test_numbers_that_may_be_means_are_not_accused(pasted, head, row):
    found = pasted(f"{COLUMN.replace(')', f'){head}', 2)}{row}\n")
    assert found.tally["inconsistent"] == 0
    assert any("écart type" in each.finding.explanation for each in found.findings)


@pytest.mark.parametrize(
    ("counts", "verdicts"),
    [
        ("8;13", {"reproduced"}),
        ("8;12", {"conditional"}),  # one did not answer
        ("8;14", {"inconsistent"}),  # the other group adds up: the parts exclude each other
    ],
)
def test_a_block_is_a_partition_when_most_of_its_columns_add_up(pasted, counts, verdicts):
    men, women = counts.split(";")
    found = pasted(f"Variable;Oui (n = 21);Non (n = 60)\nGenre;;\n  Homme;{men};31\n  Femme;{women};29\n")
    assert {str(each.finding.verdict) for each in found.findings if "oui_effectif" in each.id} == verdicts


def test_several_answers_are_no_partition(pasted):
    found = pasted("Variable;Oui (n = 21);Non (n = 60)\nRaisons;;\n  temps;18 (86);50 (83)\n  coût;9 (43);31 (52)\n")
    assert [each.kind for each in found.findings] == ["percentage"] * 4


def test_a_block_ends_where_its_parts_are_complete(pasted):
    text = COLUMN.replace("  ", "") + "Fumeur;5 (23,8);20 (33,3)\n"
    assert [len(block.lines) for block in pasted(text).study.tables[0].rows.blocks] == [2, 1]


def test_rows_and_sizes_add_up_to_the_column_of_the_total(pasted):
    text = "Variable;Oui (n = 21);Non (n = 60);Total (n = 81)\nHomme;8;31;{}\nFemme;13;29;42\nFumeur;5;20;25\n"
    assert pasted(text.format(39)).tally["inconsistent"] == 0
    assert pasted(text.format(38)).labels("inconsistent") == ["Homme : somme des groupes"]


def test_the_n_given_beside_the_table_tells_missing_answers(pasted):
    found = pasted(ROW, 83)
    (finding,) = [each.finding for each in found.findings if each.kind == "partition"]
    assert finding.conditions == ("si 2 répondants n'ont pas répondu (2,4 %)",)


def test_missing_answers_that_have_their_row_are_not_of_the_share(pasted):
    text = "Variable;Oui (n = 21);Non (n = 60)\nGenre;;\n  Homme;8 (40,0);31 (51,7)\n  Femme;12 (60,0);29 (48,3)\n"
    assert set(pasted(text + "  Manquant;1;0\n").tally) == {"reproduced"}


def test_the_n_of_the_title_is_that_of_the_only_group(pasted):
    found = pasted("Tableau 1. Répondants (n = 81);\nVariable;Effectif (%)\nHomme;39 (48,1)\nFemme;42 (15,9)\n")
    assert found.labels("inconsistent") == ["Femme, Effectif : pourcentage"]


def test_several_answers_without_a_printed_n_are_not_accused(pasted):
    text = "Variable;Oui;Non\nRaisons;;\n  temps;13 (50,0);20 (40)\n  coût;9 (34,6);0 (0)\n  envie;12 (46,2);25 (50)\n"
    found = pasted(text)
    assert found.tally["inconsistent"] == 0


def test_a_row_of_nobody_is_not_accused(pasted):
    assert pasted(ROW + "  Autre;0 (0,0);0 (0,0)\n").tally["inconsistent"] == 0


def test_ticks_that_add_up_to_the_n_of_one_group_by_chance_are_no_partition(pasted):
    head = "Variable;Oui (n = 75);Non (n = 130);p\nGoûts;;;\n"
    text = head + "  chaud;40 (53);11 (8);< 0,001\n  froid;35 (47);12 (9);< 0,001\n"
    assert pasted(text).tally["inconsistent"] == 0
