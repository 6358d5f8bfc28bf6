"""Every public function of `stats` on data that say nothing: NaN with a reason in French, no exception, no warning.

Functions are found by introspection: a new one is owed a call here, or its name among those that take no answers.
"""

import importlib
import inspect
import pkgutil
import warnings
from dataclasses import is_dataclass

import numpy as np
import pandas as pd
import pytest

import relecture.stats
from relecture.stats.estimates import compare, describe, effects, independence, logistic, odds, power, reliability
from relecture.stats.survey import characteristics, likert, printed_vs_answers, questions, recoded, statistical_tests
from relecture.stats.survey.questions import Question

NAN = np.nan
CASES = {  # answers, groups
    "empty": ([], ""),
    "all missing": ([NAN] * 6, "aaabbb"),
    "nobody in a group": ([1, 2, 3, 4], [None] * 4),
    "constant": ([3] * 6, "aaabbb"),
    "one group": ([1, 2, 3, 4], "aaaa"),
    "one value": ([1], "a"),
    "one member": ([1, 2], "ab"),
    "one member of three": ([1, 2, 5], "abc"),
    "constant in each group": ([1, 1, 1, 0, 0, 0], "aaabbb"),
    "a group without answers": ([1, 2, 3, NAN, NAN, NAN], "aaabbb"),
    "one beside many": ([1, 2, 3, 4, 5], "aaaab"),
    "equal samples": ([1, 2, 3, 4] * 2, "aaaabbbb"),
    "three equal samples": ([1, 2, 3, 4] * 3, "aaaabbbbcccc"),
}
NOTHING = list(CASES)[:7]  # where no test says anything
TAKE_NO_ANSWERS = {
    "passwords.alphabet", "passwords.strength", "passwords.strengths", "questions.of_instrument",
    "questions.of_departements", "recoded.counted_together", "recoded.printed_terms", "independence.choice",
    "compare.choice", "firth.fit",
}  # fmt: skip
WORDS = Question("x", "X", "single", {str(rank): f"réponse {rank}" for rank in range(6)})
NUMBER, SCALE = Question("x", "X", "number"), Question("x", "X", "ordinal", WORDS.levels)
GROUP = Question("g", "G", "single", {"a": "A", "b": "B", "c": "C"})


def sums(f):
    found = f.groupby("g")["x"].agg(["count", "mean", "std"]).set_axis(["n", "mean", "sd"], axis=1)
    return found.reset_index().assign(v="v", variable="v", label="l", count=0)


def summaries(f):
    return [*sums(f)[["n", "mean", "sd"]].to_numpy().ravel()[:6], *[0, NAN, NAN] * 2][:6]


def samples(f):
    return [part["x"].dropna().to_numpy() for _, part in f.groupby("g")]


def two(f):
    return [*samples(f), np.array([]), np.array([])][:2]


def counts(f):
    return [number for sample in two(f) for number in (int((sample == 1).sum()), len(sample))]


def binary(f):
    return f.assign(y=(f["x"] > 2).astype(float).where(f["x"].notna()), z=f["g"].eq("a").astype(float))


def fourfold(f):
    known = binary(f).dropna()
    return [int(((known["z"] == z) & (known["y"] == y)).sum()) for z in (1, 0) for y in (1, 0)]


def table(f):
    return pd.crosstab(f["x"], f["g"]).to_numpy()


def coded(f):
    return f.assign(x=["sans_reponse" if x != x else str(int(x)) for x in f["x"]])


def answer_tests(f, question):
    return statistical_tests.question_tests(coded(f), question, f["g"].astype("category"))


def cells(f):
    found = characteristics.table(coded(f), [WORDS], GROUP)
    numbers = characteristics.table(coded(f), [NUMBER], GROUP)
    return [
        found.tests,
        numbers.tests,
        found.cells[["share", "n", "note"]],
        numbers.cells.query("kind == 'number'")[["mean", "count", "note"]],
    ]


def powers(f):
    n1, _, sd1, n2, _, sd2 = summaries(f)
    return pd.DataFrame({"n1": [n1], "sd1": sd1, "n2": n2, "sd2": sd2, "p1": 0.5, "p2": 0.5, "difference": 1.0})


def item_counts(f):
    columns = {"variable": "v", "group": "g", "label": "oui", "count": f["x"].notna().sum()}
    return likert.medians(pd.DataFrame(columns, index=[0]), ["oui"])


def twice(f):
    rows = pd.DataFrame({"variable": "v", "label": "l", "group": "", "count": [0], "n": [f["x"].notna().sum()]})
    return printed_vs_answers.side_by_side(rows, rows)


def overall(f):
    blocks = [characteristics.table(coded(f), [WORDS])]
    return recoded.overall_counts(blocks, ["x"], len(f))


CALLS = {
    "compare.two_groups": lambda f: [compare.two_groups(f, "x", "g", ordinal=scale) for scale in (False, True)],
    "compare.several_groups": lambda f: compare.several_groups(f, "x", "g"),
    "compare.from_summaries": lambda f: compare.from_summaries(*summaries(f)),
    "compare.pairs_from_summaries": lambda f: compare.pairs_from_summaries(sums(f), "v"),
    "describe.proportion": lambda f: describe.proportion(0, int(f["x"].notna().sum())),
    "describe.proportions": lambda f: describe.proportions(sums(f)),
    "describe.mean_interval": lambda f: describe.mean_interval(f["x"].mean(), f["x"].std(), f["x"].count()),
    "describe.mean_intervals": lambda f: describe.mean_intervals(sums(f)),
    "describe.summary": lambda f: describe.summary(f["x"]),
    "effects.cramers_v": lambda f: effects.cramers_v(0.0, len(samples(f)) - 1, len(f), min(len(samples(f)), 2)),
    "effects.epsilon_squared": lambda f: effects.epsilon_squared(samples(f)),
    "effects.hedges_g": lambda f: effects.hedges_g(0.0 if f["x"].std() > 0 else NAN, len(f) - 2, 1.0, len(f) - 2),
    "effects.rank_biserial": lambda f: effects.rank_biserial(*two(f)),
    "effects.difference": lambda f: effects.difference(*counts(f)),
    "independence.categorical": lambda f: independence.categorical(f, "x", "g"),
    "independence.from_counts": lambda f: independence.from_counts(table(f)),
    "independence.by_draws": lambda f: independence.by_draws(table(f), 99),
    "independence.freeman_halton": lambda f: independence.freeman_halton(table(f)),
    "logistic.multivariable": lambda f: logistic.multivariable(binary(f), "y", ["z"]),
    "odds.from_table": lambda f: odds.from_table(*fourfold(f)),
    "odds.from_tables": lambda f: odds.from_tables(pd.DataFrame([fourfold(f)], columns=list("abcd"))),
    "odds.univariable": lambda f: odds.univariable(binary(f), "y", ["z"]),
    "power.proportions": lambda f: power.proportions(powers(f)),
    "power.means": lambda f: power.means(powers(f)),
    "power.pairs_from_summaries": lambda f: power.pairs_from_summaries(sums(f), "v"),
    "power.each_answer": lambda f: power.each_answer(sums(f)),
    "reliability.alpha": lambda f: reliability.alpha(f[["x"]].assign(y=f["x"])),
    "reliability.item_rest": lambda f: reliability.item_rest(f[["x"]].assign(y=f["x"])),
    "characteristics.table": cells,
    "likert.medians": item_counts,
    "printed_vs_answers.side_by_side": twice,
    "questions.known_answers": lambda f: [questions.known_answers(coded(f), one) for one in (WORDS, NUMBER, SCALE)],
    "questions.missing_reasons": lambda f: questions.missing_reasons(coded(f), WORDS).to_frame("reason"),
    "recoded.overall_counts": overall,
    "statistical_tests.question_tests": lambda f: [answer_tests(f, question) for question in (WORDS, NUMBER, SCALE)],
    "statistical_tests.corrected": lambda f: statistical_tests.corrected(answer_tests(f, WORDS)),
}
ESTIMATES = (
    "p", "estimate", "alpha", "correlation", "share", "mean", "difference", "low", "high", "detectable", "rank",
    "value", "p_chosen",
)  # fmt: skip
WITHOUT_ROOM = {"independence.by_draws", "independence.freeman_halton"}  # a bare number; `from_counts` says why


def public_functions():
    for found in pkgutil.walk_packages(relecture.stats.__path__, "relecture.stats."):
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == found.name and name[0] != "_":
                yield f"{found.name.split('.')[-1]}.{name}"


def records(result):
    """What a function returns as rows of names and values."""
    for part in result if isinstance(result, list) else [result]:
        if isinstance(part, pd.DataFrame):
            yield from part.to_dict("records")
        else:
            yield {**vars(part), "note": part.note} if is_dataclass(part) else {"value": part}


def is_said(row):
    """A note says why, or the row itself: nobody or one answered, or all alike."""
    sizes = [row[name] for name in ("n", "n1", "n2", "count") if name in row]
    return bool(row.get("note")) or any(not size > 1 for size in sizes) or row.get("sd") == 0


def test_every_public_function_is_called():
    assert sorted(public_functions()) == sorted([*CALLS, *TAKE_NO_ANSWERS])


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", CALLS)
def test_data_that_say_nothing(name, case):
    values, groups = CASES[case]
    frame = pd.DataFrame({"x": np.array(values, dtype=float), "g": pd.Series(list(groups), dtype=object)})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", pytest.PytestUnraisableExceptionWarning)
        rows = list(records(CALLS[name](frame)))
    numbers = [value for row in rows for value in row.values() if isinstance(value, float)]
    assert not np.isinf(numbers).any()
    missing = [(key, row) for row in rows for key in ESTIMATES if row.get(key, 0) != row.get(key, 0)]
    assert name in WITHOUT_ROOM or [(key, row) for key, row in missing if not is_said(row)] == []
    assert [row for row in rows if not 0 <= np.nan_to_num(row.get("p", 0)) <= 1] == []
    bounds = [(row["low"], row["high"]) for row in rows if row.get("low", NAN) == row.get("low", NAN)]
    assert all(low <= high for low, high in bounds)
    if case in NOTHING:
        assert [row for row in rows if row.get("p", NAN) == row.get("p", NAN)] == []
