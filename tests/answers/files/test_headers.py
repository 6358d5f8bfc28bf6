"""A file is read as the tool that explains most of its headers; a header is expected, the tool's own, or a fault."""

import pytest

from relecture.answers.files.headers import Hints, best_layouts, layout, title_counter, vocabularies
from relecture.answers.formats.registry import FORMATS
from relecture.answers.tools.registry import tools

SERVICE = {"central": ("KEY", "SubmissionDate"), "kobo": ("_id", "_uuid"), "google": ("Horodateur",)}


def laid(one, tool, *headers, **hints):
    return layout(tools()[tool], headers, Hints(**hints), vocabularies(one)[tools()[tool].format])


def lines(found):
    return [str(fault) for fault in found.faults]


@pytest.mark.parametrize("name", FORMATS)
def test_the_headers_of_a_format_are_recognised_without_a_fault(toy, random_answers, as_exported, name):
    headers = tuple(as_exported(FORMATS[name], toy, random_answers(toy, 1, seed=1)))
    best = best_layouts(toy, headers)[0]
    assert (best.tool.format, best.faults, best.service) == (name, (), ())
    assert best.signed and best.places[("id",)] == 0


@pytest.mark.parametrize(("tool", "service"), SERVICE.items())
def test_a_tool_is_told_by_its_own_columns(toy, tool, service):
    titles = [column.label for column in toy.columns.values() if column.item.kind != "multiple"]
    (best,) = best_layouts(toy, (*service, *titles, toy["lesquelles"].label))
    assert (best.tool.name, best.faults, best.signed) == (tool, (), True)


def test_a_sheet_that_nobody_signs_has_codes_or_titles(toy):
    coded = ("mss", "lesquelles", "lesquelles_autre", "raison", "alarme", "age", "duree", "ville")
    rows = tuple(column.name for column in toy["avis"].columns)
    assert best_layouts(toy, coded + rows)[0].tool.label == "SurveyJS"  # a list under the name of its question
    assert best_layouts(toy, tuple(toy.columns))[0].tool.label == "Relecture"
    titles = (column.label for column in toy.columns.values() if column.item.kind not in ("multiple", "matrix"))
    boxes = (f"{toy['lesquelles'].label} : {choice.label}" for choice in toy["lesquelles"].choices)
    assert best_layouts(toy, (*titles, *boxes))[0].tool.label == "Excel"


@pytest.mark.parametrize("header", [
    "section__usage/mss", "usage-mss", "section__usage.mss", "usage_mss", "MSS", "mss. Une question",
])  # fmt: skip
def test_groups_of_the_questionnaire_before_a_name_are_taken_off(toy, header):
    assert laid(toy, "kobo", header).places == {("column", "mss"): 0}


@pytest.mark.parametrize("header", [
    "avis.simple", "avis__simple", "avis/simple", "avis[simple]", "avis - simple", "avis_simple", "avis:simple",
    "usage-avis__matrix-avis__simple",
])  # fmt: skip
def test_any_separator_stands_between_a_question_and_its_row(toy, header):
    assert laid(toy, "kobo", header).places == {("column", "avis.simple"): 0}


def test_other_groups_and_signs_are_unknown(toy):
    found = laid(toy, "kobo", "ailleurs/duree", 'mss"', "section__usage/_uuid", "Commentaire libre")
    assert (found.places, found.service) == ({("id",): 2}, ())
    assert [fault.column for fault in found.faults[:3]] == ["ailleurs/duree", 'mss"', "Commentaire libre"]


def test_a_list_and_its_boxes_may_both_be_there(toy):
    found = laid(toy, "kobo", "lesquelles", "lesquelles/mailiz", "lesquelles/aucune")
    assert found.places[("list", "lesquelles")] == 0
    assert found.ticks(toy["lesquelles"]) == {"mailiz": 1, "aucune": 2}
    assert not [fault for fault in found.faults if "lesquelles/" in fault.column]


def test_an_item_and_a_choice_that_are_spelled_alike_are_told_by_the_separator(toy):
    found = laid(toy, "central", "usage-lesquelles_autre", "usage-lesquelles/autre", "usage-lesquelles")
    assert found.places[("column", "lesquelles_autre")] == 0
    assert found.ticks(toy["lesquelles"]) == {"autre": 1}


def test_a_column_twice_a_stranger_and_an_absent_column_are_faults(toy):
    headers = ("record_id", "mss", "mss", "zz", "redcap_event_name", "redcap_event_name", "")
    found = lines(laid(toy, "redcap", *headers))
    assert found[:3] == [
        "ligne 1, colonne « mss » : la colonne n° 2 est déjà celle de cette question",
        "ligne 1, colonne « zz » : colonne inconnue du questionnaire",
        "ligne 1, colonne « redcap_event_name » : colonne répétée",
    ]
    assert "ligne 1, colonne « lesquelles___mailiz » : colonne absente du fichier" in found


def test_nothing_is_absent_from_records_that_leave_out_what_nobody_answered(toy):
    assert laid(toy, "surveyjs", "mss", kind="json").faults == ()
    assert len(laid(toy, "surveyjs", "mss").faults) > 5


def test_our_own_file_has_no_box_for_a_missing_code(document):
    from relecture.answers.questionnaire import instrument

    document["sections"][0]["items"][1]["choices"]["ne_sait_pas"] = "Je ne sais pas"
    one = instrument.build(document)
    absent = lambda tool: [fault.column for fault in laid(one, tool).faults]  # noqa: E731
    assert "lesquelles.ne_sait_pas" not in absent("relecture")
    assert "lesquelles___ne_sait_pas" in absent("redcap")


def test_what_a_person_sets_aside_is_no_question(toy):
    found = laid(toy, "excel", "N° de fiche", "mss", "Notes du lundi", ignore=("n° de*", "mss", "Notes*"))
    assert found.service == ("N° de fiche", "Notes du lundi")
    assert lines(found)[0] == "ligne 1, colonne « mss » : c'est une question : elle ne peut pas être laissée de côté"


def test_who_answers_is_set_aside_whatever_the_tool(toy):
    found = laid(toy, "google", "Horodateur", "Adresse e-mail", "Nom", "mss")
    assert (found.service, found.personal) == (("Horodateur",), ("Adresse e-mail", "Nom"))


def test_the_box_of_a_missing_code_is_the_tool_s_when_the_code_is_named(toy):
    assert laid(toy, "redcap", "lesquelles____99", missing=("-99",)).service == ("lesquelles____99",)
    assert laid(toy, "redcap", "lesquelles____99").service == ()


def test_titles_are_counted_whatever_the_tool(toy):
    count = title_counter(toy)
    assert count(["Enquête au cabinet", "", "mss", toy["age"].label, "Q1mss", "7"]) == 3
