"""The statistics give R's numbers on the data sets that the benchmark draws first; R's answers are kept beside."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from relecture.core.study import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import against_r

sys.path.remove(str(ROOT / "benchmarks"))
SETS, SEED = 8, 17
# R 4.2, to 15 digits: `by_r` of the call of each data set; written by `python tests/repo/test_bench_against_r.py`.
KEPT = Path(__file__).with_name("against_r.json")


@pytest.mark.parametrize("draw", against_r.DRAWN, ids=lambda draw: draw.__name__)
def test_the_first_data_sets_agree_with_r(draw):
    answers = json.loads(KEPT.read_text(encoding="utf-8"))[draw.__name__]
    assert len(answers) == SETS and any(theirs is not None for theirs in answers)
    for rank, theirs in enumerate(answers):
        call, ours = draw(np.random.default_rng([SEED, rank]))
        theirs = None if theirs is None else np.array([np.nan if x is None else x for x in theirs], dtype=float)
        assert not against_r.differs(np.asarray(list(ours), dtype=float), theirs), call


def kept():
    """What R answers now."""
    answers = {}
    for draw in against_r.DRAWN:
        calls = [draw(np.random.default_rng([SEED, rank]))[0] for rank in range(SETS)]
        found = against_r.by_r(calls)
        answers[draw.__name__] = [
            None if one is None else [None if np.isnan(x) else float(x) for x in one] for one in found
        ]
    return answers


if __name__ == "__main__":
    KEPT.write_text(json.dumps(kept(), indent=None), encoding="utf-8")
