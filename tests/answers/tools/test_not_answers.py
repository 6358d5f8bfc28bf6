"""Rows that are no answer have a kind each, the first that applies; a kind may be brought back."""

import numpy as np
import pytest

from relecture.answers.tables.table import Rows
from relecture.answers.tools import not_answers
from relecture.answers.tools.registry import tools


def kinds(tool, headers, rows, answered=None, answers=(0, 1), keep=()):
    gathered = Rows(headers)
    gathered.add((row, line) for line, row in enumerate(rows, start=2))
    there = np.array([True] * len(rows) if answered is None else answered)
    return not_answers.kinds(tools()[tool], gathered.table("csv"), there, answers, keep).tolist()


@pytest.mark.parametrize(("tool", "header", "cells", "expected"), [
    ("limesurvey", "submitdate", ["2024-01-01", "", "{question_not_shown}"], ["", "jamais_envoyee", "jamais_envoyee"]),
    ("limesurvey", "Date_de_soumission", ["2024-01-01", ""], ["", "jamais_envoyee"]),
    ("limesurvey", "submitdate. Date de soumission", ["2024-01-01", ""], ["", "jamais_envoyee"]),
    ("kobo", "_validation_status", ["", "validation_status_not_approved", "Non approuvé", "On Hold"],
     ["", "rejetee", "rejetee", ""]),
    ("kobo", "_validation_status.uid", ["validation_status_not_approved"], ["rejetee"]),
    ("central", "ReviewState", ["approved", "hasIssues", "rejected"], ["", "", "rejetee"]),
    ("central", "Status", ["", "not decrypted", "missing encrypted form data"],
     ["", "non_dechiffree", "non_dechiffree"]),
    ("google", "Horodateur", ["", "x"], ["", ""]),
])  # fmt: skip
def test_a_tool_marks_what_is_no_answer(tool, header, cells, expected):
    rows = [[str(rank), "oui", cell] for rank, cell in enumerate(cells)]
    assert kinds(tool, ("id", "mss", header), rows) == expected


def test_a_form_is_never_saved_when_it_is_incomplete_and_empty():
    rows = [[str(rank), "", cell] for rank, cell in enumerate(["Incomplete", "0", "", "Complete", "0"])]
    found = kinds("redcap", ("record_id", "mss", "guefif_complete"), rows, [False, False, False, False, True])
    assert found == ["jamais_saisie"] * 3 + ["vide", ""]


def test_a_row_that_repeats_an_identifier_and_its_answers_is_a_double():
    rows = [["a", "oui"], ["b", "oui"], ["a", "oui"], ["a", "non"], ["a", ""], ["a", ""]]
    answered = [True, True, True, True, False, False]
    assert kinds("excel", ("n", "mss"), rows, answered) == ["", "", "double", "", "vide", "vide"]
    assert kinds("excel", ("n", "mss"), rows, answered, answers=(-1, 1)) == ["", "", "", "", "vide", "vide"]


def test_kinds_are_brought_back():
    headers, rows = ("id", "mss", "submitdate"), [["1", "", ""], ["2", "oui", ""], ["2", "oui", ""]]
    answered = [False, True, True]
    assert kinds("limesurvey", headers, rows, answered) == ["jamais_envoyee"] * 3
    assert kinds("limesurvey", headers, rows, answered, keep=("jamais_envoyee",)) == ["vide", "", "double"]
    assert kinds("limesurvey", headers, rows, answered, keep=("tout",)) == ["", "", ""]
