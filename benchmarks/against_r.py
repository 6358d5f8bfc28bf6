"""Do the statistics give R's numbers, and do their intervals hold the truth as often as they say?

`make bench` writes outputs/bench/against_r.html where `Rscript` exists. Data sets are drawn for each function of
`stats` and for the agreement of coders (ties, zeros, constants, missing answers, groups of two, imbalance); R computes
the same in one call (`r_oracles`), and numbers that differ beyond the sixth digit are counted and shown. Firth's
regression, kappa and alpha, which base R does not have, are written there from their formulas. Intervals are then drawn
from known populations, at the sizes of the theses.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
import shown as page
from r_oracles import coders, counts, interval_coverage, models, numbers, survey, values  # noqa: F401

HERE = Path(__file__).parent
DIGITS = 1e-6


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


def agreement(draw: values.Draw, draws: int, seed: int) -> dict:
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
    asked.add_argument("--only", default="", help="the draws whose name holds this")
    asked.add_argument("--seed", type=int, default=17)
    chosen = asked.parse_args()
    if not shutil.which("Rscript"):
        print("non mesuré : R n'est pas installé")
        return
    rows = [agreement(draw, chosen.draws, chosen.seed) for draw in values.DRAWN if chosen.only in draw.__name__]
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
