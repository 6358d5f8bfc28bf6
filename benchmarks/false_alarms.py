"""How often does the audit call a correct result wrong, and how often does it let an absurd one pass?

`make bench` writes outputs/bench/false_alarms.html: for each kind of relation, correct results are drawn as scipy,
statsmodels and (where `Rscript` exists) R compute them, printed as people print them (1 to 3 decimals, comma or point,
half-up or half-even, one paper in twelve truncates), and judged with no convention stated. Each is then made absurd: p
times or over 5, a bound or an estimate moved out, two digits swapped. A conditional verdict is told apart where its
condition is false of the paper: the draw knows which conventions it used. A print with at most two unusual
conventions at once is drawn; the ladder of the audit tries no more either.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
import shown as page
from drawn import counts, estimates, tests
from drawn.printing import Hand, Number, Result, Rng, absurd, false_for, printed

from relecture.core.french import number
from relecture.core.notation import Notation, plain
from relecture.printed.conventions import NONE
from relecture.printed.finding import Finding, Verdict
from relecture.printed.relations import KINDS, parse

HERE = Path(__file__).parent
DRAWN = {draw.__name__: draw for module in (counts, tests, estimates) for draw in module.KINDS}
DRAWN = {name: draw for name, draw in DRAWN.items() if name.partition(",")[0] in KINDS}
CAUGHT = 0.8
_RANKS = "un test de rangs dépend des réponses, qui ne sont pas imprimées"
NO_INFORMATION = {  # why fewer than 80 % of the absurd prints of a kind can be told
    "multiple_answers": "un effectif plus grand permet toujours les choix cochés",
    "mean": "avec 10 réponses, 100, 1 000 selon les décimales, toute moyenne est possible",
    "mean_sd": "de même ; et presque tout écart type quand la somme des carrés n'est pas bornée",
    "alpha": "des écarts types à une décimale laissent à l'alpha plusieurs centièmes",
    "median": "une médiane fausse reste à moins d'un écart type de la moyenne",
    "quartiles": "une médiane fausse reste entre les quartiles",
    "group_test": _RANKS,
    "paired_test": _RANKS,
    "paired_test, test annoncé": "le p dépend de la corrélation des deux mesures, qui n'est pas imprimée",
    "anova": _RANKS,
}
OUTCOMES, SHOWN = ("wrong", "refused", "if", "if_false", "unknown", "holds"), 3


@dataclass(frozen=True)
class Trial:
    """One printed result and what the audit said of it."""

    kind: str
    change: str  # none: the result is correct
    arguments: dict[str, Any]
    truth: dict[str, str]
    finding: Finding | None  # none: the audit refused to read it
    source: str = "Python"
    refusal: str = ""

    @property
    def outcome(self) -> str:
        if self.finding is None:
            return "refused"
        verdict = self.finding.verdict
        if verdict is Verdict.CONDITIONAL:
            return "if_false" if false_for(self.finding, self.truth) else "if"
        names = {Verdict.INCONSISTENT: "wrong", Verdict.UNCHECKABLE: "unknown"}
        return names.get(verdict, "holds")

    @property
    def explanation(self) -> str:
        return self.finding.explanation if self.finding else f"refusé : {self.refusal}"


def judged(kind: str, arguments: dict[str, Any], notation: Notation, stated: Mapping[str, str] = NONE) -> Finding:
    """The finding on a relation of `relations.yaml` whose addresses hold these prints, in the notation of the paper."""
    values: dict[str, str] = {}
    record = {name: _addressed(value, values, name) for name, value in arguments.items()}
    literals = {name: arguments[name] for name in KINDS[kind].literals & set(arguments)}
    record |= literals | {"id": "r", "kind": kind, "label": "", "section": "", "conventions": stated}
    relations, faults = parse([record], list(values))
    if faults:
        raise ValueError(" ; ".join(faults))
    return relations[0].check({name: plain(text, notation) for name, text in values.items()}, draws=False)


def _addressed(value: Any, values: dict[str, str], name: str) -> Any:
    if isinstance(value, list):
        return [_addressed(one, values, f"{name}.{rank}") for rank, one in enumerate(value)]
    if not isinstance(value, str):
        return value
    values[name] = value
    return name


def trials(kind: str, draws: int, seed: int, by_r: Sequence[Result] = (), *, both: bool = True) -> Iterator[Trial]:
    """Each drawn result as it is, then (with `both`) made absurd; those of R first."""
    rng = np.random.default_rng([seed, crc32(kind.encode())])
    for rank in range(draws):
        result = by_r[rank] if rank < len(by_r) else drawn_result(kind, rng)
        hand = Hand(rng, result.departures)
        truth = dict(result.truth) | hand.truth
        prints = [("", printed(result.arguments, hand)), both and absurd(result, hand, rng)]
        for change, arguments in filter(None, prints):
            source = "R" if rank < len(by_r) else "Python"
            try:
                yield Trial(
                    kind, change, arguments, truth, judged(result.kind, arguments, hand.notation, result.stated), source
                )
            except ValueError as error:
                yield Trial(kind, change, arguments, truth, None, source, str(error))


def drawn_result(kind: str, rng: Rng) -> Result:
    """A result whose numbers all exist: some intervals have no bound."""
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                result = DRAWN[kind](rng)
            except ValueError:
                continue
        if all(np.isfinite(value) for value in _values(list(result.arguments.values()))):
            return result


def _values(arguments: Any) -> Iterator[float]:
    if isinstance(arguments, Number):
        yield arguments.value
    elif isinstance(arguments, list):
        for one in arguments:
            yield from _values(one)


def by_r(draws: int, seed: int) -> dict[str, list[Result]]:
    """Results that R computes, in one process; none without R."""
    if not shutil.which("Rscript"):
        return {}
    with TemporaryDirectory() as folder, (Path(folder) / "results.jsonl").open("w+") as file:
        run = ["Rscript", str(HERE / "drawn/results.R"), str(seed), str(draws)]
        subprocess.run(run, stdout=file, check=True)
        file.seek(0)
        rows = [json.loads(line) for line in file]
    found: dict[str, list[Result]] = {}
    for row in rows:
        row.pop("from")
        found.setdefault(row["kind"], []).append(Result(**row | {"arguments": _numbers(row["arguments"])}))
    return found


def _numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _numbers(one) for name, one in value.items()}
    if not isinstance(value, list):
        return value
    return Number(*value) if value and isinstance(value[0], str) else [_numbers(one) for one in value]


# ---------------------------------------------------------------- the table


def tallied(job: tuple[str, int, int, list[Result]]) -> dict[str, Any]:
    """One row: how many draws, and of the correct and of the absurd, which share came to what."""
    start, done = time.process_time(), list(trials(*job))
    row: dict[str, Any] = {"kind": job[0]}
    for name, several in (("right", [t for t in done if not t.change]), ("absurd", [t for t in done if t.change])):
        row[name] = len(several)
        for outcome in OUTCOMES:
            row[f"{name}_{outcome}"] = sum(trial.outcome == outcome for trial in several)
    caught = row["absurd_wrong"] + row["absurd_if_false"]
    row["caught"] = caught / max(row["absurd"], 1)
    row["caught_of_judged"] = caught / max(row["absurd"] - row["absurd_unknown"], 1)
    row["reason"] = NO_INFORMATION.get(job[0], "")
    row["alarms"] = [trial for trial in done if not trial.change and trial.outcome in ("wrong", "refused")]
    row["held"] = "tenu" if not row["alarms"] and (row["caught"] >= CAUGHT or row["reason"]) else "non tenu"
    return row | {"seconds": time.process_time() - start}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=HERE.parent / "outputs/bench/false_alarms.html")
    asked.add_argument("--draws", type=int, default=2000, help="correct results of each kind")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--kinds", nargs="*", default=list(DRAWN))
    chosen = asked.parse_args()
    start, found = time.perf_counter(), by_r(chosen.draws // 8, chosen.seed)
    jobs = [(kind, chosen.draws, chosen.seed, found.get(kind, [])[: chosen.draws // 2]) for kind in chosen.kinds]
    with Pool(2) as pool:
        rows = []
        for row in pool.imap(tallied, jobs):
            rows.append(row)
            print(line(row), *map(told, row["alarms"][:SHOWN]), sep="\n", flush=True)
    write(chosen.out, rows, time.perf_counter() - start, bool(found))
    print(chosen.out)


def line(row: dict[str, Any]) -> str:
    """A row as text: of the correct, then of the absurd, how many came to what."""
    right, wrong = (" ".join(f"{row[f'{name}_{each}']:>5}" for each in OUTCOMES) for name in ("right", "absurd"))
    caught = f"{row['caught']:.0%} {row['caught_of_judged']:.0%}"
    return f"{row['held']:>10}  {row['kind']:<26} {row['right']:>5} | {right} | {wrong} | {caught}"


def told(trial: Trial) -> str:
    """A correct result that was called wrong."""
    return f"    {trial.source} {trial.arguments} {trial.truth}\n        {trial.explanation}"


def write(out: Path, rows: list[dict[str, Any]], seconds: float, with_r: bool) -> None:
    """The page: one table, and the correct results called wrong, if there are any."""
    from nbformat.v4 import new_markdown_cell

    heads = {"kind": "Relation", "right": "Corrects", "right_wrong": "✗", "right_refused": "refusés", "right_if": "~"}
    heads |= {"right_if_false": "~ condition fausse", "right_unknown": "?", "absurd": "Absurdes"}
    heads |= {"absurd_wrong": "✗ parmi absurdes", "absurd_if_false": "~ condition fausse parmi absurdes"}
    heads |= {"absurd_unknown": "? parmi absurdes", "caught": "Reconnus (%)"}
    heads |= {"caught_of_judged": "Reconnus parmi les jugés (%)", "held": "Verdict", "reason": "Pourquoi"}
    shares = pd.DataFrame(rows)
    shares[["caught", "caught_of_judged"]] *= 100
    alarms = "\n\n".join(told(trial) for row in rows for trial in row["alarms"][:SHOWN])
    by = "scipy, statsmodels et R" if with_r else "scipy et statsmodels (R n'est pas installé)"
    text = (
        "# Fausses alertes\n\n"
        f"Mesuré le {page.now()} sur {page.machine()}, en {number(seconds, 0)} s. Résultats tirés au sort, calculés "
        f"par {by}, imprimés comme dans un article, puis jugés sans qu'aucune convention soit annoncée. Aucun "
        "résultat correct ne doit être dit incohérent (✗) ; au moins 80 % des absurdes doivent l'être, ou n'être "
        "cohérents que sous une condition qui est fausse pour l'article.\n"
    )
    cells = [new_markdown_cell(text), page.told_as(page.table(shares, "Par genre de relation", columns=heads))]
    page.publish(out, cells + [new_markdown_cell(f"## Fausses alertes\n\n{alarms}\n")] * bool(alarms))


if __name__ == "__main__":
    main()
