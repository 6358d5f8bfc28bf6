"""Statistic and p of printed counts: R's tests, published tables, draws of scipy."""

from functools import partial
from math import isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact, kruskal, mannwhitneyu

from relecture.printed.finding import Verdict
from relecture.printed.statistics.counts import chi2

REPRODUCED, CONDITIONAL = Verdict.REPRODUCED, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE

FOUR = [["12", "8"], ["10", "20"]]
EIGHT = [["10", "15", "30", "20"], ["25", "18", "16", "9"]]
TWELVE = [*EIGHT, ["12", "9", "20", "14"]]
FIFTEEN = [["2", "5", "1"], ["1", "0", "3"], ["3", "4", "2"], ["6", "1", "1"], ["0", "2", "5"]]
SIX = [["5", "7", "7"], ["7", "8", "4"]]
TESTS = [  # counts, statistic, p, verdict, words of the condition
    ([["3010", "296"], ["2023", "204"]], "0.069", "0.792", REPRODUCED, ""),  # doi 10.1186/s12889-026-26298-4, table 1
    ([["123", "178"], ["9", "31"], ["66", "112"]], None, "0.075", REPRODUCED, ""),  # doi 10.1371/journal.pone.0222638
    ([["197", "319"], ["2", "2"]], None, "0.628", REPRODUCED, ""),  # same table: Pearson on counts of 2
    (FOUR, "3.463", "0,0627", REPRODUCED, ""),  # R 4.2 chisq.test(correct = FALSE)
    (FOUR, "2.466", "0,1164", CONDITIONAL, "Yates"),  # chisq.test
    (FOUR, None, "0,0845", CONDITIONAL, "Fisher"),  # fisher.test
    (FOUR, None, "0,0621", CONDITIONAL, "rapport de vraisemblance"),  # audit.md
    (FOUR, None, "0,0665", CONDITIONAL, "Wald"),  # audit.md
    (FOUR, None, "0,0581", CONDITIONAL, "unilatéral"),  # fisher.test(alternative = "greater")
    ([["1", "8"], ["15", "6"]], None, "0,0070", CONDITIONAL, "Fisher, p unilatéral doublé"),  # 2 phyper(1, 9, 21, 16)
    ([["3", "12"], ["9", "6"]], None, "0,0341", CONDITIONAL, "mi-p, p unilatéral doublé"),  # R recalc, fisher_midp
    ([["3", "12"], ["9", "6"]], None, "0,0143", CONDITIONAL, "différence de proportions"),  # R recalc, wald_z
    (FOUR, None, "0,9846", CONDITIONAL, "unilatéral"),  # fisher.test(alternative = "less")
    (FOUR, "3.463", "0,1164", INCONSISTENT, ""),  # Pearson's statistic, the p of Yates
    (FOUR, "3.463", "0,0845", INCONSISTENT, ""),  # Pearson's statistic, the p of Fisher
    (FOUR, None, "0,40", INCONSISTENT, ""),
    (EIGHT, "14,8275", "0,0020", REPRODUCED, ""),  # chisq.test
    (EIGHT, "13,8867", "0,000194", CONDITIONAL, "tendance"),  # prop.trend.test
    (EIGHT, "13,7896", "0,000204", CONDITIONAL, "tendance"),  # (N - 1) cor^2, pchisq
    (EIGHT, None, "0,000212", CONDITIONAL, "rangs"),  # wilcox.test
    (EIGHT, "13,7394", "0,000210", CONDITIONAL, "rangs"),  # kruskal.test
    (EIGHT, None, "0,00193", CONDITIONAL, "Fisher"),  # fisher.test
    (TWELVE, "14,4884", "0,00071", CONDITIONAL, "rangs"),  # kruskal.test
    (FIFTEEN, "11,57", "0,02087", CONDITIONAL, "rangs, dans l'autre sens"),  # kruskal.test of five groups
    (FIFTEEN, None, "0,297", CONDITIONAL, "rangs"),  # kruskal.test of three groups
    (SIX, None, "0,6097", CONDITIONAL, "simulé"),  # fisher.test(simulate.p.value = TRUE), 0.6077 exactly
    (SIX, None, "0,66", INCONSISTENT, ""),
]


@pytest.mark.parametrize(("counts", "statistic", "p", "verdict", "words"), TESTS)
def test_chi2(counts, statistic, p, verdict, words):
    for table in (counts, list(zip(*counts, strict=True))):
        finding = chi2(table, statistic, p)
        assert (finding.verdict, words in "".join(finding.conditions)) == (verdict, True), finding


def test_what_is_stated_is_held_strictly():
    assert chi2(FOUR, p="0,1164", conventions={"test": "pearson"}).verdict is INCONSISTENT
    assert chi2(FOUR, p="0,1164", conventions={"test": "yates"}).verdict is REPRODUCED
    assert chi2(FOUR, p="0,0581", conventions={"test": "fisher", "alternative": "greater"}).verdict is REPRODUCED
    assert chi2(FOUR, p="0,0581", conventions={"test": "fisher", "alternative": "less"}).verdict is INCONSISTENT
    assert chi2(FOUR, p="0,0627", conventions={"test": "welch"}).verdict is REPRODUCED  # of the means of the study


@pytest.mark.parametrize(("rows", "side", "opposite"), [(FOUR, "greater", "less"), (FOUR[::-1], "less", "greater")])
def test_the_side_that_is_stated_is_that_of_the_first_row(rows, side, opposite):
    # R 4.2: prop.test(matrix(c(12, 10, 8, 20), 2), alternative = "greater", correct = FALSE): 0.0314; "less": 0.9686
    for p, one, other in (("0,0314", side, opposite), ("0,9686", opposite, side)):
        assert chi2(rows, p=p, conventions={"test": "pearson", "alternative": one}).verdict is REPRODUCED
        assert chi2(rows, p=p, conventions={"test": "pearson", "alternative": other}).verdict is INCONSISTENT


def test_mcnemar_is_tried_when_stated():
    pairs = [["30", "14"], ["5", "20"]]
    for statistic, p in (("3,3684", "0,0665"), ("4,2632", "0,0389")):  # R 4.2 mcnemar.test, correct TRUE and FALSE
        assert chi2(pairs, statistic, p, conventions={"test": "mcnemar"}).holds
        assert chi2(pairs, statistic, p).verdict is INCONSISTENT


def test_degrees_of_freedom_and_empty_rows():
    assert chi2(EIGHT, "14,83", "0,002", "3").verdict is REPRODUCED
    assert chi2(EIGHT, "14,83", "0,002", "4").expected == "ddl = 3"
    assert chi2([*TWELVE, ["0"] * 4], df="6").explanation.endswith("(sans les lignes ou colonnes vides)")
    assert chi2([["3", "0"], ["5", "0"]], p="1.000").holds  # R fisher.test: 1
    assert chi2([["3", "0"], ["5", "0"]], p="0,03").verdict is INCONSISTENT
    assert chi2(FOUR).verdict is UNCHECKABLE
    assert chi2([["0", "0"], ["0", "0"]], p="0,03").verdict is INCONSISTENT


def test_an_exact_test_beyond_reach_leaves_the_p_open():
    large = [["400", "300", "200"], ["250", "260", "270"], ["100", "300", "200"]]
    assert chi2(large, p="0,40").verdict is UNCHECKABLE
    assert chi2(large, p="0,40", conventions={"test": "pearson"}).verdict is INCONSISTENT
    assert chi2(large, statistic="3,2", p="0,40").verdict is INCONSISTENT


@pytest.mark.parametrize("counts", [[["1", "2"]], [["1"], ["2"]], [["1", "2"], ["3"]], []])
def test_what_is_no_table_is_refused(counts):
    with pytest.raises(ValueError, match="au moins deux lignes"):
        chi2(counts, p="0,5")


cells = st.integers(0, 60)
tables = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.lists(cells, min_size=columns, max_size=columns), min_size=2, max_size=3)
)


@settings(max_examples=300, deadline=None)
@given(tables, st.integers(1, 3))
def test_correct_results_of_scipy_are_never_inconsistent(table, decimals):
    if min(map(sum, table)) == 0 or min(map(sum, zip(*table, strict=True))) == 0:
        return
    printed = [[str(count) for count in row] for row in table]
    for options in ({"correction": False}, {"correction": True}, {"lambda_": "log-likelihood", "correction": False}):
        found = chi2_contingency(table, **options)
        texts = f"{found.statistic:.{decimals}f}", f"{found.pvalue:.{decimals}f}"
        assert chi2(printed, *texts).holds, (options, texts)
    if len(table) == len(table[0]) == 2:
        assert chi2(printed, p=f"{fisher_exact(table).pvalue:.{decimals}f}").holds
    elif len(table[0]) >= len(table):
        samples = [[level for level, count in enumerate(row) for _ in range(count)] for row in table]
        tests = [kruskal, *([partial(mannwhitneyu, method="asymptotic")] if len(table) == 2 else [])]
        for test in tests:
            p = test(*samples).pvalue
            assert isnan(p) or chi2(printed, p=f"{p:.{decimals}f}").verdict is not INCONSISTENT  # nan: H a bit below 0
