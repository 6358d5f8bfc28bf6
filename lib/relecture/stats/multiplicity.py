"""How sure is one small p among many? Corrections for multiple tests, shown beside the p, never instead.

Holm's (1979) bounds the chance of any false positive; Benjamini and Hochberg's (1995) the expected share of
false positives among what is called significant. Both come from statsmodels. The theses corrected none.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def corrected(frame: pd.DataFrame, p: str = "p") -> pd.DataFrame:
    """The frame with `p_holm` and `p_bh` beside its column `p`; rows without a p are not counted as tests.

    R: p.adjust(p, "holm"), p.adjust(p, "BH").

    >>> corrected(pd.DataFrame({"p": [0.01, 0.04, None, 0.03]})).round(3)
          p  p_holm  p_bh
    0  0.01    0.03  0.03
    1  0.04    0.06  0.04
    2   NaN     NaN   NaN
    3  0.03    0.06  0.04
    """
    from statsmodels.stats.multitest import fdrcorrection, multipletests

    values = frame[p].to_numpy(dtype=float)
    tested = ~np.isnan(values)
    found = {name: np.full(len(values), np.nan) for name in ("p_holm", "p_bh")}
    if tested.any():
        found["p_holm"][tested] = multipletests(values[tested], method="holm")[1]
        found["p_bh"][tested] = fdrcorrection(values[tested])[1]
    return frame.assign(**found)
