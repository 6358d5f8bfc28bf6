"""Who is exposed, and who has the outcome, on the forms of the studies whose plan says it.

Oracles: the criterion, read on the cells with plain pandas; hand-made respondents.
"""

import pytest

from relecture import load_study, studies
from relecture.answers.coded import exposures
from relecture.answers.questionnaire import instrument
from relecture.answers.questionnaire.missing import Missing

PLANNED = [name for name in studies() if (load_study(name).folder / "synthetic.yaml").exists()]
PLANS = {name: load_study(name).document("synthetic.yaml") for name in PLANNED}
PAIRS = [(name, covariate) for name, plan in PLANS.items() for covariate in plan.get("covariates", {})]


@pytest.fixture(scope="module")
def plan():
    return load_study("guefif").document("synthetic.yaml")


@pytest.fixture(scope="module")
def form():
    return instrument.load(load_study("guefif"))


@pytest.fixture(scope="module")
def coded():
    return load_study("guefif").synthetic().frame


def met(form, about, frame):
    """The criterion in plain words, on the coded cells."""
    column, (kind,) = about["column"], about.keys() - {"column"}
    if kind == "below":
        return frame[column].astype(int) < about["below"]
    item = form[column.partition(".")[0]]
    printed = {choice.id: choice.counted_as for choice in item.choices}
    if kind == "more_than":
        rows = frame.filter(regex=rf"^{column}\.").rename(columns=lambda name: printed[name.partition(".")[2]])
        return rows.eq("1").T.groupby(level=0).any().sum() > about["more_than"]
    if kind == "ticked":
        columns = [f"{item.id}.{code}" for code, name in printed.items() if name == column.partition(".")[2]]
        return frame[columns].eq("1").any(axis=1)
    cells = frame[column] if kind == "exposed" else frame[column].map(lambda code: printed.get(code, code))
    return cells.isin(about[kind])


@pytest.mark.parametrize(("name", "covariate"), PAIRS)
def test_exposed_are_those_who_meet_the_criterion(name, covariate):
    study = load_study(name)
    form, plan, frame = instrument.load(study), study.document("synthetic.yaml"), study.synthetic(n=60, seed=3).frame
    found = exposures.exposure_frame(exposures.with_exposures(form, plan), plan, frame)[f"x_{covariate}"]
    assert found.eq("1").tolist() == met(form, plan["covariates"][covariate], frame).tolist()
    assert set(found) <= {"0", "1"}


def test_outcomes_follow_the_channel(form, plan, coded):
    found = exposures.exposure_frame(exposures.with_exposures(form, plan), plan, coded)
    for name, about in plan["outcomes"].items():
        assert found[name].eq("1").tolist() == found["moyen"].isin(about["among"]).tolist()
        assert set(found[name]) == {"0", "1"}


def test_no_answer_is_unexposed_and_an_unknown_channel_has_no_outcome(form, plan, coded):
    silent = coded.assign(**dict.fromkeys(form.columns, str(Missing.NO_ANSWER)))
    found = exposures.exposure_frame(exposures.with_exposures(form, plan), plan, silent)
    assert set(found[[f"x_{name}" for name in plan["covariates"]]].to_numpy().ravel()) == {"0"}
    assert set(found["securise"]) == {str(Missing.NO_ANSWER)}


def test_a_plan_without_covariates_adds_nothing(form):
    assert exposures.with_exposures(form, {}) == form
