"""Tables are held where their sizes and the printed margins allow it, and let go with a reason where they do not."""

import numpy as np
import pandas as pd
import pytest

from relecture import InputError
from relecture.answers.synthetic import reading
from relecture.answers.synthetic.two_by_two import Tables, random_mask, splits

WITH = np.arange(20) < 8


@pytest.fixture
def sorted_tables(grouped_toy, grouped_plan, grouped_printed):
    """`sorted_tables(given)`: tables sorted for eight respondents with the outcome, then twelve without."""
    plan = reading.read(grouped_toy, grouped_plan, grouped_printed)
    people = pd.DataFrame({"groupe": np.where(WITH, "equipes", "autres"), "equipe": np.where(WITH, "1", "0")})
    return lambda given: Tables.of(plan, people, given)


def test_a_table_is_held_on_the_outcome_that_has_its_sizes(sorted_tables):
    tables = sorted_tables({"alarme": (6, 12, 2, 0), "age": (1, 2, 3, 4)})
    assert list(tables.held) == ["alarme"]
    assert tables.reasons == {"age": "aucun classement des moyens ne donne 4 et 6 répondants"}
    assert tables.reading("alarme", "among") == "alarme"
    assert tables.reading("alarme", "below") == tables.reading("age", "below") == ""
    assert tables.inside("equipes").tolist() == WITH.tolist() and tables.inside("").all()


def test_masks_have_the_exposed_of_the_table(sorted_tables):
    tables = sorted_tables({"alarme": (5, 3, 3, 9)})
    everybody = np.full(20, "", dtype=object)
    masks = list(tables.masks("alarme", everybody, np.random.default_rng(1)))
    assert [(mask[WITH].sum(), mask[~WITH].sum()) for mask in masks] == [(5, 3)]
    assert list(tables.masks("alarme", everybody, np.random.default_rng(1), {"": 9})) == []
    assert tables.reasons["alarme"].startswith("8 exposés")


def test_values_are_moved_inside_their_part_only(sorted_tables):
    """Two parts of ten, four exposed in each: the table wants all but one of the exposed with the outcome."""
    tables, parts = sorted_tables({"alarme": (7, 1, 1, 11)}), np.array([0, 1] * 10, dtype=object)
    values = np.array(["oui"] * 8 + ["non"] * 12, dtype=object)[np.random.default_rng(3).permutation(20)]
    values[parts == 0], values[parts == 1] = ["oui"] * 4 + ["non"] * 6, ["non"] * 6 + ["oui"] * 4
    tables.arrange("alarme", values, values == "oui", parts, np.random.default_rng(1))
    assert [(values[parts == part] == "oui").sum() for part in (0, 1)] == [4, 4]
    assert ((values == "oui") & WITH).sum() == 7


def test_faults_come_all_at_once(sorted_tables):
    with pytest.raises(InputError) as error:
        sorted_tables({"taille": (1, 2, 3, 4), "age": (1, 2, -3, 4)})
    assert len(error.value.faults) == 2
    assert "« taille » : covariable inconnue (connues : alarme, age, mailiz)" in str(error.value)


def test_the_likeliest_share_comes_first():
    """Oracle: hypergeometric, 4 of 8 in two cells of 4 are most often two and two."""
    found = splits({1: 4, 0: 0}, {("u", 1): 4, ("n", 1): 4})
    assert len(found) == 5
    assert found[0] == {("u", 1): 2, ("n", 1): 2}


def test_marked_rows_are_as_many_as_the_share_says():
    rows = random_mask([("u", 1)] * 4 + [None], {("u", 1): 2}, np.random.default_rng(1))
    assert rows.sum() == 2 and not rows[4]
