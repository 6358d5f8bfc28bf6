"""Power: oracle R's power.prop.test and power.t.test (test_against_r); here, coherence and thin data."""

import numpy as np
import pandas as pd
import pytest

from relecture.stats.estimates import power

pytestmark = pytest.mark.usefixtures("no_warning_escapes")


def _shares(*row):
    return power.proportions(pd.DataFrame([row], columns=["p1", "n1", "p2", "n2"])).loc[0]


def _means(*row):
    return power.means(pd.DataFrame([row], columns=["n1", "sd1", "n2", "sd2", "difference"])).loc[0]


@pytest.mark.parametrize(("p1", "n1", "p2", "n2"), [(0.75, 50, 0.5, 50), (0.3, 21, 0.6, 60), (0.1, 300, 0.2, 100)])
def test_the_needed_sizes_reach_the_target_and_one_less_does_not(p1, n1, p2, n2):
    found = _shares(p1, n1, p2, n2)
    enough = _shares(p1, found["needed1"], p2, found["needed2"])
    short = _shares(p1, found["needed1"] - 1, p2, (found["needed1"] - 1) * n2 / n1)
    assert short["power"] < 0.8 <= enough["power"]


@pytest.mark.parametrize(("p1", "p2", "shown"), [(1, 0, 1), (0, 1, 1), (1, 0.5, 0.776916836088)])
def test_shares_of_0_and_1(p1, p2, shown):
    assert _shares(p1, 10, p2, 10)["power"] == pytest.approx(shown, abs=1e-9)


def test_both_tails_and_a_small_target():
    # R: power.prop.test(n = 20, p1 = .5, p2 = .55, strict = TRUE)$power; ...(p1 = .5, p2 = .55, power = .1)$n, 85.4
    frame = pd.DataFrame({"p1": [0.55], "n1": [20], "p2": [0.5], "n2": [20]})
    found = power.proportions(frame, target=0.1).loc[0]
    assert (found["power"], found["needed1"]) == (pytest.approx(0.0612636077945, rel=1e-8), 86)
    # R: power.t.test(delta = .1, power = .06, strict = TRUE)$n
    small = power.means(
        pd.DataFrame({"n1": [20], "sd1": [1], "n2": [20], "sd2": [1], "difference": [0.1]}), target=0.06
    )
    assert small.loc[0, "needed1"] == 19
    assert power.proportions(frame, target=0.04).loc[0, "detectable"] == 0


def test_a_difference_next_to_nothing_says_that_no_size_is_enough():
    found = _means(20, 1, 20, 1, 1e-6)
    assert np.isnan(found["needed1"]) and "trop petite" in found["note"]


@pytest.mark.parametrize(("n1", "p2", "n2"), [(50, 0.5, 50), (21, 0.3, 60), (30, 0.95, 30)])
def test_the_detectable_difference_is_detected(n1, p2, n2):
    found = _shares(0.5 if p2 != 0.5 else 0.4, n1, p2, n2)
    assert _shares(p2 + found["detectable"], n1, p2, n2)["power"] == pytest.approx(0.8, abs=1e-6)


def test_the_detectable_mean_difference_is_detected():
    found = _means(21, 10.5, 60, 12, 16.6)
    assert _means(21, 10.5, 60, 12, found["detectable"])["power"] == pytest.approx(0.8, abs=1e-6)


def test_a_huge_difference_has_power_one():
    assert _means(21, 1, 60, 1, 1000)["power"] == pytest.approx(1)
    assert _means(5000, 1, 5000, 1, 50)["power"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("found", "note"),
    [
        (lambda: _shares(0.5, 0, 0.2, 10), "groupe vide"),
        (lambda: _shares(np.nan, 5, 0.2, 10), "hors de 0 à 1"),
        (lambda: _shares(0.5, 50, 0.5, 50), "égales"),
        (lambda: _means(1, 0, 20, 1, 1), "au moins deux"),
        (lambda: _means(5, 0, 5, 0, 1), "ne varie"),
        (lambda: _means(5, 1, 5, 1, 0), "égales"),
    ],
)
def test_what_has_no_power_says_why(found, note):
    row = found()
    assert note in row["note"] and np.isnan(row["power"])


PRINTED = pd.DataFrame({"score": list("aabb"), "n": [21, 60, 21, 17], "sd": [10.5, 12, 10.5, 9.7], "mean": 4 * [50.0]})
ASKED = pd.DataFrame(
    [("Sexe", "femme", 16), ("Sexe", "homme", 34), ("Âge", "a", 8), ("Âge", "b", 13), ("Âge", "c", 29)],
    columns=["variable", "label", "count"],
).assign(n=50)


def test_pairs_are_those_of_means_for_half_a_deviation():
    rows = power.pairs_from_summaries(PRINTED, "score")
    pooled = ((20 * 10.5**2 + 59 * 12**2) / 79) ** 0.5
    assert rows["difference"].tolist()[0] == pytest.approx(pooled / 2)
    assert rows.loc[0, power.POWER[:-1]].tolist() == _means(21, 10.5, 60, 12, pooled / 2)[power.POWER[:-1]].tolist()


def test_the_power_of_pairs_does_not_look_at_what_was_observed():
    pd.testing.assert_frame_equal(
        power.pairs_from_summaries(PRINTED, "score"), power.pairs_from_summaries(PRINTED.assign(mean=range(4)), "score")
    )


def test_each_answer_is_compared_with_the_others_and_mirrors_once():
    rows = power.each_answer(ASKED)
    groups = rows[["label", "n1", "n2"]].to_numpy().tolist()
    assert groups == [["femme", 16, 34], ["a", 8, 42], ["b", 13, 37], ["c", 29, 21]]
    assert rows["detectable"].tolist()[0] == pytest.approx(_shares(0.9, 16, 0.5, 34)["detectable"])


def test_a_group_too_small_for_any_difference_has_none():
    assert np.isnan(power.each_answer(ASKED.assign(count=2)).loc[0, "detectable"])
