"""A file is signed by marks of its tool, whose columns are told from questions."""

import pytest

from relecture.answers.tools.recognition import matches, rank_of_id, role, signed
from relecture.answers.tools.registry import tools


@pytest.mark.parametrize(("tool", "headers", "facts", "expected"), [
    ("kobo", ["mss", "_id"], (), True),
    ("kobo", ["mss", "id"], (), False),
    ("microsoft", ["ID", "Heure de début"], (), True),
    ("microsoft", ["ID"], (), False),  # both marks are wanted
    ("limesurvey", ["Q7ess[SQ12]"], (), True),
    ("sphinx", ["N°Obs"], (), True),
    ("surveyjs", ["ess - verrou"], ("fact:dash",), True),
    ("surveyjs", ["ess - verrou"], (), False),
    ("redcap", ["q___1"], (), True),
    ("excel", ["Âge"], ("fact:titles",), True),
])  # fmt: skip
def test_a_file_is_signed_by_one_set_of_marks(tool, headers, facts, expected):
    assert signed(tools()[tool], headers, facts) == expected


@pytest.mark.parametrize(("tool", "header", "expected"), [
    ("kobo", "_uuid", "id"),
    ("kobo", "section__vous/_notes", "service"),
    ("kobo", "_submitted_by", "personal"),
    ("kobo", "mss", ""),
    ("central", "SubmitterName", "personal"),
    ("central", "meta-instanceID", "service"),
    ("limesurvey", "submitdate. Date de soumission", "service"),
    ("limesurvey", "submitdate : Date de soumission", "service"),
    ("limesurvey", "ID_de_la_réponse", "id"),
    ("redcap", "guefif_complete", "service"),
    ("google", "Adresse e-mail", "personal"),
    ("excel", "Prénom", "personal"),  # whatever the tool
    ("excel", "E-mail :", "personal"),
    ("excel", "Moyens/Courriel", ""),  # a choice, not an address
])  # fmt: skip
def test_what_a_column_is_to_its_tool(tool, header, expected):
    assert role(tools()[tool], header) == expected


def test_exact_names_alone_come_before_questions():
    assert role(tools()["redcap"], "guefif_complete", exact=True) == ""
    assert role(tools()["microsoft"], "Nom", exact=True) == "personal"
    assert role(tools()["excel"], "Nom", exact=True) == ""


def test_the_best_identifier_comes_first():
    kobo = tools()["kobo"]
    assert rank_of_id(kobo, "_id") < rank_of_id(kobo, "meta/_uuid") < rank_of_id(kobo, "mss")
    assert matches("a b", ["a*b"]) and not matches("a b c", ["a*b"])
