"""Corrections of p-values: oracle in test_against_r (p.adjust); here, what is missing."""

import numpy as np
import pandas as pd

from relecture.stats.estimates.multiplicity import corrected


def test_rows_without_a_p_do_not_count_as_tests():
    found = corrected(pd.DataFrame({"p": [0.01, np.nan, 0.02]}))
    assert found["p_holm"].tolist()[::2] == [0.02, 0.02]
    assert np.isnan(found.loc[1, "p_holm"])


def test_no_test_at_all():
    assert corrected(pd.DataFrame({"p": [np.nan]}))[["p_holm", "p_bh"]].isna().all(axis=None)
    assert list(corrected(pd.DataFrame({"p": []})).columns) == ["p", "p_holm", "p_bh"]
