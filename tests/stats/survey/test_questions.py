"""Questions read from an instrument, and what is missing in their answers; oracle: the form itself, Guefif's."""

import pandas as pd
import pytest

from relecture import load_study
from relecture.answers.questionnaire import instrument
from relecture.stats.survey import questions
from relecture.stats.survey.questions import Question


@pytest.fixture(scope="module")
def form():
    return instrument.load(load_study("guefif"))


def test_free_texts_and_identifying_items_are_no_questions(form):
    texts = {item.id for item in form.items if item.kind == "text" or item.identifying}
    assert texts
    assert not texts & {column for question in questions.of_instrument(form) for column in question.columns}


def test_the_matrix_of_a_score_is_ordered_questions(form):
    rows = questions.of_instrument(form, ["ess"])
    assert len(rows) == len(form["ess"].rows)
    assert {row.kind for row in rows} == {"ordinal"}
    assert "sans_objet" not in rows[0].levels  # a missing answer, though the form offers it


def test_derived_variables_come_with_their_cases(form):
    (groups,) = questions.of_instrument(form, ["groupe"])
    assert (groups.kind, list(groups.levels)) == ("single", ["utilisateurs", "non_utilisateurs"])


def test_named_questions_keep_the_order_asked_and_unknown_ones_are_refused(form):
    assert [one.id for one in questions.of_instrument(form, ["groupe", "predice"])] == ["groupe", "predice"]
    assert questions.of_instrument(form, ["predice"], ordered=["predice"])[0].kind == "ordinal"
    with pytest.raises(KeyError):
        questions.of_instrument(form, ["inconnue"])


FRAME = pd.DataFrame({
    "genre": ["f", "sans_reponse", "non_pose", None, "m"],
    "age": ["41", "ne_sait_pas", "37.5", "sans_objet", None],
    "outils.pc": ["1", "0", "sans_reponse", "non_pose", None],
    "outils.tel": ["0", "0", "sans_reponse", "non_pose", None],
})  # fmt: skip
GENRE = Question("genre", "Genre", "single", {"f": "femme", "m": "homme"})
OUTILS = Question("outils", "Outils", "multiple", {"outils.pc": "ordinateur", "outils.tel": "téléphone"})
REASONS = [
    (GENRE, ["", "sans réponse", "non posée", "sans réponse", ""]),
    (Question("age", "Âge", "number"), ["", "ne sait pas", "", "sans objet", "sans réponse"]),
    (OUTILS, ["", "", "sans réponse", "non posée", "sans réponse"]),
]


@pytest.mark.parametrize(("question", "expected"), REASONS, ids=lambda one: getattr(one, "id", ""))
def test_each_missing_answer_has_its_reason(question, expected):
    assert questions.missing_reasons(FRAME, question).tolist() == expected
    assert (
        questions.known_answers(FRAME, question).notna().any(axis="columns") == [one == "" for one in expected]
    ).all()


def test_a_frame_already_typed_reads_the_same():
    typed = FRAME.mask(FRAME.isin(["sans_reponse", "non_pose", "ne_sait_pas", "sans_objet"]))
    typed["outils.pc"] = pd.to_numeric(typed["outils.pc"])
    for question, _ in REASONS[::2]:
        pd.testing.assert_frame_equal(
            questions.known_answers(typed, question).astype(object),
            questions.known_answers(FRAME, question).astype(object),
        )
