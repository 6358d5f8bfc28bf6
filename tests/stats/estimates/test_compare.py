"""Tests of two groups against R 4.2: data sets `sleep` and `infert`, calls beside the numbers."""

import time

import numpy as np
import pandas as pd
import pytest

from relecture.stats.estimates import compare
from relecture.stats.estimates.describe import INFINITE, summary

pytestmark = pytest.mark.usefixtures("no_warning_escapes")

SLEEP = pd.DataFrame({
    "extra": [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2, 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
    "group": [1] * 10 + [2] * 10,
})  # fmt: skip
PARITY = {False: (66, 50, 16, 4, 0, 5), True: (33, 31, 20, 14, 6, 3)}  # R: table(parity, spontaneous > 0)
INFERT = pd.DataFrame(
    [(group, parity) for group, counts in PARITY.items() for parity, n in enumerate(counts, 1) for _ in range(n)],
    columns=["spontaneous", "parity"],
)


def test_normal_groups_get_welch():
    row = compare.two_groups(SLEEP, "extra", "group").loc[0]
    assert row["test"] == "t (Welch)"
    assert "normalité non rejetée" in row["why"]
    # R: shapiro.test(extra[group == 1]), shapiro.test(extra[group == 2])
    assert (row["p_shapiro1"], row["p_shapiro2"]) == pytest.approx((0.40792879643, 0.351134685408), abs=1e-8)
    # R: t.test(extra ~ group)
    assert (row["statistic"], row["p"]) == pytest.approx((-1.860813467, 0.0793941401874), abs=1e-8)
    assert (row["low"], row["high"]) == pytest.approx((-3.365483230712, 0.205483230712), abs=1e-8)
    # R: J <- exp(lgamma(9) - log(sqrt(9)) - lgamma(8.5)); J * d; with Welch's w <- t.test(extra ~ group), J * se / sd *
    # uniroot(function(d) pt(w$statistic, w$parameter, d) - c(.975, .025)[i], c(-35, 35), tol = 1e-13)$root
    assert (row["hedges_g"], row["g_low"], row["g_high"]) == pytest.approx(
        (-0.796935239191, -1.6655283639678, 0.0919928975105), abs=1e-8
    )


def test_the_interval_of_g_agrees_with_the_test_of_its_row():
    row = compare.two_groups(pd.DataFrame({"x": [10, 11, 12, 14, 15, 16.5], "g": list("aaabbb")}), "x", "g").loc[0]
    # R: as above, with t.test(c(10, 11, 12), c(14, 15, 16.5)): p-value = 0.01221
    assert (row["hedges_g"], row["g_low"], row["g_high"]) == pytest.approx(
        (-2.92518672405, -5.253602039351, -0.525204153139), abs=1e-8
    )
    assert row["p"] == pytest.approx(0.01221455, abs=1e-8)


@pytest.mark.parametrize("seed", range(60))
def test_the_interval_of_g_holds_0_as_the_p_says(seed):
    rng = np.random.default_rng(seed)
    n1, n2 = rng.integers(2, 40, 2)
    found = compare.from_summaries(n1, rng.normal(0, 3), rng.uniform(0, 3), n2, rng.normal(0, 3), rng.uniform(0.5, 2))
    assert ((found["g_low"] <= 0) & (found["g_high"] >= 0)).equals(found["p"] >= 0.05)
    assert found["g_low"].le(found["hedges_g"]).all() and found["g_high"].ge(found["hedges_g"]).all()


def test_skewed_groups_get_mann_whitney():
    row = compare.two_groups(INFERT, "parity", "spontaneous").loc[0]
    assert row["test"] == "Mann-Whitney"
    assert "les deux groupes" in row["why"]
    # R: shapiro.test of each group
    assert (row["p_shapiro1"], row["p_shapiro2"]) == pytest.approx((2.79085525555e-15, 3.25500249517e-08), rel=1e-6)
    # R: wilcox.test(a, b, exact = FALSE); 2 * W / (n1 * n2) - 1; W / (n1 * n2)
    assert (row["statistic"], row["p"]) == pytest.approx((5589.5, 0.000229387214335), abs=1e-9)
    assert (row["rank_biserial"], row["common_language"]) == pytest.approx((-0.2590309538, 0.3704845231), abs=1e-9)
    # R: t.test(a, b)$conf.int
    assert (row["low"], row["high"]) == pytest.approx((-0.8931545556, -0.2600236774), abs=1e-9)


def test_the_other_order_changes_the_sign_only():
    row = compare.two_groups(SLEEP, "extra", "group").loc[0]
    back = compare.two_groups(SLEEP.iloc[::-1], "extra", "group").loc[0]
    assert back["p"] == pytest.approx(row["p"])
    assert back["difference"] == pytest.approx(-row["difference"])
    assert back["rank_biserial"] == pytest.approx(-row["rank_biserial"])


THIN = [
    ([1, 2, 3], "aaa", "1 groupe"),  # nobody in the second group
    ([], "", "0 groupe"),  # nobody at all
    ([1, 2, 3], "aab", "« b » : 1 réponse"),  # one answer has no deviation
    ([1, 2, np.nan, np.nan], "aabb", "« b » : 0 réponse"),  # a group that did not answer
    ([2, 2, 2, 2], "aabb", "égales"),  # nothing varies
    ([1, 2, 3], "abc", "3 groupe"),  # not two groups
]


def test_the_effect_size_is_that_of_the_test_made():
    means, ranks = (
        compare.two_groups(*of).loc[0] for of in ((SLEEP, "extra", "group"), (INFERT, "parity", "spontaneous"))
    )
    names = ["estimate", "effect_low", "effect_high"]
    assert means["effect"] == "g de Hedges" and ranks["effect"] == "r, corrélation bisériale des rangs"
    assert means[names].tolist() == means[["hedges_g", "g_low", "g_high"]].tolist()
    assert ranks[names].tolist() == ranks[["rank_biserial", "r_low", "r_high"]].tolist()


def test_what_is_no_pair_of_rows_is_told():
    rows = pd.DataFrame({"v": ["a", "b", "b", "b"], "n": 9, "mean": 2.0, "sd": 1.0})
    found = compare.pairs_from_summaries(rows, "v")
    assert found["note"].str.replace("\xa0", " ").tolist() == ["1 groupe au lieu de deux", "3 groupes au lieu de deux"]
    assert found["p"].isna().all() and compare.pairs_from_summaries(rows.iloc[:0], "v").empty


@pytest.mark.parametrize(("values", "groups", "note"), THIN)
def test_thin_data_give_a_note_and_no_p(values, groups, note):
    frame = pd.DataFrame({"x": pd.Series(values, dtype=float), "g": pd.Series(list(groups), dtype=object)})
    row = compare.two_groups(frame, "x", "g").loc[0]
    assert note in row["note"].replace("\xa0", " ")
    assert np.isnan(row["p"])


def test_constant_groups_that_differ_are_compared_by_ranks():
    row = compare.two_groups(pd.DataFrame({"x": [1, 1, 1, 2, 2, 2], "g": list("aaabbb")}), "x", "g").loc[0]
    assert row["test"] == "Mann-Whitney"
    assert "non vérifiable" in row["why"]
    assert row["p"] < 0.05
    assert np.isnan(row["hedges_g"])


def test_from_summaries():
    found = compare.from_summaries(21, 63.9, 10.5, 60, 47.3, 12)
    student, welch = found.loc[0], found.loc[1]
    # R: m1 - m2 +/- qt(.975, df) * se, 2 * pt(-abs(t), df), with the pooled then the separate variances
    assert (student["low"], student["high"]) == pytest.approx((10.726361799, 22.473638201), abs=1e-8)
    assert (welch["low"], welch["high"], welch["df"]) == pytest.approx((11.0084709876, 22.1915290124, 39.6560501324))
    assert (student["p"], welch["p"]) == pytest.approx((2.70416576198e-07, 4.84840202436e-07), rel=1e-6)
    # R: J * d with J <- exp(lgamma(39.5) - log(sqrt(39.5)) - lgamma(39)); bounds of pt(t, df, d) as above
    assert (student["hedges_g"], student["g_low"], student["g_high"]) == pytest.approx(
        (1.412704329, 0.869845803053, 1.948054724804), abs=1e-8
    )
    assert (welch["g_low"], welch["g_high"]) == pytest.approx((0.850730481057, 1.962241412301), abs=1e-8)


def test_from_summaries_agrees_with_the_data():
    one, two = (SLEEP.loc[SLEEP["group"] == g, "extra"] for g in (1, 2))
    welch = compare.from_summaries(10, one.mean(), one.std(), 10, two.mean(), two.std()).loc[1]
    assert welch["p"] == pytest.approx(compare.two_groups(SLEEP, "extra", "group").loc[0, "p"])


@pytest.mark.parametrize(("n1", "sd1", "sd2", "note"), [(1, 0, 1, "effectif"), (5, 0, 0, "ne varie")])
def test_from_thin_summaries(n1, sd1, sd2, note):
    found = compare.from_summaries(n1, 2, sd1, 5, 1, sd2)
    assert found["note"].str.contains(note).all()
    assert found["p"].isna().all()
    assert found["difference"].tolist() == [1, 1]


def test_ordinal_values_are_compared_by_ranks():
    row = compare.two_groups(SLEEP, "extra", "group", ordinal=True).loc[0]
    assert (row["test"], row["why"]) == ("Mann-Whitney", "échelle ordinale")
    # R: wilcox.test(extra ~ group, sleep, exact = FALSE)
    assert (row["statistic"], row["p"]) == pytest.approx((25.5, 0.06932758), abs=1e-7)


def test_small_groups_without_ties_are_ranked_exactly():
    frame = pd.DataFrame({"x": [1.1, 2.2, 3.3, 4.4, 15, 2.5, 5.5, 6.6, 7.7, 8.8, 9.9], "g": list("aaaaabbbbbb")})
    row = compare.two_groups(frame, "x", "g", ordinal=True).loc[0]
    # R: wilcox.test(c(1.1, 2.2, 3.3, 4.4, 15), c(2.5, 5.5, 6.6, 7.7, 8.8, 9.9))$p.value
    assert row["test"] == "Mann-Whitney exact" and row["p"] == pytest.approx(0.246753246753, rel=1e-9)


def test_ranks_beyond_5000_values_are_not_tested_for_normality():
    frame = pd.DataFrame({"x": np.arange(5003) % 97, "g": ["a"] * 5001 + ["b"] * 2})
    row = compare.two_groups(frame, "x", "g").loc[0]
    assert row["test"] == "Mann-Whitney" and "non vérifiable" in row["why"]


LONE = [([], "", "0 groupe"), ([1, 2], "aa", "1 groupe"), ([3, 3], "ab", "égales")]


@pytest.mark.parametrize(("values", "groups", "note"), LONE)
def test_several_groups_on_thin_data(values, groups, note):
    frame = pd.DataFrame({"x": pd.Series(values, dtype=float), "g": pd.Series(list(groups), dtype=object)})
    row = compare.several_groups(frame, "x", "g").loc[0]
    assert note in row["note"].replace("\xa0", " ") and np.isnan(row["p"])


def test_a_group_without_answers_is_left_out_of_several():
    frame = pd.DataFrame({"x": [1, 2, 3, 4, 5, 6, np.nan], "g": list("aabbccd")})
    assert compare.several_groups(frame, "x", "g").loc[0, "groups"] == 3


@pytest.mark.parametrize("size", [2, 40])
def test_more_than_fifty_groups_are_those_of_an_open_question(size):
    """The same rule as that of `independence.categorical`; 51 groups, one more than are compared."""
    frame = pd.DataFrame({"x": np.arange(51.0 * size), "g": np.repeat(np.arange(51), size)})
    row = compare.several_groups(frame, "x", "g").loc[0]
    assert (row["test"], row["note"]) == ("", "question ouverte : 51 groupes, non comparés")
    fifty = compare.several_groups(frame[frame["g"] > 0], "x", "g").loc[0]
    assert fifty["test"] == "Kruskal-Wallis"


def test_an_infinite_answer_is_compared_with_nothing():
    frame = pd.DataFrame(
        {"score": [1, 2, 3, np.inf, 5, 6, 7, 9], "groupe": list("aaaabbbb"), "trois": list("aabbbccc")}
    )
    for row in (compare.two_groups(frame, "score", "groupe"), compare.several_groups(frame, "score", "trois")):
        assert row.loc[0, "note"] == INFINITE
        assert np.isnan(row.loc[0, "p"])
    for means in ((np.inf, 1, 0, 1), (0, np.inf, 0, 1)):
        rows = compare.from_summaries(10, *means[:2], 10, *means[2:])
        assert (rows["note"] == INFINITE).all()
        assert rows[["statistic", "p", "low", "hedges_g"]].isna().all(axis=None)
    described = summary([1, 2, np.inf])
    assert (described.n, described.note) == (3, INFINITE)
    assert np.isnan([described.mean, described.sd, described.q3]).all()


def test_as_many_groups_as_respondents_are_told_and_take_no_time():
    """A ratio measured in one run: twenty thousand groups take less than forty times five, which are compared."""

    def seconds(groups):
        frame = pd.DataFrame({"score": np.arange(20_000.0), "groupe": (np.arange(20_000) % groups).astype(str)})
        start = time.process_time()
        row = compare.several_groups(frame, "score", "groupe").loc[0]
        return time.process_time() - start, row

    (few, tested), (many, told) = seconds(5), seconds(20_000)
    assert (tested["test"], told["groups"], told["n"]) == ("Kruskal-Wallis", 20_000, 20_000)
    assert "question ouverte : 20000 groupes" in told["note"]
    assert many < 40 * few
