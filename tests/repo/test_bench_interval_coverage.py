"""Every interval of the pages holds the truth as often as the page says, on a few of the benchmark's draws."""

import sys
import warnings

import numpy as np
import pytest

from relecture.core.study import ROOT
from relecture.stats.estimates import effects

sys.path.insert(0, str(ROOT / "benchmarks"))
from r_oracles import interval_coverage

sys.path.remove(str(ROOT / "benchmarks"))


@pytest.mark.parametrize("interval", interval_coverage.MEASURED, ids=lambda interval: interval.__name__)
def test_an_interval_holds_the_truth_as_often_as_its_page_says(monkeypatch, interval):
    monkeypatch.setattr(effects, "DRAWS", 499)
    monkeypatch.setattr(interval_coverage, "MANY", 40_000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = list(interval(np.random.default_rng(17), 60))
    assert rows and not [row for row in rows if row["verdict"] != "tenu"]


def test_a_coverage_that_cannot_come_from_what_is_said_is_seen():
    """2,000 draws: 91 % is 8 standard errors below 94 %, 99 % is 6 above 97 %; 93.2 % may be 93.5 %."""
    row = {"draws": 2000, "least": 0.94, "most": 0.97}
    assert [interval_coverage.as_said(row | {"held": held}) for held in (0.91, 0.932, 0.95, 0.978, 0.99)] == [
        False, True, True, True, False,
    ]  # fmt: skip
