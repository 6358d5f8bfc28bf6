"""Every statistic against R 4.2, to six digits, on public data (see data/README.md).

Oracle: `against_r.csv`, written by `against_r.R`; each row holds the call that computed its value. Where R and
MASS are installed, the script is run again and must print the same file.
"""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from relecture.stats.estimates import compare, describe, effects, independence, logistic, power
from relecture.stats.survey import statistical_tests

HERE = Path(__file__).parent
R = pd.read_csv(HERE / "against_r.csv").set_index("id")
BIRTHS = pd.read_csv(HERE / "data" / "birthwt.csv")
COVARIATES = ["age", "lwt", "race", "smoke", "ht", "ui"]
FIRTH = {"": "coefficient", ".low": "coefficient_low", ".high": "coefficient_high", ".p": "p"}
P = pd.DataFrame({"p": [0.001, 0.01, 0.02, 0.04, 0.2]})


@cache
def model():
    births = BIRTHS.assign(race=BIRTHS["race"].astype(str))
    return logistic.multivariable(births, "low", COVARIATES).set_index(["covariate", "level"])


@cache
def separated():
    cases = pd.read_csv(HERE / "data" / "endometrial.csv")
    return logistic.multivariable(cases, "HG", ["NV", "PI", "EH"]).set_index("covariate")


@cache
def crossed(name):
    return independence.categorical(BIRTHS, name, "low").loc[0]


@cache
def welch():
    return compare.two_groups(BIRTHS.sort_values("smoke"), "bwt", "smoke").loc[0]


@cache
def ranks():
    return compare.two_groups(BIRTHS.sort_values("low"), "lwt", "low").loc[0]


@cache
def kruskal():
    return compare.several_groups(BIRTHS, "lwt", "race").loc[0]


@cache
def corrections():
    return statistical_tests.corrected(P)


@cache
def shares():
    return power.proportions(pd.DataFrame({"p1": [0.75], "n1": [50], "p2": [0.5], "n2": [50]})).loc[0]


@cache
def means(target):
    two = pd.DataFrame({"n1": [20], "sd1": [1.0], "n2": [20], "sd2": [1.0], "difference": [1.0]})
    return power.means(two, target).loc[0]


OURS = {
    "prop.wilson.low": lambda: describe.proportion(59, 189).low,
    "prop.wilson.high": lambda: describe.proportion(59, 189).high,
    "chisq.race": lambda: crossed("race")["chi2"],
    "chisq.race.p": lambda: crossed("race")["p"],
    "chisq.ftv.p": lambda: crossed("ftv")["p"],
    "chisq.smoke.yates.p": lambda: crossed("smoke")["p_yates"],
    "fisher.ftv.p": lambda: crossed("ftv")["p_fisher"],
    "fisher.ht.p": lambda: crossed("ht")["p_fisher"],
    "cramer.race": lambda: crossed("race")["cramers_v"],
    "cramer.race.low": lambda: crossed("race")["v_low"],
    "cramer.race.high": lambda: crossed("race")["v_high"],
    "cramer.smoke.low": lambda: crossed("smoke")["v_low"],
    "cramer.smoke.high": lambda: crossed("smoke")["v_high"],
    "shapiro.bwt.smoke.p": lambda: welch()["p_shapiro2"],
    "welch.bwt": lambda: welch()["statistic"],
    "welch.bwt.p": lambda: welch()["p"],
    "welch.bwt.low": lambda: welch()["low"],
    "welch.bwt.high": lambda: welch()["high"],
    "wilcox.lwt": lambda: ranks()["statistic"],
    "wilcox.lwt.p": lambda: ranks()["p"],
    "biserial.lwt": lambda: ranks()["rank_biserial"],
    "biserial.lwt.low": lambda: ranks()["r_low"],
    "biserial.lwt.high": lambda: ranks()["r_high"],
    "kruskal.lwt": lambda: kruskal()["statistic"],
    "kruskal.lwt.p": lambda: kruskal()["p"],
    "epsilon.lwt": lambda: kruskal()["epsilon_squared"],
    "holm.1": lambda: corrections().loc[0, "p_holm"],
    "holm.3": lambda: corrections().loc[2, "p_holm"],
    "holm.4": lambda: corrections().loc[3, "p_holm"],
    "bh.2": lambda: corrections().loc[1, "p_bh"],
    "bh.4": lambda: corrections().loc[3, "p_bh"],
    "glm.age": lambda: model().loc[("age", ""), "coefficient"],
    "glm.race2": lambda: model().loc[("race", "2"), "coefficient"],
    "glm.smoke.or": lambda: model().loc[("smoke", ""), "estimate"],
    "glm.smoke.wald.low": lambda: model().loc[("smoke", ""), "low"],
    "glm.smoke.wald.high": lambda: model().loc[("smoke", ""), "high"],
    "glm.smoke.wald.p": lambda: model().loc[("smoke", ""), "p"],
    **{
        f"firth.{name}{end}": lambda name=name, column=column: separated().loc[name, column]
        for name in ("NV", "PI", "EH")
        for end, column in FIRTH.items()
    },
    "power.prop": lambda: shares()["power"],
    "power.prop.detectable": lambda: 0.5 + shares()["detectable"],
    "power.t": lambda: means(0.8)["power"],
    "power.t.detectable": lambda: means(0.8)["detectable"],
}


@pytest.mark.parametrize("name", OURS)
def test_as_in_r(name):
    assert OURS[name]() == pytest.approx(R.loc[name, "value"], rel=1e-6, abs=1e-9), R.loc[name, "call"]


def test_every_value_of_r_is_held_somewhere():
    elsewhere = {"power.prop.n", "power.t.n"}  # the tests below
    assert set(R.index) == OURS.keys() | elsewhere


def test_fisher_by_draws_is_within_its_error():
    table, exact = pd.crosstab(BIRTHS["ftv"], BIRTHS["low"]).to_numpy(), R.loc["fisher.ftv.p", "value"]
    error = (exact * (1 - exact) / independence.DRAWS) ** 0.5
    assert abs(independence.by_draws(table) - exact) < 3 * error


def test_epsilon_squared_is_drawn_as_in_r():
    # R 4.2, 20,000 draws: q <- replicate(20000, {d <- lapply(split(b$lwt, b$race), function(x) sample(x, length(x) - 1,
    # TRUE)); ...H / (n - 1)}); tail <- pnorm(qt(.025, 62) * sqrt(1 + 1 / 62));
    # 1 - (1 - quantile(q, c(tail, 1 - tail))) * (185 / 183) * (188 / 186): 0.0005 and 0.1512; the first is below
    # ncp(kruskal.test(lwt ~ race, b)$statistic, 2, .975) / 188
    assert kruskal()["low"] == pytest.approx(0.0131254350284)
    assert kruskal()["high"] == pytest.approx(0.1512, abs=0.004)


def test_sizes_are_rounded_up_to_whole_respondents():
    assert shares()["needed1"] == 58  # R: 57.67
    assert means(0.9)["needed1"] == 23  # R: 22.02


def test_the_published_firth_estimates():
    # Heinze & Schemper 2002, table II (endometrial cancer): NV 2.93 [0.61; 7.85], PI -0.03, EH -2.60
    found = separated().loc["NV"]
    shown = [round(found[name], 2) for name in ("coefficient", "coefficient_low", "coefficient_high")]
    assert shown == [2.93, 0.61, 7.85]
    assert [round(separated().loc[name, "coefficient"], 2) for name in ("PI", "EH")] == [-0.03, -2.6]


def test_newcombe_1998():
    # Newcombe 1998, table II, method 10, examples (a) 56/70 - 48/80 and (c) 6/7 - 2/7
    for counts, bounds in (((56, 70, 48, 80), (0.0524, 0.3339)), ((6, 7, 2, 7), (0.0582, 0.8062))):
        found = effects.difference(*counts)
        assert (round(found.low, 4), round(found.high, 4)) == bounds


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R n'est pas installé")
def test_r_says_it_again(tmp_path):
    done = subprocess.run(["Rscript", "tests/peers/against_r.R"], cwd=HERE.parents[1], capture_output=True, text=True)
    if "MASS" in done.stderr:
        pytest.skip("MASS n'est pas installé")
    again = tmp_path / "again.csv"
    again.write_text(done.stdout, encoding="utf-8")
    values = pd.read_csv(again).set_index("id")["value"]
    assert values.to_dict() == pytest.approx(R["value"].to_dict(), rel=1e-7)
