"""Odds ratios of 2 x 2 tables against R 4.2 (`infert`, calls beside the numbers)."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.stats.estimates import logistic, odds

# R: as.data.frame(table(spontaneous, induced, case))
CELLS = [
    (0, 0, 0, 60), (1, 0, 0, 25), (2, 0, 0, 11), (0, 1, 0, 33), (1, 1, 0, 11), (2, 1, 0, 1), (0, 2, 0, 20),
    (1, 2, 0, 4), (0, 0, 1, 7), (1, 0, 1, 22), (2, 0, 1, 18), (0, 1, 1, 12), (1, 1, 1, 5), (2, 1, 1, 6),
    (0, 2, 1, 9), (1, 2, 1, 4),
]  # fmt: skip
INFERT = pd.DataFrame([cell[:3] for cell in CELLS for _ in range(cell[3])], columns=["spontaneous", "induced", "case"])
BINARY = INFERT.assign(spontaneous=INFERT["spontaneous"] > 0, induced=INFERT["induced"] > 0).astype(int)


@pytest.fixture(autouse=True)
def no_warning_escapes():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


# R: o <- a*d/b/c; s <- sqrt(1/a + 1/b + 1/c + 1/d); o, exp(log(o) +/- qnorm(.975) * s), 2 * pnorm(-abs(log(o)/s)),
#    chisq.test(m, correct = FALSE)$p.value, fisher.test(m)$p.value
TABLES = [
    ((55, 52, 28, 113), (4.268543956, 2.435385764, 7.481552932, 4.003465742e-07, 1.849544723e-07, 3.461861420e-07)),
    ((19, 12, 19, 31), (2.58333333333, 1.02838770534, 6.48939215868, 0.04343236265, 0.04119720897, 0.06615276968)),
    ((17, 26, 15, 23), (1.0025641026, 0.4106168870, 2.4478651795, 0.9955137735, 0.9955137732, 1)),
    ((14, 9, 18, 40), (3.45679012346, 1.26493386654, 9.44665825918, 0.01559936404, 0.01326006952, 0.02225767041)),
]


@pytest.mark.parametrize(("cells", "expected"), TABLES)
def test_from_table(cells, expected):
    found = odds.from_table(*cells)
    computed = (found.estimate, found.low, found.high, found.p_wald, found.p_pearson, found.p_fisher)
    assert computed == pytest.approx(expected, rel=1e-8)
    assert found.note == ""


cell = st.integers(1, 200)


@given(cell, cell, cell, cell)
def test_swapping_exposed_and_unexposed_inverts_the_ratio(a, b, c, d):
    one, other = odds.from_table(a, b, c, d), odds.from_table(c, d, a, b)
    assert one.estimate * other.estimate == pytest.approx(1)
    assert one.low * other.high == pytest.approx(1)
    assert one.p_fisher == pytest.approx(other.p_fisher)


def test_an_empty_cell_keeps_the_tests_and_loses_the_ratio():
    found = odds.from_table(6, 0, 15, 60)
    # R: chisq.test(m, correct = FALSE), fisher.test(m), m <- matrix(c(6, 0, 15, 60), 2)
    assert (found.p_pearson, found.p_fisher) == pytest.approx((1.68635572e-05, 0.0001672026988), rel=1e-8)
    assert np.isnan(found.estimate)
    assert "case vide" in found.note


@pytest.mark.parametrize("cells", [(0, 0, 3, 4), (3, 4, 0, 0), (0, 3, 0, 4), (0, 0, 0, 0)])
def test_an_empty_margin_gives_a_note(cells):
    found = odds.from_table(*cells)
    assert "vide" in found.note
    assert np.isnan(found.p_fisher)


@pytest.mark.parametrize(("cells", "p"), [((1, 6, 9, 4), 0.0572755417957), ((10, 16, 19, 14), 0.144832159698)])
def test_the_p_to_read_is_that_of_the_table_of_characteristics(cells, p):
    # R: fisher.test(matrix(c(1, 6, 9, 4), 2)), 3.5 expected; chisq.test(matrix(c(10, 16, 19, 14), 2), correct = FALSE)
    assert odds.from_table(*cells).p_chosen == pytest.approx(p, rel=1e-9)


def test_univariable_counts_the_table():
    rows = odds.univariable(BINARY, "case", ["spontaneous", "induced"])
    assert rows["covariate"].tolist() == ["spontaneous", "induced"]
    assert rows.loc[0, ["a", "b", "c", "d"]].tolist() == [55, 52, 28, 113]
    # R: glm(case ~ I(spontaneous > 0), binomial), exp(confint.default(m)): same to 6 digits
    assert rows.loc[0, ["estimate", "low", "high"]].tolist() == pytest.approx(
        [4.26854395604, 2.435385931, 7.481552419], rel=1e-6
    )


def test_univariable_leaves_out_missing_and_unknown_codes():
    frame = pd.DataFrame({"y": [1, 0, 1, 0, 1, 0], "x": [1, 0, 0, 1, np.nan, 2]})
    row = odds.univariable(frame, "y", ["x"]).loc[0]
    assert row[["a", "b", "c", "d"]].tolist() == [1, 1, 1, 1]
    assert "1 réponse(s) ni 0 ni 1" in row["note"]
    empty = odds.univariable(frame.iloc[[0, 1, 2, 5]], "y", ["x"]).loc[0]
    assert empty["note"] == f"{odds.EMPTY_CELL} ; 1 réponse(s) ni 0 ni 1, laissées de côté"  # both remarks


def test_multivariable_is_reached_from_here():
    assert odds.multivariable is logistic.multivariable


def test_a_printed_p_keeps_its_column():
    frame = pd.DataFrame({"a": [20], "b": [23], "c": [18], "d": [20], "p": ["0,942"]})
    assert odds.from_tables(frame)["p"].tolist() == ["0,942"]
