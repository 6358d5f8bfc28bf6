"""Do a study's page and the functions behind it keep up with a hundred thousand respondents?

`make bench` runs it and writes outputs/bench/respondents.html: the page of each study that synthesises answers, built
on 25,000 and on 100,000 of them, drawn again with replacement from 1,000 synthetic ones, with the seconds of the clock,
the memory of the largest process, and how many times the time grew for four times the respondents. The limits are
those that the project set itself: two minutes and 2 GB a page.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import psutil
import shown

from relecture.core.french import number

STUDIES, ROWS = ("ajoodha", "guefif", "zerhoui"), 100_000
SECONDS, GIGABYTES = 120, 2
COMMAND = [sys.executable, "-m", "relecture"]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "outputs/bench/respondents.html")
    asked.add_argument("--small", action="store_true", help="one study and few rows, to check that the benchmark runs")
    chosen = asked.parse_args()
    rows, studies = (400, STUDIES[-1:]) if chosen.small else (ROWS, STUDIES)
    with TemporaryDirectory() as folder:
        measures = [measured(study, rows, Path(folder)) for study in studies]
    write(chosen.out, pd.DataFrame(measures), small=chosen.small)


def measured(study: str, rows: int, folder: Path) -> dict[str, object]:
    """Seconds and gigabytes of the page of a study on a quarter of the rows, then on all of them."""
    drawn = folder / f"{study}.synthetic.csv"
    subprocess.run([*COMMAND, "synthesise", study, str(drawn), "--n", "1000"], check=True, capture_output=True)
    few, many = (built(study, resampled(drawn, n), folder) for n in (rows // 4, rows))
    return {"study": study, "rows": rows, "seconds": many[0], "memory": many[1], "growth": many[0] / few[0]}


def resampled(path: Path, rows: int) -> Path:
    """A file of that many answers, each respondent numbered."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False).sample(rows, replace=True, random_state=1)
    larger = path.with_name(f"{path.name.partition('.')[0]}-{rows}.synthetic.csv")
    frame.assign(repondant=[f"synthetique-{rank}" for rank in range(rows)]).to_csv(larger, index=False)
    return larger


def built(study: str, answers: Path, folder: Path) -> tuple[float, float]:
    """Seconds of the clock, and gigabytes of the largest process of the build."""
    start, peak = time.perf_counter(), 0
    run = [*COMMAND, "build", study, "--answers", str(answers), "--out", str(folder / "pages"), "--force"]
    with psutil.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as build:
        while build.poll() is None:
            peak = max(peak, *(_memory(process) for process in [build, *_children(build)]))
            time.sleep(0.1)
        if build.returncode:
            raise SystemExit(build.stderr.read().decode())
    return time.perf_counter() - start, peak / 2**30


def _children(build: psutil.Process) -> list[psutil.Process]:
    try:
        return build.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _memory(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.NoSuchProcess:
        return 0


def write(out: Path, measures: pd.DataFrame, *, small: bool) -> None:
    """The page, and its thresholds on the terminal; small sizes say nothing of speed."""
    from nbformat.v4 import new_markdown_cell

    from relecture.report.tables.html_table import table

    slowest, largest = measures["seconds"].max(), measures["memory"].max()
    limits = [
        shown.judgement("la page la plus lente", f"{SECONDS} s", f"{number(slowest, 1)} s", slowest <= SECONDS),
        shown.judgement("le plus gros processus", f"{GIGABYTES} Go", f"{number(largest, 2)} Go", largest <= GIGABYTES),
    ]
    heads = {"study": "Étude", "rows": "Réponses", "seconds": "Secondes", "memory": "Mémoire (Go)"}
    heads |= {"growth": "Fois le temps, pour quatre fois les réponses"}
    judged = {"what": "Mesure", "threshold": "Seuil", "measured": "Mesuré", "held": "Verdict"}
    decimals = {"rows": 0, "seconds": 1, "memory": 2, "growth": 2}
    told = f"# Pages sur beaucoup de réponses\n\nMesuré le {shown.now()} sur {shown.machine()}.\n"
    cells = [
        new_markdown_cell(told),
        shown.told_as(table(pd.DataFrame(limits), "Seuils que le projet s'est donnés", columns=judged)),
        shown.told_as(table(measures, "Construction de chaque page", columns=heads, decimals=decimals)),
    ]
    shown.publish(out, cells)
    shown.tell([row | {"held": "non mesuré"} if small else row for row in limits], out)


if __name__ == "__main__":
    main()
