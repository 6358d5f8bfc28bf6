"""The table of characteristics, cell by cell against plain pandas, and on frames that have nothing to say."""

import numpy as np
import pandas as pd
import pytest

from relecture.stats.estimates import describe
from relecture.stats.survey import characteristics
from relecture.stats.survey.characteristics import OVERALL
from relecture.stats.survey.questions import Question

pytestmark = pytest.mark.usefixtures("no_warning_escapes")

GROUP = Question("groupe", "Groupe", "single", {"u": "utilisateurs", "n": "non-utilisateurs"})
GENRE = Question("genre", "Genre", "single", {"f": "femme", "m": "homme"})
OUTILS = Question("outils", "Outils", "multiple", {"outils.pc": "ordinateur", "outils.tel": "téléphone"})
AVIS = Question("avis", "Avis", "ordinal", {"non": "Non", "oui": "Oui"})
AGE = Question("age", "Âge", "number")
QUESTIONS = [GENRE, OUTILS, AVIS, AGE]
FRAME = pd.DataFrame(
    [
        ("u", "f", "1", "0", "oui", "41"),
        ("u", "m", "0", "0", "non", "52"),  # asked the tools, has none
        ("u", "f", "sans_reponse", "sans_reponse", "ne_sait_pas", "38"),  # asked, did not answer: still a denominator
        ("n", "f", "non_pose", "non_pose", "oui", "sans_reponse"),  # not asked the tools
        ("n", "sans_reponse", "1", "1", "oui", "60"),
        ("sans_reponse", "m", "1", "1", "non", "33"),  # in no group
    ],
    columns=["groupe", "genre", "outils.pc", "outils.tel", "avis", "age"],
)


@pytest.fixture(scope="module")
def found():
    return characteristics.table(FRAME, QUESTIONS, GROUP)


def cell(found, question, label, group):
    cells = found.cells
    return cells[(cells["question"] == question) & (cells["label"] == label) & (cells["group"] == group)].iloc[0]


COUNTS = [
    ("genre", "femme", "utilisateurs", 2, 3),
    ("genre", "femme", "non-utilisateurs", 1, 1),  # the other did not answer
    ("genre", "femme", OVERALL, 3, 4),
    ("genre", "sans réponse", "non-utilisateurs", 1, 2),  # missing: of all
    ("genre", "sans réponse", "utilisateurs", 0, 3),
    ("outils", "ordinateur", "utilisateurs", 1, 3),  # of those asked
    ("outils", "ordinateur", "non-utilisateurs", 1, 1),
    ("outils", "non posée", "non-utilisateurs", 1, 2),
    ("avis", "Oui", OVERALL, 3, 4),
    ("avis", "ne sait pas", OVERALL, 1, 5),
    ("age", "Âge", OVERALL, 4, 5),
]


@pytest.mark.parametrize(("question", "label", "group", "count", "n"), COUNTS)
def test_counts_and_denominators(found, question, label, group, count, n):
    row = cell(found, question, label, group)
    assert (row["count"], row["n"]) == (count, n)
    if row["kind"] != "number":
        expected = describe.proportion(count, n)
        assert (row["share"], row["low"]) == pytest.approx((expected.estimate, expected.low))


def test_numbers_are_summarised(found):
    row = cell(found, "age", "Âge", OVERALL)
    ages = pd.Series([41, 52, 38, 60])
    assert row[["mean", "sd", "median", "q1"]].tolist() == pytest.approx(
        [ages.mean(), ages.std(), ages.median(), ages.quantile(0.25)]
    )
    assert "écart type" in cell(found, "age", "Âge", "non-utilisateurs")["note"]


def test_sizes_and_those_without_a_group(found):
    assert found.sizes == {"utilisateurs": 3, "non-utilisateurs": 2, OVERALL: 5}
    assert (found.group, found.without_group) == ("groupe", 1)


def test_groups_and_answers_stand_in_the_order_of_the_form(found):
    assert list(dict.fromkeys(found.cells["group"])) == ["utilisateurs", "non-utilisateurs", OVERALL]
    assert list(dict.fromkeys(found.cells["variable"])) == ["Genre", "Outils", "Avis", "Âge"]


def test_one_test_a_question_and_one_a_choice_with_corrections(found):
    assert found.tests["question"].tolist() == ["genre", "outils", "outils", "avis", "age"]
    assert {"p_holm", "p_bh"} <= set(found.tests)


def test_an_answer_the_question_does_not_know_is_shown_under_its_code():
    odd = characteristics.table(FRAME.assign(genre="x"), [GENRE])
    assert cell(odd, "genre", "x", OVERALL)["count"] == 6


def test_without_groups_there_is_one_column_and_no_test():
    found = characteristics.table(FRAME, QUESTIONS)
    assert set(found.cells["group"]) == {OVERALL} and found.tests.empty
    assert found.sizes == {OVERALL: 6}


BLANK = FRAME.assign(**dict.fromkeys(FRAME.columns[1:], "sans_reponse"))
POOR = {
    "nobody": FRAME.iloc[:0],
    "one respondent": FRAME.iloc[:1],
    "an empty group": FRAME[FRAME["groupe"] == "u"],
    "one in a group": FRAME.iloc[:4],
    "nobody in any group": FRAME.assign(groupe="sans_reponse"),
    "a question nobody answered": FRAME.assign(genre="sans_reponse", age="sans_reponse"),
    "nothing answered": BLANK,
    "all equal": pd.concat([FRAME.iloc[[0]], FRAME.iloc[[0]].assign(groupe="n")] * 4, ignore_index=True),
}


@pytest.mark.parametrize("frame", POOR.values(), ids=POOR)
def test_poor_data_give_a_table_and_reasons(frame):
    found = characteristics.table(frame, QUESTIONS, GROUP)
    assert len(found.cells) % 3 == 0 and len(found.tests) == 5
    assert (found.tests["p"].notna() | found.tests["note"].ne("")).all()
    empty = found.cells[found.cells["kind"].isin(["answer", "choice", "number"]) & (found.cells["n"] == 0)]
    assert (empty["note"] != "").all()
    silent = found.cells[(found.cells["kind"] == "number") & (found.cells["count"] == 0)]
    assert (silent["note"] != "").all()


@pytest.mark.parametrize("n", [30, 81, 5000])
def test_any_size(n):
    rng = np.random.default_rng(n)
    frame = FRAME.iloc[rng.integers(0, 6, n)].reset_index(drop=True)
    found = characteristics.table(frame, QUESTIONS, GROUP)
    assert found.sizes[OVERALL] + found.without_group == n
    counted = found.cells[found.cells["kind"] == "answer"].groupby(["question", "group"])
    assert (counted["count"].sum() == counted["n"].first()).all()
