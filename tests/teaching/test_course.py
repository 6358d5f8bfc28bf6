"""The sessions of a file of exercises: their parts follow one another and add up."""

from relecture.core.study import ROOT
from relecture.teaching.course import FILE, load


def test_each_session_adds_up_and_starts_where_the_last_part_ends():
    for session in load(ROOT / "data" / FILE).sessions:
        ends = [0, *(step.end for step in session.steps)]
        assert [step.start for step in session.steps] == ends[:-1] and ends[-1] == session.minutes


def test_each_exercise_is_done_in_one_session():
    course = load(ROOT / "data" / FILE)
    names = [exercise.id for session in course.sessions for exercise in session.exercises]
    assert len(names) == len({*names}) == len(course.exercises)
