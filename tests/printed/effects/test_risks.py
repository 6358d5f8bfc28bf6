"""Relative risks and risk differences. Oracles: R 4.2 and its packages (calls beside the numbers), statsmodels 0.14."""

import pytest

from relecture.printed.effects import risks
from relecture.printed.exact.p_values import quantile
from relecture.printed.finding import Verdict

REPRODUCED, CONSISTENT, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE
COUNTS = [["12", "8"], ["10", "20"]]
SCORE, NEWCOMBE = "si l'intervalle est celui du score", "si l'intervalle est celui de Wilson"

RATIOS = [  # 12 / 20 against 10 / 30; ln RR = 0.5878, SE = sqrt(1/12 - 1/20 + 1/10 - 1/30) = 0.3162
    ({"interval": ("0,97", "3,35"), "p": "0,063"}, REPRODUCED, ()),  # Pearson, chisq.test(correct = FALSE)
    ({"interval": ("0,97", "3,35"), "p": "0,116"}, CONDITIONAL, ("si la correction de Yates est appliquée",)),
    ({"interval": ("0,97", "3,35"), "p": "0,5"}, INCONSISTENT, ()),
    ({"interval": ("1,07", "3,03")}, CONDITIONAL, ("si l'intervalle est à 90 %",)),  # exp(0.5878 -+ 1.6449 x 0.3162)
    ({"interval": ("0,98", "3,35")}, INCONSISTENT, ()),
    ({"p": "0,063"}, REPRODUCED, ()),
]


@pytest.mark.parametrize(("prints", "verdict", "conditions"), RATIOS)
def test_a_relative_risk_of_counts(prints, verdict, conditions):
    found = risks.relative_risk("1,80", **prints, counts=COUNTS)
    assert (found.verdict, found.conditions) == (verdict, conditions), found


DIFFERENCES = [  # 0.2667; SE = sqrt(0.6 x 0.4 / 20 + 0.3333 x 0.6667 / 30) = 0.1393
    (("0,27", ("-0,01", "0,54")), REPRODUCED, ()),
    (("0,27", ("-0,01", "0,50")), CONDITIONAL, (NEWCOMBE,)),  # Newcombe 1998, method 10: -0.0072, 0.4974
    (("26,7", ("-0,6", "54,0")), REPRODUCED, ()),  # in percent
    (("0,27", ("0,10", "0,54")), INCONSISTENT, ()),
]


@pytest.mark.parametrize(("row", "verdict", "conditions"), DIFFERENCES)
def test_a_risk_difference_of_counts(row, verdict, conditions):
    found = risks.risk_difference(*row, counts=COUNTS)
    assert (found.verdict, found.conditions) == (verdict, conditions), found


WALD_CORRECTED = "si l'intervalle est celui de Wald, corrigé de la continuité"
YATES = "si la correction de Yates est appliquée"
PROP_TEST = [  # R: prop.test(c(a, c), c(n1, n2)), whose correction is no more than the difference, and which cuts at 1
    ([["12", "8"], ["10", "20"]], ("0,267", ("-0,048", "0,581"), "0,116"), (YATES, WALD_CORRECTED)),
    ([["12", "8"], ["10", "20"]], ("26,7", ("-4,8", "58,1"), "0,116"), (YATES, WALD_CORRECTED)),
    ([["20", "80"], ["49", "201"]], ("0,4", ("-9,3", "10,1")), (WALD_CORRECTED,)),  # in percent, below 1
    ([["1", "2"], ["0", "3"]], ("0,33", ("-0,53", "1,00")), (WALD_CORRECTED,)),
    ([["5", "0"], ["0", "4"]], ("100,0", ("77,5", "100,0"), "0,020"), (YATES, WALD_CORRECTED)),
]


@pytest.mark.parametrize(("counts", "prints", "conditions"), PROP_TEST)
def test_the_interval_of_prop_test(counts, prints, conditions):
    assert risks.risk_difference(*prints, counts=counts).conditions == conditions


def test_a_difference_of_less_than_one_percent_is_told_from_a_share():
    counts = [["20", "80"], ["49", "201"]]  # 0.2 - 0.196
    assert risks.risk_difference("0,4", counts=counts).verdict is REPRODUCED
    assert risks.risk_difference("0,004", counts=counts).verdict is REPRODUCED
    assert risks.risk_difference("0,04", counts=counts).verdict is INCONSISTENT


def test_an_interval_by_a_rounded_quantile():
    found = risks.risk_difference("0,26667", ("0,03820", "0,49514"), counts=COUNTS)  # R: d - 1.64 se, d + 1.64 se
    assert found.conditions == (
        "si l'intervalle est à 90 %",
        "si le quantile de la loi normale est arrondi à 1,64",
    )


WITHOUT_COUNTS = [
    (risks.relative_risk, ("1,80", ("0,97", "3,34"), "0,063"), CONSISTENT),
    (risks.relative_risk, ("1,80", ("0,98", "3,29"), "0,056"), CONSISTENT),  # z = 1.91
    (risks.relative_risk, ("1,80", ("1,90", "3,34")), INCONSISTENT),  # outside
    (risks.relative_risk, ("1,80", None, "0,063"), UNCHECKABLE),
    (risks.risk_difference, ("0,27", ("-0,01", "0,54")), CONSISTENT),
    (risks.risk_difference, ("0,27", ("-0,01", "0,50")), CONDITIONAL),
    (risks.risk_difference, ("0,27", ("0,30", "0,54")), INCONSISTENT),  # outside
]


@pytest.mark.parametrize(("check", "row", "verdict"), WITHOUT_COUNTS)
def test_without_counts_estimate_and_interval_are_held_together(check, row, verdict):
    assert check(*row).verdict is verdict


def test_counts_with_empty_groups_give_findings():
    nobody = [["0", "0"], ["10", "20"]]
    assert risks.relative_risk("1,80", ("0,97", "3,35"), counts=nobody).verdict is INCONSISTENT
    assert risks.risk_difference("0,27", ("-0,01", "0,54"), counts=nobody).verdict is INCONSISTENT


def test_an_adjusted_risk_is_not_held_against_its_crude_counts():
    assert risks.relative_risk("2,50", ("1,25", "5,00"), counts=COUNTS, adjusted=True).verdict is CONSISTENT
    assert risks.relative_risk("2,50", ("1,25", "5,00"), counts=COUNTS).verdict is INCONSISTENT


def test_the_score_interval_of_a_ratio_is_that_of_statsmodels():
    from statsmodels.stats.proportion import confint_proportions_2indep

    for counts in ((12, 20, 10, 30), (7, 20, 1, 25), (3, 90, 8, 70)):
        a, n1, c, n2 = map(float, counts)
        found = risks._other_bounds(True, (a, n1, c, n2), "score", quantile(0.95), a / n1 / (c / n2))
        for end, corrected in enumerate((True, False)):  # by Miettinen and Nurminen's factor
            oracle = confint_proportions_2indep(*counts, compare="ratio", method="score", correction=corrected)
            assert (found[0][end], found[1][1 - end]) == pytest.approx(oracle, rel=1e-6)


def test_the_score_of_a_difference_is_that_of_the_likeliest_shares():
    # by brute force on two million shares p2: z squared of the difference 0.0949 between 7 of 20 and 1 of 25
    assert risks._score(False, (7.0, 20.0, 1.0, 25.0), 0.0949) == pytest.approx(3.83994, abs=1e-4)


NEWCOMBE_1998 = [  # doi:10.1002/(SICI)1097-0258(19980430)17:8<873, table II: Mee, then Miettinen and Nurminen
    ((56, 70, 48, 80), (0.0533, 0.3377), (0.0528, 0.3382)),
    ((9, 10, 3, 10), (0.1821, 0.8370), (0.1700, 0.8406)),
    ((10, 10, 0, 20), (0.7225, 1.0), (0.7156, 1.0)),
]


@pytest.mark.parametrize(("counts", "mee", "corrected"), NEWCOMBE_1998)
def test_the_score_interval_of_a_difference_is_that_of_mee_or_of_miettinen_and_nurminen(counts, mee, corrected):
    a, n1, c, n2 = map(float, counts)
    low, high = risks._other_bounds(False, (a, n1, c, n2), "score", quantile(0.95), a / n1 - c / n2)
    assert (low[1], high[0]) == pytest.approx(mee, abs=5e-5)
    assert (low[0], high[1]) == pytest.approx(corrected, abs=5e-5)


def test_a_stated_test_of_the_table_is_held_and_those_of_other_results_are_left_out():
    yates = {"p": "0,116", "counts": COUNTS}  # mid-p 0.0632 (two_by_two), Yates 0.1164
    assert risks.relative_risk("1,80", **yates, conventions={"test": "midp"}).verdict is INCONSISTENT
    assert risks.relative_risk("1,80", **yates, conventions={"test": "yates"}).verdict is REPRODUCED
    assert risks.relative_risk("1,80", **yates, conventions={"test": "welch"}).verdict is CONDITIONAL
