"""Tables behind a printed row under usual conventions. Oracles: R 4.2 and metafor 4, calls beside the numbers."""

import pytest

from relecture.printed.effects import intervals, odds_rows
from relecture.printed.exact.two_by_two import Table
from relecture.printed.finding import Verdict

CONSISTENT, CONDITIONAL = Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE
EXACT, FISHER = "si l'intervalle est exact", "si le test est celui de Fisher"
HALF = "si ½ est ajouté à chaque case"

ROWS = [  # prints, groups, table, conditions
    # fisher.test(matrix(c(10, 3, 5, 12), 2)); its p is twice what the tables of 17 and 13 share
    (("7.38", ("1.22", "60.95"), "0.025"), (15, 15), (10, 5, 3, 12), (FISHER, EXACT)),
    # metafor 4: escalc("OR", ai = 0, bi = 10, ci = 5, di = 5), 1/2 added to all cells
    (("0.048", ("0.002", "1.029"), "0.052"), (10, 10), (0, 10, 5, 5), (HALF,)),
    # chisq.test(matrix(c(12, 10, 8, 20), 2)): Yates 0.1164, fisher.test 0.0845, glm LR 0.0621
    (("3.00", ("0.93", "9.70"), "0.116"), (20, 30), (12, 8, 10, 20), ("si la correction de Yates est appliquée",)),
    (("3.00", ("0.93", "9.70"), "0.0845"), (20, 30), (12, 8, 10, 20), (FISHER,)),
    (("3.00", ("0.93", "9.70"), "0.067"), (20, 30), (12, 8, 10, 20), None),
    (("3.00", ("0.93", "9.70"), "0.063"), (20, 30), (12, 8, 10, 20), ()),
    (
        ("3.00", ("1.12", "8.03"), "0.063"),
        (20, 30),
        (12, 8, 10, 20),
        ("si l'intervalle est à 90 %",),
    ),  # 1.6449 x 0.5988
    (  # fisher.test(matrix(c(12, 10, 8, 20), 2), conf.level = 0.9)
        ("2.93", ("0.96", "9.37"), "0.0845"),
        (20, 30),
        (12, 8, 10, 20),
        (FISHER, "si l'intervalle est exact", "si l'intervalle est à 90 %"),
    ),
]


@pytest.mark.parametrize(("row", "groups", "table", "conditions"), ROWS)
def test_a_table_prints_its_row(row, groups, table, conditions):
    found = odds_rows.contingency(*row, n=str(sum(groups)), exposed=str(groups[0]), unexposed=str(groups[1]))
    a, b, c, d = map(str, table)
    known = intervals.odds_ratio(*row, counts=[[a, b], [c, d]])
    if conditions is None:  # Wald 0.0665 is 0.066 to three decimals: no test gives 0.067
        assert (found.verdict, known.verdict) == (INCONSISTENT, INCONSISTENT)
    else:
        assert Table(*table) in found.evidence and found.conditions == conditions
        assert known.conditions == conditions


def test_a_p_of_no_test_is_told_with_those_of_all():
    found = odds_rows.contingency("3.00", ("0.93", "9.70"), "0.50", n="50", exposed="20")
    assert found.verdict is INCONSISTENT
    assert "dont p n'est celui d'aucun test" in found.explanation
    assert "0,063 (Pearson)" in found.expected


def test_known_counts_tell_the_row_that_they_give():
    found = intervals.odds_ratio("3.30", ("0.93", "9.70"), counts=[["12", "8"], ["10", "20"]])
    assert (found.verdict, found.expected) == (INCONSISTENT, "OR 3,00 [0,93 ; 9,70]")


def test_an_adjusted_odds_ratio_is_not_excused_by_a_table():
    row = ("3.00", ("0.93", "9.70"), "0.116")
    assert intervals.odds_ratio(*row, counts=[["12", "8"], ["10", "20"]]).verdict is CONDITIONAL
    assert odds_rows.p_value(*row, n="50").verdict is CONDITIONAL
    stated = {"test": "wald", "level": "95", "law": "normal", "alternative": "two-sided"}
    assert odds_rows.p_value(*row, n="50", adjusted=True, conventions=stated).verdict is INCONSISTENT


def test_groups_of_registries_are_searched():
    # by hand: (400, 19600; 300, 19700) has OR 1.3401, sqrt(1/400 + 1/19600 + 1/300 + 1/19700) = 0.07703
    found = odds_rows.contingency("1.340", ("1.152", "1.559"), "< 0.001", n="40000", exposed="20000")
    assert found.verdict is CONSISTENT and Table(400, 19600, 300, 19700) in found.evidence


def test_too_many_tables_are_uncheckable():
    found = odds_rows.contingency("1.3", ("1.2", "1.6"), "< 0.001", n="400000", exposed="200000")
    assert found.verdict is UNCHECKABLE
    assert found.explanation == "plus de 2 millions de tableaux ont cet odds ratio"
