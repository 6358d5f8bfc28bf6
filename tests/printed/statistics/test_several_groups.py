"""Analyses of variance from printed summaries, against R on raw answers."""

import pytest

from relecture.printed.finding import Verdict
from relecture.printed.statistics import several_groups

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE
GROUPS = [["8", "5.225", "0.866"], ["10", "4.320", "1.358"], ["6", "7.050", "1.071"]]
FAR = [["20", "10", "2"], ["20", "30", "2"], ["20", "50", "2"]]
STUDENT, WELCH, RANKS = ({"test": test} for test in ("student", "welch", "ranks"))

CASES = [  # R 4.2.2, oneway.test: F(2, 21) = 10.6666, p = 0.00063557; Welch F(2, 12.619) = 9.9040, p = 0.0025934
    (GROUPS, "0,0006", None, None, {}, CONSISTENT, ()),
    (GROUPS, None, "10,67", ["2", "21"], {}, CONSISTENT, ()),
    (GROUPS, "0,0006", "10,67", ["2", "21"], {}, CONSISTENT, ()),
    (GROUPS, "0,0026", None, None, {}, CONDITIONAL, ("si le test est celui de Welch",)),
    (GROUPS, "0,0026", "9,90", ["2", "12,62"], {}, CONSISTENT, ()),  # those degrees of freedom are Welch's
    (GROUPS, "0,0026", "9,90", ["2", "12,62"], STUDENT, INCONSISTENT, ()),
    (GROUPS, "0,0026", None, None, WELCH, CONSISTENT, ()),
    (GROUPS, "0,03", None, None, {}, UNCHECKABLE, ()),  # Kruskal and Wallis may give it
    (GROUPS, "0,03", None, None, STUDENT, INCONSISTENT, ()),
    (GROUPS, "0,0006", "6,10", None, {}, INCONSISTENT, ()),
    (GROUPS, "0,0006", None, ["3", "21"], {}, INCONSISTENT, ()),
    (GROUPS, "0,03", None, None, RANKS, UNCHECKABLE, ()),
    (FAR, "0,20", None, None, {}, INCONSISTENT, ()),  # 10 SDs apart: no rank test either
    (FAR, "0,20", None, None, RANKS, INCONSISTENT, ()),
    (FAR, "< 0,001", None, None, RANKS, UNCHECKABLE, ()),
    ([["1", "5", "0"], ["9", "4", "1"], ["9", "4", "1"]], "0,5", None, None, {}, UNCHECKABLE, ()),
    (GROUPS, None, None, None, {}, UNCHECKABLE, ()),
]


@pytest.mark.parametrize(("groups", "p", "statistic", "df", "conventions", "verdict", "conditions"), CASES)
def test_anova(groups, p, statistic, df, conventions, verdict, conditions):
    finding = several_groups.anova(groups, p, statistic=statistic, df=df, conventions=conventions)
    assert (finding.verdict, finding.conditions) == (verdict, conditions)


def test_the_bound_of_rank_tests_is_said():
    finding = several_groups.anova(FAR, "0,20")
    assert finding.explanation == (
        "d'après les moyennes et écarts types, p < 0,001 ; p imprimé 0,20 : "
        "ne se retrouve pas, même par un test de rangs, qui donnerait au plus < 0,001"
    )


def test_a_p_too_small_for_so_few_answers_is_inconsistent():
    few = [["3", "5,0", "2,0"], ["3", "6,0", "2,0"], ["3", "7,0", "2,0"]]
    finding = several_groups.anova(few, "0,0001")
    assert finding.verdict is INCONSISTENT and "au moins" in finding.explanation


def test_another_test_that_a_study_states_for_its_tables_is_not_meant_here():
    assert several_groups.anova(GROUPS, "0,0006", conventions={"test": "fisher"}).verdict is CONSISTENT
