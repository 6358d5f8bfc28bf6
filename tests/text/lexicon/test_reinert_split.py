"""The two groups are those of the method read to the letter, on every small table; degenerate ones say so.

Oracles: the test suite of the R package rainette (Barnier, tests/testthat/test_rainette1.R), hand
computation, and a slow literal version (exact fractions, dense decomposition, every table summed anew).
"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import block_diag, csr_array, csr_matrix
from scipy.stats import chi2_contingency

from relecture.core.errors import InputError
from relecture.text.lexicon import reinert_split
from relecture.text.lexicon.reinert_split import TIE_TOLERANCE, split_in_two

# The table of rainette's tests; its groups there are 2 2 1 2 2 1 2.
RAINETTE = np.array(
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


def test_the_table_of_rainette():
    found = split_in_two(RAINETTE)
    assert (found.first.tolist(), found.second.tolist()) == ([0, 1, 3, 4, 6], [2, 5])
    # Of 19 presences 2 are in the second group, both of a form present 6 times: 19 (19 · 2²/6 - 2²) / (2 · 17).
    assert found.chi2 == pytest.approx(19 * (19 * 4 / 6 - 4) / (2 * 17), rel=1e-12)


def exact_chi2(first, second):
    """Chi-square of two summed rows, by its definition, exactly; None when one is empty."""
    one, other = [[sum(map(int, column)) for column in zip(*rows, strict=True)] for rows in (first, second)]
    total = sum(one) + sum(other)
    if not sum(one) or not sum(other):
        return None
    value = Fraction(0)
    for observed in zip(one, other, strict=True):
        for count, row in zip(observed, (sum(one), sum(other)), strict=True):
            expected = Fraction(row * sum(observed), total)
            value += (count - expected) ** 2 / expected
    return value


def literal_order(table):
    """Rows by first coordinate: the whole correspondence analysis, from its definition."""
    share = table / table.sum()
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    expected = np.outer(rows, columns)
    left, values, right = np.linalg.svd((share - expected) / np.sqrt(expected))
    tied = int((values**2 > values[0] ** 2 * (1 - TIE_TOLERANCE)).sum())
    side = right[:tied].T if table.shape[0] >= table.shape[1] else left[:, :tied]
    axis = side @ (side.T @ reinert_split.fixed_direction(min(table.shape)))
    gaps = (share - expected) / np.sqrt(expected)
    coordinates = (gaps @ axis if table.shape[0] >= table.shape[1] else axis) / np.sqrt(rows)
    coordinates = coordinates / np.abs(coordinates).max()
    if coordinates[np.abs(coordinates) > 1e-9][0] > 0:
        coordinates = -coordinates
    return sorted(range(len(table)), key=lambda row: (round(coordinates[row], 9), row))


def literal_split(table):
    """Order, cut, move: every chi-square computed on the whole table."""
    order = literal_order(table)
    cuts = [exact_chi2(table[order[:size]], table[order[size:]]) for size in range(1, len(order))]
    best = next(size for size, value in enumerate(cuts, 1) if value >= max(cuts) * (1 - Fraction(TIE_TOLERANCE)))
    first, value, moved = set(order[:best]), cuts[best - 1], True
    while moved:
        moved = False
        for row in order:
            trial = first ^ {row}
            others = [one for one in range(len(table)) if one not in trial]
            new = exact_chi2(table[sorted(trial)], table[others]) if trial and others else None
            if new is not None and new > value * (1 + Fraction(TIE_TOLERANCE)):
                first, value, moved = trial, new, True
    if 0 not in first:
        first = set(range(len(table))) - first
    return sorted(first), float(value)


def _full(table):
    """The table without its empty rows and columns, if it can be split."""
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    return table if len(table) > 1 and not table.all() else None


@settings(max_examples=300, deadline=None)
@given(arrays(int, st.tuples(st.integers(2, 9), st.integers(2, 8)), elements=st.integers(0, 1)))
def test_small_tables_to_the_letter(table):
    table = _full(table)
    if table is None:
        return
    found = split_in_two(table)
    first, value = literal_split(table)
    assert found.first.tolist() == first
    assert found.chi2 == pytest.approx(value, rel=1e-9)


def _themed(rows, columns, seed, groups=3):
    """A random table whose rows have themes, each form being in two rows at least."""
    rng = np.random.default_rng(seed)
    chances = rng.gamma(0.5, 0.12, (groups, columns)).clip(0.01, 0.9)
    table = (rng.random((rows, columns)) < chances[np.arange(rows) % groups]).astype(int)
    table[np.arange(rows), rng.integers(0, columns, rows)] = 1
    return table[:, table.sum(axis=0) >= 2]


@pytest.mark.parametrize("seed", range(3))
def test_a_larger_table_to_the_letter(seed):
    table = _full(_themed(40, 30, seed))
    found = split_in_two(table)
    assert (found.first.tolist(), pytest.approx(found.chi2, rel=1e-9)) == literal_split(table)


@pytest.mark.parametrize("shape", [(150, 120), (120, 260), (400, 110)])
def test_the_sparse_way_is_the_dense_way(shape, monkeypatch):
    table = _themed(*shape, seed=7)
    sparse = split_in_two(table)
    monkeypatch.setattr(reinert_split, "_SMALL", 10**6)
    dense = split_in_two(table)
    assert sparse.first.tolist() == dense.first.tolist()
    assert sparse.chi2 == pytest.approx(dense.chi2, rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_the_groups_are_settled(seed):
    """Their chi-square is scipy's, and no row alone would raise it by moving."""
    table = _themed(60, 40, seed)
    table = table[table.any(axis=1)]
    found = split_in_two(table)
    sides = np.zeros(len(table), bool)
    sides[found.first] = True

    def chi2(sides):
        summed = np.array([table[sides].sum(axis=0), table[~sides].sum(axis=0)])
        return chi2_contingency(summed, correction=False).statistic

    assert found.chi2 == pytest.approx(chi2(sides), rel=1e-9)
    for row in range(len(table)):
        sides[row] = ~sides[row]
        assert chi2(sides) <= found.chi2 * (1 + 1e-8)
        sides[row] = ~sides[row]


@pytest.mark.parametrize("kind", [np.asarray, csr_array, csr_matrix, lambda m: m.astype(bool), lambda m: m * 3.0, list])
def test_every_kind_of_table_is_read_as_presence(kind):
    expected = split_in_two(RAINETTE)
    found = split_in_two(kind(RAINETTE))
    assert (found.first.tolist(), found.chi2) == (expected.first.tolist(), expected.chi2)


@pytest.mark.parametrize(
    ("table", "first", "second", "chi2"),
    [
        ([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]], [0, 1], [2, 3], 8),  # nothing in common: χ² = n
        ([[0, 1], [1, 0]], [0], [1], 2),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], None, None, 3),  # three of a kind: any one against two
        ([[1, 1, 0], [0, 0, 0], [0, 1, 1]], [0], [2], 2),  # a row without forms is in neither
        ([[1, 0, 0, 1], [1, 0, 0, 0]], [0], [1], 0.75),  # columns without rows are left out: 3 (3 · 1.5 - 4) / 2
    ],
    ids="disconnected two-rows identity empty-row empty-columns".split(),
)
def test_odd_tables(table, first, second, chi2):
    found = split_in_two(table)
    if first is not None:
        assert (found.first.tolist(), found.second.tolist()) == (first, second)
    assert found.chi2 == pytest.approx(chi2, rel=1e-9)
    assert found.first[0] < found.second[0]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (np.zeros((0, 0)), "il faut deux segments qui aient une forme, et il y en a 0"),
        (np.zeros((0, 5)), "il faut deux segments qui aient une forme, et il y en a 0"),
        (np.zeros((4, 0)), "il faut deux segments qui aient une forme, et il y en a 0"),
        (np.zeros((4, 5)), "il faut deux segments qui aient une forme, et il y en a 0"),
        ([[1, 1, 0]], "il faut deux segments qui aient une forme, et il y en a 1"),
        ([[1, 1], [0, 0]], "il faut deux segments qui aient une forme, et il y en a 1"),
        ([[1, 1, 0]] * 5, "les 5 segments ont tous les mêmes formes"),
        ([[1]] * 3, "les 3 segments ont tous les mêmes formes"),
        ([1, 0, 1], "une table à deux dimensions"),
        ([[1, -1], [0, 1]], "qui ne sont pas des effectifs"),
        ([[1, np.nan], [0, 1]], "qui ne sont pas des effectifs"),
        ([[1, np.inf], [0, 1]], "qui ne sont pas des effectifs"),
    ],
)
def test_what_cannot_be_split_says_why(table, message):
    with pytest.raises(InputError, match=message):
        split_in_two(table)


@pytest.mark.parametrize("blocks", [2, 3])
def test_a_large_table_in_pieces(blocks):
    """Pieces without a common form: several axes carry the same inertia, and none is cut through."""
    pieces = [_themed(110, 130, seed) for seed in range(blocks)]
    table = block_diag(pieces, format="csr")
    found, again = split_in_two(table), split_in_two(table)
    assert found.first.tolist() == again.first.tolist()
    assert found.chi2 == pytest.approx(table.sum(), rel=1e-9)
    assert all(len(set(piece) & set(found.first)) in (0, 110) for piece in np.split(np.arange(110 * blocks), blocks))


def test_the_same_table_gives_the_same_groups():
    table = csr_array(_themed(300, 200, 3))
    one, other = split_in_two(table), split_in_two(table.copy())
    assert one.first.tolist() == other.first.tolist()
    assert one.chi2 == other.chi2
