"""A fault is one French line, safe to show on a terminal, and thousands are counted."""

from relecture.answers.tables.faults import LISTED, MOST, Fault, faults_at, grouped, printable, sorted_faults


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


def plain(lines):
    return [line.translate(dict.fromkeys(map(ord, "\u202f\u00a0"), " ")) for line in lines]


def test_one_cause_in_one_column_is_told_once_with_its_number_however_many_were_counted():
    wrong = [("Ouii", "n'est pas une réponse prévue", ("oui", "non"))] * 1632
    faults = sorted_faults([*faults_at(range(2, 1634), "q5", wrong), Fault(4, "q6", "41 ans", "n'est pas un nombre")])
    assert plain(grouped(faults)) == [
        "1 632 cases, p. ex. ligne 2, colonne « q5 » : « Ouii » n’est pas une réponse prévue (oui, non)",
        "ligne 4, colonne « q6 » : « 41 ans » n’est pas un nombre",
    ]


def test_one_cause_in_many_columns_is_one_line_whatever_each_names():
    unknown = [Fault(1, f"ess-{rank}", "", "colonne inconnue du questionnaire") for rank in range(40)]
    (line,) = plain(grouped(unknown))
    assert line.startswith(
        "40 colonnes, p. ex. ligne 1, colonne « ess-0 » : colonne inconnue du questionnaire ; de même"
    )
    assert line.endswith("ess-8…")
    bare = [Fault(1, "", "", f"la colonne n° {rank} n'a pas de titre") for rank in (5, 6, 7)]
    assert plain(grouped(bare)) == ["3 fois, p. ex. ligne 1 : la colonne n° 5 n’a pas de titre"]
    cells = [Fault(row, f"q{rank}", "x", "est faux", (str(rank),)) for row in (2, 3) for rank in range(5)]
    assert plain(grouped(cells))[0].startswith(
        "10 cases de 5 colonnes, p. ex. ligne 2, colonne « q0 » : « x » est faux"
    )


def test_few_columns_have_a_line_each():
    faults = [Fault(2, name, "x", "est faux") for name in ("a", "b")]
    assert grouped(faults) == [*map(str, faults)]


def test_apostrophes_are_french_but_in_a_value():
    assert grouped([Fault(2, "l'âge", "d'un an", "n'est pas un nombre", ("jusqu'à 75",))]) == [
        "ligne 2, colonne « l'âge » : « d'un an » n’est pas un nombre (jusqu’à 75)"
    ]


def test_faults_that_were_counted_are_never_lost():
    assert plain(grouped([Fault(0, "a", "", "et 12 autres fautes de la même sorte")])) == [
        "colonne « a » : 12 autres fautes"
    ]
