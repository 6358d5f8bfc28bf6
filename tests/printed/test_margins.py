"""Questions without groups, as rows: the counts are those of the printed tables of Ajoodha 2023."""

import pytest

from relecture import load_study
from relecture.printed.frames.tables import margins

STUDY = load_study("ajoodha")
ABOUT = STUDY.about


def test_the_table_of_characteristics_is_read_in_its_order():
    found = margins(STUDY, ABOUT["questions"], table="table1")
    assert found["count"].tolist() == [29, 21, 14, 9, 10, 17, 13, 20, 17, 15, 35]  # results, 1, table
    assert found["n"].unique().tolist() == [50]
    assert found.columns.tolist() == ["question", "level", "variable", "label", "count", "n"]


def test_a_cell_with_several_numbers_is_read_at_its_last_step():
    words = {"reception.liberaux": {"label": "médecins libéraux"} | ABOUT["frequencies"]}
    found = margins(STUDY, words, step="effectif")
    assert found["count"].tolist() == [6, 14, 12, 14]  # table of question 20, first column; 46 is not printed
    assert found["n"].tolist() == [46] * 4
    assert found[["question", "level"]].iloc[0].tolist() == ["reception.liberaux", "jamais"]


def test_a_choice_that_is_not_printed_gives_no_row():
    words = {"milieu": {"label": "Milieu", "rural": "rural", "semi_rural": "semi-rural", "urbain": "urbain"}}
    assert margins(STUDY, words, table="table1")["level"].tolist() == ["rural", "urbain"]


def test_a_question_that_is_not_printed_is_refused():
    with pytest.raises(KeyError, match="milieux"):
        margins(STUDY, {"milieux": {"label": "Milieu", "rural": "rural"}}, table="table1")
