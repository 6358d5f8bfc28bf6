"""Contingency tables against R 4.2: data set `infert`, calls beside the numbers."""

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


def test_three_by_three_has_no_fisher_and_warns_of_small_counts():
    found = independence.categorical(crossed(EDUCATION), "row", "column").loc[0]
    # R: chisq.test(table(education, spontaneous)); sqrt(chi2 / n / 2)
    assert (found["chi2"], found["df"], found["p"]) == pytest.approx((3.626056702, 4, 0.458971692538))
    assert (found["cramers_v"], found["smallest_expected"]) == pytest.approx((0.08550203617, 1.741935484))
    assert np.isnan(found["p_fisher"])
    # R: fisher.test(table(education, spontaneous))$p.value
    assert found["p_drawn"] == pytest.approx(0.43946235, abs=0.005)  # by draws: three standard errors
    assert "1,7" in found["note"]


def test_more_cells_than_respondents():
    found = independence.categorical(crossed({"a": (0, 2), "b": (1, 0), "c": (1, 1)}), "row", "column").loc[0]
    # R: fisher.test(matrix(c(0, 1, 1, 2, 0, 1), 3))$p.value; by draws, within three standard errors
    assert found["p_drawn"] == pytest.approx(0.6, abs=0.005)


def test_an_empty_category_is_left_out():
    frame = crossed({"a": (3, 4), "b": (5, 2)})
    padded = frame.assign(row=pd.Categorical(frame["row"], categories=["a", "b", "jamais"]))
    pd.testing.assert_frame_equal(
        independence.categorical(padded, "row", "column"), independence.categorical(frame, "row", "column")
    )


@pytest.mark.parametrize("rows", [{"a": (3, 4)}, {"a": (3,), "b": (4,)}, {}])
def test_a_single_category_gives_a_note(rows):
    found = independence.categorical(crossed(rows), "row", "column").loc[0]
    assert "une seule modalité" in found["note"]
    assert np.isnan(found["p"])
