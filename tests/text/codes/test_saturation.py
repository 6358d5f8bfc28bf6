"""Saturation as its authors compute it, on their example, on a table made by hand and on slow literal versions."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from relecture.core.errors import InputError
from relecture.core.study import PrintedValue, Study
from relecture.text.codes import saturation
from relecture.text.codes.codings import CODING_COLUMNS
from relecture.text.codes.saturation import find_saturation

# The example that Guest, Namey & Chen (2020) compute step by step, as remembered (the article was not at hand,
# each quotient is checked below): 37 themes in the first four interviews, then 4, 3, 1, 0, 0 new ones. They give
# 7/37 = 19 %, 4/37 = 11 %, 1/37 = 3 %, saturation at 6+2 for 5 %, and 7+2 for 0 %. How the 37 fall does not matter.
ARTICLE = [16, 10, 6, 5, 4, 3, 1, 0, 0]

# Made by hand: base of four interviews 3 + 2 + 1 + 0 = 6 codes; then pairs 1 + 0, 0 + 1, 1 + 0, 0 + 0.
BY_HAND = [3, 2, 1, 0, 1, 0, 1, 0, 0]


def test_the_example_of_the_article():
    found = find_saturation(ARTICLE, base=4, run=2, threshold="0.05")
    assert found.codes == 37
    assert [round(100 * ratio) for ratio in found.ratios[:3]] == [19, 11, 3]
    assert found.notation == "6+2"
    assert find_saturation(ARTICLE, threshold="0").notation == "7+2"


@pytest.mark.parametrize(
    ("choice", "notation"),
    [
        ({}, "7+2"),  # 1/6 three times, then 0/6
        ({"threshold": "0.2"}, "4+2"),  # 1/6 is under 20 %
        ({"threshold": Fraction(1, 6)}, "4+2"),  # at the threshold is under it
        ({"run": 3}, ""),  # 2/6, 1/6, 1/6: never nought
        ({"base": 6}, "7+2"),
    ],
)
def test_a_table_made_by_hand(choice, notation):
    assert find_saturation(BY_HAND, **choice).notation == notation


def test_runs_overlap_and_say_where_they_are():
    runs = saturation.run_ratios(find_saturation(BY_HAND, threshold="0.2", run=3))
    assert runs[["first", "last"]].to_numpy().tolist() == [[5, 7], [6, 8], [7, 9]]
    assert runs["ratio"].tolist() == pytest.approx([2 / 6, 1 / 6, 1 / 6])
    assert runs["under"].tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ([1, 2, 3], "3 entretiens : il en faut au moins 6"),
        ([0] * 8, "aucun code dans les 4 premiers entretiens"),
        ([5] * 8, "le seuil n'est pas atteint en 8 entretiens"),
        (ARTICLE, ""),
    ],
)
def test_what_is_not_reached_has_a_reason(new, reason):
    found = find_saturation(new)
    assert found.reason == reason
    assert (found.reached is None) == bool(reason)


@pytest.mark.parametrize("choice", [{"base": 0}, {"run": 0}, {"threshold": "-0.1"}])
def test_impossible_choices_are_refused(choice):
    with pytest.raises(ValueError, match="at least"):
        find_saturation(ARTICLE, **choice)


@given(st.lists(st.integers(0, 4), max_size=14), st.integers(1, 5), st.integers(1, 4), st.sampled_from(["0", "0.05"]))
def test_saturation_is_the_first_run_that_brings_little(new, base, run, threshold):
    """Literal: try each interview in turn."""
    expected = None
    for last in range(base, len(new) - run + 1):
        if sum(new[:base]) and Fraction(sum(new[last : last + run]), sum(new[:base])) <= Fraction(threshold):
            expected = last
            break
    assert find_saturation(new, base=base, run=run, threshold=threshold).reached == expected


def test_the_twelve_choices_of_the_article():
    grid = saturation.rule_grid(ARTICLE)
    assert len(grid) == 12
    assert grid.set_index(["base", "run", "threshold"]).loc[(4, 2, 0.05), "notation"] == "6+2"


def _codings(**interviews):
    rows = [(name, "1", code, "a") for name, codes in interviews.items() for code in codes.split(" ")]
    return pd.DataFrame(rows, columns=list(CODING_COLUMNS))


CODINGS = _codings(M2="a b", M1="b c", M3="", M4="a c d")


def test_new_codes_in_the_order_held():
    frame = saturation.new_codes(CODINGS)
    assert frame.to_numpy().tolist() == [[1, "M2", 2, 2, 2], [2, "M1", 2, 1, 3], [3, "M3", 0, 0, 3], [4, "M4", 3, 1, 4]]


def test_orders_are_those_of_all_permutations():
    """Five interviews, base 2 and run 2; the exact shares come from the 120 orders, the draws from 4,000."""
    from itertools import permutations

    codes = {"A": "a b c", "B": "a", "C": "b d", "D": "a b", "E": "c"}
    choice = {"base": 2, "run": 2, "threshold": "0"}
    exact = [
        find_saturation(saturation.new_codes(_codings(**dict(order)))["new"].tolist(), **choice).reached
        for order in permutations(codes.items())
    ]
    found = saturation.random_orders(_codings(**codes), draws=4000, **choice).set_index("reached")
    assert found["draws"].sum() == 4000
    for rank in (2, 3, np.nan):
        share = sum(one == rank or (one is None and rank != rank) for one in exact) / len(exact)
        assert found["share"].get(rank, 0) == pytest.approx(share, abs=0.03)


def test_orders_are_the_same_for_the_same_seed():
    first, second, other = (saturation.random_orders(CODINGS, base=1, run=1, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, second)
    assert not first.equals(other)


PRINTED = (("s.debut", "dixième"), ("s.fin", "quinzième"), ("n", "15"))
CLAIM = {"label": "saturation", "first": "s.debut", "last": "s.fin", "interviews": "n", "place": "l. 443"}
NEEDED = [
    {"what": "Les codes", "why": "pour compter", "published": False},
    {"what": "L'ordre", "why": "pour ranger", "published": True, "place": "tableau 1"},
]


@pytest.fixture
def read(tmp_path):
    """The claim of a study whose `saturation.yaml` is this document."""

    def claim(claim, needed):
        text = yaml.safe_dump({"claim": claim, "needed": needed}, allow_unicode=True)
        (tmp_path / "saturation.yaml").write_text(text, encoding="utf-8")
        rows = tuple(PrintedValue(address, value, "", "", "", 1) for address, value in PRINTED)
        return saturation.read_claim(Study("essai", tmp_path, {}, rows, ()))

    return claim


def test_a_claim_whose_data_are_not_published_cannot_be_checked(read):
    claim = read(CLAIM, NEEDED)
    assert (claim.first, claim.last, claim.interviews) == ("dixième", "quinzième", "15")
    assert claim.verdict == "uncheckable"
    assert claim.explanation == "il manque, dans le texte publié : Les codes"
    assert claim.needed["what"].tolist() == ["Les codes", "L'ordre"]
    assert claim.needed["place"].tolist() == ["", "tableau 1"]


def test_a_claim_whose_data_are_published_has_no_verdict_yet(read):
    claim = read(CLAIM, NEEDED[1:])
    assert (claim.verdict, claim.explanation) == ("", "")


@pytest.mark.parametrize(
    ("claim", "needed", "fault"),
    [
        (None, NEEDED, "ligne 1, claim : « None » ; attendu : des paires « clé: valeur »"),
        (CLAIM | {"first": "x"}, NEEDED, "claim.first : « x » n'est pas une adresse de printed.csv"),
        (CLAIM | {"place": None}, NEEDED, "ligne 6, claim.place : « None » ; attendu : un texte"),
        (CLAIM, [], "ligne 7, needed : 0 élément ; attendu : au moins 1"),
        (CLAIM, [{"what": "Les codes"}], "ligne 8, needed.1 : il manque « published », « why »"),
        (CLAIM, [NEEDED[0] | {"published": "non"}], "ligne 8, needed.1.published : « non » ; attendu : true ou false"),
        (CLAIM, [NEEDED[0] | {"published": True}], "ligne 8, needed.1 : il manque « place »"),
    ],
)
def test_a_claim_badly_written_is_refused(read, claim, needed, fault):
    with pytest.raises(InputError) as refused:
        read(claim, needed)
    assert list(refused.value.faults) == [f"saturation.yaml, {fault}"]
