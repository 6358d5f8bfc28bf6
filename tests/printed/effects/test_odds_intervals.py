"""Five intervals of an odds ratio. Oracles: R 4.2 (calls beside the numbers), and each definition taken literally."""

from math import exp, log

import numpy as np
import pytest
from scipy.optimize import brentq

from relecture.printed.effects import odds_intervals
from relecture.printed.exact.contingency import PrintedRow
from relecture.printed.exact.two_by_two import Table

TABLE = Table(12, 8, 10, 20)  # matrix(c(12, 10, 8, 20), 2)
QUANTILE = 3.841458820694124


def interval(table, method):
    """Where the excess of a method reaches the quantile, on each side of the estimate."""
    cells, centre = np.array(table.cells)[:, None], log(table.odds_ratio)
    return [
        exp(brentq(lambda psi: odds_intervals.excess(cells, psi, method)[0] - QUANTILE, centre, centre + far))
        for far in (-12, 12)
    ]


def found(row, groups, method, level=0.95, added=0.0):
    return odds_intervals.printing(PrintedRow.read(row[0], row[1:], "nearest"), groups, method, level, added)


def test_a_profile_interval_is_that_of_r():
    # exp(confint(glm(y ~ x, binomial))); its spline stops at a relative 1e-4
    assert interval(TABLE, "profile") == pytest.approx([0.9466489, 10.078176], rel=2e-4)


def literal_score(table, psi):
    """Chi-square against the table with the same margins and odds ratio psi, found by bisection."""
    first, second, column = table.a + table.b, table.c + table.d, table.a + table.c
    edges = max(0, column - second) + 1e-9, min(first, column) - 1e-9
    a = brentq(lambda x: log(x * (second - column + x) / ((first - x) * (column - x))) - log(psi), *edges)
    fitted = (a, first - a, column - a, second - column + a)
    return sum((count - mean) ** 2 / mean for count, mean in zip(table.cells, fitted, strict=True))


@pytest.mark.parametrize("table", [TABLE, Table(3, 17, 9, 11), Table(40, 2, 30, 9)])
def test_the_score_interval_ends_where_chi_square_reaches_its_quantile(table):
    for end in interval(table, "score"):
        assert literal_score(table, end) == pytest.approx(QUANTILE, rel=1e-5)


ROWS = [  # estimate and bounds, groups, method, level, table
    (("7.38", "1.22", "60.95"), (15, 15), "exact", 0.95, (10, 5, 3, 12)),  # fisher.test(matrix(c(10, 3, 5, 12), 2))
    (("7.38", "1.53", "44.46"), (15, 15), "exact", 0.90, (10, 5, 3, 12)),  # the same, conf.level = 0.90
    (("2.93", "0.80", "11.43"), (20, 30), "exact", 0.95, (12, 8, 10, 20)),  # fisher.test(matrix(c(12, 10, 8, 20), 2))
    (("3.00", "0.80", "11.43"), (20, 30), "exact", 0.95, (12, 8, 10, 20)),  # its bounds with the sample odds ratio
    (("2.93", "0.90", "9.96"), (20, 30), "midp", 0.95, (12, 8, 10, 20)),  # uniroot of the tail less dhyper / 2
    (("3.00", "0.95", "10.08"), (20, 30), "profile", 0.95, (12, 8, 10, 20)),  # exp(confint(glm(y ~ x, binomial)))
    (("0.3", "0.0", "3.2"), (5, 6), "profile", 0.95, (1, 4, 3, 3)),  # exp(confint(glm)): 0.0093 to 3.1918
    (("0.00", "0.00", "1.30"), (10, 10), "exact", 0.95, (0, 10, 4, 6)),  # fisher.test(matrix(c(0, 4, 10, 6), 2))
    (("3.65", "2.35", "5.74"), (200, 200), "exact", 0.95, (150, 50, 90, 110)),  # matrix(c(150, 90, 50, 110), 2)
]


@pytest.mark.parametrize(("row", "groups", "method", "level", "table"), ROWS)
def test_a_row_is_printed_by_its_table(row, groups, method, level, table):
    assert Table(*table) in found(row, groups, method, level)


def test_half_is_added_to_a_table_with_a_zero():
    # metafor 4: escalc("OR", ai = 0, bi = 10, ci = 5, di = 5): 0.0476, 0.0022 to 1.0292
    assert found(("0.048", "0.002", "1.029"), (10, 10), "wald", added=0.5) == (Table(0, 10, 5, 5), Table(5, 5, 10, 0))
    assert found(("0.048", "0.002", "1.029"), (10, 10), "wald") == ()


def test_woolf_is_not_another_method():
    row = ("3,00", "0,93", "9,70")
    assert [method for method in odds_intervals.METHODS if found(row, (20, 30), method)] == ["wald"]


def test_groups_too_large_for_exact_laws_are_told():
    assert found(("3.00", "2.90", "3.10"), (20_000, 20_000), "exact") is None
    assert found(("3.00", "2.90", "3.10"), (0, 20), "exact") == ()


def test_a_known_table_of_large_groups_needs_no_search():
    # trial 8 of the BCG data of R metafor, whose groups hold more than two million tables of that odds ratio
    row = PrintedRow.read("1.01", ("0.89", "1.15"), "nearest")
    found = odds_intervals.printing(row, (88391, 88391), "wald", 0.95, 0.0, 505)
    assert Table(505, 87886, 499, 87892) in found
