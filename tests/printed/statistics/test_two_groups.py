"""Tests of two groups from printed summaries: Guefif 2023, a published table, R, and every test drawn at random."""

from statistics import mean, stdev

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from relecture.printed.finding import Verdict
from relecture.printed.statistics import two_groups

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

TESTS = [  # Guefif 2023; scipy.stats.ttest_ind_from_stats on the printed values in the comment
    (["21", "63,9", "10,5"], ["60", "47,3", "12"], "< 0,001", CONSISTENT),  # 2,7e-07 (Student)
    ([["17"], "61,9", "9,7"], ["43", "40,7", "9,5"], "< 0.001", CONSISTENT),  # 1,6e-10
    (["21", "63,9", "10,5"], ["17", "61,9", "9,7"], "0.941", UNCHECKABLE),  # 0,55: a rank test needs the answers
    (["1", "63,9", "0"], ["17", "61,9", "9,7"], "0.5", UNCHECKABLE),  # one answer has no SD
    (["0", "63,9", "0"], ["17", "61,9", "9,7"], "0.5", UNCHECKABLE),
    (["10", "5,0", "0,00"], ["10", "4,0", "0,00"], "< 0,001", CONSISTENT),  # no spread at all, different means
]


@pytest.mark.parametrize(("first", "second", "p", "verdict"), TESTS)
def test_group_test(first, second, p, verdict):
    assert two_groups.group_test(first, second, p).verdict is verdict


AGE = ["199", "33.7", "10.3"], ["321", "33.8", "10.1"]  # doi 10.1371/journal.pone.0222638: rounding allows .83 to 1
SCORES = (
    ["30", "24,1", "5,2"],
    ["60", "20,3", "9,8"],
)  # R 4.2.2: Student t(88) = 1.985, .0503; Welch t(87.6) = 2.402, .0184
FAR = ["40", "30", "2"], ["40", "50", "3"]
CASES = [
    (*AGE, "0.948", {}, CONSISTENT),
    (*AGE, "0.20", {}, UNCHECKABLE),
    (*AGE, "0.20", {"conventions": {"test": "student"}}, INCONSISTENT),
    (*SCORES, "0,05", {}, CONSISTENT),
    (*SCORES, "0,018", {}, CONDITIONAL),
    (*SCORES, "0,018", {"conventions": {"test": "student"}}, INCONSISTENT),
    (*SCORES, "0,018", {"conventions": {"test": "welch"}}, CONSISTENT),
    (*SCORES, "0,025", {}, CONDITIONAL),  # one-sided
    (*SCORES, "0,050", {"statistic": "1,98", "df": "88"}, CONSISTENT),
    (*SCORES, "0,050", {"statistic": "-1,98", "df": "88"}, CONSISTENT),  # the second group minus the first
    (*SCORES, "0,018", {"statistic": "2,40", "df": "87,6"}, CONSISTENT),  # those degrees of freedom are Welch's
    (*SCORES, None, {"statistic": "2,40"}, CONDITIONAL),
    (*SCORES, "0,018", {"statistic": "1,98", "df": "88"}, INCONSISTENT),  # Welch's p beside Student's t
    (*SCORES, "0,20", {"statistic": "1,98"}, INCONSISTENT),  # a t is printed: it is no rank test
    (*SCORES, "0,20", {}, UNCHECKABLE),
    (*SCORES, None, {}, UNCHECKABLE),
    (*FAR, "0,60", {}, INCONSISTENT),  # 8 SDs apart: Cantelli leaves Mann-Whitney no such p
    (*FAR, "0,60", {"conventions": {"test": "ranks"}}, INCONSISTENT),
    (*FAR, "< 0,001", {"conventions": {"test": "ranks"}}, UNCHECKABLE),
    (["3", "5,0", "1,0"], ["3", "5,5", "1,0"], "0,0001", {}, INCONSISTENT),  # ranks: 1 / 20 at least, one-sided
    (["20", "5", "0"], ["20", "5", "0"], "0,30", {}, UNCHECKABLE),  # any p is possible
]


@pytest.mark.parametrize(("first", "second", "p", "more", "verdict"), CASES)
def test_what_is_printed_and_stated(first, second, p, more, verdict):
    assert two_groups.group_test(first, second, p, **more).verdict is verdict


def test_what_is_missing_is_said():
    found = two_groups.group_test(["21", "63,9", "10,5"], ["17", "61,9", "9,7"], "0.941")
    assert found.expected == "p = 0,528 à 0,572 (test t)"  # ttest_ind_from_stats: 0.5497 on the printed values
    assert found.explanation == (
        "d'après les moyennes et écarts types, p = 0,528 à 0,572 ; p imprimé 0.941 : "
        "un test de rangs dépend des réponses individuelles, qui ne sont pas publiées"
    )


def test_draws_change_no_verdict():
    groups = ["21", "63,9", "10,5"], ["17", "61,9", "9,7"]
    found = two_groups.group_test(*groups, "0.941", scale=(20, 80))
    assert found.verdict is UNCHECKABLE and found.evidence[0].draws == 2000
    assert "valeur" in found.explanation


answers = st.lists(st.integers(0, 50), min_size=5, max_size=25)


@settings(max_examples=300)
@given(answers, answers, st.integers(0, 2), st.sampled_from(["student", "welch"]), st.integers(2, 4), st.booleans())
def test_a_real_test_is_never_inconsistent(one, two, decimals, test, places, whole):
    assume(len(set(one)) > 1 and len(set(two)) > 1)
    first, second = (
        [str(len(group)), f"{mean(group):.{decimals}f}", f"{stdev(group):.{decimals}f}"] for group in (one, two)
    )
    run = ttest_ind(one, two, equal_var=test == "student")
    t = {"statistic": f"{run.statistic:.2f}", "df": f"{run.df:.1f}"} if whole else {}
    finding = two_groups.group_test(first, second, f"{run.pvalue:.{places}f}", conventions={"test": test}, **t)
    assert finding.verdict in (REPRODUCED, CONSISTENT, UNCHECKABLE)
    assert finding.verdict is not UNCHECKABLE or "permettent tout p" in finding.explanation
