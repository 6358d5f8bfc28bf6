"""Contingency tables against R 4.2: data set `infert`, calls beside the numbers."""

from time import process_time

import numpy as np
import pandas as pd
import pytest

from relecture.stats.estimates import independence

pytestmark = pytest.mark.usefixtures("no_warning_escapes")

EDUCATION = {"0-5": (9, 1, 2), "6-11": (71, 33, 16), "12+": (61, 37, 18)}  # R: table(education, spontaneous)


def crossed(rows: dict) -> pd.DataFrame:
    cells = ((row, column) for row, counts in rows.items() for column, n in enumerate(counts) for _ in range(n))
    return pd.DataFrame(cells, columns=["row", "column"])


def test_two_by_two():
    found = independence.categorical(crossed({"exposé": (52, 55), "non": (113, 28)}), "row", "column").loc[0]
    # R: chisq.test(t, correct = FALSE); chisq.test(t); fisher.test(t), with t <- table(spontaneous > 0, case)
    assert (found["chi2"], found["p"]) == pytest.approx((27.18430057, 1.84954472e-07), rel=1e-8)
    assert (found["chi2_yates"], found["p_yates"]) == pytest.approx((25.78613374, 3.81418865e-07), rel=1e-8)
    assert found["p_fisher"] == pytest.approx(3.46186142e-07, rel=1e-8)


def test_three_by_three_warns_of_small_counts():
    found = independence.categorical(crossed(EDUCATION), "row", "column").loc[0]
    # R: chisq.test(table(education, spontaneous)); sqrt(chi2 / n / 2)
    assert (found["chi2"], found["df"], found["p"]) == pytest.approx((3.626056702, 4, 0.458971692538))
    assert (found["cramers_v"], found["smallest_expected"]) == pytest.approx((0.08550203617, 1.741935484))
    # R: fisher.test(table(education, spontaneous))$p.value
    assert found["p_fisher"] == pytest.approx(0.4394623483996, rel=1e-9)
    assert np.isnan(found["p_drawn"])
    assert "1,7" in found["note"]


def test_more_cells_than_respondents():
    found = independence.categorical(crossed({"a": (0, 2), "b": (1, 0), "c": (1, 1)}), "row", "column").loc[0]
    # R: fisher.test(matrix(c(0, 1, 1, 2, 0, 1), 3))$p.value
    assert found["p_fisher"] == pytest.approx(0.6)


EXACT = [  # R 4.2: fisher.test(matrix(c(...), nrow, byrow = TRUE), workspace = 2e7)$p.value
    ([[9, 8], [12, 43], [0, 9]], 0.007288294906209),  # « Durée d'une consultation »
    ([[3, 3, 7], [10, 7, 1], [7, 4, 8], [18, 6, 5]], 0.0225723693041272),
    ([[4, 3, 3], [7, 4, 0], [2, 5, 2], [2, 5, 7], [0, 2, 7]], 0.00682078033576859),
    ([[2, 54, 2], [6, 12, 0]], 0.0022077015519988),
    ([[1, 1], [1, 1], [1, 1]], 1.0),
    ([[7, 8, 2], [16, 3, 2], [0, 4, 7], [6, 5, 2], [10, 3, 5]], 0.000800461049560684),
    ([[4, 11, 4, 12], [3, 6, 1, 1], [4, 6, 5, 2], [12, 5, 3, 1]], 0.0124000968262238),
]


@pytest.mark.parametrize(("table", "p"), EXACT)
def test_fisher_beyond_two_by_two(table, p):
    assert independence.freeman_halton(np.array(table)) == pytest.approx(p, rel=1e-9)
    assert independence.freeman_halton(np.array(table).T[:, ::-1]) == pytest.approx(p, rel=1e-9)
    assert independence.by_draws(np.array(table), 9999) == pytest.approx(p, abs=0.012)


def test_a_table_too_large_is_drawn_and_no_probability_vanishes():
    rng = np.random.default_rng(5)
    table = rng.multinomial(1500, np.ones(480) / 480).reshape(60, 8)
    found = independence.from_counts(table).loc[0]
    # R: set.seed(1); fisher.test(table, simulate.p.value = TRUE, B = 20000)$p.value
    assert abs(found["p_drawn"] - 0.2627369) < 2 * found["p_error"]
    assert (found["draws"], round(found["p_error"], 4)) == (20833, 0.006) and np.isnan(found["p_fisher"])
    # each row answers as no other does: no table drawn is as improbable, and p is one over the draws and this one
    apart = independence.from_counts(np.kron(np.eye(8, dtype=int), np.full((7, 1), 4))).loc[0]
    assert apart["p_drawn"] == pytest.approx(1 / (apart["draws"] + 1))


def test_an_empty_category_is_left_out():
    frame = crossed({"a": (3, 4), "b": (5, 2)})
    padded = frame.assign(row=pd.Categorical(frame["row"], categories=["a", "b", "jamais"]))
    pd.testing.assert_frame_equal(
        independence.categorical(padded, "row", "column"), independence.categorical(frame, "row", "column")
    )


@pytest.mark.parametrize("rows", [{"a": (3, 4)}, {"a": (3,), "b": (4,)}, {}])
def test_a_single_category_gives_a_note(rows):
    found = independence.categorical(crossed(rows), "row", "column").loc[0]
    assert "rien à comparer" in found["note"]
    assert np.isnan(found["p"])


@pytest.mark.parametrize(("shape", "n"), [((4, 4), 81), ((50, 2), 500), ((50, 50), 60), ((50, 50), 3000)])
def test_a_table_is_soon_answered(shape, n):
    """At most ten times what the draws of a table of 480 cells take, paths followed in vain included."""
    rng = np.random.default_rng(2)

    def seconds(table):
        start = process_time()
        independence.from_counts(table)
        return process_time() - start

    usual = rng.multinomial(1500, np.ones(480) / 480).reshape(60, 8)
    seconds(usual)
    table = rng.multinomial(n, np.ones(np.prod(shape)) / np.prod(shape)).reshape(shape)
    assert seconds(table) < 10 * seconds(usual)
