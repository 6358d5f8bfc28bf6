"""Printed numbers as rows: read at their address, in the order of the source, with nothing recomputed."""

import pytest
from scipy.stats import chi2_contingency

from relecture import load_study
from relecture.printed import audit
from relecture.printed.frames import tables

AJOODHA, GUEFIF, ZERHOUI = (load_study(name) for name in ("ajoodha", "guefif", "zerhoui"))
CHECKED = audit.audit(GUEFIF, repairs=False)


def test_counts_skip_the_blank_cells_of_the_table():
    found = tables.counts(GUEFIF, "table1", ["duree"])  # table 1: no user ticked 20 to 30 minutes
    assert found["count"].tolist() == [9, 8, 12, 43, 9]
    assert found["n"].tolist() == [21, 60, 21, 60, 60]


@pytest.mark.parametrize(
    ("table", "estimate", "rows", "first", "last"),
    [
        ("bivariee", "or", 14, "1,36 [0,53 – 3,48]", "0,9 [0,26 – 3,13]"),
        ("multivariee", "coefficient", 12, "0,26 [−0,89 – 1,41]", "−0,75 [−1,87 – 0,38]"),
    ],
)
def test_estimates_are_the_rows_of_the_printed_table_in_order(table, estimate, rows, first, last):
    found = tables.estimates(GUEFIF, table, estimate, CHECKED)
    assert (len(found), found["text"].iloc[0], found["text"].iloc[-1]) == (rows, first, last)
    assert found["label"].notna().all()


def test_comparisons_are_three_pairs_of_disjoint_groups():
    found = tables.comparisons(GUEFIF)
    assert found["n"].tolist() == [21, 60, 17, 43, 21, 17]  # counted by hand in table 1
    assert found["text"].tolist()[:2] == ["63,9 ± 10,5", "47,3 ± 12"]


def test_contingency_tables_print_the_rows_they_stand_for():
    found = tables.contingency_tables(GUEFIF, "bivariee", "or", (32, 49))
    assert len(found) == 11
    assert (found["a"] + found["c"] == 32).all() and (found["b"] + found["d"] == 49).all()
    for row in found.itertuples():
        assert f"{row.a * row.d / (row.b * row.c):.2f}".replace(".", ",").startswith(row.text.split(" ")[0])


def test_the_table_whose_pearson_p_is_printed_is_preferred():
    # zone: two tables of 32 and 49 respondents print the row; chisq.test gives 0,365 for one of them at least
    row = tables.contingency_tables(GUEFIF, "bivariee", "or", (32, 49)).set_index("name").loc["zonage"]
    pearson = chi2_contingency([[row["a"], row["b"]], [row["c"], row["d"]]], correction=False).pvalue
    assert f"{pearson:.3f}" == row["p"].replace(",", ".") == "0.365"


def test_divisions_count_both_ways():
    splits = next(one for one in CHECKED if one.id == "tableaux.ensemble").finding.evidence
    rows = tables.divisions(splits).set_index("split")["rows"]
    assert (rows[32], rows[49], rows[38], rows[43]) == (11, 11, 4, 4)


def test_counts_with_columns_and_a_denominator_of_their_own():
    frame = tables.counts_by_column(ZERHOUI, ["tableau2.cle"], "echantillon.n")
    # table 2 of the thesis, row by row: surgery then consulting room
    assert frame["count"].tolist() == [0, 3, 20, 31, 26, 16, 4, 0]
    assert frame["group"].unique().tolist() == ["entrée du cabinet", "bureau de consultation"]
    assert set(frame["n"]) == {50}


def test_counts_without_columns_nor_denominator_take_that_of_the_sample():
    frame = tables.counts_by_column(ZERHOUI, ["tableau1.age"], "echantillon.n")
    assert frame["count"].tolist() == [8, 13, 15, 14]  # table 1
    assert set(frame["group"]) == {""} and set(frame["n"]) == {50}


def test_printed_answers_read_patterns_mappings_and_the_first_of_several_addresses():
    words = {
        "mode_session": {"label": "Session", "aucun": "rien", "fort": "fort", "biometrie": "doigt"},
        "moyen_ville": {"label": "Ville", "moyen_ville.sms": "SMS"},
        "camera": {"label": "Caméra", "oui": "Oui", "non": "Non"},
        "inconnue": {"label": "?", "oui": "Oui"},
    }
    patterns = {
        "mode_session": "tableau4.mode.{}.session",
        "moyen_ville": "tableau5.moyen.{}.ville",
        "camera": {"oui": ["tableau2.presence.camera", "texte.camera"]},
    }
    frame = tables.printed_answers(ZERHOUI, patterns, words, "echantillon.n")
    assert frame[["question", "level", "count"]].values.tolist() == [
        ["mode_session", "aucun", 15],  # table 4
        ["mode_session", "fort", 5],
        ["moyen_ville", "moyen_ville.sms", 24],  # table 5
        ["camera", "oui", 7],  # table 2; « non » is not printed, nor is a finger
    ]


def test_the_table_of_characteristics_is_read_in_its_order():
    found = tables.margins(AJOODHA, AJOODHA.about["questions"], table="table1")
    assert found["count"].tolist() == [29, 21, 14, 9, 10, 17, 13, 20, 17, 15, 35]  # results, 1, table
    assert found["n"].unique().tolist() == [50]
    assert found.columns.tolist() == ["question", "level", "variable", "label", "count", "n"]


def test_a_cell_with_several_numbers_is_read_at_its_last_step():
    words = {"reception.liberaux": {"label": "médecins libéraux"} | AJOODHA.about["frequencies"]}
    found = tables.margins(AJOODHA, words, step="effectif")
    assert found["count"].tolist() == [6, 14, 12, 14]  # table of question 20, first column; 46 is not printed
    assert found["n"].tolist() == [46] * 4
    assert found[["question", "level"]].iloc[0].tolist() == ["reception.liberaux", "jamais"]


def test_a_choice_that_is_not_printed_gives_no_row():
    words = {"milieu": {"label": "Milieu", "rural": "rural", "semi_rural": "semi-rural", "urbain": "urbain"}}
    assert tables.margins(AJOODHA, words, table="table1")["level"].tolist() == ["rural", "urbain"]


def test_a_question_that_is_not_printed_is_refused():
    with pytest.raises(KeyError, match="milieux"):
        tables.margins(AJOODHA, {"milieux": {"label": "Milieu", "rural": "rural"}}, table="table1")
