"""Pooled estimates: oracles R's mantelhaen.test (test_against_r), Q and DerSimonian-Laird computed by hand below."""

import warnings

import numpy as np
import pandas as pd
import pytest

from relecture.stats.estimates import pooling

STUDIES = pd.DataFrame({"estimate": [0.1, 0.3, 0.35, 0.65], "se": [0.03, 0.03, 0.05, 0.01]}).assign(
    se=lambda frame: np.sqrt(frame["se"])
)


@pytest.fixture(autouse=True)
def no_warning_escapes():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_dersimonian_and_laird_by_hand():
    y, w = STUDIES["estimate"], 1 / STUDIES["se"] ** 2
    fixed = (w * y).sum() / w.sum()
    q = (w * (y - fixed) ** 2).sum()
    tau2 = (q - 3) / (w.sum() - (w**2).sum() / w.sum())
    w2 = 1 / (STUDIES["se"] ** 2 + tau2)
    row = pooling.combined(STUDIES, "dl").loc[0]
    assert (row["q"], row["tau2"]) == pytest.approx((q, tau2))
    assert row["estimate"] == pytest.approx((w2 * y).sum() / w2.sum())
    assert row["high"] - row["low"] == pytest.approx(2 * 1.959964 / np.sqrt(w2.sum()), rel=1e-6)
    assert pooling.combined(STUDIES, "fixed").loc[0, "estimate"] == pytest.approx(fixed)


def test_paule_and_mandel_make_q_its_degrees_of_freedom():
    row = pooling.combined(STUDIES, "pm").loc[0]
    w = 1 / (STUDIES["se"] ** 2 + row["tau2"])
    assert (w * (STUDIES["estimate"] - row["estimate"]) ** 2).sum() == pytest.approx(3, abs=1e-3)


@pytest.mark.parametrize("method", ["dl", "pm"])
def test_studies_that_agree_have_no_spread(method):
    agreeing = STUDIES.assign(estimate=[0.3, 0.31, 0.3, 0.29])
    row, fixed = (pooling.combined(agreeing, one).loc[0] for one in (method, "fixed"))
    assert (row["tau2"], row["i2"]) == (0, 0)
    assert row["estimate"] == pytest.approx(fixed["estimate"])


def test_shares_are_pooled_on_the_logit_scale():
    frame = pd.DataFrame({"count": [10, 30], "n": [20, 60]})
    row = pooling.shares(frame, "fixed").loc[0]
    assert row["estimate"] == pytest.approx(0.5)
    # logit 0, variance 1 / (1 / (1/10 + 1/10) + 1 / (1/30 + 1/30)) = 1 / 20
    assert row["high"] == pytest.approx(1 / (1 + np.exp(-1.959964 / np.sqrt(20))), abs=1e-6)


@pytest.mark.parametrize(("count", "n"), [([0, 5], [10, 10]), ([10, 5], [10, 10])])
def test_nobody_or_everybody_is_pooled_all_the_same(count, n):
    row = pooling.shares(pd.DataFrame({"count": count, "n": n}), "dl").loc[0]
    assert 0 < row["low"] < row["estimate"] < row["high"] < 1


def test_thin_data_say_why():
    assert "rien à réunir" in pooling.combined(STUDIES.head(1), "dl").loc[0, "note"]
    assert "1 étude(s)" in pooling.shares(pd.DataFrame({"count": [1, 2, 0], "n": [5, 5, 0]}), "dl").loc[0, "note"]
    for cells in ([(0, 3, 4, 0)], [], [(0, 0, 0, 0)]):
        assert "vides" in pooling.stratified(pd.DataFrame(cells, columns=list("abcd"))).loc[0, "note"]


def test_a_method_must_be_named():
    with pytest.raises(ValueError, match="fixed, dl, pm"):
        pooling.combined(STUDIES, "random")
