"""Do the statistics give R's numbers, and do their intervals hold the truth as often as they say?

`make bench` writes outputs/bench/against_r.html where `Rscript` exists. Data sets are drawn for each function of
`stats` (ties, zeros, constants, missing answers, groups of two, imbalance); R computes the same in one call
(`r_oracles`), and numbers that differ beyond the sixth digit are counted and shown. Firth's regression, which base R
does not have, is held in tests/peers. Intervals are then drawn from known populations, at the sizes of the theses.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
import shown as page
from r_oracles import interval_coverage

from relecture.stats.estimates import compare, describe, effects, independence, logistic, odds, power, reliability
from relecture.stats.survey import statistical_tests

HERE = Path(__file__).parent
DIGITS, FAR = 1e-6, 12  # a t beyond which R's noncentral t is not precise
Drawn = tuple[str, Iterable[float]]


def r(values: object) -> str:
    """Numbers, or rows of them, as R reads them."""
    array = np.asarray(values, dtype=float)
    written = ", ".join("NA" if np.isnan(value) else repr(float(value)) for value in array.ravel())
    return f"matrix(c({written}), {len(array)}, byrow = TRUE)" if array.ndim == 2 else f"c({written})"


def sample(rng: np.random.Generator, n: int) -> np.ndarray:
    """A number asked to n respondents: normal, skewed, on a scale, nearly constant."""
    kinds = (rng.normal(50, 10, n), rng.exponential(10, n), rng.integers(1, 6, n), (rng.random(n) < 0.2).astype(int))
    return np.asarray(kinds[rng.integers(4)], dtype=float).round(rng.integers(1, 9))


def proportion(rng: np.random.Generator) -> Drawn:
    n = int(rng.integers(1, 300))
    count = int(rng.integers(0, n + 1))
    found = describe.proportion(count, n)
    return f"proportion({count}, {n})", (found.estimate, found.low, found.high)


def mean_interval(rng: np.random.Generator) -> Drawn:
    x = rng.normal(50, 10, rng.integers(2, 99))
    found = describe.mean_interval(x.mean(), x.std(ddof=1), len(x))
    return f"mean_interval({r(x)})", (found.estimate, found.low, found.high)


def summary(rng: np.random.Generator) -> Drawn:
    x = np.where(rng.random(n := int(rng.integers(4, 60))) < 0.1, np.nan, sample(rng, n))
    found = describe.summary(x)
    return f"summary_({r(x)})", (found.n, found.mean, found.sd, found.median, found.q1, found.q3)


def difference(rng: np.random.Generator) -> Drawn:
    n, m = rng.integers(1, 99, 2)
    a, b = rng.integers(0, n + 1), rng.integers(0, m + 1)
    found = effects.difference(int(a), int(n), int(b), int(m))
    return f"difference({a}, {n}, {b}, {m})", (found.estimate, found.low, found.high)


def categorical(rng: np.random.Generator) -> Drawn:
    shape = rng.integers(2, 5), rng.integers(2, 4)
    counts = rng.multinomial(rng.integers(4, 90), rng.dirichlet(np.full(shape[0] * shape[1], rng.choice([0.3, 2]))))
    found = independence.from_counts(counts.reshape(shape)).loc[0]
    return f"categorical({r(counts.reshape(shape))})", found[["chi2", "p", "cramers_v", "p_fisher"]]


def two_groups(rng: np.random.Generator) -> Drawn:
    x, y = sample(rng, rng.integers(2, 60)), sample(rng, rng.integers(2, 60)) + rng.integers(0, 3)
    frame = pd.DataFrame({"x": [*x, *y], "g": ["x"] * len(x) + ["y"] * len(y)})
    found = compare.two_groups(frame, "x", "g").loc[0]
    error = np.hypot(x.std(ddof=1) / len(x) ** 0.5, y.std(ddof=1) / len(y) ** 0.5)
    if abs(found["difference"]) > FAR * error:
        found[["g_low", "g_high"]] = np.nan
    names = ["p_shapiro1", "p_shapiro2", "p", "rank_biserial", "low", "high", "hedges_g", "g_low", "g_high"]
    return f"two_groups({r(x)}, {r(y)})", found[names].astype(float)


def several_groups(rng: np.random.Generator) -> Drawn:
    n = int(rng.integers(6, 90))
    x, groups = sample(rng, n), rng.choice(3, n, p=[0.6, 0.3, 0.1])
    found = compare.several_groups(pd.DataFrame({"x": x, "g": groups}), "x", "g").loc[0]
    return f"several_groups({r(x)}, {r(groups)})", found[["statistic", "p", "epsilon_squared"]].astype(float)


def corrected(rng: np.random.Generator) -> Drawn:
    p = np.where(rng.random(n := int(rng.integers(1, 20))) < 0.1, np.nan, rng.random(n) ** 3)
    found = statistical_tests.corrected(pd.DataFrame({"p": p}))
    return f"corrected({r(p)})", [*found["p_holm"], *found["p_bh"]]


def odds_ratio(rng: np.random.Generator) -> Drawn:
    cells = [int(cell) for cell in rng.integers(0, rng.choice([4, 60]), 4)]
    found = odds.from_table(*cells)
    if "ligne" in found.note:
        return "rep(NA, 5)", [np.nan] * 5
    names = ("estimate", "low", "high", "p_pearson", "p_fisher")
    return f"odds({', '.join(map(str, cells))})", [getattr(found, name) for name in names]


def regression(rng: np.random.Generator) -> Drawn:
    n = int(rng.integers(60, 300))
    x = np.column_stack([rng.integers(0, 2, n), rng.normal(50, 10, n)])
    y = (rng.random(n) < 1 / (1 + np.exp(-0.5 * x[:, 0] + 0.05 * (x[:, 1] - 50)))).astype(float)
    found = logistic.multivariable(pd.DataFrame({"y": y, "a": x[:, 0], "b": x[:, 1]}), "y", ["a", "b"])
    return f"logistic({r(y)}, {r(x)})", found[
        ["coefficient", "coefficient_low", "coefficient_high", "p"]
    ].to_numpy().T.ravel()


def alpha(rng: np.random.Generator) -> Drawn:
    n, k = int(rng.integers(3, 60)), int(rng.integers(2, 8))
    x = (rng.normal(size=(n, 1)) + rng.normal(size=(n, k))).round()
    x[rng.random((n, k)) < 0.02] = np.nan
    found = reliability.alpha(pd.DataFrame(x))
    return f"alpha({r(x)})", (found.alpha, found.low, found.high)


def item_rest(rng: np.random.Generator) -> Drawn:
    x = rng.integers(0, 4, (int(rng.integers(4, 60)), 4))
    return f"item_rest({r(x)})", reliability.item_rest(pd.DataFrame(x))["correlation"]


def power_of_shares(rng: np.random.Generator) -> Drawn:
    n, (p, q) = int(rng.integers(2, 300)), rng.random(2).round(3)
    found = power.proportions(pd.DataFrame({"p1": [p], "n1": [n], "p2": [q], "n2": [n]}))
    return f"power_shares({n}, {p}, {q})", found["power"]


def power_of_means(rng: np.random.Generator) -> Drawn:
    n, d, s = int(rng.integers(2, 200)), rng.uniform(0.05, 1.5), rng.uniform(0.5, 2)
    found = power.means(pd.DataFrame({"n1": [n], "sd1": [s], "n2": [n], "sd2": [s], "difference": [d]}))
    return f"power_means({n}, {d}, {s})", found["power"]


DRAWN: tuple[Callable[[np.random.Generator], Drawn], ...] = (
    proportion, mean_interval, summary, difference, categorical, two_groups, several_groups, corrected, odds_ratio,
    regression, alpha, item_rest, power_of_shares, power_of_means,
)  # fmt: skip


def by_r(calls: Iterable[str]) -> list[np.ndarray | None]:
    """What R says of each call, all in one run; None where it stops."""
    with TemporaryDirectory() as place:
        script = Path(place, "calls.R")
        oracles = [file.read_text(encoding="utf-8") for file in sorted(HERE.glob("r_oracles/*.R"))]
        lines = [*oracles, *(f"say(quote({call}))" for call in calls)]
        script.write_text("\n".join(lines), encoding="utf-8")
        done = subprocess.run(["Rscript", str(script)], capture_output=True, text=True, check=True)
    answers = [line.split() for line in done.stdout.splitlines()]
    return [
        None if "error" in line else np.array([np.nan if x in ("NA", "NaN") else float(x) for x in line])
        for line in answers
    ]


def differs(ours: np.ndarray, theirs: np.ndarray | None) -> bool:
    """Whether a number differs beyond the sixth digit; where R stops, there must be no number."""
    if theirs is None:
        return not np.isnan(ours).all()
    return not (len(ours) == len(theirs) and np.allclose(ours, theirs, rtol=DIGITS, atol=1e-9, equal_nan=True))


def agreement(draw: Callable, draws: int, seed: int) -> dict:
    """How many of the data sets of a function differ from R, with the first that do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sets = [draw(np.random.default_rng([seed, rank])) for rank in range(draws)]
    pairs = zip(sets, by_r(call for call, _ in sets), strict=True)
    pairs = [(call, np.asarray(list(ours), dtype=float), theirs) for (call, ours), theirs in pairs]
    apart = [f"{call[:300]}\n    {ours}\n    {theirs}" for call, ours, theirs in pairs if differs(ours, theirs)]
    return {"name": draw.__name__, "sets": draws, "differ": len(apart), "shown": apart[:3]}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=HERE.parent / "outputs/bench/against_r.html")
    asked.add_argument("--draws", type=int, default=500, help="data sets of each function")
    asked.add_argument("--intervals", type=int, default=2000, help="draws of each interval")
    asked.add_argument("--seed", type=int, default=17)
    chosen = asked.parse_args()
    if not shutil.which("Rscript"):
        print("non mesuré : R n'est pas installé")
        return
    rows = [agreement(draw, chosen.draws, chosen.seed) for draw in DRAWN]
    held = list(interval_coverage.measured(chosen.intervals, chosen.seed))
    for row in rows:
        print(f"{row['differ']:>5} sur {row['sets']}  {row['name']}", *row["shown"], sep="\n    ")
    print(*(f"{row['held']:.1%}  {row['name']}, {row['sizes']}, {row['population']}" for row in held), sep="\n")
    write(chosen.out, rows, held)
    print(chosen.out)


def write(out: Path, rows: list[dict], held: list[dict]) -> None:
    """The page: agreement, then coverage."""
    from nbformat.v4 import new_markdown_cell

    agreed = pd.DataFrame(rows)
    covered = pd.DataFrame(held)
    covered = covered.assign(says=[f"{100 * row['least']:.0f} à {100 * row['most']:.0f}" for row in held])
    covered[["held", "none"]] *= 100
    text = (
        f"# Les statistiques et R\n\nMesuré le {page.now()} sur {page.machine()}. Jeux de données tirés au sort ; un "
        "écart est un nombre qui diffère de celui de R au-delà du sixième chiffre. Puis, part des intervalles à 95 % "
        "qui contiennent la vraie valeur, et ce que la page en dit : 94 à 97 %, ou l'exception.\n"
    )
    heads = {"name": "Fonction", "sets": "Jeux de données", "differ": "Écarts"}
    tables = [page.table(agreed, "Accord avec R", columns=heads)]
    heads = {"name": "Intervalle", "page": "Pages", "sizes": "Tailles", "population": "Population"}
    heads |= {"held": "Contient la vérité (%)", "none": "Sans intervalle (%)", "says": "La page dit (%)"}
    tables.append(page.table(covered, "Couverture", columns=heads | {"verdict": "Verdict"}))
    page.publish(out, [new_markdown_cell(text), *map(page.told_as, tables)])


if __name__ == "__main__":
    main()
