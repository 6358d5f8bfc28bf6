"""Relations derived from a table: kept, tried, and their groups."""

import pytest

from relecture.printed.pasted.columns import understood
from relecture.printed.pasted.derived import Derived
from relecture.printed.pasted.grids import Grid
from relecture.printed.pasted.rows import rows

HEAD = ("Variable", "Catégorie", "Oui", "Non")
GENRE = [("Genre {x}", "Homme", "8 (38,1)", "31 (51,7)"), ("", "Femme", "13 (61,9)", "29 (48,3)")]
TABAC = [("Tabac", "oui", "5 (24)", "20 (33)"), ("", "non", "16 (76)", "40 (67)")]


def derive(*table, n=None):
    return Derived(rows(understood(Grid("t", (HEAD, *table), tuple(range(len(table) + 1)))), "t"), n)


def test_a_relation_is_kept_with_the_cells_that_it_judges():
    derived = derive(*GENRE)
    percent, count = "t.genre_x.homme.oui_pourcentage", "t.genre_x.homme.oui_effectif"
    derived.add("percentage", "Genre {x}", "part", [percent], percent=percent, count=count, n=21)
    (relation,) = derived.relations
    assert (relation["section"], relation["n"]) == ("Genre {{x}}", 21)  # braces stand for themselves
    assert derived.judged == {relation["id"]: [(1, 2)]}
    assert derived.holds("percentage", percent=percent, count=count, n=21)
    assert derived.verdict("percentage", percent=percent, count=count, n=20) == "inconsistent"


@pytest.mark.parametrize(
    "arguments", [{"percent": "absent"}, {"percent": "t.genre_x.homme.oui_pourcentage", "n": [[1]]}]
)
def test_what_the_engine_refuses_is_not_kept(arguments):
    derived = derive(*GENRE)
    derived.add("percentage", "s", "l", ["t.genre_x.homme.oui_pourcentage"], **arguments)
    derived.add("unknown", "s", "l", ["t.genre_x.homme.oui_pourcentage"])
    assert derived.relations == []


@pytest.mark.parametrize(
    ("table", "n", "sizes"),
    [
        ([*GENRE, *TABAC], None, [21, 60]),  # two blocks reach them
        ([*GENRE], None, []),
        ([*GENRE], 81, [21, 60]),  # one, which adds up to n
        ([*GENRE], 90, []),
    ],
)
def test_sizes_of_groups_are_implied_by_blocks_that_everybody_answered(table, n, sizes):
    assert [size for _, size in derive(*table, n=n).implied_sizes.values()] == sizes


def test_the_group_of_all_is_told_from_the_others():
    head = ("Variable", "", "Total (n = 81)", "Oui (n = 21)")
    derived = Derived(rows(understood(Grid("t", (head, GENRE[0]), (1, 2))), "t"))
    assert (derived.owners, derived.total, derived.groups) == ([2, 3], 2, [3])


def test_a_group_as_large_as_all_others_is_that_of_all():
    head = ("Variable", "Suivis (n = 81)", "Oui (n = 21)", "Non (n = 60)")
    derived = Derived(rows(understood(Grid("t", (head, ("Homme", "39", "8", "31")), (1, 2))), "t"))
    assert (derived.total, derived.groups) == (1, [2, 3])
