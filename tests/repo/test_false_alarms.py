"""Correct results of every kind are never called wrong: a short draw of the benchmark, without R."""

import sys

import pytest

from relecture.core.notation import STATED
from relecture.core.study import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import false_alarms

sys.path.remove(str(ROOT / "benchmarks"))
DRAWS, SEED = 60, 16


@pytest.mark.parametrize("kind", false_alarms.DRAWN)
def test_no_correct_result_is_called_wrong(kind):
    trials = false_alarms.trials(kind, DRAWS, SEED, both=False)
    alarms = [trial for trial in trials if trial.outcome in ("wrong", "refused")]
    assert not alarms, "\n".join(map(false_alarms.told, alarms[:5]))


R_STOPS_EARLY = {
    # R 4.2, fisher.test(matrix(c(10, 5, 3, 12), 2, byrow = TRUE)): uniroot stops within 1.2e-4 on 1 / OR; exact: 60,95
    "fisher.test": ("7,38", ["1,22", "60,99"], "0,025", [["10", "5"], ["3", "12"]]),
    # R 4.2, confint(glm(cbind(c(4, 1), c(7, 8)) ~ c(1, 0), binomial)): along a spline; exact: 101,36
    "confint of a glm": ("4,57", ["0,52", "101,43"], "0,217", [["4", "7"], ["1", "8"]]),
}


@pytest.mark.parametrize("call", R_STOPS_EARLY)
def test_bounds_where_r_stops_early_are_not_called_wrong(call):
    estimate, interval, p, counts = R_STOPS_EARLY[call]
    arguments = {"estimate": estimate, "interval": interval, "p": p, "counts": counts}
    assert false_alarms.judged("odds_ratio", arguments, STATED["comma"]).holds


def test_every_kind_that_conventions_touch_is_drawn():
    with_a_ladder = {name for name, kind in false_alarms.KINDS.items() if kind.ladder}
    assert with_a_ladder <= set(false_alarms.DRAWN)


def test_the_benchmark_runs(tmp_path, capsys, monkeypatch):
    place = tmp_path / "false_alarms.html"
    asked = ["--draws", "5", "--kinds", "percentage", "difference", "--out", str(place)]
    monkeypatch.setattr(sys, "argv", ["false_alarms.py", *asked])
    false_alarms.main()
    assert capsys.readouterr().out.count("percentage") == 1
    assert place.read_text(encoding="utf-8").count("<table") == 1
