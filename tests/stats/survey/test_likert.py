"""Medians of ordered answers, against the literal median of the ranks."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relecture.stats.survey.likert import medians

ORDER = ["jamais", "parfois", "souvent", "toujours"]


def cells(counts, group="tous"):
    return pd.DataFrame({"variable": "Avis", "group": group, "label": ORDER, "count": counts})


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any))
def test_the_rank_is_the_median_of_all_answers(counts):
    row = medians(cells(counts), ORDER).loc[0]
    everybody = np.repeat(np.arange(1, 5), counts)
    low, high = np.sort(everybody)[[(len(everybody) - 1) // 2, len(everybody) // 2]]  # the two in the middle
    assert row["rank"] == (low + high) / 2
    assert row["median"].split("/")[0] == ORDER[low - 1]
    assert row["n"] == sum(counts)


@pytest.mark.parametrize("counts", [[0, 0, 0, 0], [3, np.nan, 2, 1]])
def test_nobody_or_a_withheld_count_has_no_median(counts):
    row = medians(cells(counts), ORDER).loc[0]
    assert row["median"] == "–" and np.isnan(row["rank"])


def test_groups_are_kept_apart_in_order():
    found = medians(pd.concat([cells([1, 0, 0, 0], "b"), cells([0, 0, 0, 1], "a")]), ORDER)
    assert found[["group", "median"]].to_numpy().tolist() == [["b", "jamais"], ["a", "toujours"]]
