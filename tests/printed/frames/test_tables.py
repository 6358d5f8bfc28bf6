"""Views give the printed numbers as rows, in the order of the source, with nothing recomputed."""

import pytest

from relecture import load_study
from relecture.printed import audit
from relecture.printed.frames import tables

STUDY = load_study("guefif")
CHECKED = audit.audit(STUDY, repairs=False)


def test_counts_skip_the_blank_cells_of_the_table():
    found = tables.counts(STUDY, "table1", ["duree"])  # table 1: no user ticked 20 to 30 minutes
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
    found = tables.estimates(STUDY, table, estimate, CHECKED)
    assert (len(found), found["text"].iloc[0], found["text"].iloc[-1]) == (rows, first, last)
    assert found["label"].notna().all()


def test_comparisons_are_three_pairs_of_disjoint_groups():
    found = tables.comparisons(STUDY)
    assert found["n"].tolist() == [21, 60, 17, 43, 21, 17]  # counted by hand in table 1
    assert found["text"].tolist()[:2] == ["63,9 ± 10,5", "47,3 ± 12"]


def test_reconstructed_tables_print_the_rows_they_stand_for():
    found = tables.reconstructed(STUDY, "bivariee", "or", (32, 49))
    assert len(found) == 11
    assert (found["a"] + found["c"] == 32).all() and (found["b"] + found["d"] == 49).all()
    for row in found.itertuples():
        assert f"{row.a * row.d / (row.b * row.c):.2f}".replace(".", ",").startswith(row.text.split(" ")[0])


def test_divisions_count_both_ways():
    splits = next(one for one in CHECKED if one.id == "tableaux.ensemble").finding.evidence
    rows = tables.divisions(splits).set_index("split")["rows"]
    assert (rows[32], rows[49], rows[38], rows[43]) == (11, 11, 4, 4)
