"""Who is exposed, on the form of a study that has a plan of covariates.

The oracle is `synthetic.answers`, which computes the same 0 and 1 in printed terms by other means.
"""

import pytest

from relecture import load_study
from relecture.answers.coded import exposures
from relecture.answers.questionnaire import instrument
from relecture.answers.questionnaire.missing import Missing
from relecture.answers.synthetic import generate

STUDY = load_study("guefif")
PLAN, FORM = STUDY.document("synthetic.yaml"), instrument.load(STUDY)
HELD = {"visites": (14, 9, 18, 40)}  # the one table of 32 and 49 that prints 3,46 [1,26 - 9,45]
NAMES = [*(f"x_{name}" for name in PLAN["covariates"]), *PLAN["outcomes"]]


@pytest.fixture(scope="module")
def coded():
    return generate.coded(FORM, PLAN, STUDY.values, tables=HELD).frame


@pytest.mark.parametrize("name", NAMES)
def test_the_coded_answers_expose_whom_the_printed_terms_expose(coded, name):
    found = exposures.exposure_frame(exposures.with_exposures(FORM, PLAN), PLAN, coded)[name]
    assert found.astype(int).tolist() == generate.answers(PLAN, STUDY.values, tables=HELD).frame[name].tolist()


def test_no_answer_is_unexposed_and_an_unknown_channel_has_no_outcome(coded):
    silent = coded.assign(**dict.fromkeys(FORM.columns, str(Missing.NO_ANSWER)))
    found = exposures.exposure_frame(exposures.with_exposures(FORM, PLAN), PLAN, silent)
    assert set(found[[f"x_{name}" for name in PLAN["covariates"]]].to_numpy().ravel()) == {"0"}
    assert set(found["securise"]) == {str(Missing.NO_ANSWER)}
