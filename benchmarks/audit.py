"""How fast, and how right, are the checks of printed numbers beside those of other packages?

`make bench` writes outputs/bench/audit.html: verdicts of each package on public vectors, on prints of
real samples and on cases where they differ; times of this run, on this machine; the thresholds that
the project set itself, held or not. The peers run with their own python (see peers.py); without
them, only our side is measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from math import ceil, floor, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
import cases as known
import shown

from relecture.core.french import number
from relecture.printed.exact import contingency
from relecture.printed.finding import Finding
from relecture.printed.frames import granularity_bulk
from relecture.printed.statistics import granularity
from relecture.printed.whole_numbers import samples

HERE = Path(__file__).parent
YES, NO = "possible", "impossible"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=HERE.parent / "outputs/bench/audit.html")
    asked.add_argument("--peers", default="", help="python of the environment that has the peers")
    asked.add_argument("--small", action="store_true", help="tiny sizes, to check that the benchmark runs")
    chosen = asked.parse_args()
    agreement = [*known.VECTORS, *known.DIFFERENCES, *known.of_real_samples(20 if chosen.small else 200)]
    problems = [problem for problem in known.PROBLEMS if not chosen.small or problem.n <= 10]
    loop = known.table(300 if chosen.small else 100_000)
    peers = ask(chosen.peers, agreement, problems, loop) if chosen.peers else {}
    verdicts = compared(agreement, peers.get("verdicts", [{}] * len(agreement)))
    speeds = [*closures(problems, peers), *loops(loop, peers), *alone(chosen.small)]
    thresholds = shown.judged(verdicts, speeds)
    shown.write(chosen.out, verdicts, pd.DataFrame(speeds), thresholds, peers.get("versions", {}))
    shown.tell(thresholds, chosen.out)


def ask(python: str, agreement: list[known.Case], problems: list[known.Problem], loop: list) -> dict[str, Any]:
    """What the peers answer, and how long they take, in one process of theirs."""
    sent = {
        "verdicts": [(one.check, one.mean, one.sd, one.n, one.items) for one in agreement],
        "closure": [(*one[:5], one.repeats) for one in problems],
        "loops": loop,
    }
    run = [python, str(HERE / "peers.py")]
    return json.loads(subprocess.run(run, input=json.dumps(sent), capture_output=True, text=True, check=True).stdout)


# ---------------------------------------------------------------- verdicts


def compared(agreement: list[known.Case], said: list[dict[str, bool]]) -> pd.DataFrame:
    """Verdict of each package on each case; where they differ, what enumeration shows."""
    rows = []
    for case, peers in zip(agreement, said, strict=True):
        found = finding(case)
        ours = strictly(found)
        right, witness = arbiter(case) if case.expected is None or ours != case.expected else (case.expected, "")
        wrong = [name for name, answer in {"Relecture": ours, **peers}.items() if answer != right]
        rows.append(
            {
                "case": f"{case.mean}{' ± ' * bool(case.sd)}{case.sd}".replace(".", ",") + f" ; n = {case.n}",
                "check": case.check,
                "source": case.source,
                "right": told(right),
                "ours": told(ours),
                "refused": not ours and found.verdict == "inconsistent",
                **{name: told(peers.get(name)) for name in ("scrutipy", "pysprite", "grim")},
                "wrong": ", ".join(wrong),
                "witness": witness or (arbiter(case)[1] if wrong else ""),
            }
        )
    return pd.DataFrame(rows)


def finding(case: known.Case) -> Finding:
    if case.check == "GRIM":
        return granularity.grim(case.mean, n=case.n, items=case.items)
    if case.check == "DEBIT":
        return granularity.debit(case.mean, case.sd, n=case.n)
    return granularity.grimmer(case.mean, case.sd, n=case.n, items=case.items)


def strictly(found: Finding) -> bool:
    """As the peers ask it: rounded to nearest, divided by n - 1."""
    return found.verdict in ("consistent", "uncheckable") and "divisé par n," not in found.explanation


def arbiter(case: known.Case) -> tuple[bool, str]:
    """Decided by enumeration: a sample that prints so, or none on any scale that could hold one."""
    if case.check == "GRIM":
        total = round(float(case.mean) * case.n)
        near = [total + shift for shift in (-1, 0, 1)]
        unit = 10 ** len(case.mean.partition(".")[2])
        scaled = round(float(case.mean) * unit)
        fits = [one for one in near if abs(2 * one * unit - 2 * scaled * case.n) <= case.n]
        return bool(fits), f"{fits[0]} / {case.n} = {number(fits[0] / case.n, 4)}" if fits else "aucune somme entière"
    reach = ceil((float(case.sd) + 0.05) * sqrt(case.n)) + 1  # no answer is farther than SD times the root of n
    scale = (floor(float(case.mean)) - reach, ceil(float(case.mean)) + reach) if case.check == "GRIMMER" else (0, 1)
    found = samples.draw(case.mean, case.sd, n=case.n, scale=scale, size=1, seed=1) if has(case, scale) else None
    if found is None:
        return False, f"aucun échantillon de {scale[0]} à {scale[1]}, et aucune réponse ne peut en sortir"
    return True, " ".join(f"{times} × {value}" for value, times in found.iloc[0].items() if times)


def has(case: known.Case, scale: tuple[int, int]) -> bool:
    return samples.count(case.mean, case.sd, n=case.n, scale=scale) > 0


def told(answer: bool | None) -> str:
    return shown.ABSENT if answer is None else YES if answer else NO


# ---------------------------------------------------------------- times


def seconds(run: Callable[[], Any], repeats: int = 5) -> float:
    """The fastest of several runs."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def speed(what: str, ours: float, peer: float | None = None, by: str = "", least: float = 0, most: float = 0) -> dict:
    """One measure, with the ratio it must reach or the seconds it must keep to."""
    ratio = peer / ours if peer else None
    return {"what": what, "ours": ours, "peer": peer, "by": by, "ratio": ratio, "least": least, "most": most}


def closures(problems: list[known.Problem], peers: dict[str, Any]) -> list[dict]:
    """Counting and listing beside scrutipy's closure, which does both at once.

    On tiny cases a listing is compared with closure's list once it is a frame too: making a frame takes
    longer than either search.
    """
    rows = []
    for problem, answer in zip(problems, peers.get("closure", [(None, None, None, "")] * len(problems)), strict=True):
        print_, case = (problem.mean, problem.sd), {"n": problem.n, "scale": (problem.low, problem.high)}
        name = f"{problem.mean} ± {problem.sd} ; n = {problem.n}, {problem.low}–{problem.high}".replace(".", ",")
        found = samples.count(*print_, **case)
        if answer[1] not in (None, found):
            name += f" (closure : {answer[1]} échantillons, nous : {found})"
        ways = [("compter", samples.count, answer[0], "scrutipy"), ("énumérer", samples.frequencies, *answer[2:])]
        for verb, run, peer, by in ways:
            took = seconds(lambda run=run, print_=print_, case=case: run(*print_, **case), max(5, problem.repeats))
            rows.append(speed(f"{verb} {name}", took, peer, by, least=problem.ratio))
    return rows


def loops(loop: list[tuple[str, str, int]], peers: dict[str, Any]) -> list[dict]:
    """GRIM and GRIMMER, one case at a time and a table of cases, beside the fastest peer's loop."""
    frame = pd.DataFrame(loop, columns=["mean", "sd", "n"])
    part, rows = loop[:3000], []
    scalar = {
        "GRIM": lambda: [granularity.grim(mean, n=n) for mean, _, n in part],
        "GRIMMER": lambda: [granularity.grimmer(mean, sd, n=n) for mean, sd, n in part],
    }
    for check, whole in (("GRIM", granularity_bulk.grim), ("GRIMMER", granularity_bulk.grimmer)):
        peer, by = min(
            ((took, name) for name, took in peers.get("loops", {}).get(check, {}).items()), default=(None, "")
        )
        one = seconds(scalar[check], 3) / len(part)
        many = seconds(lambda whole=whole: whole(frame), 3)
        rows.append(speed(f"{check}, un cas", one, peer, by, least=1))
        rows.append(speed(f"{check}, table de {number(len(loop))} cas", many, peer and peer * len(loop), by, least=10))
    return rows


def alone(small: bool) -> list[dict]:
    """What has a limit in seconds and no peer."""
    wide = ("7.2", "1.8", 21 if small else 81, (0, 10))
    ratio, bounds, groups = "1.83", ("1.23", "2.73"), (20, 20) if small else (200, 200)  # 110 / 90, 80 / 120
    n, rows = (30, printed_rows(12, 18)) if small else (81, printed_rows(35, 46))
    return [
        speed(
            f"compter {wide[0]} ± {wide[1]} ; n = {wide[2]}, 0–10".replace(".", ","),
            seconds(lambda: samples.count(*wide[:2], n=wide[2], scale=wide[3]), 1),
            most=5,
        ),
        speed(
            f"tableaux 2 × 2, groupes de {groups[0]} et {groups[1]}",
            seconds(lambda: contingency.tables(ratio, bounds, groups=groups), 3),
            most=0.2,
        ),
        speed(
            f"groupes communs à 14 lignes, n = {n}",
            seconds(lambda: contingency.joint_groups(rows, n), 1),
            most=3,
        ),
    ]


def printed_rows(first: int, second: int) -> dict[str, tuple[str, tuple[str, str]]]:
    """Fourteen odds ratios and their intervals (Woolf), printed from tables of two groups."""
    rng, rows = np.random.default_rng(5), {}
    for rank in range(14):
        a, c = int(rng.integers(3, first - 3)), int(rng.integers(3, second - 3))
        ratio = a * (second - c) / ((first - a) * c)
        reach = np.exp(1.959964 * sqrt(1 / a + 1 / (first - a) + 1 / c + 1 / (second - c)))
        rows[f"ligne {rank + 1}"] = (f"{ratio:.2f}", (f"{ratio / reach:.2f}", f"{ratio * reach:.2f}"))
    return rows


if __name__ == "__main__":
    main()
