"""What do several studies say together? Only when asked, and only by a method that is named.

The default of the compendium is side by side: `describe.proportions` on one row a study, nothing pooled, because
the studies asked different people different questions. When a reader pools all the same, `combined` does it by
inverse variance, with a fixed effect or random effects (DerSimonian & Laird 1986; Paule & Mandel 1982), and
shows heterogeneity (Q, I², τ²) with it; `shares` does so on the logit scale; `stratified` gives the odds ratio
common to several 2 x 2 tables (Mantel & Haenszel 1959) with the test that it is common (Breslow & Day 1980).
The computations are those of statsmodels.
"""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

METHODS = {
    "fixed": "effet fixe, inverse de la variance",
    "dl": "effets aléatoires, DerSimonian et Laird",
    "pm": "effets aléatoires, Paule et Mandel",
}
COMBINED = ["method", "studies", "estimate", "low", "high", "q", "df", "p_q", "i2", "tau2", "note"]
STRATIFIED = ["method", "strata", "estimate", "low", "high", "p", "p_common", "note"]
_NAMES = {"fixed": "dl", "dl": "dl", "pm": "iterated"}  # of statsmodels


def combined(frame: pd.DataFrame, method: str, confidence: float = 0.95) -> pd.DataFrame:
    """One row (columns COMBINED) from one row a study: columns estimate, se, on a scale where they add up.

    `method` is one of METHODS, and has no default. I² is the share of the variation beyond chance (0 to 1).
    Rows without an estimate are left out and counted in `note`. Raises ValueError for an unknown method.

    >>> two = pd.DataFrame({"estimate": [0.1, 0.3, 0.35, 0.65], "se": [0.1732, 0.1732, 0.2236, 0.1]})
    >>> combined(two, "dl")[["estimate", "low", "high", "i2"]].round(3)
       estimate  low   high     i2
    0     0.374  0.1  0.648  0.668
    """
    if method not in METHODS:
        raise ValueError(f"« {method} » n'est pas une méthode ({', '.join(METHODS)})")
    kept = frame[frame["se"].gt(0) & frame["estimate"].notna()]
    left_out = len(frame) - len(kept)
    row = dict.fromkeys(COMBINED, np.nan) | {"method": METHODS[method], "studies": len(kept)}
    row["note"] = f"{left_out} étude(s) sans estimation, laissée(s) de côté" if left_out else ""
    if len(kept) < 2:
        row["note"] = f"{len(kept)} étude avec une estimation : rien à réunir"
    else:
        row |= _combined(kept, method, confidence)
    return pd.DataFrame([row], columns=COMBINED)


def shares(frame: pd.DataFrame, method: str, confidence: float = 0.95) -> pd.DataFrame:
    """The row of `combined` for one row a study (columns count, n), as shares of 1, pooled on the logit scale.

    Half a respondent is added to both answers of a study where nobody, or everybody, said yes.
    """
    edge = (frame["count"] == 0) | (frame["count"] == frame["n"])
    yes, no = frame["count"] + 0.5 * edge, frame["n"] - frame["count"] + 0.5 * edge
    asked = frame["n"] > 0
    logits = pd.DataFrame({"estimate": np.log(yes / no).where(asked), "se": np.sqrt(1 / yes + 1 / no).where(asked)})
    row = combined(logits, method, confidence)
    return row.assign(**{name: 1 / (1 + np.exp(-row[name].astype(float))) for name in ("estimate", "low", "high")})


def stratified(frame: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """One row (columns STRATIFIED) from one 2 x 2 table a stratum: columns a, b, c, d, as in `odds`.

    `p` is that of Mantel and Haenszel's test without continuity correction, `p_common` of Breslow and Day's,
    with Tarone's adjustment. R: mantelhaen.test(tables, correct = FALSE).
    """
    from statsmodels.stats.contingency_tables import StratifiedTable

    counts = frame[["a", "b", "c", "d"]].to_numpy(dtype=float)
    counts = counts[counts.sum(axis=1) > 0]
    row = dict.fromkeys(STRATIFIED, np.nan) | {"method": "Mantel-Haenszel", "strata": len(counts), "note": ""}
    a, b, c, d = counts.T
    n = counts.sum(axis=1)
    if not ((a * d / n).sum() > 0 and (b * c / n).sum() > 0):
        row["note"] = "trop de cases vides : rapport de cotes commun non estimable"
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = StratifiedTable([table.reshape(2, 2) for table in counts])
            low, high = tables.oddsratio_pooled_confint(alpha=1 - confidence)
            row |= {"estimate": tables.oddsratio_pooled, "low": low, "high": high}
            row |= {"p": tables.test_null_odds().pvalue, "p_common": tables.test_equal_odds(adjust=True).pvalue}
    return pd.DataFrame([row], columns=STRATIFIED)


def _combined(kept: pd.DataFrame, method: str, confidence: float) -> dict[str, float]:
    from scipy.stats import chi2
    from statsmodels.stats.meta_analysis import combine_effects

    effects, variances = kept["estimate"].to_numpy(dtype=float), kept["se"].to_numpy(dtype=float) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        found = combine_effects(effects, variances, method_re=_NAMES[method], use_t=False, alpha=1 - confidence)
        rows = found.summary_frame()
    random = method != "fixed" and found.q > found.df  # below, both methods put τ² at 0, and statsmodels a negative one
    row = rows.loc["random effect" if random else "fixed effect"]
    return {
        "estimate": row["eff"], "low": row["ci_low"], "high": row["ci_upp"],
        "q": found.q, "df": found.df, "p_q": chi2.sf(found.q, found.df),
        "i2": max(float(found.i2), 0.0), "tau2": float(found.tau2) if random else 0.0,
    }  # fmt: skip
