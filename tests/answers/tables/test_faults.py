"""A fault is one French line, safe to show on a terminal, and thousands are counted."""

from relecture.answers.tables.faults import LISTED, MOST, Fault, faults_at, printable, sorted_faults


def test_a_fault_of_the_whole_file_has_no_line():
    assert str(Fault(0, "", "", "aucune réponse")) == "fichier : aucune réponse"
    assert Fault(0, "", "", "aucune réponse").record == {
        "line": None, "column": None, "value": None, "what": "aucune réponse", "allowed": []
    }  # fmt: skip


def test_what_is_long_or_unseen_is_not_shown_as_it_is():
    line = str(Fault(3, "a\nb", "x" * 100, "est trop long"))
    assert line == f"ligne 3, colonne « a\\nb » : « {'x' * 60}… » est trop long"
    assert printable("\u202eé\x07") == "\\u202eé\\x07"
    assert len(Fault(1, "", "x" * 5000, "").record["value"]) == 1000


def test_codes_allowed_beyond_twenty_are_counted():
    line = str(Fault(1, "", "", "x", tuple(f"c{rank}" for rank in range(LISTED + 3))))
    assert line.endswith("c19, et 3 autres)")


def test_beyond_a_thousand_faults_of_a_column_are_counted():
    faults = list(faults_at(range(2, MOST + 9), "a", (("v", "est faux", ("b",)) for _ in range(MOST + 7))))
    assert len(faults) == MOST + 1
    assert (faults[0], faults[-1]) == (
        Fault(2, "a", "v", "est faux", ("b",)),
        Fault(0, "a", "", "et 7 autres fautes de la même sorte"),
    )


def test_faults_stand_in_the_order_of_the_file_each_told_once():
    first, second = Fault(5, "b", "", "x"), Fault(5, "a", "", "y")
    whole = Fault(0, "", "", "z")
    assert sorted_faults([first, second, first, whole]) == (whole, first, second)
