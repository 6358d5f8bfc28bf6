"""Four intervals of an odds ratio. Oracles: R 4.2 (calls beside the numbers), and each definition taken literally."""

from math import exp, log

import pytest
from scipy.optimize import brentq

from relecture.printed.effects import odds_rows
from relecture.printed.exact import odds_intervals
from relecture.printed.exact.contingency import Table
from relecture.printed.finding import Verdict

TABLE = Table(12, 8, 10, 20)  # matrix(c(12, 10, 8, 20), 2)


def interval(table, method):
    """Where the excess of a method vanishes, on each side of the estimate."""
    excess, centre = odds_intervals.METHODS[method], log(table.odds_ratio)
    return [exp(brentq(lambda psi: excess(table, exp(psi)), centre, centre + far, xtol=1e-12)) for far in (-12, 12)]


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [
        ("exacte (Fisher)", 0.8019692, 11.4311999),  # fisher.test(m)$conf.int
        ("vraisemblance profilée", 0.9466489, 10.078176),  # exp(confint(glm(y ~ x, binomial)))
    ],
)
def test_an_interval_is_that_of_r(method, low, high):
    # R stops its searches at a relative 1e-4 (uniroot of fisher.test, spline of confint)
    assert interval(TABLE, method) == pytest.approx([low, high], rel=2e-4)


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
        assert literal_score(table, end) == pytest.approx(3.841459, rel=1e-5)


@pytest.mark.parametrize("method", ["vraisemblance profilée", "score", "exacte (Fisher)"])
def test_a_row_printed_by_another_method_is_explained(method):
    bounds = tuple(f"{end:.2f}" for end in interval(TABLE, method))
    assert (method, TABLE) in list(odds_intervals.methods_that_print("3,00", bounds, (20, 30)))
    found = odds_rows.contingency("3,00", bounds, "0,063", n="50", exposed="20")
    assert found.verdict is Verdict.CONSISTENT and method in found.explanation


def test_woolf_is_not_another_method():
    names = {name for name, _ in odds_intervals.methods_that_print("3,00", ("0,93", "9,70"), (20, 30))}
    assert "Woolf" not in names


def test_large_groups_do_not_overflow():
    ends = interval(Table(150, 50, 90, 110), "exacte (Fisher)")
    assert ends == pytest.approx([2.349261, 5.739382], rel=1e-4)  # fisher.test(matrix(c(150, 90, 50, 110), 2))
