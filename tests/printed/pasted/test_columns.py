"""Roles of columns by their headers, French and English."""

import pytest

from relecture.core.errors import InputError
from relecture.printed.pasted.columns import understood
from relecture.printed.pasted.grids import Grid


def table(*rows):
    return understood(Grid("t", rows, tuple(range(1, len(rows) + 1))))


@pytest.mark.parametrize(
    ("header", "cell", "role"),
    [
        ("p", "0,52", "p"),
        ("P value", "0.52", "p"),
        ("Valeur de p", "NS", "p"),
        ("p-value*", "< 0,001", "p"),
        ("OR (IC 95 %)", "1,36 [0,53–3,48]", "odds_ratio"),
        ("OR ajusté", "1,36", "odds_ratio"),
        ("aOR (95% CI)", "1.36 (0.53-3.48)", "odds_ratio"),
        ("Hazard ratio", "1.36", "hazard_ratio"),
        ("RR", "1.36", "relative_risk"),
        ("IC 95 %", "0,53–3,48", "interval"),
        ("Borne inférieure", "0,53", "low"),
        ("95% CI upper", "3.48", "high"),
        ("β", "-1,14", "coefficient"),
        ("Effectif", "21", "count"),
        ("%", "38,1", "percent"),
        ("Oui (n = 21)", "8 (38,1)", "group"),
        ("No (%)", "8 (38,1)", "group"),
        ("Oui, moyenne (ET)", "41,1 (8,4)", "group"),
        ("F", "8 (38,1)", "group"),  # women, not a statistic
        ("OR¹", "1.36", "odds_ratio"),  # a footnote, as gtsummary prints it
        ("Event N", "60", ""),  # of gtsummary: how many had the event, of N who answered
        ("Event (n = 21)", "8 (38,1)", "group"),
        ("ou", "8 (38,1)", "group"),  # a word, not an odds ratio
    ],
)
def test_a_header_tells_what_its_column_holds(header, cell, role):
    assert table(("Variable", header), ("x", cell)).columns[1].role == role


@pytest.mark.parametrize(
    "header", ["Oui (n = 1 021)", "Oui\u00a0(N=1021)", "Oui, n=1021", "Oui [n = 1021]", "Oui n = 1,021"]
)
def test_a_header_gives_the_size_of_its_group(header):
    column = table(("Variable", header), ("x", "8 (38,1)")).columns[1]
    assert (column.group, column.size) == ("Oui", "1021")


def test_a_header_over_several_columns_names_them_all():
    found = table(("", "Oui (n = 21)", "Oui (n = 21)", "p"), ("", "n", "%", ""), ("x", "8", "38,1", "0,5"))
    assert [(column.role, column.group, column.owner) for column in found.columns[1:]] == [
        ("count", "Oui", 1),
        ("percent", "Oui", 1),
        ("p", "", -1),
    ]


def test_two_columns_of_labels_and_what_belongs_to_each_estimate():
    head = ("Variable", "Catégorie", "OR brut (IC 95 %)", "p", "OR ajusté (IC 95 %)", "p")
    found = table(head, ("Âge", "> 50", "1,2 [0,8–1,8]", "0,4", "1,1 [0,7–1,7]", "0,6"))
    assert [column.role for column in found.columns[:2]] == ["label", "label"]
    assert [(column.owner, column.adjusted) for column in found.columns[2:]] == [
        (2, False),
        (2, False),
        (4, True),
        (4, False),
    ]


@pytest.mark.parametrize(("beside", "role"), [("SE", "coefficient"), ("A", "group")])
def test_b_is_a_coefficient_beside_its_error_and_else_a_group(beside, role):
    assert table(("Variable", "B", beside), ("x", "2,10", "0,75")).columns[1].role == role


def test_years_and_levels_are_headers():
    found = table(("", "2019", "2020"), ("x", "8 (38,1)", "9 (40)"))
    assert [column.group for column in found.columns[1:]] == ["2019", "2020"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("a", "b"), ("c", "d")], "aucune cellule n'y est un nombre"),
        ([("Homme", "8 (38)"), ("Femme", "13 (62)")], "ligne 1 : « Homme » ; attendu : une ligne de titres"),
    ],
)
def test_a_table_without_numbers_or_without_headers_is_refused(rows, told):
    with pytest.raises(InputError) as refused:
        table(*rows)
    assert told in str(refused.value)
