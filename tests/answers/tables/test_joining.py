"""Files of one questionnaire become one table: one after the other, or side by side for the same respondents."""

import pytest

from relecture.answers.tables import opening
from relecture.answers.tables.table import UnreadableFile


def known(cells):
    return sum(cell in ("age", "ville", "Laquelle ?") for cell in cells)


def test_the_same_titles_are_stacked_and_lines_numbered_as_of_one_file(rows):
    table, faults = opening.read_table([b"id,age\n1,41\n2,33\n", b"age;id\n50;3\nx;4;5;6\n"])
    assert rows(table) == [("id", "age"), ("1", "41"), ("2", "33"), ("3", "50")]
    assert (list(table.lines), table.encoding, table.delimiter) == ([2, 3, 5], "UTF-8", ",")
    assert list(map(str, faults)) == ["ligne 6 : 4 cellules au lieu de 2"]
    assert table.notes == ("2 fichiers réunis, leurs lignes numérotées à la suite",)


def test_the_same_questions_are_stacked_even_when_a_tool_splits_choices_otherwise(rows):
    table, _ = opening.read_table([b"id,age,q/a\n1,41,1\n", b"id,age,q/b\n2,33,1\n"], known=known)
    assert rows(table) == [("id", "age", "q/a", "q/b"), ("1", "41", "1", ""), ("2", "33", "", "1")]


def test_parts_of_a_questionnaire_stand_side_by_side_for_the_same_respondents(rows):
    parts = [b"event,id,age\nv1,7,41\nv1,8,33\nv1,9,50\n", b"id,event,ville\n8,v1,Pau\n6,v1,Foix\n7,v1,Lens\n"]
    table, _ = opening.read_table(parts, known=known)
    assert rows(table) == [
        ("event", "id", "age", "ville"),
        ("v1", "7", "41", "Lens"),
        ("v1", "8", "33", "Pau"),
        ("v1", "9", "50", ""),
        ("", "6", "", "Foix"),
    ]
    assert list(table.lines) == [2, 3, 4, 7]


def test_titles_that_repeat_keep_their_order(rows):
    table, _ = opening.read_table([b"Laquelle ?,Laquelle ?\na,b\n", b"Laquelle ?,Laquelle ?\nc,d\n"])
    assert rows(table) == [("Laquelle ?", "Laquelle ?"), ("a", "b"), ("c", "d")]


@pytest.mark.parametrize("second", [b"ville\nPau\n", b"id,ville\n7,Pau\n7,Lens\n", b"id,ville\n,Pau\n7,Lens\n"])
def test_what_nothing_joins_is_refused(second):
    with pytest.raises(UnreadableFile, match="colonne commune"):
        opening.read_table([b"id,age\n7,41\n", second])
