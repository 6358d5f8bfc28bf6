"""Estimates with all their prints together. Oracles: R 4.2 `pt`, `qt`, `pnorm`; published cases, named beside."""

import pytest

from relecture.printed.arithmetic.proportions import proportion_interval
from relecture.printed.effects import intervals
from relecture.printed.effects.estimates import Estimate, applicable
from relecture.printed.finding import Verdict

CONSISTENT, CONDITIONAL = Verdict.CONSISTENT, Verdict.CONDITIONAL
INCONSISTENT, UNCHECKABLE = Verdict.INCONSISTENT, Verdict.UNCHECKABLE
T_LAW = "si la loi est celle de Student"

COEFFICIENTS = [  # prints, then the verdict and the start of its first condition
    # b = 1, SE = 0.25, 10 degrees of freedom: 1 -+ 2.228139 x 0.25, p = 2 * pt(-4, 10) = 0.00252
    ({"interval": ("0.443", "1.557"), "p": "0.003", "df": "10"}, CONSISTENT, ""),
    ({"interval": ("0.44", "1.56"), "p": "0.003"}, CONDITIONAL, T_LAW),
    ({"interval": ("0.443", "1.557"), "se": "0.250", "statistic": "4.00", "p": "0.0025", "df": "10"}, CONSISTENT, ""),
    ({"interval": ("0.443", "1.557"), "se": "0.250", "p": "0.0025"}, CONDITIONAL, f"{T_LAW} (10 degrés"),
    ({"interval": ("0.443", "1.557"), "se": "0.050"}, INCONSISTENT, ""),  # 11 errors on each side
    ({"interval": ("0.443", "1.557"), "se": "0.338"}, CONDITIONAL, "si l'intervalle est à 90 %"),  # 0.557 / 1.645
    ({"se": "0.25", "statistic": "4.00"}, CONSISTENT, ""),
    ({"se": "0.25", "statistic": "16.0"}, CONSISTENT, ""),  # Wald's chi-square, as SPSS prints it
    ({"se": "0.25", "statistic": "4.50"}, INCONSISTENT, ""),
    ({"se": "0.25", "statistic": "4.00", "p": "0.03", "df": "10"}, INCONSISTENT, ""),
    ({"p": "0.03"}, UNCHECKABLE, ""),
    ({"interval": ("0.02", "1.98"), "p": "0.023"}, CONDITIONAL, "si le test est unilatéral"),  # pnorm(-2) = 0.0228
]


@pytest.mark.parametrize(("prints", "verdict", "condition"), COEFFICIENTS)
def test_a_coefficient_of_one(prints, verdict, condition):
    found = intervals.coefficient("1.00", **prints)
    assert found.verdict is verdict, found
    assert (found.conditions or ("",))[0].startswith(condition)


RATIOS = [
    ({"interval": ("2.28", "3.82")}, "2.90", CONDITIONAL, "si l'intervalle est celui du profil"),  # MASS budworm
    ({"interval": ("1.22", "60.95"), "p": "0.025"}, "7.38", CONDITIONAL, "si l'intervalle est celui du profil"),
    ({"interval": ("0.9", "1.2"), "p": "0.21"}, "1.27", INCONSISTENT, ""),  # outside
    ({"interval": ("1.10", "3.81"), "se": "0.317"}, "2.05", CONSISTENT, ""),  # of the logarithm: ln(3.81 / 1.10) / 3.92
    ({"interval": ("1.10", "3.81"), "se": "0.650"}, "2.05", CONSISTENT, ""),  # of the ratio: 2.05 x 0.317 (Stata)
    ({"interval": ("1.10", "3.81"), "se": "0.950"}, "2.05", INCONSISTENT, ""),
    ({"interval": ("1.26", "9.45"), "p": "0.50"}, "3.46", INCONSISTENT, ""),  # Wald 0.016: no test goes so far
]


@pytest.mark.parametrize(("prints", "estimate", "verdict", "condition"), RATIOS)
def test_a_ratio(prints, estimate, verdict, condition):
    found = intervals.odds_ratio(estimate, **prints)
    assert found.verdict is verdict, found
    assert (found.conditions or ("",))[0].startswith(condition)


def test_an_estimate_outside_its_interval_is_said_in_those_words():
    found = intervals.odds_ratio("1.27", ("0.9", "1.2"), "0.21")
    assert found.explanation.startswith("l'estimation 1.27 est hors de son intervalle, de 0.9 à 1.2")


def test_the_fewest_degrees_of_freedom_are_those_of_a_loop():
    for p in ("0.003", "0.002", "0.0005", "0.04"):
        row = Estimate.read("b", "1.00", ("0.44", "1.56"), p=p)
        judgement = row.ladder.judge(row.holds, {"law": "t", "rounding": "nearest", "test": "wald", "level": "95"})
        loop = next((df for df in range(3, 200) if not any(row._misses(judgement.using, df))), 0)
        assert row._least_df(judgement.using) == loop


def test_the_degrees_of_freedom_are_fewer_than_the_respondents():
    stated = {"law": "t", "level": "95", "alternative": "two-sided", "test": "wald", "rounding": "nearest"}
    row = ("1.00", ("0.44", "1.56"), "0.003")
    assert intervals.coefficient(*row, n="10", conventions=stated).verdict is CONSISTENT  # 8: p = 0.0034
    assert intervals.coefficient(*row, n="9", conventions=stated).verdict is INCONSISTENT  # 7 at most: p = 0.0037


def test_conventions_of_other_kinds_are_left_out():
    assert applicable({"test": "welch", "interval": "wilson", "level": "90"}) == {"level": "90"}
    of_shares = {*proportion_interval.kind.ladder.options["interval"]} - {"wald", "exact"}
    assert not any(applicable({"interval": interval}) for interval in of_shares)
    lopsided = ("1,36", ("0,53", "3,30"))  # the middle of the bounds is 1,32
    assert intervals.odds_ratio(*lopsided, conventions={"interval": "jeffreys"}).verdict is CONDITIONAL


def test_what_is_stated_is_held_strictly():
    prints = ("2.90", ("2.28", "3.82"))
    assert intervals.odds_ratio(*prints, conventions={"interval": "wald"}).verdict is INCONSISTENT
    assert intervals.odds_ratio(*prints, conventions={"interval": "profile"}).verdict is CONSISTENT


def test_an_interval_computed_by_hand_names_its_quantile():
    row = ("2,34567", ("1,41433", "3,27701"))  # 2.34567 -+ 1.64 x 0.56789; by R's qnorm(0.95): 1.41157, 3.27977
    found = intervals.coefficient(*row, se="0,56789")
    assert found.conditions == (
        "si l'intervalle est à 90 %",
        "si le quantile de la loi normale est arrondi à 1,64",
    )


MIXED = "si p est de la loi de Student, et l'intervalle de la loi normale"
OF_GLM = {  # R 4.2: summary(glm(y ~ x)), confint.default, 12 pairs: b 0.63341, SE 0.18633, t 3.39939, p 0.0067780
    "estimate": "0,633",
    "interval": ("0,268", "0,999"),
    "p": "0,007",
    "se": "0,186",
    "statistic": "3,40",
}


@pytest.mark.parametrize("more", [{}, {"df": "10"}, {"n": "12"}], ids=["nothing", "df", "n"])
def test_the_p_of_student_beside_an_interval_of_the_normal_law(more):
    found = intervals.coefficient(**OF_GLM, **more)
    assert found.conditions and found.conditions[0].startswith(MIXED)
    assert intervals.coefficient(**OF_GLM | {"p": "0,035"}, **more).verdict is INCONSISTENT
    assert intervals.coefficient(**OF_GLM, **more, conventions={"law": "normal"}).verdict is INCONSISTENT
