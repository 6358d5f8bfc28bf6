"""The exercises of the compendium, and what the reading of any file of exercises promises."""

from collections import Counter
from fractions import Fraction

import pytest

from relecture.core import schemas
from relecture.core.study import ROOT
from relecture.printed.audit import audit
from relecture.report.verdicts import VERDICTS
from relecture.teaching import exercises
from relecture.teaching.course import FILE, SCHEMA, load
from relecture.teaching.exercises import as_written

KINDS = """sum percentage possible_mean pooled_mean interval_centre p_and_interval two_by_two verdict question score
    rule_or_password coding graph appraisal""".split()


@pytest.fixture(scope="module")
def course():
    return load(ROOT / "data" / FILE)


def test_every_kind_is_met_in_four_sessions(course):
    assert len(course.exercises) >= 32 and len(course.sessions) == 4
    assert {one.kind for one in course.exercises} == set(KINDS)


def test_every_aim_is_met_twice(course):
    met = Counter(one.aim for one in course.exercises)
    assert set(met) == set(course.aims) and min(met.values()) >= 2


def test_what_is_read_can_be_read_in_the_minutes_given(course):
    # 150 words a minute, slow for French prose: Brysbaert (2019) finds 214 a minute for silent reading
    for one in course.exercises:
        choices = " ".join(answer.choice for answer in one.answers)
        words = len(f"{one.prompt} {one.passage} {choices} {' '.join(one.segments)}".split())
        assert words <= 150 * one.minutes * 2 / 3, one.id


def test_a_fictional_study_and_made_up_numbers_say_so(course):
    told = {one.source for one in course.exercises}
    assert {"Exemple fictif (étude fictive)", "Nombres inventés pour l’exercice", "Guefif 2023"} <= told


def test_the_right_choice_of_a_verdict_is_the_verdict_of_the_audit(course):
    checked = {}
    for record in schemas.read(ROOT / "data" / FILE, SCHEMA)["exercises"]:
        if record["kind"] != "verdict":
            continue
        source = record["source"]
        if source not in checked:
            study = exercises.load_study(source)
            checked[source] = {one.id: one.finding.verdict for one in audit(study, repairs=False, draws=False)}
        word = VERDICTS[checked[source][record["finding"]]].word.rstrip("…")
        [right] = next(one for one in course.exercises if one.id == record["id"]).right
        assert word in right.choice.casefold()


def test_the_right_choice_has_no_place_of_its_own(course):
    places = Counter(one.answers.index(one.right[0]) for one in course.exercises if one.ask == "choice")
    assert len(places) == 4


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (Fraction(1, 8), 2, ["0.13", "0.12"]),  # a tie: up, and to the even digit
        (Fraction(45), 0, ["45", "45"]),
        (Fraction(-1, 3), 1, ["-0.3", "-0.3"]),
    ],
)
def test_a_number_is_written_with_its_decimals_both_ways(value, decimals, written):
    assert list(as_written(value, decimals)) == written
