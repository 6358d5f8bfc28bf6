"""How long does a file of answers take to validate, and does the time grow with its rows and no faster?

`make bench` runs it after the audit's benchmark and writes outputs/bench/answers.html: seconds and memory for
a tenth of the rows and for all of them, each in a process of its own, with the limits that the project set
itself (100,000 answers under 10 s and 1 GB; ten times the rows take at most 15 times the time).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from relecture import load_study
from relecture.answers.files import validation
from relecture.answers.questionnaire import instrument
from relecture.core.french import number

STUDY, ROWS, DIFFERENT = "guefif", 100_000, 500
SECONDS, GIGABYTES, GROWTH = 10, 1, 15
PAGE = """<!doctype html>
<html lang="fr"><meta charset="utf-8"><title>Valider des réponses</title>
<h1>Valider des réponses</h1>
<table><thead><tr><th scope="col">Réponses</th><th scope="col">Colonnes</th><th scope="col">Secondes</th>
<th scope="col">Mémoire (Go)</th></tr></thead><tbody>
{rows}
</tbody></table>
<ul>
{limits}
</ul>
</html>
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "outputs/bench/answers.html")
    asked.add_argument("--small", action="store_true", help="tiny sizes, to check that the benchmark runs")
    asked.add_argument("--measure", type=Path, help="(used by the benchmark itself) measure one file")
    chosen = asked.parse_args()
    if chosen.measure:
        print(json.dumps(measured(chosen.measure)))
        return
    most = 1_000 if chosen.small else ROWS
    with TemporaryDirectory() as folder:
        few, many = (apart(written(Path(folder) / f"{rows}.csv", rows)) for rows in (most // 10, most))
    limits = judged(few, many)
    write(chosen.out, [few, many], limits)
    print(*limits, chosen.out, sep="\n")


def written(path: Path, rows: int) -> Path:
    """A valid file of ours; every respondent has a label and a place of their own."""
    one, rng = instrument.load(load_study(STUDY)), random.Random(1)
    texts = {item.id for item in one.items if item.kind == "text" and item.relevant is None}
    different = [drawn(one, rng) for _ in range(DIFFERENT)]
    with path.open("w", encoding="utf-8") as file:
        print("repondant", *one.columns, sep=",", file=file)
        for rank in range(rows):
            row = different[rank % DIFFERENT]
            print(f"r{rank}", *(f"{row[n]} {rank}" if n in texts else row[n] for n in one.columns), sep=",", file=file)
    return path


def drawn(one: instrument.Instrument, rng: random.Random) -> dict[str, str]:
    """A valid respondent: what may be skipped is left empty, one box is ticked, no number is out of bounds."""
    cells = {}
    for item in one.items:
        ticked = rng.choice(item.columns).name
        for column in item.columns:
            said = {"number": str(int(item.low or 0)), "text": "commune", "multiple": str(int(column.name == ticked))}
            cells[column.name] = "" if item.relevant else said.get(item.kind) or rng.choice(column.codes)
    return cells


def measured(path: Path) -> dict[str, float]:
    """Seconds of processor, which other work on the machine does not lengthen; imports are done before."""
    one = instrument.load(load_study(STUDY))
    validation.check(one, b"age\n41\n")
    start = time.process_time()
    frame = validation.read(one, path).frame
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {"rows": len(frame), "columns": len(frame.columns), "seconds": seconds, "memory": memory}


def apart(path: Path) -> dict[str, float]:
    """The same in a process of its own, so that its memory is its own."""
    run = [sys.executable, __file__, "--measure", str(path)]
    return json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)


def judged(few: dict[str, float], many: dict[str, float]) -> list[str]:
    growth = many["seconds"] / few["seconds"]
    limits = [
        ("secondes", many["seconds"], SECONDS),
        ("gigaoctets", many["memory"], GIGABYTES),
        ("fois le temps pour dix fois les lignes", growth, GROWTH),
    ]
    told = {True: "tenu", False: "non tenu"}
    return [f"{told[value <= limit]} : {number(value, 2)} {what} (seuil : {limit})" for what, value, limit in limits]


def write(out: Path, rows: list[dict[str, float]], limits: list[str]) -> None:
    decimals = {"rows": 0, "columns": 0, "seconds": 2, "memory": 2}
    cells = [[f"<td>{number(one[name], places)}</td>" for name, places in decimals.items()] for one in rows]
    lines = [f"<tr>{''.join(row)}</tr>" for row in cells]
    out.parent.mkdir(parents=True, exist_ok=True)
    page = PAGE.format(rows="\n".join(lines), limits="\n".join(f"<li>{limit}</li>" for limit in limits))
    out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
