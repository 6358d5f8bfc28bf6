"""The line of titles is found under what people and tools put above it; what they put below is no answer."""

import pytest

from relecture.answers.tables.header_line import header_line, read_records
from relecture.answers.tables.table import UnreadableFile

TITLES = {"age", "ville", "ess.verrou", "Âge ?", "Ville ?"}


def known(cells):
    return sum(cell in TITLES for cell in cells)


@pytest.mark.parametrize(("lines", "place"), [
    ([["age", "ville"], ["41", "Pau"]], 0),
    ([["", ""], ["Enquête au cabinet", ""], ["age", "ville"], ["41", "Pau"]], 2),
    ([["Âge ?", "Ville ?"], ["age", "ville"], ["41", "Pau"]], 1),  # LimeSurvey VV: texts, then codes
    ([["id", "age", "ville", "ess.verrou"], ["age", "41", "Pau", "oui"]], 0),  # an answer that reads like a title
    ([["inconnu", "autre"], ["41", "Pau"]], 0),
    ([["", " "], ["inconnu", "autre"]], 1),
    ([["", " "]], None),
    ([], None),
])  # fmt: skip
def test_the_line_with_most_titles_is_the_header(lines, place):
    assert header_line(lines, known) == place


def test_without_a_questionnaire_the_first_line_filled_is_the_header():
    assert header_line([["", ""], ["Enquête", ""], ["age", "ville"]]) == 1


@pytest.mark.parametrize(("below", "left"), [
    (["#respondent +age", ""], []),  # HXL
    (['{"ImportId":"QID1"}', '{"ImportId":"QID2"}'], []),  # Qualtrics
    (["age", "ville"], []),
    (["#1", "Pau"], [("#1", "Pau")]),  # a town says that this is an answer
])  # fmt: skip
def test_lines_of_tags_and_headers_again_are_no_rows(rows, below, left):
    lines = [["age", "ville"], below, ["41", "Pau"], ["age", "ville"], ["33", "Sète"]]
    table, faults = read_records(((cells, line) for line, cells in enumerate(lines, start=1)), "csv", known)
    assert rows(table)[1:] == [*left, ("41", "Pau"), ("33", "Sète")]
    assert (list(table.lines)[-2:], faults) == ([3, 5], [])


def test_tags_are_looked_for_just_below_the_header_only(rows):
    lines = iter([(["remarque"], 1), (["rien"], 2), (["#rien"], 3)])
    assert rows(read_records(lines, "csv", known)[0])[1:] == [("rien",), ("#rien",)]


def test_a_table_without_titles_is_refused_and_one_without_rows_faulty():
    with pytest.raises(UnreadableFile, match="vide"):
        read_records(iter([(["", " "], 1)]), "csv")
    _, faults = read_records(iter([(["age"], 1)]), "csv")
    assert list(map(str, faults)) == ["fichier : aucune réponse sous la ligne de titres"]
