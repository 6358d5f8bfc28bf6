"""Columns of a table become coded columns; what cannot be read is a fault and leaves a doubt, place by place."""

from relecture.answers.files import decode
from relecture.answers.files.headers import best_layouts
from relecture.answers.tables import delimited


def decoded(toy, text):
    table, _ = delimited.read_table(text.encode())
    return decode.decode_columns(toy, decode.SourceTable(table, best_layouts(toy, table.headers)[0]))


def test_a_text_that_is_no_answer_is_a_fault_and_its_row_is_doubtful(toy):
    found = decoded(toy, "id,mss,age,lesquelles\n1,oui,41,mailiz\n2,ouii,41,pigeon\n")
    assert found.columns["mss"].tolist() == ["oui", "sans_reponse"]
    assert found.doubtful["mss"].tolist() == found.doubtful["lesquelles.lifen"].tolist() == [False, True]
    assert found.doubtful["age"].tolist() == [False, False]
    assert found.headers["lesquelles.lifen"] == "lesquelles"
    lines = [str(fault) for fault in found.faults if fault.line > 1]
    assert [line.partition(" n'est")[0] for line in lines] == [
        "ligne 3, colonne « mss » : « ouii »",
        "ligne 3, colonne « lesquelles » : « pigeon »",
    ]


def test_a_column_that_the_file_has_not_is_empty_and_all_doubtful(toy):
    found = decoded(toy, "id,mss,age\n1,oui,41\n")
    assert found.columns["ville"].tolist() == found.columns["lesquelles.autre"].tolist() == ["sans_reponse"]
    assert found.doubtful["ville"].tolist() == found.doubtful["lesquelles.autre"].tolist() == [True]
    assert list(found.columns) == list(toy.columns)


def test_a_list_and_boxes_must_agree_where_both_can_be_read(toy):
    found = decoded(toy, "KEY,mss,lesquelles,lesquelles/mailiz\na,oui,mailiz,1\nb,oui,mailiz,0\nc,oui,mailiz,zz\n")
    lines = [str(fault) for fault in found.faults if fault.line > 1]
    assert lines[0].startswith("ligne 4, colonne « lesquelles/mailiz » : « zz » n'est ni une coche")
    assert lines[1:] == [
        "ligne 3, colonne « lesquelles » : « mailiz » ne dit pas la même chose que les cases de la question"
    ]
    assert found.doubtful["lesquelles.mailiz"].tolist() == [False, False, True]
