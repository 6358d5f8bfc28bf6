"""Files in the true shape of eight tools give back the answers they were written from, and tell what they leave out.

Each writer cites the tool's source or documentation. The truth is drawn, seeded, and valid; texts are without blanks
at their ends, about which tools differ.
"""

from functools import cache

import pytest

from relecture.answers.files import validation
from relecture.answers.questionnaire import instrument
from relecture.core.study import ROOT

from . import forms, kobo, limesurvey, odk, redcap, spreadsheets, surveyjs
from .truth import Truth

STUDIES = ("ajoodha", "guefif", "zerhoui")
TOOLS = {
    "KoboToolbox": kobo.FILES,
    "ODK Central": odk.FILES,
    "LimeSurvey": limesurvey.FILES,
    "REDCap": redcap.FILES,
    "SurveyJS": surveyjs.FILES,
}
FILES = {f"{tool}, {way}": write for tool, ways in TOOLS.items() for way, write in ways.items()}
FILES |= forms.FILES | spreadsheets.FILES
PEOPLE = 20


CASES = [pytest.param(study, name, id=f"{study}, {name}") for study in STUDIES for name in FILES]
every_file = pytest.mark.parametrize(("study", "name"), CASES)


@pytest.fixture(scope="module")
def read(random_answers):
    """Function (study, name) -> the truth, the file, and what `check` makes of it; once a file."""

    @cache
    def truth(study):
        form = instrument.load(ROOT / "data" / study / "instrument.yaml")
        drawn = [random_answers(form, n, seed) for n, seed in ((PEOPLE, 18), (5, 81))]
        return Truth(form, *(frame.map(str.strip) for frame in drawn))

    @cache
    def outcome(study, name):
        known = truth(study)
        export = FILES[name](known)
        return known, export, *validation.check(known.instrument, export.source, **export.choices)

    return outcome


@every_file
def test_no_cell_differs_from_the_truth(read, study, name):
    known, _, answers, faults = read(study, name)
    assert list(map(str, faults))[:3] == []
    frame = answers.frame.reset_index(drop=True)
    assert list(frame.columns) == list(known.frame.columns) and len(frame) == PEOPLE
    different = frame.ne(known.frame.reset_index(drop=True))
    assert {column: frame[column][different[column]].iloc[0] for column in frame if different[column].any()} == {}


@every_file
def test_the_tool_is_named_and_every_row_counted(read, study, name):
    _, export, answers, faults = read(study, name)
    assert list(map(str, faults))[:3] == []
    summary = answers.summary
    assert (summary.tool, dict(summary.left_out)) == (export.tool, export.left_out)
    assert summary.rows == PEOPLE + sum(export.left_out.values())
    assert export.ids in (None, list(answers.frame.index))
    assert set(export.personal) <= set(summary.personal)


def test_there_are_sixty_files_a_study_and_eight_tools():
    assert len(FILES) >= 60
    assert {name.partition(",")[0] for name in FILES} == {*TOOLS, "Google", "Microsoft", "Sphinx", "Excel", "Relecture"}
