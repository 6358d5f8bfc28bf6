"""Classes from the top down: selection as rainette's tests have it, the largest group next, clear ends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import block_diag, csr_array

from relecture.core.errors import InputError
from relecture.text.lexicon import reinert_split
from relecture.text.lexicon.reinert_tree import divide, select_forms

# The table of rainette's tests (tests/testthat/test_rainette1.R), its rows and columns counted from 0.
RAINETTE = csr_array(
    [
        [1, 1, 1, 0, 0],
        [0, 0, 1, 1, 0],
        [1, 0, 0, 0, 0],
        [1, 1, 1, 1, 0],
        [1, 1, 1, 1, 1],
        [1, 0, 0, 0, 0],
        [1, 1, 1, 0, 0],
    ]
)
# Three themes of forms; each segment holds three of the four forms of its theme, and a form that all share.
THEME = [[1, 1, 1, 0], [0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 1]]


def _themes(sizes=(3, 2, 2)):
    table = block_diag([np.array(THEME * size) for size in sizes], format="csr").toarray()
    return np.hstack([table, np.ones((len(table), 1), int)])


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ([2, 5], [0, 1, 3, 4, 6], ([], [1, 2, 3])),
        ([3, 2, 4, 5, 1], [6, 0], ([0, 2, 3], [])),
    ],
)
def test_forms_are_selected_as_in_rainette(first, second, kept):
    found = select_forms(RAINETTE, np.array(first), np.array(second))
    assert tuple(columns.tolist() for columns in found) == kept


@settings(deadline=None)
@given(arrays(int, (8, 6), elements=st.integers(0, 1)), st.integers(1, 7), st.integers(1, 4), st.floats(0, 1))
def test_selection_to_the_letter(table, cut, tsj, cc_test):
    """As the rule reads, form by form."""
    first, second = np.arange(cut), np.arange(cut, 8)
    found = select_forms(reinert_split.binary_table(table), first, second, tsj=tsj, cc_test=cc_test)
    sums = [table[rows].sum() for rows in (first, second)]
    for group, rows in enumerate((first, second)):
        for form in range(6):
            counts, total = [table[rows_, form].sum() for rows_ in (first, second)], table[:, form].sum()
            expected = [total * size / max(sum(sums), 1) for size in sums]
            chi2 = sum((a - b) ** 2 / b for a, b in zip(counts, expected, strict=True) if b)
            coefficient = (chi2 / (chi2 + total)) ** 0.5 if total else 0
            kept = counts[group] >= tsj and (coefficient <= cc_test or counts[group] > expected[group])
            if abs(coefficient - cc_test) > 1e-9 and abs(counts[group] - expected[group]) > 1e-9:
                assert (form in found[group]) == kept, (rows, form)


def test_themes_are_found_from_the_largest():
    found = divide(_themes(), k=3)
    classes = found.classes()
    assert [len(set(part)) for part in np.split(classes, [12, 20])] == [1, 1, 1]
    assert sorted(set(classes)) == [1, 2, 3]
    assert found.steps == 2
    assert found.remarks == ()
    second = next(node for node in found.groups if node.step == 2)
    assert len(second.rows) == max(len(node.rows) for node in found.groups if node.parent == 0)


def test_fewer_classes_are_those_of_the_splits_before():
    found = divide(_themes(), k=3)
    assert found.classes(2).tolist() == divide(_themes(), k=2).classes().tolist()
    assert set(found.classes(1)) == {1}
    for two, three in zip(found.classes(2), found.classes(3), strict=True):
        assert {two} == set(found.classes(2)[found.classes(3) == three])


def test_the_tree_tells_the_splits():
    tree = divide(_themes(), k=3).groups_table()
    root, inner = tree[tree["step"] == 1].iloc[0], tree[tree["step"] == 2].iloc[0]
    assert root["height"] == pytest.approx(root["chi2"] + inner["chi2"])
    assert inner["height"] == pytest.approx(inner["chi2"])
    assert sorted(tree["class"]) == [0, 0, 1, 2, 3]
    assert tree.loc[tree["class"] > 0, "size"].sum() == tree["size"].max() == 28
    for node in (root, inner):
        assert set(tree.loc[tree["parent"] == node["node"], "node"]) == {node["first"], node["second"]}


@pytest.mark.parametrize(
    ("table", "k", "choices", "classes", "remark"),
    [
        (_themes(), 9, {"min_split_members": 13}, 3, "9 classes demandées, 3 obtenues : plus aucun groupe n'a 13"),
        ([[1, 1, 0]] * 6 + [[0, 1, 1]] * 6, 4, {}, 2, "4 classes demandées, 2 obtenues : les 6 segments ont tous"),
        (_themes(), 4, {"tsj": 99}, 2, "4 classes demandées, 2 obtenues : il faut deux segments qui aient une"),
    ],
    ids="small alike selected-away".split(),
)
def test_an_early_end_is_told(table, k, choices, classes, remark):
    found = divide(table, k=k, **choices)
    assert found.steps + 1 == classes
    assert found.remarks[0].startswith(remark)


def test_a_segment_without_kept_form_has_no_class():
    """The last row holds only a form that one other has: below tsj = 3, that form goes at the first split."""
    rare = np.zeros((21, 1), int)
    rare[[0, 20]] = 1
    table = np.hstack([np.vstack([_themes((3, 2)), np.zeros((1, 9), int)]), rare])
    found = divide(table, k=3)
    assert found.classes(2)[20] == found.classes(2)[0]  # still in the group of the one other
    assert found.classes()[20] == 0
    assert found.classes()[:20].all()


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (np.zeros((9, 4)), "il faut 5 segments qui aient une forme, et il y en a 0"),
        (THEME, "il faut 5 segments qui aient une forme, et il y en a 4"),
        ([[1, 1]] * 9, "les 9 segments ont tous les mêmes formes"),
    ],
    ids="empty few alike".split(),
)
def test_what_has_no_classes_says_why(table, fault):
    with pytest.raises(InputError, match=fault):
        divide(table, k=3)


def test_the_same_table_gives_the_same_tree():
    rng = np.random.default_rng(2)
    table = (rng.random((300, 150)) < 0.08).astype(int)
    assert divide(table, 8).groups_table().equals(divide(table, 8).groups_table())
