"""Can a hidden count be found again? Two readers try, who know nothing of how it was hidden.

One enumerates every small table that agrees with what is shown; the other solves the sums of all that is shown,
in whole numbers, over two thousand random tables, alone and linked. One in ten of them unless CI is set.
"""

import os
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from relecture.disclosure.suppression import Bound, Role, suppress

TABLES = 20  # drawn and attacked together, since a solver takes as long for one as for all
FEWER = 1 if "CI" in os.environ else 10  # two thousand tables take half a minute
DRAWS = settings(max_examples=40 // FEWER, deadline=None, suppress_health_check=list(HealthCheck))


def contingency(table, name="q"):
    """Cells and sums of a table with its margins; a margin is written None."""
    table = np.asarray(table)
    rows, columns = (list(range(size)) for size in table.shape)
    counts = {(name, r, c): int(table[r, c]) for r in rows for c in columns}
    counts |= {(name, r, None): int(table[r].sum()) for r in rows}
    counts |= {("group", None, c): int(table[:, c].sum()) for c in columns} | {("all", None, None): int(table.sum())}
    sums = [((name, r, None), tuple((name, r, c) for c in columns)) for r in rows]
    sums += [(("group", None, c), tuple((name, r, c) for r in rows)) for c in columns]
    sums.append((("all", None, None), tuple((name, r, None) for r in rows)))
    sums.append((("all", None, None), tuple(("group", None, c) for c in columns)))
    return counts, sums


def solved(problems):
    """The second reader: for each hidden cell of each problem, the span of its values, by integer programming.

    A problem is (counts, sums, hidden). Problems stand apart in one program: the least of a sum of cells, one a
    problem, is the sum of their least.
    """
    cells = [(rank, cell) for rank, (_, _, hidden) in enumerate(problems) for cell in sorted(hidden, key=str)]
    place = {cell: rank for rank, cell in enumerate(cells)}
    lines, target, most = [], [], []
    for rank, (counts, sums, _) in enumerate(problems):
        most += [max(counts.values())] * sum(one == rank for one, _ in cells)
        for total, parts in sums:
            line, known = np.zeros(len(cells)), 0
            for cell, sign in ((total, 1), *((part, -1) for part in parts)):
                if (rank, cell) in place:
                    line[place[rank, cell]] += sign
                else:
                    known -= sign * counts[cell]
            if line.any():
                lines.append(line)
                target.append(known)
    seen = [np.array([problems[rank][0][cell] for rank, cell in cells])] if cells else []
    links = LinearConstraint(np.array(lines), target, target) if lines else ()
    order = [sum(one == other for other, _ in cells[:rank]) for rank, (one, _) in enumerate(cells)]
    for turn, sign in product(range(max(order, default=-1) + 1), (1, -1)):
        goal = np.where(np.array(order) == turn, sign, 0)
        found = milp(goal, integrality=np.ones(len(cells)), bounds=Bounds(0, most), constraints=links)
        seen.append(np.rint(found.x).astype(int))
    return dict(zip(cells, np.ptp(seen, axis=0).tolist(), strict=True)) if cells else {}


def withstand(problems, smallest):
    """Hide what must be in each (counts, sums), then let the second reader try."""
    found = [(counts, sums, suppress(counts, sums, smallest)) for counts, sums in problems]
    for counts, _, pattern in found:
        assert pattern.primary == {key for key, count in counts.items() if count < smallest}
    spans = solved([(counts, sums, pattern.hidden) for counts, sums, pattern in found])
    for (rank, _), span in spans.items():
        assert span >= min(smallest, max(found[rank][0].values()))


def drawn(rng, shape):
    """A table with many small counts."""
    small = rng.random(shape) < rng.random()
    return np.where(small, rng.integers(0, 6, shape), rng.integers(0, 41, shape))


@DRAWS
@given(st.integers(0, 2**32), st.integers(2, 3), st.integers(2, 4), st.integers(3, 6))
def test_a_table_with_its_margins(seed, rows, columns, smallest):
    rng = np.random.default_rng(seed)
    withstand([contingency(drawn(rng, (rows, columns))) for _ in range(TABLES)], smallest)


@settings(DRAWS, max_examples=20 // FEWER)
@given(st.integers(0, 2**32), st.integers(2, 3), st.integers(2, 3), st.integers(3, 6))
def test_tables_that_share_their_groups(seed, groups, answers, smallest):
    """Three questions put to the same respondents: the sizes of the groups are those of all the tables."""
    rng = np.random.default_rng(seed)
    withstand([linked(rng, groups, answers) for _ in range(TABLES)], smallest)


def linked(rng, groups, answers):
    first = drawn(rng, (2, groups))
    others = [rng.multinomial(first.sum(axis=0), rng.dirichlet(np.ones(answers), groups)).T for _ in range(2)]
    tables = [contingency(table, name) for table, name in zip((first, *others), "qrs", strict=True)]
    return {key: n for counts, _ in tables for key, n in counts.items()}, [one for _, sums in tables for one in sums]


@DRAWS
@given(st.integers(0, 2**32), st.sampled_from([(2, 2), (2, 3), (3, 2)]), st.integers(2, 4))
def test_every_table_that_agrees_is_enumerated(seed, shape, smallest):
    table = np.random.default_rng(seed).integers(0, 4, shape)
    counts, sums = contingency(table)
    total = int(table.sum())
    assume(total >= smallest)
    hidden = suppress(counts, sums, smallest, roles={("all", None, None): Role.SHOWN}).hidden
    possible = {cell: set() for cell in hidden}
    for cuts in combinations_with_replacement(range(total + 1), table.size - 1):  # the first reader: all such tables
        other, _ = contingency(np.diff([0, *cuts, total]).reshape(shape))
        if all(other[cell] == counts[cell] for cell in counts.keys() - hidden):
            for cell in hidden:
                possible[cell].add(other[cell])
    assert all(max(values) - min(values) >= min(smallest, total) for values in possible.values())


def test_nothing_small_hides_nothing():
    assert suppress(*contingency([[20, 9], [14, 30]]), 5).hidden == frozenset()


def test_a_full_answer_is_hidden_with_the_nobody_beside_it():
    found = suppress({"oui": 20, "non": 0, "tous": 20}, [("tous", ("oui", "non"))], 5, roles={"tous": Role.SHOWN})
    assert found.hidden == {"oui", "non"}  # 20 out of 20 tells on everybody


def test_exempt_cells_may_be_small_but_give_way():
    row = {"oui": 30, "non": 4, "sans réponse": 2, "tous": 36}
    sums = [("tous", ("oui", "non", "sans réponse"))]
    found = suppress(row, sums, 5, roles={"sans réponse": Role.EXEMPT, "tous": Role.SHOWN})
    assert found.primary == {"non"} and "sans réponse" in found.secondary


def test_cells_of_last_resort_are_hidden_last():
    counts, sums = contingency([[2, 9], [14, 30]])
    found = suppress(counts, sums, 5, last=[key for key in counts if key[0] in ("group", "all")])
    assert {key[0] for key in found.hidden} == {"q"}


def test_cells_shown_before_are_never_hidden_and_what_they_expose_is_said():
    row = {"oui": 30, "non": 4, "tous": 34}
    found = suppress(row, [("tous", ("oui", "non"))], 5, roles=dict.fromkeys(("oui", "tous"), Role.SHOWN))
    assert found.exposed == {"non"} and not found.secondary


def test_equal_input_gives_equal_output_whatever_the_order_of_sets():
    counts, sums = contingency([[2, 9, 12], [14, 30, 3]])
    shuffled = {key: counts[key] for key in counts}
    assert suppress(counts, sums, 5) == suppress(shuffled, list(sums), 5)


def test_what_no_solution_agrees_with_hides_more_and_stops_nothing():
    """« ? » is 2, and is said to be 50 at least, among 29."""
    row = {"oui": 20, "non": 7, "?": 2, "tous": 29}
    pattern = suppress(row, [("tous", ("oui", "non", "?"))], 5, bounds=[Bound((("?", 1.0),), 50.0, 60.0)])
    assert pattern.hidden == row.keys() and pattern.exposed


def test_a_bound_protects_as_a_sum_does():
    """Three choices among 10 respondents, at most 2 each: 20 ticks shown leave none for the last (arithmetic)."""
    ticks = {"a": 10, "b": 10, "c": 0, "tous": 10}
    most = Bound((("a", 1.0), ("b", 1.0), ("c", 1.0), ("tous", -2.0)), -np.inf, 0.0)
    roles = dict.fromkeys(["tous"], Role.SHOWN)
    assert suppress(ticks, [], 5, roles=roles).hidden == {"c"}
    assert suppress(ticks, [], 5, bounds=[most], roles=roles).hidden == {"a", "c"}


def test_a_sum_over_an_unknown_cell_is_refused():
    with pytest.raises(KeyError):
        suppress({"a": 1}, [("a", ("b",))], 5)


@pytest.mark.parametrize("n", [1, 2, 4])
def test_fewer_people_than_the_smallest_cell_hide_everything(n):
    counts, sums = contingency([[n, 0], [0, 0]])
    assert suppress(counts, sums, 5).hidden == counts.keys()


def test_a_free_cell_is_unknown_and_needs_no_protection():
    row, sums = {"oui": 30, "non": 12, "tous": 42}, [("tous", ("oui", "non"))]
    shown = {"oui": Role.SHOWN, "tous": Role.SHOWN}
    assert suppress(row, sums, 5, roles=shown | {"non": Role.FREE}).exposed == frozenset()
    assert suppress(row, sums, 5, roles=shown | {"non": Role.HIDDEN}).exposed == {"non"}
