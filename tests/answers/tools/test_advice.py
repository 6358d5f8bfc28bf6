"""A refused file is told with the setting of the tool that signs it, and without one when nothing does."""

import pytest

from relecture.answers.tables import opening
from relecture.answers.tables.faults import NAMED_ALREADY, UNKNOWN_COLUMN, Fault
from relecture.answers.tools import advice as tools_advice
from relecture.answers.tools.registry import tools


def advice(raw, faults):
    return tools_advice.advice(faults, opening.read_table(raw)[0] if raw else None)


HEADER, CELL = Fault(1, "x", "", "colonne inconnue"), Fault(2, "x", "y", "n'est pas une réponse prévue")


@pytest.mark.parametrize(
    ("headers", "faults", "words"),
    [
        ("_uuid,x", [HEADER, CELL], ["KoboToolbox", "Format pour les valeurs", "XML values and headers"]),
        ("_uuid,x", [HEADER, CELL, CELL], ["KoboToolbox", "Single and separate columns"]),
        ("submitdate,x", [HEADER], ["LimeSurvey", "Question code"]),
        ("submitdate,x", [CELL], ["LimeSurvey", "Answer codes"]),
        ("record_id,x", [CELL], ["REDCap", "raw data"]),
        ("Horodateur,x", [HEADER], ["Google Forms", "énoncé"]),
    ],
)
def test_the_setting_goes_with_the_faults(headers, faults, words):
    (line,) = advice(f"{headers}\na,b\n".encode(), faults)
    assert [word for word in words if word not in line] == []


def test_a_few_cells_are_mended_and_name_no_setting():
    raw = b"_uuid,x\n" + b"a,b\n" * 9
    (line,) = advice(raw, [CELL] * 4)
    assert "KoboToolbox" in line and "corrigez-les" in line and "XML" not in line
    (line,) = advice(raw, [CELL] * 9)
    assert "Single and separate columns" in line


def test_answers_of_a_form_that_was_typed_again_keep_its_advice():
    (line,) = advice(b"Horodateur,x\n" + b"a,b\n" * 9, [CELL])
    assert "« Autre » est à ranger à la main" in line


def test_where_most_columns_are_strange_the_questionnaire_is_doubted():
    names = ["a", "b", "c", "d"]
    aside, line = advice(b"_uuid,a,b,c,d\n1,2,3,4,5\n", [Fault(1, name, "", UNKNOWN_COLUMN) for name in names])
    assert aside.count("--ignore") == 1 and "Est-ce bien le questionnaire" in line and "XML values and headers" in line


@pytest.mark.parametrize("raw", [b"repondant,x\n1,2\n", b"x,y\n1,2\n", b""])
def test_our_own_file_and_one_that_nothing_signs_have_none(raw):
    assert advice(raw, [CELL]) == ()


def test_a_choice_of_the_command_that_is_refused_has_none():
    assert advice(b"_uuid,x\na,b\n", [Fault(0, "", "bof", "n'est pas une sorte de lignes")]) == ()


def test_every_tool_of_others_has_advice_for_titles_and_for_answers():
    others = [tool for tool in tools().values() if tool.marks and tool.name not in ("relecture", "excel")]
    assert len(others) == 8 and all({*tool.advice} == {"titles", "answers"} for tool in others)


def test_a_column_that_is_no_question_may_be_set_aside():
    strange = Fault(1, "N° de fiche", "", UNKNOWN_COLUMN)
    (alone,) = advice(b"N\xc2\xb0 de fiche,x\n1,2\n", [strange])
    assert '--ignore "N° de fiche"' in alone
    assert advice(b"_uuid,x\n1,2\n", [strange]) == (alone,)
    aside, line = advice(b"_uuid,x\n1,2\n", [strange, Fault(1, "y", "", "colonne absente du fichier")])
    assert aside == alone and "KoboToolbox" in line and "Peu de titres" in line


def test_a_question_added_to_the_form_is_left_out_and_no_setting_is_to_blame():
    (line,) = advice(b"Horodateur,x,y,merci\n1,2,3,4\n", [Fault(1, "merci", "", UNKNOWN_COLUMN)])
    assert '--ignore "merci"' in line


def test_a_word_typed_everywhere_for_no_answer_is_one_option():
    """As Sphinx and many spreadsheets have it: « NR »; a word in three columns may be an answer."""
    wrong = [Fault(line, f"q{line}", "NR", "n'est pas une réponse prévue") for line in range(2, 7)]
    (line,) = advice(b"CLE,DATE_SAISIE,x\n1,2,3\n", [*wrong, CELL])
    assert '--missing "NR"' in line
    assert not any("--missing" in line for line in advice(b"CLE,DATE_SAISIE,x\n1,2,3\n", wrong[:3]))


def test_two_surveys_that_number_their_answers_alike_lose_these_numbers():
    twice = [Fault(line, "id", str(line), f"{NAMED_ALREADY} {line - 8}") for line in range(10, 18)]
    (line,) = advice(b"id,submitdate,x\n1,2,3\n", twice)
    assert '--ignore "id"' in line and "enquêtes différentes" in line
