"""A file is in the format that explains most of its headers; a header is expected, added by the tool, or a fault."""

import pytest

from relecture.answers.files.headers import best_layouts, layout
from relecture.answers.formats.registry import FORMATS, OWN


@pytest.mark.parametrize("name", FORMATS)
def test_the_headers_of_a_tool_are_recognised_without_a_fault(toy, random_answers, as_exported, name):
    headers = tuple(as_exported(FORMATS[name], toy, random_answers(toy, 1, seed=1)))
    (best,) = [one for one in best_layouts(toy, headers) if one.format.name == name]
    assert (best.faults, best.ignored) == ((), ())
    assert best.places[("respondent",)] == 0


def test_formats_that_explain_as_much_are_all_tried_ours_first(toy):
    headers = ("mss", "alarme", "age", "duree", "ville", "raison")
    names = [one.format.name for one in best_layouts(toy, headers)]
    assert names == ["tableschema", "xlsform", "redcap", "surveyjs"]  # LimeSurvey calls none of them so


def test_groups_of_the_questionnaire_before_a_name_are_taken_off(toy):
    found = layout(
        FORMATS["xlsform"], toy, ("section__usage/mss", "vous-age", "ailleurs/duree", "section__usage/_uuid")
    )
    assert found.places == {("column", "mss"): 0, ("column", "age"): 1}
    assert found.ignored == ("section__usage/_uuid",)
    assert "ailleurs/duree" in [fault.column for fault in found.faults]


def test_a_list_and_its_boxes_may_both_be_there(toy):
    found = layout(FORMATS["xlsform"], toy, ("lesquelles", "lesquelles/mailiz", "lesquelles/aucune"))
    assert found.places[("list", "lesquelles")] == 0
    assert found.ticks(toy["lesquelles"]) == {"mailiz": 1, "aucune": 2}
    assert not [fault for fault in found.faults if "lesquelles/" in fault.column]


def test_a_column_twice_a_stranger_and_an_absent_column_are_faults(toy):
    found = layout(FORMATS["redcap"], toy, ("record_id", "mss", "mss", "zz", "redcap_event", "redcap_event", ""))
    lines = [str(fault) for fault in found.faults]
    assert lines[:3] == [
        "ligne 1, colonne « mss » : la colonne n° 2 est déjà celle de cette question",
        "ligne 1, colonne « zz » : colonne inconnue de l'instrument",
        "ligne 1, colonne « redcap_event » : colonne répétée",
    ]
    assert "ligne 1, colonne « lesquelles___mailiz » : colonne absente du fichier" in lines


def test_our_own_file_has_no_box_for_a_missing_code(document):
    from relecture.answers.questionnaire import instrument

    document["sections"][0]["items"][1]["choices"]["ne_sait_pas"] = "Je ne sais pas"
    one = instrument.build(document)
    absent = lambda form: [fault.column for fault in layout(form, one, ()).faults]  # noqa: E731
    assert "lesquelles.ne_sait_pas" not in absent(OWN)
    assert "lesquelles___ne_sait_pas" in absent(FORMATS["redcap"])
