"""Blocks of answers as tables: what is written, out of how many, and what must not be.

Intervals come from R: prop.test(3, 10, correct = FALSE) is 0.1078 to 0.6032, prop.test(2, 8, correct = FALSE)
0.0715 to 0.5907.
"""

import csv

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from relecture.disclosure import disclosure_control
from relecture.report.tables import answer_blocks
from relecture.stats.survey import characteristics, printed_vs_answers
from relecture.stats.survey.questions import Question

ZONE = Question("zone", "Zone", "single", {"r": "rurale", "u": "urbaine"})
OUTILS = Question("outils", "Outils", "multiple", {"outils.fax": "fax", "outils.sms": "SMS"})
ANS = Question("ans", "Années", "number")
MSS = Question("mss", "Équipé", "single", {"oui": "Oui", "non": "Non"})
ALL = [ZONE, OUTILS, ANS, MSS]
FRAME = pd.DataFrame(
    {
        "zone": ["r"] * 3 + ["u"] * 7,
        "outils.fax": ["1"] * 2 + ["0"] * 6 + ["non_pose"] * 2,  # asked to 8
        "outils.sms": ["1"] * 8 + ["non_pose"] * 2,
        "ans": ["1", "2", "3", "4", "5", "6", "7", "8", "9", "sans_reponse"],
        "mss": ["oui"] * 6 + ["non"] * 4,
    }
)


def _rows(made):
    """Rows of the CSV, without the heading, as lists of cells."""
    lines = made.csv.replace("\u00a0", " ").splitlines()[1:]
    return list(csv.reader(lines, delimiter=";"))


@pytest.fixture
def found():
    return characteristics.table(FRAME, ALL)


@pytest.fixture
def by_equipment():
    return characteristics.table(FRAME, [ZONE, OUTILS, ANS], MSS)


def test_a_line_has_its_count_its_denominator_its_share_and_its_interval(found):
    rows = _rows(answer_blocks.answers_table(found, "Tableau"))
    assert rows[0] == ["Zone", "rurale", "3", "10", "30,0", "[10,8 – 60,3]"]


def test_several_answers_are_shares_of_those_who_were_asked(found):
    rows = _rows(answer_blocks.answers_table(found, "Tableau"))
    assert ["Outils", "fax", "2", "8", "25,0", "[7,1 – 59,1]"] in rows
    assert ["Outils", "non posée", "2", "10", "", ""] in rows  # a reason is no answer: no share


def test_a_number_is_summed_up(found):
    rows = _rows(answer_blocks.answers_table(found, "Tableau"))
    (row,) = [row for row in rows if row[0] == "Années" and "médiane" in row[1]]
    # 1 to 9: by hand, mean and median 5, quartiles 3 and 7, SD sqrt(60 / 8) = 2.74
    assert row[1] == "médiane 5 [3 – 7] ; moyenne 5,0, écart type 2,7" and row[2:4] == ["9", "10"]


def test_a_remark_stands_beside_its_question(found):
    made = answer_blocks.answers_table(found, "Tableau", remarks={"zone": "tiré au hasard"})
    heads = [head.get_text() for head in BeautifulSoup(made.html, "html.parser").select("th[scope=rowgroup]")]
    assert heads[0].replace("\u00a0", " ") == "Zone (tiré au hasard)" and heads[1] == "Outils"


def test_groups_are_columns_with_their_size(by_equipment):
    made = answer_blocks.answers_by_group(by_equipment, "Tableau")
    header = made.csv.splitlines()[0].replace("\u00a0", " ")
    assert header.endswith("Réponse;Oui (n = 6);Non (n = 4);Ensemble (n = 10)")
    assert _rows(made)[0] == ["Zone", "rurale", "3 (50\u202f%)", "0 (0\u202f%)", "3 (30\u202f%)"]


def test_what_is_hidden_is_nowhere(by_equipment):
    guard = disclosure_control.control(5, FRAME, ALL)
    hidden = guard.characteristics(by_equipment)
    for made in (answer_blocks.answers_by_group(hidden, "Tableau"), answer_blocks.answers_table(hidden, "Tableau")):
        assert "masqué" in made.csv and "masqué" in made.html
        assert not any(row[1] == "rurale" and "3" in "".join(row[2:]) for row in _rows(made))


def test_levels_are_the_answers_of_everybody(by_equipment):
    found = answer_blocks.answer_levels(by_equipment)
    assert found.to_numpy().tolist() == [["Zone", "rurale", 3, 10], ["Zone", "urbaine", 7, 10]]


PRINTED = pd.DataFrame(
    [("zone", "r", "Zone imprimée", "campagne", "", 9, 10), ("zone", "m", "Zone imprimée", "montagne", "", 1, 10)],
    columns=["question", "level", "variable", "label", "group", "count", "n"],
)


def test_answers_take_the_words_of_the_printed_table(found):
    matched = answer_blocks.printed_and_answers(PRINTED, [found])
    assert matched[["variable", "label", "count"]].to_numpy().tolist() == [
        ["Zone imprimée", "campagne", 3], ["Zone imprimée", "urbaine", 7],
    ]  # fmt: skip


def test_printed_and_answered_stand_side_by_side(found):
    both = printed_vs_answers.side_by_side(PRINTED, answer_blocks.printed_and_answers(PRINTED, [found]))
    rows = {row[1]: row for row in _rows(answer_blocks.comparison_table(both, "Côte à côte"))}
    assert rows["campagne"][2].replace("\u202f", " ") == "9/10 : 90 % [60 – 98]"  # prop.test(9, 10, correct = FALSE)
    assert rows["campagne"][4] == "-60"
    assert rows["montagne"][3] == "" and rows["urbaine"][2] == ""


def test_a_hidden_answer_is_hidden_beside_the_printed_one():
    hidden = disclosure_control.control(5, FRAME, ALL).characteristics(characteristics.table(FRAME, [ZONE]))
    both = printed_vs_answers.side_by_side(PRINTED, answer_blocks.printed_and_answers(PRINTED, [hidden]))
    rows = {row[1]: row for row in _rows(answer_blocks.comparison_table(both, "Côte à côte"))}
    assert rows["campagne"][3] == "masqué" and rows["campagne"][4] == ""


def test_labels_are_text_and_never_markup():
    hostile = Question("zone", "<script>alert(1)</script>", "single", {"r": "=1+1", "u": "<b>u</b>"})
    made = answer_blocks.answers_table(characteristics.table(FRAME, [hostile]), "Tableau")
    assert "<script>" not in made.html and "<b>u</b>" not in made.html
    assert not any(cell.startswith("=") for row in _rows(made) for cell in row)


def test_the_level_of_the_intervals_is_in_their_head():
    answers = characteristics.table(
        pd.DataFrame({"q": ["oui"] + ["non"] * 3000}),
        [Question("q", "Q", "single", {"oui": "Oui", "non": "Non"})],
        confidence=0.9,
    )
    shown = answer_blocks.answers_table(answers, "Réponses")
    assert "Intervalle à 90\u202f%" in shown.html
    assert "&lt;\u00a00,1" in shown.html and "&gt;\u00a099,9" in shown.html  # one answered yes, so not everybody no


def test_shares_that_do_not_add_up_are_told():
    frame = pd.DataFrame({"q": list("abc"), "g": ["x"] * 3})
    three = Question("q", "Q", "single", {"a": "A", "b": "B", "c": "C"})
    answers = characteristics.table(frame, [three], Question("g", "G", "single", {"x": "X"}))
    assert "leur somme peut être de 99 ou de 101" in answer_blocks.answers_by_group(answers, "Réponses").html
