"""Conditions against truth tables written by hand, and one respondent against a whole frame."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.answers.questionnaire.conditions import Comparison, comparisons, fold, holds, parse, rows_where

A, B = {"equals": {"a": "oui"}}, {"selected": {"b": "x"}}
TRUTH = [  # condition, then whether it holds for (a, b.x) = (oui, 1), (oui, 0), (non, 1), (non, 0), (missing, missing)
    (A, [True, True, False, False, False]),
    (B, [True, False, True, False, False]),
    ({"in": {"a": ["oui", "non"]}}, [True, True, True, True, False]),
    ({"equals": {"a": "ne_sait_pas"}}, [False, False, False, False, True]),  # offered by the form: a cell like another
    ({"not": A}, [False, False, True, True, True]),  # what is missing equals nothing
    ({"all": [A, B]}, [True, False, False, False, False]),
    ({"any": [A, B]}, [True, True, True, False, False]),
    ({"not": {"any": [A, B]}}, [False, False, False, True, True]),
    ({"all": [A, {"not": B}]}, [False, True, False, False, False]),
    ({"all": [A]}, [True, True, False, False, False]),
]
ANSWERS = pd.DataFrame({"a": ["oui", "oui", "non", "non", "ne_sait_pas"], "b.x": ["1", "0", "1", "0", "non_pose"]})


@pytest.mark.parametrize(("tree", "expected"), TRUTH)
def test_truth(tree, expected):
    condition = parse(tree)
    assert [holds(condition, row) for row in ANSWERS.to_dict("records")] == expected
    assert rows_where(condition, ANSWERS).tolist() == expected


def test_no_condition_always_holds():
    assert holds(None, {})
    assert rows_where(None, ANSWERS).tolist() == [True] * 5


def test_a_column_not_answered_yet_is_missing():
    assert not holds(parse(A), {})
    assert holds(parse({"not": B}), {})


def test_a_matrix_is_read_row_by_row():
    condition = parse({"in": {"avis.simple": ["bof", "non"]}})
    assert condition == Comparison("in", "avis.simple", ("bof", "non"))
    assert holds(condition, {"avis.simple": "bof", "avis.sure": "oui"})


def test_leaves_are_listed_from_left_to_right():
    tree = parse({"all": [A, {"not": {"any": [B, A]}}]})
    assert [leaf.column for leaf in comparisons(tree)] == ["a", "b.x", "a"]
    assert comparisons(None) == []


def test_fold_builds_what_it_is_given():
    tree = parse({"all": [A, {"not": {"any": [B, A]}}]})
    written = fold(
        tree,
        compare=lambda one: f"{one.target}={'|'.join(one.codes)}",
        all_of=lambda parts: f"and({', '.join(parts)})",
        any_of=lambda parts: f"or({', '.join(parts)})",
        negate=lambda part: f"not({part})",
    )
    assert written == "and(a=oui, not(or(b=x, a=oui)))"


LEAVES = st.one_of(
    st.builds(lambda code: {"equals": {"a": code}}, st.sampled_from(["oui", "non", "ne_sait_pas"])),
    st.builds(lambda codes: {"in": {"a": codes}}, st.lists(st.sampled_from(["oui", "non"]), min_size=1, unique=True)),
    st.just(B),
)
TREES = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda one: {"not": one}, part),
    ),
    max_leaves=8,
)


def literal(tree, row):
    """The tree read as the design page words it, without the library's own walk."""
    ((op, rest),) = tree.items()
    if op == "all":
        return min(literal(part, row) for part in rest)
    if op == "any":
        return max(literal(part, row) for part in rest)
    if op == "not":
        return not literal(rest, row)
    ((target, codes),) = rest.items()
    return row["b.x"] == "1" if op == "selected" else row[target] in (codes if op == "in" else [codes])


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_one_respondent_a_frame_and_the_literal_reading_agree(tree):
    expected = [literal(tree, row) for row in ANSWERS.to_dict("records")]
    assert [holds(parse(tree), row) for row in ANSWERS.to_dict("records")] == expected
    assert rows_where(parse(tree), ANSWERS).tolist() == expected
