"""Printed and answered counts side by side: oracle `effects.difference`, held against Newcombe elsewhere."""

import numpy as np
import pandas as pd
import pytest

from relecture.stats.estimates import effects
from relecture.stats.survey.printed_vs_answers import side_by_side

PRINTED = pd.DataFrame(
    [("Genre", "homme", "tous", 12, 21), ("Genre", "femme", "tous", 9, 21), ("Zone", "urbaine", "tous", 10, 21)],
    columns=["variable", "label", "group", "count", "n"],
)


def test_rows_stand_in_the_order_of_the_questionnaire():
    answered = PRINTED.iloc[[1, 0]].assign(count=[20, 10], n=30)
    found = side_by_side(PRINTED, answered)
    assert found["label"].tolist() == ["femme", "homme", "urbaine"]
    expected = effects.difference(10, 30, 12, 21)
    assert found.loc[1, ["difference", "difference_low", "difference_high"]].tolist() == pytest.approx(
        [expected.estimate, expected.low, expected.high]
    )


def test_a_cell_that_only_one_side_has_is_shown_without_a_difference():
    answered = pd.DataFrame([("Genre", "autre", "tous", 1, 30)], columns=PRINTED.columns)
    found = side_by_side(PRINTED, answered)
    assert found["label"].tolist() == ["autre", "homme", "femme", "urbaine"]
    assert found["difference"].isna().all()


def test_a_withheld_count_gives_no_difference():
    found = side_by_side(PRINTED, PRINTED.assign(count=[np.nan, 9, 10]))
    assert found["difference"].isna().tolist() == [True, False, False]
