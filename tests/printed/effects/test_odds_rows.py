"""Rows of a table of odds ratios: Guefif 2023, and rows printed from known respondents."""

import pytest
from scipy.stats import chi2_contingency

from relecture.printed.effects import odds_rows
from relecture.printed.exact.two_by_two import Table
from relecture.printed.finding import Verdict

CONSISTENT, CONDITIONAL = Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

P_VALUES = [  # Guefif 2023, bivariate table; n = 81
    ("1,36", ("0,53", "3,48"), "0,520", CONSISTENT),  # Wald: ln 1,36 / ((ln 3,48 - ln 0,53) / 3,92) = 0,64; p 0,52
    ("1,36", ("0,53", "3,48"), "0,942", INCONSISTENT),  # the same three numbers
    ("3,46", ("1,26", "9,45"), "0,013", CONDITIONAL),  # not Wald (0,016): Pearson
    ("4,46", ("2,99", "20,06"), "0,015", UNCHECKABLE),  # sqrt(2,99 x 20,06) = 7,74
    ("3,46", ("-1,26", "9,45"), "0,013", UNCHECKABLE),  # an odds ratio below zero
    ("1,36", ("0,53", "3,48"), "0,000", INCONSISTENT),
    ("1,36", ("0,53", "3,48"), "1.000", INCONSISTENT),
    ("1", ("0,41", "2,45"), "1.000", CONSISTENT),  # the middle may be exactly 1
]


@pytest.mark.parametrize(("estimate", "interval", "p", "verdict"), P_VALUES)
def test_p_value(estimate, interval, p, verdict):
    stated = {"level": "95", "alternative": "two-sided"}
    assert odds_rows.p_value(estimate, interval, p, n="81", conventions=stated).verdict is verdict


def test_a_p_that_is_not_walds_names_test_and_table():
    found = odds_rows.p_value("3,46", ("1,26", "9,45"), "0,013", n="81")
    table = found.evidence[0]
    assert "Pearson" in found.explanation
    square = [[table.a, table.b], [table.c, table.d]]
    assert f"{chi2_contingency(square, correction=False).pvalue:.3f}" == "0.013"  # scipy
    assert sum(square[0] + square[1]) == 81


def test_a_p_without_respondents_is_a_finding():
    stated = {"test": "wald"}
    assert odds_rows.p_value("3,46", ("1,26", "9,45"), "0,013", n="0", conventions=stated).verdict is INCONSISTENT


COEFFICIENTS = [  # Guefif 2023, multivariate table
    ("0,94", ("-0,19", "2,07"), "0,10", CONSISTENT),
    ("-1,14", ("-2,34", "0,07"), "0,05", INCONSISTENT),  # 1,135 / 0,6148 = 1,846; p 0,065
    ("1,49", ("1,1", "2,99"), "0,05", UNCHECKABLE),
]


@pytest.mark.parametrize(("estimate", "interval", "p", "verdict"), COEFFICIENTS)
def test_coefficient_p(estimate, interval, p, verdict):
    stated = {"interval": "wald", "test": "wald", "law": "normal"}
    assert odds_rows.coefficient_p(estimate, interval, p, conventions=stated).verdict is verdict


SIZES = [  # n, exposed, unexposed; the row is that of (12, 8; 10, 20)
    ("50", "20", "30", CONSISTENT, "20 exposés et 30 non exposés"),
    ("50", ["15", "5"], None, CONSISTENT, "20 exposés et 30 non exposés"),
    ("50", "20", "29", CONSISTENT, "20 exposés et 30 non exposés"),  # one without an answer, counted as unexposed
    ("50", "19", "30", CONSISTENT, "20 exposés et 30 non exposés"),  # or as exposed
    ("50", "25", "25", INCONSISTENT, "aucun tableau de 25 exposés et 25 non exposés"),
    ("50", "60", None, INCONSISTENT, "aucun tableau de 60 exposés et -10 non exposés"),  # more exposed than respondents
    ("0", "0", "0", INCONSISTENT, "aucun tableau de 0 exposés et 0 non exposés"),
]


@pytest.mark.parametrize(("n", "exposed", "unexposed", "verdict", "explanation"), SIZES)
def test_contingency(n, exposed, unexposed, verdict, explanation):
    found = odds_rows.contingency("3,00", ("0,93", "9,70"), "0,063", n=n, exposed=exposed, unexposed=unexposed)
    assert found.verdict is verdict
    assert found.explanation.startswith(explanation)


def test_contingency_names_the_tests_that_give_p():
    found = odds_rows.contingency("3,00", ("0,93", "9,70"), "0,063", n="50", exposed="20")
    assert found.evidence == (Table(12, 8, 10, 20),)
    assert "p retrouvé par Pearson, mi-p :" in found.explanation  # R 4.2: Pearson .0627, mid-p .0632, Wald .0665


def joint(declared, odds=("3,00", "1,00"), lows=("0,93", "0,33"), highs=("9,70", "3,06")):
    return odds_rows.joint(["x", "y"][: len(odds)], odds, lows, highs, declared)


def test_joint_says_how_many_rows_the_declared_groups_explain():
    right, wrong = joint(["22", "28"]), joint(["25", "25"])
    assert right.verdict is CONSISTENT  # (12, 8; 10, 20) by columns, and (11, 14; 11, 14) prints 1,00 [0,33-3,06]
    assert wrong.verdict is INCONSISTENT
    assert wrong.expected == right.expected


def test_joint_without_a_group_or_without_a_row_is_undecided():
    empty, nothing = joint(["0", "50"]), joint(["25", "25"], ["9,99"], ["9,98"], ["10"])
    assert (empty.verdict, nothing.verdict) == (UNCHECKABLE, UNCHECKABLE)
    assert empty.explanation == "la répartition déclarée, 0 / 50, laisse un groupe vide"
    assert nothing.explanation == "aucune répartition de 50 répondants n'explique de ligne"
