"""The cells that a table gives away, and how they add up: each sum holds, on any answers."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.disclosure import table_cells
from relecture.stats.estimates import odds
from relecture.stats.survey import characteristics
from relecture.stats.survey.questions import Question

GROUP = Question("groupe", "Groupe", "single", {"u": "utilisateurs", "n": "non-utilisateurs"})
GENRE = Question("genre", "Genre", "single", {"f": "femme", "m": "homme"})
OUTILS = Question("outils", "Outils", "multiple", {"outils.pc": "ordinateur", "outils.tel": "téléphone"})
AGE = Question("age", "Âge", "number")
MISSING = ["sans_reponse", "non_pose", "ne_sait_pas"]
TICK = st.sampled_from(["0", "1"])
ANSWERS = st.tuples(
    st.sampled_from(["u", "n", "sans_reponse"]), st.sampled_from(["f", "m", *MISSING]),
    st.one_of(st.tuples(TICK, TICK), st.sampled_from(MISSING).map(lambda code: (code, code))),
    st.sampled_from(["41", "52", "sans_reponse"]),
)  # fmt: skip


def frame_of(rows):
    flat = [(group, genre, *ticks, age) for group, genre, ticks, age in rows]
    return pd.DataFrame(flat, columns=["groupe", "genre", "outils.pc", "outils.tel", "age"], dtype="str")


@settings(max_examples=25, deadline=None)
@given(st.lists(ANSWERS, min_size=1, max_size=25))
def test_every_sum_of_a_table_holds(rows):
    frame = frame_of(rows)
    table = table_cells.of_table(characteristics.table(frame, [GENRE, OUTILS, AGE], GROUP))
    assert table.sums
    for total, parts in table.sums:
        assert table.counts[total] == sum(table.counts[part] for part in parts)
    for whole, known, rest in table_cells.group_remainders(table.counts):
        assert table.counts[whole] >= table.counts[known] and rest not in table.counts


@settings(max_examples=25, deadline=None)
@given(st.lists(ANSWERS, min_size=1, max_size=25))
def test_the_answers_of_a_column_share_everybody_out(rows):
    frame = frame_of(rows)
    for question, columns in ((GENRE, 1), (OUTILS, 2), (AGE, 1)):
        found = list(table_cells.answer_columns(frame, question))
        assert len(found) == columns and all(cells.notna().all() for cells in found)


@pytest.mark.parametrize(("unknown", "free"), [(0, 0), (2, 2)])
def test_margins_of_a_two_by_two_table_are_those_of_everybody(unknown, free):
    ticks = pd.DataFrame({"x": [1, 0] * 10, "y": [1, 1, 0, 0] * 5}).astype(float)
    ticks.loc[: unknown - 1, "y"] = None
    (row,) = odds.univariable(ticks, "y", ["x"]).itertuples()
    answers = {name: ticks[name].map({1.0: "1", 0.0: "0"}) for name in ticks}
    table = table_cells.of_two_by_two(row, "y", answers)
    assert table.counts[frozenset({("x", "1")})] == 10
    assert len(table.free) == 2 * free  # each margin of x, and those who did not answer y
    assert all(table.counts[total] == sum(table.counts[part] for part in parts) for total, parts in table.sums)


def test_questions_that_have_a_reason_elsewhere_have_a_row_that_says_so():
    cells = characteristics.table(frame_of([("u", "f", ("1", "0"), "41")] * 3), [GENRE, AGE])
    shown = table_cells.with_reason_rows(cells, "non posée", {"genre"}).cells
    assert shown.loc[shown["question"] == "genre", "label"].tolist() == ["femme", "homme", "non posée"]
    assert table_cells.with_reason_rows(cells, "non posée", set()) is cells
