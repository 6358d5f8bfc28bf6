"""Points and sums against sums made by hand; what is missing is stated, and tested as stated."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.answers.coded import scores
from relecture.answers.questionnaire import instrument
from relecture.core.errors import InputError
from relecture.core.study import load_study

GUEFIF = instrument.load(load_study("guefif"))
ESS = [column.name for column in GUEFIF["ess"].columns]


def opinions(*rows):
    return pd.DataFrame(rows, columns=["avis.simple", "avis.sure", "avis.lente"], dtype="str")


def test_points_follow_the_instrument_and_reversed_rows_run_the_other_way(toy):
    told = scores.points(toy, opinions(("oui", "bof", "oui"), ("non", "sans_objet", "non")), "note_avis")
    # oui 3, bof 2, non 1; « lente » is reversed: oui 1, non 3
    assert told["avis.simple"].tolist() == [3, 1]
    assert told["avis.sure"].tolist() == pytest.approx([2, np.nan], nan_ok=True)
    assert told["avis.lente"].tolist() == [1, 3]


def test_flipped_turns_every_row(toy):
    frame = opinions(("oui", "bof", "oui"))
    assert scores.points(toy, frame, "note_avis", flipped=True).loc[0].tolist() == [1, 2, 3]


def test_not_applicable_takes_the_median_of_the_row_over_all_respondents(toy):
    frame = opinions(
        ("oui", "oui", "non"),  # 3 + 3 + 3
        ("bof", "non", "oui"),  # 2 + 1 + 1
        ("oui", "bof", "bof"),  # 3 + 2 + 2
        ("oui", "oui", "bof"),  # 3 + 3 + 2
        ("bof", "sans_objet", "bof"),  # 2 + the median of 3, 1, 2, 3, which is 2.5, + 2
    )
    found = scores.score(toy, frame, "note_avis")
    assert found["note_avis"].tolist() == [9, 4, 7, 8, 6.5]
    assert found["rated"].tolist() == [3, 3, 3, 3, 2]
    assert found["imputed"].tolist() == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("code", ["ne_sait_pas", "sans_reponse", "non_pose"])
def test_any_other_missing_row_leaves_no_score(toy, code):
    found = scores.score(toy, opinions(("oui", "oui", "oui"), ("oui", code, "oui")), "note_avis")
    assert found["note_avis"].tolist() == pytest.approx([7, np.nan], nan_ok=True)  # 3 + 3 + 1
    assert found.loc[1, ["rated", "imputed"]].tolist() == [2, 0]


def test_who_rated_nothing_has_no_score(toy):
    rows = [("oui", "oui", "oui"), ("sans_objet",) * 3, ("sans_reponse",) * 3]
    found = scores.score(toy, opinions(*rows), "note_avis")
    assert found["note_avis"].isna().tolist() == [False, True, True]
    assert found["rated"].tolist() == [3, 0, 0]


def test_a_row_that_nobody_rated_has_no_median(toy):
    rows = [("oui", "sans_objet", "oui"), ("non", "sans_objet", "non")]
    assert scores.score(toy, opinions(*rows), "note_avis")["note_avis"].isna().all()


def test_no_respondent_no_score(toy):
    assert scores.score(toy, opinions(), "note_avis").shape == (0, 3)


def test_an_unknown_score_or_answer_is_refused(toy):
    with pytest.raises(InputError) as error:
        scores.score(toy, opinions(("oui", "oui", "oui")), "ess")
    assert error.value.faults == ("score « ess » inconnu (scores de l'instrument : note_avis)",)
    with pytest.raises(InputError) as error:
        scores.score(toy, opinions(("oui", "Oui", "oui"), ("oui", "oui", "4")), "note_avis")
    assert error.value.faults == (
        "répondant 0, colonne « avis.sure » : « Oui » n'est pas une réponse prévue (oui, bof, non)",
        "répondant 1, colonne « avis.lente » : « 4 » n'est pas une réponse prévue (oui, bof, non)",
    )


# ---------------------------------------------------------------- the e-SS


def ess(*rows):
    return pd.DataFrame(rows, columns=ESS, dtype="str")


def test_the_ess_runs_from_20_to_80_and_full_agreement_is_at_the_top():
    printed = load_study("guefif")
    ends = [int(printed[f"methode.score.{end}"]) for end in ("maximum", "minimum")]
    frame = ess(["accord_complet"] * 20, ["desaccord_complet"] * 20)
    assert len(ESS) == int(printed["methode.score.items"])
    assert scores.score(GUEFIF, frame, "score")["score"].tolist() == ends == [80, 20]


def test_flipped_the_ess_has_the_points_that_the_methods_print():
    printed = load_study("guefif")
    names = {"accord_complet": "parfaitement_d_accord", "accord": "moderement_d_accord",
             "desaccord": "moderement_en_desaccord", "desaccord_complet": "totalement_en_desaccord"}  # fmt: skip
    frame = ess(*([code] * 20 for code in names))
    flipped = scores.points(GUEFIF, frame, "score", flipped=True)[ESS[0]]
    assert flipped.tolist() == [int(printed[f"methode.score.points.{name}"]) for name in names.values()]


WORTH = {"accord_complet": 4, "accord": 3, "desaccord": 2, "desaccord_complet": 1}
ANSWERS = st.sampled_from([*WORTH, "sans_objet", "sans_reponse"])


def median(column):
    told = [WORTH[cell] for cell in column if cell in WORTH]
    return np.median(told) if told else None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ANSWERS, min_size=20, max_size=20), min_size=1, max_size=6))
def test_the_ess_is_the_literal_sum(rows):
    middles = [median(column) for column in zip(*rows, strict=True)]
    found = scores.score(GUEFIF, ess(*rows), "score")["score"]
    for row, value in zip(rows, found, strict=True):
        pairs = zip(row, middles, strict=True)
        parts = [WORTH.get(cell, middle if cell == "sans_objet" else None) for cell, middle in pairs]
        if None in parts or not set(row) & set(WORTH):
            assert np.isnan(value)
        else:
            assert value == sum(parts)
            assert 20 <= value <= 80
