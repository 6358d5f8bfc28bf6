"""Comparisons of groups on a number, by the theses' pipeline: Shapiro-Wilk, then Mann-Whitney or a t test.

Each group is tested for normality (Shapiro & Wilk 1965); if either is not normal, or cannot be tested,
ranks are compared (Mann & Whitney 1947, exactly in groups below 50 without ties, else with corrections for ties and
continuity), otherwise means are (Welch 1947). The row says which test was used and why. Differences are first group
minus second, in the order the groups appear. Three groups or more are compared by ranks (Kruskal & Wallis 1952).
Answers that are not numbers are in `independence`. Nothing raises on thin data: estimates are NaN and `note` says why,
in French.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, sqrt
from typing import Any

import numpy as np
import pandas as pd

from relecture.core.french import plural
from relecture.stats.estimates import effects
from relecture.stats.estimates.describe import INFINITE, summary
from relecture.stats.estimates.independence import MOST

THRESHOLD = 0.05  # normality is rejected below; the level the theses announce
LARGEST = 5000  # beyond, Shapiro and Wilk's p-value is not known (Royston 1995, R refuses it)
TWO_GROUPS = [
    "group1", "group2", "n1", "n2", "mean1", "mean2", "sd1", "sd2", "median1", "median2",
    "p_shapiro1", "p_shapiro2", "test", "why", "statistic", "p", "difference", "low", "high",
    "hedges_g", "g_low", "g_high", "rank_biserial", "r_low", "r_high", "common_language",
    "effect", "estimate", "effect_low", "effect_high", "note",
]  # fmt: skip
MEANS, RANKS = "g de Hedges", "r, corrélation bisériale des rangs"  # the first word is its sign
SEVERAL_GROUPS = ["groups", "n", "test", "statistic", "df", "p", "epsilon_squared", "low", "high", "note"]


def two_groups(
    frame: pd.DataFrame, value: str, group: str, confidence: float = 0.95, *, ordinal: bool = False
) -> pd.DataFrame:
    """One row (columns TWO_GROUPS): the test used and why, Welch's interval, effect sizes.

    Values that are `ordinal`, the ranks of answers on a scale, are compared by ranks whatever their shape.
    Hedges' g comes with the interval of Welch's test; `rank_biserial` is from -1 to 1, with that of
    `effects.rank_biserial`; `common_language` is the probability that a member of the first group exceeds one
    of the second, half of it when they are equal (Vargha & Delaney 2000). `effect` names, in French, the effect size
    that goes with the test made; `estimate`, `effect_low` and `effect_high` repeat it.

    >>> frame = pd.DataFrame({"score": [1, 2, 3, 4, 5, 3, 4, 5, 6, 9], "groupe": list("aaaaabbbbb")})
    >>> two_groups(frame, "score", "groupe")[["test", "p", "difference", "common_language"]].round(3)
            test      p  difference  common_language
    0  t (Welch)  0.096        -2.4             0.18
    """
    samples = _samples(frame, value, group)
    row = dict.fromkeys(TWO_GROUPS, np.nan) | {"test": "", "why": "", "effect": "", "note": _unfit(samples, wanted=2)}
    if len(samples) == 2:
        row |= _described(samples)
    if not row["note"]:
        row |= _tested(*samples.values(), confidence, ordinal)
    return pd.DataFrame([row], columns=TWO_GROUPS)


def choice(normality: Sequence[float], *, ordinal: bool = False, exact: bool = False) -> tuple[str, str]:
    """The test of two groups, and why, in French, from the p of Shapiro and Wilk in each (NaN: unknown).

    >>> choice([0.41, 0.12])
    ('t (Welch)', 'Shapiro-Wilk : normalité non rejetée (seuil 5 %)')
    """
    ranks, rejected = "Mann-Whitney exact" if exact else "Mann-Whitney", sum(p < THRESHOLD for p in normality)
    if ordinal:
        return ranks, "échelle ordinale"
    if any(np.isnan(p) for p in normality):
        return (
            ranks,
            "normalité non vérifiable dans un groupe (moins de trois valeurs, plus de 5 000, ou toutes égales)",
        )
    if not rejected:
        return "t (Welch)", "Shapiro-Wilk : normalité non rejetée (seuil 5 %)"
    return ranks, f"Shapiro-Wilk : normalité rejetée dans {('un groupe', 'les deux groupes')[rejected - 1]} (seuil 5 %)"


def several_groups(frame: pd.DataFrame, value: str, group: str, confidence: float = 0.95) -> pd.DataFrame:
    """One row (columns SEVERAL_GROUPS): Kruskal-Wallis, ties corrected, and epsilon squared with its interval.

    Groups without any value are left out; more than `independence.MOST` are those of an open question, not compared.
    R: kruskal.test(value ~ group).

    >>> frame = pd.DataFrame({"score": [1, 2, 3, 2, 4, 5, 6, 7, 9], "groupe": list("aaabbbccc")})
    >>> several_groups(frame, "score", "groupe")[["groups", "statistic", "p", "epsilon_squared"]].round(3)
       groups  statistic      p  epsilon_squared
    0       3      6.252  0.044            0.782
    """
    from scipy.stats import kruskal

    samples = {name: sample for name, sample in _samples(frame, value, group).items() if len(sample)}
    n = sum(map(len, samples.values()))
    row = dict.fromkeys(SEVERAL_GROUPS, np.nan) | {"groups": len(samples), "n": n, "test": ""}
    row["note"] = _unfit(samples)
    if not row["note"]:
        result = kruskal(*samples.values())
        effect = effects.epsilon_squared(list(samples.values()), confidence)
        row |= {"test": "Kruskal-Wallis", "df": len(samples) - 1, "statistic": result.statistic, "p": result.pvalue}
        row |= {"epsilon_squared": effect.estimate, "low": effect.low, "high": effect.high, "note": effect.note}
    return pd.DataFrame([row], columns=SEVERAL_GROUPS)


def _samples(frame: pd.DataFrame, value: str, group: str) -> dict[object, np.ndarray]:
    """The known values of each group, groups in order of appearance."""
    known = frame[[value, group]].dropna()
    ranks, names = pd.factorize(known[group])
    values = known[value].to_numpy(dtype=float)[np.argsort(ranks, kind="stable")]
    parts = dict(zip(names, np.split(values, np.bincount(ranks).cumsum()[:-1]), strict=False))
    return {name: parts.get(name, values[:0]) for name in frame[group].dropna().unique()}


def _unfit(samples: dict[object, np.ndarray], wanted: int = 0) -> str:
    """Why samples cannot be compared; empty when they can. `wanted` groups, or two at least."""
    if wanted and len(samples) != wanted:
        return f"{plural(len(samples), 'groupe')} au lieu de deux"
    if len(samples) > MOST:
        return f"question ouverte : {len(samples)} groupes, non comparés"
    if len(samples) < 2:
        return f"{plural(len(samples), 'groupe')} avec des réponses, il en faut au moins deux"
    for name, sample in samples.items():
        if wanted and len(sample) < 2:
            return f"groupe « {name} » : {plural(len(sample), 'réponse')}, il en faut au moins deux"
    everybody = np.concatenate(list(samples.values()))
    if np.isinf(everybody).any():
        return INFINITE
    if np.ptp(everybody) == 0:
        return "toutes les valeurs sont égales : rien à comparer"
    if max(map(len, samples.values())) < 2:
        return "une seule réponse par groupe : rien à comparer"
    return ""


def _described(samples: dict[object, np.ndarray]) -> dict[str, object]:
    row: dict[str, object] = {}
    for rank, (name, sample) in enumerate(samples.items(), start=1):
        values = summary(sample)
        row |= {f"group{rank}": name, f"n{rank}": values.n, f"median{rank}": values.median}
        row |= {f"mean{rank}": values.mean, f"sd{rank}": values.sd}
    return row


def _tested(x: np.ndarray, y: np.ndarray, confidence: float, ordinal: bool) -> dict[str, object]:
    normality = [_shapiro(x), _shapiro(y)]
    ranks = _ranks(x, y)
    test, why = choice(normality, ordinal=ordinal, exact=ranks["exact"])
    welch = from_summaries(len(x), x.mean(), x.std(ddof=1), len(y), y.mean(), y.std(ddof=1), confidence).loc[1]
    rank = effects.rank_biserial(x, y, confidence)
    sizes = {
        MEANS: tuple(welch[["hedges_g", "g_low", "g_high"]]), RANKS: (ranks["rank_biserial"], rank.low, rank.high),
    }  # fmt: skip
    chosen, effect = (welch, MEANS) if test == "t (Welch)" else (ranks, RANKS)
    return {
        "p_shapiro1": normality[0], "p_shapiro2": normality[1], "test": test, "why": why,
        "statistic": chosen["statistic"], "p": chosen["p"], "common_language": ranks["common_language"],
        **welch[["difference", "low", "high"]], "effect": effect, "note": rank.note if effect == RANKS else "",
        **dict(zip(("hedges_g", "g_low", "g_high"), sizes[MEANS], strict=True)),
        **dict(zip(("rank_biserial", "r_low", "r_high"), sizes[RANKS], strict=True)),
        **dict(zip(("estimate", "effect_low", "effect_high"), sizes[effect], strict=True)),
    }  # fmt: skip


def _shapiro(sample: np.ndarray) -> float:
    from scipy.stats import shapiro

    if not 3 <= len(sample) <= LARGEST or np.ptp(sample) == 0:
        return np.nan
    return float(shapiro(sample).pvalue)


def _ranks(x: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    """Mann-Whitney: exact in groups below 50 without ties, else by its normal approximation, as wilcox.test of R."""
    from scipy.stats import mannwhitneyu

    exact = max(len(x), len(y)) < 50 and len(np.unique(np.concatenate([x, y]))) == len(x) + len(y)
    result = mannwhitneyu(x, y, method="exact" if exact else "asymptotic")
    above = float(result.statistic) / (len(x) * len(y))
    return {
        "statistic": float(result.statistic), "p": float(result.pvalue), "common_language": above,
        "rank_biserial": 2 * above - 1, "exact": exact,
    }  # fmt: skip


def from_summaries(
    n1: int, mean1: float, sd1: float, n2: int, mean2: float, sd2: float, confidence: float = 0.95
) -> pd.DataFrame:
    """Student's and Welch's tests from printed summaries: two rows, difference and Hedges' g with intervals.

    Hedges' g (1981) uses the pooled deviation on both rows; its interval follows the test of its row, and holds 0 when
    the p of the row is above 1 - confidence (`effects.hedges_g`). NaN and a note when a group is below two respondents
    or when neither group varies.

    >>> from_summaries(21, 63.9, 10.5, 60, 47.3, 12)[["test", "difference", "low", "high", "hedges_g"]].round(3)
              test  difference     low    high  hedges_g
    0  t (Student)        16.6  10.726  22.474     1.413
    1    t (Welch)        16.6  11.008  22.192     1.413
    """
    tests = [("t (Student)", True), ("t (Welch)", False)]
    infinite = np.isinf([mean1, sd1, mean2, sd2]).any()
    if min(n1, n2) < 2 or (sd1 == 0 and sd2 == 0) or infinite:
        note = "effectif inférieur à deux" if min(n1, n2) < 2 else "aucun des deux groupes ne varie"
        note, mean1 = (INFINITE, np.nan) if infinite else (note, mean1)
        blank = dict.fromkeys(("statistic", "df", "p", "low", "high", "hedges_g", "g_low", "g_high"), np.nan)
        return pd.DataFrame([{"test": t, "difference": mean1 - mean2, **blank, "note": note} for t, _ in tests])
    rows = [
        {"test": name, **_t_test(n1, mean1, sd1, n2, mean2, sd2, pooled, confidence), "note": ""}
        for name, pooled in tests
    ]
    return pd.DataFrame(rows)


def pairs_from_summaries(frame: pd.DataFrame, by: str, confidence: float = 0.95) -> pd.DataFrame:
    """Welch's row of `from_summaries` for each pair of rows (columns n, mean, sd) that share `by`."""
    rows = [_welch(pair, confidence).assign(**{by: name}) for name, pair in frame.groupby(by, sort=False)]
    return pd.concat(rows, ignore_index=True) if rows else _welch(frame, confidence).iloc[:0].assign(**{by: None})


def _welch(pair: pd.DataFrame, confidence: float) -> pd.DataFrame:
    if len(pair) == 2:
        return from_summaries(*pair[["n", "mean", "sd"]].to_numpy().ravel(), confidence).tail(1)
    nobody = (0, np.nan, np.nan)
    return from_summaries(*nobody, *nobody).tail(1).assign(note=f"{plural(len(pair), 'groupe')} au lieu de deux")


def _t_test(
    n1: int, mean1: float, sd1: float, n2: int, mean2: float, sd2: float, pooled: bool, confidence: float
) -> dict[str, float]:
    from scipy.stats import t, ttest_ind_from_stats

    test = ttest_ind_from_stats(mean1, sd1, n1, mean2, sd2, n2, equal_var=pooled)
    spread = sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / (n1 + n2 - 2))
    error = spread * sqrt(1 / n1 + 1 / n2) if pooled else hypot(sd1 / sqrt(n1), sd2 / sqrt(n2))
    shares = (sd1**2 / n1, sd2**2 / n2)
    df = n1 + n2 - 2 if pooled else error**4 / (shares[0] ** 2 / (n1 - 1) + shares[1] ** 2 / (n2 - 1))
    margin = t.ppf((1 + confidence) / 2, df) * error
    difference = mean1 - mean2
    effect = effects.hedges_g(test.statistic, df, error / spread, n1 + n2 - 2, confidence)
    return {
        "statistic": float(test.statistic), "df": df, "p": float(test.pvalue), "difference": difference,
        "low": difference - margin, "high": difference + margin,
        "hedges_g": effect.estimate, "g_low": effect.low, "g_high": effect.high,
    }  # fmt: skip
