"""Questions in printed terms, and counts out of everybody, on the questionnaire of Zerhoui and made-up answers."""

import pandas as pd
import pytest

from relecture import load_study
from relecture.answers.coded import recoding
from relecture.answers.questionnaire import instrument, missing, skip_logic
from relecture.stats.survey import characteristics, recoded
from relecture.stats.survey.questions import of_instrument


@pytest.fixture(scope="module")
def form():
    return instrument.load(load_study("zerhoui"))


@pytest.fixture(scope="module")
def coded(form):
    """Four doctors: two ways to open the software without typing anything; one is silent on everything."""
    blank = pd.DataFrame(str(missing.Missing.NO_ANSWER), index=list("abcd"), columns=list(form.columns))
    none = str(missing.Missing.NO_ANSWER)
    given = {"mode_logiciel": ["aucun", "enregistre", "fort", none], "alarme": ["oui", "non", "non", none]}
    ticks = {"personnelle": ["1", "0", "0", none], "courrier": ["1", "1", "1", none]}
    zeros = {name: ["0", "0", "0", none] for name in form.columns if name.startswith("moyen_hors_sante.")}
    ticked = zeros | {f"moyen_hors_sante.{choice}": cells for choice, cells in ticks.items()}
    return skip_logic.apply(form, blank.assign(**given, **ticked))[0]


def test_answers_counted_together_become_one_under_both_labels(form):
    (question,) = recoded.counted_together(form, of_instrument(form, ["mode_logiciel"]))
    assert list(question.levels) == ["aucun", "faible", "fort", "cps", "double", "autre"]
    assert question.levels["aucun"] == "Rien, ou un mot de passe, gardé en mémoire"


def test_ticks_take_the_name_of_what_they_are_counted_as(form):
    (question,) = recoded.counted_together(form, of_instrument(form, ["moyen_hors_sante"]))
    assert "moyen_hors_sante.non_securisee" in question.levels
    assert "moyen_hors_sante.personnelle" not in question.levels


def test_every_question_has_its_columns_in_the_frame_in_printed_terms(form, coded):
    frame = recoded.printed_terms(form, coded)
    blocks = load_study("zerhoui").about["blocks"].values()
    for question in recoded.counted_together(form, [one for names in blocks for one in of_instrument(form, names)]):
        assert set(question.columns) <= set(frame.columns)


def test_terms_keep_the_reasons_of_missing_answers(form, coded):
    frame = recoded.printed_terms(form, coded)
    assert frame["mode_logiciel"].tolist() == ["aucun", "aucun", "fort", "sans_reponse"]
    assert frame.loc["a", "moyen_hors_sante.non_securisee"] == "1"
    assert frame.equals(recoding.as_printed(form, recoding.derive(form, coded)))


def test_counted_is_out_of_everybody_and_leaves_out_what_nobody_answered(form, coded):
    questions = recoded.counted_together(form, of_instrument(form, ["mode_logiciel", "alarme", "camera"]))
    block = characteristics.table(recoded.printed_terms(form, coded), questions)
    found = recoded.overall_counts([block], ["mode_logiciel", "camera"], 4)
    shown = found.set_index("level")[["count", "n"]]
    assert shown.loc[["aucun", "fort"]].values.tolist() == [[2, 4], [1, 4]]  # a and b; c; d said nothing
    assert set(found["question"]) == {"mode_logiciel"}  # nobody answered on the camera
    assert set(found["group"]) == {""}
