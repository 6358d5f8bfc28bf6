"""Exact p-values of tables of counts against R and scipy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from relecture.printed.exact.fisher import fisher_p

R = [  # R 4.2: fisher.test(matrix(...))$p.value
    (((12, 8), (10, 20)), 0.084500681),
    (((10, 5, 3), (3, 12, 6)), 0.02859368279),
    (((30, 20, 11), (15, 22, 9)), 0.2024515258),
    (((10, 20, 30), (12, 14, 9), (7, 8, 21)), 0.04436978712),
    (((40, 30, 20, 10), (10, 20, 30, 40)), 4.32171195e-09),
    (((10, 15, 30, 20), (25, 18, 16, 9)), 0.0019302343),
]


@pytest.mark.parametrize(("table", "p"), R)
def test_against_r(table, p):
    assert fisher_p(table) == pytest.approx(p, rel=1e-7)
    assert fisher_p(tuple(zip(*table, strict=True))) == pytest.approx(p, rel=1e-7)


@settings(max_examples=100)
@given(
    st.tuples(*[st.tuples(st.integers(0, 40), st.integers(0, 40))] * 2),
    st.sampled_from(["two-sided", "less", "greater"]),
)
def test_two_by_two_against_scipy(table, alternative):
    assert fisher_p(table, alternative) == pytest.approx(fisher_exact(table, alternative).pvalue, abs=1e-9)


def test_the_smaller_tail_and_half_of_the_table_observed():
    table = ((12, 8), (10, 20))
    assert fisher_p(table, "one-sided") == fisher_p(table, "greater") == pytest.approx(0.058088322)  # R 4.2
    point = fisher_p(table, "greater") + fisher_p(table, "less") - 1
    assert fisher_p(table, mid=True) == pytest.approx(fisher_p(table) - point / 2)


def test_too_many_tables_have_no_answer_and_large_counts_do():
    assert fisher_p(((400, 300, 200), (250, 260, 270), (100, 300, 200))) is None
    assert fisher_p(((3010, 296), (2023, 204))) == pytest.approx(fisher_exact([[3010, 296], [2023, 204]]).pvalue)
