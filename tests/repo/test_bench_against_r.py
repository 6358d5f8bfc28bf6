"""The statistics give R's numbers on the data sets that the benchmark draws first; R's answers are kept beside."""

import importlib
import inspect
import json
import pkgutil
import sys
from pathlib import Path

import numpy as np
import pytest

from relecture import stats
from relecture.core.study import ROOT
from relecture.stats import firth
from relecture.stats.estimates import compare, independence
from relecture.stats.survey import questions, recoded
from relecture.text.codes import agreement_coefficients as coefficients

sys.path.insert(0, str(ROOT / "benchmarks"))
import against_r
from r_oracles import values

sys.path.remove(str(ROOT / "benchmarks"))
SETS, SEED = 4, 17
# Public functions of `stats` and of coefficients of agreement that have no draw, and why.
WITHOUT = {
    compare.choice: "names the test; its p is that of `two_groups`",
    independence.choice: "names the test; its p is that of `question_tests`",
    questions.of_instrument: "builds questions, computes nothing",
    questions.of_departements: "names départements, computes nothing",
    questions.missing_reasons: "words; the counts of each reason are those of `table`",
    coefficients.undefined_reason: "words",
    coefficients.estimate_note: "words",
    coefficients.shared_readings: "chooses readings, computes nothing",
    recoded.counted_together: "builds questions, computes nothing",
    firth.fit: "that of `logistic.multivariable`, whose draws separate",
    recoded.printed_terms: "renames answers, computes nothing",
}
# R 4.2, to 15 digits: `by_r` of the call of each data set; written by `python tests/repo/test_bench_against_r.py`.
KEPT = Path(__file__).with_name("against_r.json")


def test_every_public_function_has_a_draw_or_a_reason_to_have_none():
    names = [found.name for found in pkgutil.walk_packages(stats.__path__, "relecture.stats.")]
    modules = [coefficients, *(importlib.import_module(name) for name in names)]
    public = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    drawn = {function for functions in values.DRAWN.values() for function in functions}
    assert len(public) > 40 and drawn <= public and not drawn & WITHOUT.keys()
    assert public == drawn | WITHOUT.keys()


@pytest.mark.parametrize("draw", values.DRAWN, ids=lambda draw: draw.__name__)
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
    for draw in values.DRAWN:
        calls = [draw(np.random.default_rng([SEED, rank]))[0] for rank in range(SETS)]
        found = against_r.by_r(calls)
        answers[draw.__name__] = [
            None if one is None else [None if np.isnan(x) else float(x) for x in one] for one in found
        ]
    return answers


if __name__ == "__main__":
    KEPT.write_text(json.dumps(kept(), indent=None), encoding="utf-8")
