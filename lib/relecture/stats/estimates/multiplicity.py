"""How sure is one small p among many? Corrections for multiple tests, shown beside the p, never instead.

Holm's (1979) bounds the chance of any false positive; Benjamini and Hochberg's (1995) the expected share of
false positives among what is called significant. Both come from pingouin (those of statsmodels collect the garbage
of the whole process at each call). The theses corrected none.
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
    import pingouin

    values = frame[p].to_numpy(dtype=float)
    if np.isnan(values).all():
        return frame.assign(p_holm=np.nan, p_bh=np.nan)
    methods = {"p_holm": "holm", "p_bh": "fdr_bh"}
    return frame.assign(**{name: pingouin.multicomp(values, method=method)[1] for name, method in methods.items()})
