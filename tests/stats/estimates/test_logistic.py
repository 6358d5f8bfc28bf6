"""Logistic regressions on small data and on data that have none; six-digit agreement is in test_against_r."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from firthmodels import FirthLogisticRegression, detect_separation
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from relecture.stats import firth
from relecture.stats.estimates import logistic, odds

pytestmark = pytest.mark.usefixtures("no_warning_escapes")

# R: as.data.frame(table(spontaneous, induced, case))
CELLS = [
    (0, 0, 0, 60), (1, 0, 0, 25), (2, 0, 0, 11), (0, 1, 0, 33), (1, 1, 0, 11), (2, 1, 0, 1), (0, 2, 0, 20),
    (1, 2, 0, 4), (0, 0, 1, 7), (1, 0, 1, 22), (2, 0, 1, 18), (0, 1, 1, 12), (1, 1, 1, 5), (2, 1, 1, 6),
    (0, 2, 1, 9), (1, 2, 1, 4),
]  # fmt: skip
INFERT = pd.DataFrame([cell[:3] for cell in CELLS for _ in range(cell[3])], columns=["spontaneous", "induced", "case"])
BINARY = INFERT.assign(spontaneous=INFERT["spontaneous"] > 0, induced=INFERT["induced"] > 0).astype(int)


def test_multivariable_is_glm():
    rows = logistic.multivariable(INFERT, "case", ["spontaneous", "induced"]).set_index("covariate")
    # R: glm(case ~ spontaneous + induced, binomial); confint.default; exp
    assert rows["coefficient"].tolist() == pytest.approx([1.197205035293, 0.418129395048], abs=1e-6)
    assert rows["coefficient_low"].tolist() == pytest.approx([0.7823918426423, 0.0151070092114], abs=1e-6)
    assert rows["high"].tolist() == pytest.approx([5.0129182369, 2.2731164624], rel=1e-6)
    assert rows["p"].tolist() == pytest.approx([1.54300385238e-08, 4.20089123741e-02], rel=1e-4)
    assert rows["n"].tolist() == [248, 248]


def test_multivariable_at_another_confidence():
    rows = logistic.multivariable(INFERT, "case", ["spontaneous", "induced"], confidence=0.9)
    # R: confint.default(m, level = .9)
    assert rows["coefficient_low"].tolist() == pytest.approx([0.84908283008, 0.07990234684], abs=1e-6)


def test_one_binary_covariate_is_its_two_by_two_table():
    together = logistic.multivariable(BINARY, "case", ["spontaneous"]).loc[0]
    alone = odds.from_table(55, 52, 28, 113)
    assert (together["estimate"], together["low"]) == pytest.approx((alone.estimate, alone.low), rel=1e-5)


SEPARATED = [
    ([0, 0, 0, 1, 1, 1], {"x": [0, 0, 0, 1, 1, 1], "z": [0, 1, 0, 1, 0, 1]}, "séparation : x prédit"),  # complete
    ([0, 1, 0, 1, 1, 1], {"z": [0, 1, 1, 0, 1, 0], "x": [0, 0, 0, 0, 1, 1]}, "séparation : x prédit"),  # x = 1 only
    ([0, 0, 0, 1, 1, 1], {"x": [0, 0, 0, 1, 1, 1], "z": [1, 2, 3, 4, 5, 6]}, "séparation : x, z prédit"),  # each alone
    ([0, 0, 1, 0, 1, 1], {"x": [0, 0, 0, 0, 1, 1], "z": [0, 1, 0, 1, 0, 1]}, "séparation"),  # quasi-complete
]


@pytest.mark.parametrize(("y", "columns", "note"), SEPARATED)
def test_separation_is_said_and_estimated_with_a_penalty(y, columns, note):
    rows = logistic.multivariable(pd.DataFrame({"y": y} | columns), "y", list(columns))
    assert rows["note"].str.contains(note).all()
    assert rows["note"].str.contains("Firth").all()
    assert (rows["method"] == "Firth").all()
    assert np.isfinite(rows[["estimate", "low", "high", "p"]]).all(axis=None)


IMPOSSIBLE = [
    ([0, 0, 0, 0, 0, 0], {"x": [0, 0, 1, 1, 0, 1], "z": [1, 1, 0, 0, 1, 1]}, "deux valeurs"),  # no outcome
    ([0, 1], {"x": [0, 1], "z": [1, 0]}, "trop peu"),  # two answers
]


@pytest.mark.parametrize(("y", "columns", "note"), IMPOSSIBLE)
def test_a_regression_that_cannot_be_says_why(y, columns, note):
    rows = logistic.multivariable(pd.DataFrame({"y": y} | columns), "y", list(columns))
    assert rows["note"].str.contains(note).all()
    assert rows["estimate"].isna().all()


def test_an_alias_leaves_the_others():
    frame = INFERT.assign(mirror=2 - INFERT["spontaneous"], sum=INFERT["spontaneous"] + INFERT["induced"])
    rows = logistic.multivariable(frame, "case", ["spontaneous", "mirror", "induced", "sum"]).set_index("covariate")
    # R: coef(glm(case ~ spontaneous + mirror + induced + sum, binomial)): NA for mirror and sum
    assert rows.loc[["spontaneous", "induced"], "coefficient"].tolist() == pytest.approx(
        [1.197205035293, 0.418129395048]
    )
    assert rows.loc[["mirror", "sum"], "note"].str.contains("colinéarité").all()
    assert rows.loc[["mirror", "sum"], "estimate"].isna().all()


def test_firth_is_the_same_from_any_start(monkeypatch):
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({"x": np.exp(rng.normal(0, 2, 20)), "z": rng.integers(0, 2, 20)})
    frame["y"] = (frame["x"] > 1).astype(int)
    found = logistic.multivariable(frame, "y", ["x", "z"])
    monkeypatch.setattr(firth, "_STARTS", np.array([[2.0]]))
    other = logistic.multivariable(frame, "y", ["x", "z"])
    assert other["coefficient"].tolist() == pytest.approx(found["coefficient"].tolist(), rel=1e-4)
    assert other["high"].tolist() == pytest.approx(found["high"].tolist(), rel=1e-3)


def rare(size):
    """Three exposed respondents, who all have the outcome, among many, and seven covariates without any effect."""
    rng = np.random.default_rng(1)
    exposed = np.arange(size) < 3
    others = {f"z{k}": rng.integers(0, 2, size) for k in range(7)}
    return pd.DataFrame({"x": exposed.astype(int), "y": np.where(exposed, 1, rng.integers(0, 2, size))} | others)


@pytest.mark.parametrize("size", [3_000, 100_000])
def test_three_exposed_who_separate_among_many(size):
    """Firth's search starts from points where they leave no information, which are set aside."""
    frame = rare(size)
    alone = logistic.multivariable(frame, "y", ["x"]).loc[0]
    cases = frame["y"].sum()
    # Firth (1993): of one binary covariate, half a respondent more in each cell of the 2 x 2 table
    expected = np.log(3.5 / 0.5 * (size - cases + 0.5) / (cases - 3 + 0.5))
    assert alone["coefficient"] == pytest.approx(expected, rel=1e-6)
    names = ["x", *(f"z{k}" for k in range(7))]
    together = logistic.multivariable(frame, "y", names)
    assert together["note"].str.contains("séparation : x prédit").all()
    assert not together["note"].str.contains("convergé").any()
    assert np.isfinite(together[["estimate", "low", "high", "p"]]).all(axis=None)
    # firthmodels, respondent by respondent, where ours counts those who answered the same
    one_by_one = FirthLogisticRegression(gtol=1e-8, xtol=1e-8, max_iter=100).fit(frame[names], frame["y"])
    assert together["coefficient"].tolist() == pytest.approx(one_by_one.coef_.tolist(), rel=1e-5)


# Seed 17 in benchmarks/against_r.py: sets 211, 230, 348 of `separated`, 196 of `regression`. Lows and highs: climbed
# from 48 random starts each, the penalised likelihood is above its level 0.01 % short of a bound, below it beyond.
PROFILES = [
    (
        (
            [0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0],
            [-0.11, 1.02, -0.09, 0.94, 0.84, 0.74, -1.35, 1.69, -0.86, 0.76, 0.19, -0.52, 0.01, -1.35, 1.1, -1.19],
            [1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0],
            [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
        ),
        0.99,
        (
            (0.22514839, -8.65745058, -27.30516893),
            (40.31611499, 27.64640444, 8.79218546),
        ),
    ),
    (
        (
            [0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1],
            [
                -0.7,
                1.18,
                -1.74,
                -1.62,
                -0.06,
                0.41,
                0.73,
                0.92,
                -1.15,
                0.93,
                -1.45,
                0.51,
                1.71,
                0.01,
                0.09,
                -1.33,
                1.48,
                -0.46,
                -1.21,
                1.53,
                -1.1,
                0.96,
                -0.07,
                -0.12,
                0.47,
            ],
            [1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0],
        ),
        0.99,
        (
            (0.8777131, -1.44486466, -6.03836624),
            (61.06068108, 40.3741626, 20.71125142),
        ),
    ),
    (
        (
            [0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1],
            [-0.27, -0.14, 0.92, -0.71, -1.1, -0.65, -1.42, 0.71, -0.94, -0.35, -1.94, 0.16, -0.35, -0.3, 0.69, 0.05],
            [0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1],
            [0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ),
        0.99,
        (
            (-0.13936574, -15.27559207, -38.33240574),
            (51.96724329, 31.77728984, 7.06232435),
        ),
    ),
    (
        (
            [0, 1, 1, 1, 1, 0, 1, 1, 1],
            [52.95, 43.31, 46.18, 47.67, 42.63, 55.05, 59.86, 39.64, 48.69],
            [0, 0, 0, 0, 0, 1, 0, 1, 0],
            [0, 0, 1, 0, 1, 0, 0, 0, 0],
            [1, 1, 0, 1, 0, 0, 0, 0, 1],
        ),
        0.95,
        (
            (-1.47191725, -30.020112, -20.5965177, -15.5462302),
            (0.0478589875, 1.14599991, 3.81549319, 1.94819926),
        ),
    ),
]


@pytest.mark.parametrize(("columns", "confidence", "expected"), PROFILES)
def test_a_bound_is_where_the_highest_profile_meets_it(columns, confidence, expected):
    frame = pd.DataFrame(dict(zip("yabcd", columns, strict=False)))
    rows = logistic.multivariable(frame, "y", list(frame.columns[1:]), confidence)
    for name, values in zip(("coefficient_low", "coefficient_high"), expected, strict=True):
        assert rows[name].tolist() == pytest.approx(values, rel=1e-5)
    assert not rows["note"].str.contains("borne").any()


def test_useless_covariates_are_left_out_and_say_so():
    frame = INFERT.assign(blank=np.nan, flat=1)
    rows = logistic.multivariable(frame, "case", ["blank", "spontaneous", "flat", "induced"]).set_index("covariate")
    assert list(rows.index) == ["blank", "spontaneous", "flat", "induced"]
    assert rows.loc["spontaneous", "coefficient"] == pytest.approx(1.197205035293, abs=1e-6)
    assert "aucune réponse" in rows.loc["blank", "note"]
    assert "ne varie pas" in rows.loc["flat", "note"]


def test_nothing_to_fit_is_rows_of_notes():
    frame = pd.DataFrame({"y": [0, 1], "x": [np.nan, np.nan]})
    assert logistic.multivariable(frame, "y", ["x"])["note"].tolist() == ["aucune réponse : covariable écartée"]
    assert logistic.multivariable(frame, "y", []).empty


def test_words_have_one_term_a_level_but_the_first():
    frame = BINARY.assign(level=INFERT["induced"].map({0: "a", 1: "b", 2: "c"}))
    rows = logistic.multivariable(frame, "case", ["spontaneous", "level"])
    assert rows[["covariate", "level"]].to_numpy().tolist() == [["spontaneous", ""], ["level", "b"], ["level", "c"]]
    ordered = frame.assign(level=pd.Categorical(frame["level"], ["c", "a", "b"]))
    assert logistic.multivariable(ordered, "case", ["level"])["level"].tolist() == ["a", "b"]


def test_smallest_is_the_least_count_of_the_term_with_the_outcome():
    rows = logistic.multivariable(BINARY.assign(age=range(len(BINARY))), "case", ["spontaneous", "age"])
    assert rows["smallest"].tolist()[0] == 28  # 55, 52, 28, 113: see test_odds
    assert np.isnan(rows["smallest"].tolist()[1])


def test_few_outcomes_for_many_coefficients_are_said():
    rows = logistic.multivariable(INFERT.head(180), "case", ["spontaneous", "induced"])
    assert rows["note"].str.contains("15 réponses pour 2 coefficients").all()


cell = st.sampled_from([0.0, 1.0, np.nan])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(cell, cell, cell), max_size=12))
def test_any_small_frame_gives_its_rows_and_never_raises(rows):
    frame = pd.DataFrame(rows, columns=["y", "x", "z"], dtype=float)
    found = logistic.multivariable(frame, "y", ["x", "z"])
    assert found["covariate"].tolist() == ["x", "z"]
    assert (found["estimate"].notna() | found["note"].ne("")).all()


def test_five_thousand_respondents_in_a_scale_of_their_own():
    rng = np.random.default_rng(1)
    x = rng.normal(5e6, 1e5, 5000)
    y = (rng.random(5000) < 1 / (1 + np.exp(-(x - 5e6) / 1e5))).astype(int)
    row = logistic.multivariable(pd.DataFrame({"y": y, "x": x}), "y", ["x"]).loc[0]
    plain = sm.Logit(y, sm.add_constant((x - 5e6) / 1e5)).fit(disp=0)  # the same covariate, centred and scaled by hand
    assert row["coefficient"] == pytest.approx(plain.params[1] / 1e5, rel=1e-8)
    assert [row["coefficient_low"], row["coefficient_high"]] == pytest.approx(plain.conf_int()[1] / 1e5, rel=2e-3)


def test_an_infinite_covariate_is_left_out():
    frame = INFERT.assign(endless=np.where(np.arange(len(INFERT)) == 3, np.inf, INFERT["induced"]))
    rows = logistic.multivariable(frame, "case", ["spontaneous", "endless", "induced"]).set_index("covariate")
    assert rows.loc["spontaneous", "coefficient"] == pytest.approx(1.197205035293, abs=1e-6)  # as without it
    assert "infinie" in rows.loc["endless", "note"]


@given(st.integers(0, 10**6), st.integers(4, 40), st.integers(1, 4))
def test_outcomes_overlap_where_nothing_separates_them(seed, n, terms):
    """Oracle: firthmodels, a port of R's detectseparation."""
    drawn = np.random.default_rng(seed)
    x = np.column_stack([drawn.integers(0, 2, (n, terms)), drawn.normal(size=n)])
    y = np.concatenate([[0.0, 1.0], drawn.integers(0, 2, n - 2)])
    assume(np.linalg.matrix_rank(np.column_stack([x, np.ones(n)])) == terms + 2)
    assert logistic._overlap(y, x) == (not detect_separation(x, y).separation)
