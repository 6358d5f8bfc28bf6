"""How often the intervals that pages show hold the truth of known populations, at the sizes of the theses.

Each interval of a page on answers stands here once, over true values near nothing, moderate and strong. A row says
which interval and where it is shown, the sizes, the population, how often the intervals at 95 % hold the true value,
and in what part of the draws there is none. `least` and `most` are what the page says (94 and 97 % where it says none).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import numpy as np
import pandas as pd
from scipy.special import expit
from scipy.stats import binom, chi2_contingency

from relecture.core.french import number
from relecture.stats.estimates import compare, describe, effects, logistic, odds, reliability
from relecture.text.codes import agreement_coefficients as coefficients

MANY = 200_000  # members of a population whose true value has no formula
ONE, PAIR, THREE, PLACES = "Guefif, Ajoodha, Zerhoui, synthèse", "Guefif, Ajoodha", "Guefif", "Planchenault"
USUAL = (0.94, 0.97)
SPREAD, CEILING = (-1.0, 0.0, 1.0), (-1.5, -1.0, -0.5)  # where a latent value changes of answer, on a scale of four
Found = tuple[float, float, float]  # low, high, truth


def measured(draws: int, seed: int) -> Iterator[dict]:
    """The rows of every interval."""
    for rank, interval in enumerate(MEASURED):
        yield from interval(np.random.default_rng([seed, rank]), draws)


def _row(name: str, page: str, sizes: str, population: str, found: Iterable[Found], says: tuple = USUAL) -> dict:
    low, high, truth = np.array([*found], dtype=float).T
    known = ~np.isnan(low)
    held = (low - 1e-12 <= truth) & (truth <= high + 1e-12)
    row = {"name": name, "page": page, "sizes": sizes, "population": population, "held": float(held[known].mean())}
    row |= {"none": float(1 - known.mean()), "draws": int(known.sum()), "least": says[0], "most": says[1]}
    return row | {"verdict": "tenu" if as_said(row) else "non tenu"}


def as_said(row: dict) -> bool:
    """Whether what was counted can come from a coverage between what the page says, in whole percents (1 in 1,000)."""
    draws, held = row["draws"], row["draws"] * row["held"]
    fewest, most = binom.ppf(0.0005, draws, row["least"] - 0.005), binom.isf(0.0005, draws, min(row["most"] + 0.005, 1))
    return bool(fewest <= held + 1e-9 and held - 1e-9 <= most)


def shares(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    for n in (21, 50, 81):
        for least, most, says in ((0.001, 0.01, (0.84, 0.97)), (0.01, 0.1, USUAL), (0.1, 0.5, USUAL)):
            truth = rng.uniform(least, most, draws)
            frame = describe.proportions(pd.DataFrame({"count": rng.binomial(n, truth), "n": n}))
            population = f"part de {number(100 * least, 1)} à {number(100 * most, 1)} %"
            found = zip(frame["low"], frame["high"], truth, strict=True)
            yield _row("part (Wilson)", ONE, str(n), population, found, says)


def differences(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    bounds = cache(lambda *counts: _ends(effects.difference(*counts)))
    both = {"parts quelconques": (0.05, 0.95, 1), "parts égales": (0.1, 0.9, 0), "parts de 1 à 5 %": (0.01, 0.05, 1)}
    for n, m in ((50, 50), (81, 81), (21, 21)):
        for name, (least, most, apart) in both.items():
            p, q = rng.uniform(least, most, (2, draws))
            q = q if apart else p
            counts = zip(rng.binomial(n, p).tolist(), rng.binomial(m, q).tolist(), p - q, strict=True)
            found = ((*bounds(a, n, b, m), truth) for a, b, truth in counts)
            says = (0.97, 1) if most < 0.1 else USUAL
            yield _row("écart de deux parts (Newcombe)", ONE, f"{n} et {m}", name, found, says)


def means(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    for sizes, cuts, name in (((21, 60), SPREAD, "scores étalés"), ((17, 43), CEILING, "scores au plafond")):
        truth = [_score(rng, MANY, cuts, shift).mean() for shift in (0.5, 0)]
        samples = [
            [_score(rng, n, cuts, shift) for n, shift in zip(sizes, (0.5, 0), strict=True)] for _ in range(draws)
        ]
        alone = ((*_ends(describe.mean_interval(*_summary(x)[1:], len(x))), truth[0]) for x, _ in samples)
        yield _row("moyenne (Student)", THREE, str(sizes[0]), name, alone, USUAL if cuts is SPREAD else (0.92, 0.97))
        welch = [compare.from_summaries(*_summary(x), *_summary(y)).loc[1, ["low", "high"]] for x, y in samples]
        found = ((low, high, truth[0] - truth[1]) for low, high in welch)
        yield _row("écart de moyennes (Welch)", THREE, f"{sizes[0]} et {sizes[1]}", name, found)


def standardised(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    for shift, sd in ((0, 1), (0.8, 1), (0.8, 1.5), (2, 1)):
        truth = shift / ((20 * sd**2 + 59) / 79) ** 0.5
        pairs = ((rng.normal(shift, sd, 21), rng.normal(0, 1, 60)) for _ in range(draws))
        tests = (compare.from_summaries(*_summary(x), *_summary(y)).loc[1, ["g_low", "g_high"]] for x, y in pairs)
        name = f"g de {number(truth, 1)}, écarts types {number(sd)} et 1"
        yield _row("g de Hedges (Welch)", PAIR, "21 et 60", name, ((*test, truth) for test in tests))


def ranks(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    for n, m in ((21, 60), (42, 8)):
        for name, shift in (("r nul", 0), ("r moyen", 0.6), ("r fort", 1.6)):
            for cuts, kind in ((None, "nombres"), ((-1.2, -0.4, 0.4, 1.2), "cinq réponses")):
                x, y = (_cut(rng.normal(at, 1, MANY), cuts) for at in (shift, 0))
                truth = effects.rank_biserial(x, y).estimate
                pairs = ((_cut(rng.normal(shift, 1, n), cuts), _cut(rng.normal(0, 1, m), cuts)) for _ in range(draws))
                found = ((*_ends(effects.rank_biserial(*pair)), truth) for pair in pairs)
                yield _row("bisériale de rangs (logit)", PAIR, f"{n} et {m}", f"{name}, {kind}", found)


def several(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    sizes = (21, 17, 43)
    for shift, cuts in ((0, None), (0.3, None), (0.7, SPREAD), (1.2, None)):
        many = [_cut(rng.normal(shift * rank, 1, 2000 * size), cuts) for rank, size in enumerate(sizes)]
        truth = compare.several_groups(_stacked(many), "x", "g").loc[0, "epsilon_squared"] if shift else 0.0
        drawn = ([_cut(rng.normal(shift * k, 1, size), cuts) for k, size in enumerate(sizes)] for _ in range(draws))
        found = ((*_ends(effects.epsilon_squared(samples)), truth) for samples in drawn)
        name = f"ε² de {number(truth, 2)}" + ", quatre réponses" * bool(cuts)
        yield _row("ε² (tirages)", THREE, "21, 17 et 43", name, found, (0.95, 0.98))


def tables(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    bounds = cache(lambda chi2, df, n, smaller: _ends(effects.cramers_v(chi2, df, n, smaller)))
    rows = {
        "deux réponses, V nul": ((21, 60), [[0.4, 0.6]] * 2), "rare, V nul": ((21, 60), [[0.05, 0.95]] * 2),
        "deux réponses, V moyen": ((21, 60), [[0.4, 0.6], [0.7, 0.3]]),
        "rare, V moyen": ((21, 60), [[0.2, 0.8], [0.03, 0.97]]),
        "deux réponses, V fort": ((42, 8), [[0.2, 0.8], [0.9, 0.1]]),
        "quatre réponses, V moyen": ((21, 60), [[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]]),
        "trois réponses, V fort": ((21, 17, 43), [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]]),
    }  # fmt: skip
    for name, (sizes, groups) in rows.items():
        joint = np.array(groups) * np.array(sizes)[:, None] / sum(sizes)
        free = joint.sum(1, keepdims=True) * joint.sum(0, keepdims=True)
        truth = (((joint - free) ** 2 / free).sum() / (min(joint.shape) - 1)) ** 0.5
        drawn = np.stack([rng.multinomial(size, group, draws) for size, group in zip(sizes, groups, strict=True)], 1)
        found = ((*bounds(*_chi2(table)), truth) for table in drawn)
        yield _row("V de Cramér", PAIR, ", ".join(map(str, sizes)), name, found, (0.96, 0.99))


def ratios(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    bounds = cache(lambda *cells: _ends(odds.from_table(*cells)))
    for n, m in ((38, 43), (10, 71)):
        for name, ratio in (("égalité", 1), ("odds ratio de 3", 3), ("odds ratio de 8", 8)):
            q = rng.uniform(0.25, 0.6, draws)
            p = expit(np.log(ratio * q / (1 - q)))
            counts = zip(rng.binomial(n, p).tolist(), rng.binomial(m, q).tolist(), strict=True)
            found = ((*bounds(a, n - a, b, m - b), ratio) for a, b in counts)
            yield _row("odds ratio (Woolf)", THREE, f"{n} et {m}", name, found)


def regressions(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    for terms, says in ((3, USUAL), (12, (0.91, 0.94))):
        found = [_coefficients(rng, terms, (0.0, 0.7, 1.2)) for _ in range(draws)]
        for rank, truth in enumerate((0.0, 0.7, 1.2)):
            name = f"coefficient de {number(truth, 1)}, parmi {terms}"
            yield _row("régression logistique (Wald)", THREE, "81", name, ((*one[rank], truth) for one in found), says)


def alphas(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    strengths = {SPREAD: ((81, 0.3), (81, 0.85), (21, 0.55)), CEILING: ((81, 0.55), (81, 0.85))}
    for n, loading, cuts in ((*one, cuts) for cuts, every in strengths.items() for one in every):
        truth = reliability.alpha(_items(rng, MANY, loading, cuts)).alpha
        found = (reliability.alpha(_items(rng, n, loading, cuts)) for _ in range(draws))
        name = f"alpha de {number(truth, 2)}, réponses {'étalées' if cuts is SPREAD else 'au bout de l’échelle'}"
        says = USUAL if cuts is SPREAD else (0.82, 0.90)
        yield _row(
            "alpha de Cronbach (Feldt)", THREE, str(n), name, ((one.low, one.high, truth) for one in found), says
        )


def agreements(rng: np.random.Generator, draws: int) -> Iterator[dict]:
    both = {"α de Krippendorff (z)": coefficients.krippendorff_alpha, "κ de Cohen (z)": coefficients.cohen_kappa}
    for often, truth in ((0.04, 0.3), (0.07, 0.5), (0.15, 0.7), (0.2, 0.9), (0.3, 0.4)):
        apart = (1 - truth) * often * (1 - often)  # coders alike: alpha and kappa are both the truth
        cells = rng.multinomial(166, [1 - often - apart, apart, apart, often - apart], draws)
        codes = [pd.DataFrame(np.array([np.repeat([0, 0, 1, 1], row), np.repeat([0, 1, 0, 1], row)])) for row in cells]
        name = f"accord de {number(truth, 1)}, code sur {number(166 * often, 0)} paragraphes"
        says = (0.86, 0.97) if 166 * often < 20 else (0.93, 0.97)
        for label, coefficient in both.items():
            yield _row(label, PLACES, "166", name, ((*_ends(coefficient(one)), truth) for one in codes), says)


def _ends(interval: describe.Interval | coefficients.Estimate | odds.OddsRatio) -> tuple[float, float]:
    return interval.low, interval.high


def _summary(x: np.ndarray) -> tuple[int, float, float]:
    return len(x), float(x.mean()), float(x.std(ddof=1))


def _cut(latent: np.ndarray, cuts: tuple[float, ...] | None) -> np.ndarray:
    return latent if cuts is None else np.digitize(latent, cuts).astype(float)


def _items(rng: np.random.Generator, n: int, loading: float, cuts: tuple[float, ...], shift: float = 0) -> pd.DataFrame:
    """Twenty statements of four answers, that one trait moves."""
    latent = loading * rng.normal(shift, 1, (n, 1)) + (1 - loading**2) ** 0.5 * rng.normal(size=(n, 20))
    return pd.DataFrame(_cut(latent, cuts))


def _score(rng: np.random.Generator, n: int, cuts: tuple[float, ...], shift: float) -> np.ndarray:
    return 20 + _items(rng, n, 0.6, cuts, shift).to_numpy().sum(axis=1)


def _chi2(table: np.ndarray) -> tuple[float, int, int, int]:
    table = table[:, table.sum(axis=0) > 0]
    test = chi2_contingency(table, correction=False)
    return round(float(test.statistic), 9), test.dof, int(table.sum()), min(table.shape)


def _coefficients(rng: np.random.Generator, terms: int, truths: tuple[float, ...]) -> list[tuple[float, float]]:
    """The bounds of the first coefficients of a regression on 81 respondents."""
    x = (rng.random((81, terms)) < 0.4).astype(float)
    y = (rng.random(81) < expit(x[:, : len(truths)] @ truths - 0.4 * sum(truths))).astype(float)
    frame = pd.DataFrame(x).add_prefix("x").assign(y=y)
    fit = logistic.multivariable(frame, "y", [f"x{rank}" for rank in range(terms)])
    return fit[["coefficient_low", "coefficient_high"]].to_numpy()[: len(truths)].tolist()


def _stacked(samples: list[np.ndarray]) -> pd.DataFrame:
    groups = np.repeat(range(len(samples)), list(map(len, samples)))
    return pd.DataFrame({"x": np.concatenate(samples), "g": groups})


MEASURED: tuple[Callable[[np.random.Generator, int], Iterator[dict]], ...] = (
    shares, differences, means, standardised, ranks, several, tables, ratios, regressions, alphas, agreements,
)  # fmt: skip
