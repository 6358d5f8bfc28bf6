"""The page on one's own answers, and each notebook run whole, beside the time they took at an earlier commit.

`make bench` writes outputs/bench/own_page.html. The page of a study is built on 81 synthetic answers, given as if they
were one's own (their respondents are renamed, else the page would be that of synthetic answers), by the library of
today and by that of an earlier commit, round after round; what is judged is the seconds of processor of a build, all
its processes counted, as a ratio within a round, and the median of the rounds. Then comes the time to refuse a file.
Each notebook runs from the start of its kernel to its last cell as « Run all » does: by the earlier commit, then by
today's with no findings kept on disk, then with those just kept. What is judged is the seconds of processor of the
kernel, which are those of the clock on a machine with nothing else to do; the clock is told. Without the history of the
repository only the refusal is measured.
"""

from __future__ import annotations

import argparse
import compileall
import io
import subprocess
import sys
import tarfile
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import pandas as pd
import shown
from build import Spent, copied, environment, spend, spent
from nbclient import NotebookClient

from relecture.answers.questionnaire.missing import RESPONDENT
from relecture.core.french import number
from relecture.core.study import ROOT

BEFORE, STUDY, ROWS = "633e1d3", "guefif", 81
RATIO, REFUSED, WHOLE = 0.5, 2.0, 8.0  # of the time before; seconds to refuse, and for a notebook run whole
PARTS = ("lib", "data", "notebooks", "requirements.lock", "pyproject.toml")
COMMAND = [sys.executable, "-m", "relecture"]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=ROOT / "outputs/bench/own_page.html")
    asked.add_argument("--rounds", type=int, default=5, help="how many times both are measured, one after the other")
    asked.add_argument("--small", action="store_true", help="only the refusal, to check that the benchmark runs")
    chosen = asked.parse_args()
    with TemporaryDirectory(prefix="relecture-") as folder:
        answers = given_as_own(Path(folder, "reponses.csv"))
        before = None if chosen.small else earlier(Path(folder, "avant"))
        rounds = [one_round(before, answers, Path(folder)) for _ in range(chosen.rounds)] if before else []
        runs = whole_runs(before, copied(Path(folder, "maintenant"))) if before else []
        refusal = refused(answers)
    write(chosen.out, pd.DataFrame(rounds), pd.DataFrame(runs), refusal)


def given_as_own(answers: Path) -> Path:
    """A file of synthetic answers whose respondents have ordinary names."""
    made = answers.with_suffix(".synthetic.csv")
    subprocess.run([*COMMAND, "synthesise", STUDY, made, "--n", str(ROWS)], check=True, capture_output=True)
    frame = pd.read_csv(made, dtype=str, keep_default_na=False)
    frame.assign(**{RESPONDENT: [f"r-{rank:03d}" for rank in range(1, len(frame) + 1)]}).to_csv(answers, index=False)
    return answers


def earlier(root: Path) -> Path | None:
    """The library, data and notebooks of the earlier commit in a folder; None without the history."""
    packed = subprocess.run(["git", "archive", BEFORE, *PARTS], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        return None
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(root, filter="data")
    return root


def one_round(before: Path, answers: Path, folder: Path) -> dict[str, float]:
    """Seconds of both, the earlier one first, and their ratio."""
    then, now = (built(root, answers, folder / f"pages-{rank}") for rank, root in enumerate((before, ROOT)))
    return {"then": then.processor, "now": now.processor, "ratio": now.processor / then.processor,
            "then_clock": then.clock, "now_clock": now.clock}  # fmt: skip


def built(root: Path, answers: Path, out: Path) -> Spent:
    return spend(root, [*COMMAND, "build", STUDY, "--answers", answers, "--out", out, "--force"])


def whole_runs(before: Path, now: Path) -> list[dict[str, Any]]:
    """Seconds of the notebooks that both have, run by both, and by today's a second time."""
    for root in (before, now):
        compileall.compile_dir(root / "lib", quiet=1)
    names = [
        path.name for path in sorted((now / "notebooks").glob("*.ipynb")) if (before / "notebooks" / path.name).exists()
    ]
    return [{"notebook": name} | whole_run(before, now, name) for name in names]


def whole_run(before: Path, now: Path, name: str) -> dict[str, float]:
    then, first, again = (run_all(root, name) for root in (before, now, now))
    ratios = {"ratio": first.processor / then.processor, "ratio_again": again.processor / then.processor}
    clocks = {"then_clock": then.clock, "first_clock": first.clock, "again_clock": again.clock}
    return {"then": then.processor, "first": first.processor, "again": again.processor} | ratios | clocks


def run_all(root: Path, name: str) -> Spent:
    """A notebook in a kernel of its own, in its folder."""
    notebook = nbformat.read(root / "notebooks" / name, 4)
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(root / "notebooks")}})
    return spent(lambda: client.execute(env=environment(root)))


def refused(answers: Path) -> float:
    """Seconds of processor to refuse the same answers, one of them unknown to the questionnaire."""
    wrong = answers.with_name("fautes.csv")
    pd.read_csv(answers, dtype=str, keep_default_na=False).assign(predice="peut-être").to_csv(wrong, index=False)
    return spend(ROOT, [*COMMAND, "build", STUDY, "--answers", wrong], status=1).processor


def write(out: Path, rounds: pd.DataFrame, runs: pd.DataFrame, refusal: float) -> None:
    """The page, and its thresholds on the terminal."""
    from nbformat.v4 import new_markdown_cell

    from relecture.report.tables.html_table import table

    ratio = median(rounds["ratio"]) if len(rounds) else None
    measured, held = (shown.ABSENT, None) if ratio is None else (f"{number(ratio, 2)} fois", ratio <= RATIO)
    limits = [
        shown.judgement("page sur des réponses à soi : maintenant / avant", f"au plus {RATIO} fois", measured, held),
        shown.judgement("processeur : fichier refusé", f"{REFUSED} s", f"{number(refusal, 2)} s", refusal <= REFUSED),
    ]
    if len(runs):
        longest = runs[["first", "again"]].max(axis=None)
        told = f"{number(longest, 2)} s"
        limits.append(
            shown.judgement("processeur : le carnet le plus long, en entier", f"{WHOLE} s", told, longest <= WHOLE)
        )
    judged = {"what": "Mesure", "threshold": "Seuil", "measured": "Mesuré", "held": "Verdict"}
    heads = {"then": f"{BEFORE} (s)", "now": "Maintenant (s)", "ratio": "Rapport"}
    heads |= {"then_clock": f"{BEFORE}, horloge (s)", "now_clock": "Maintenant, horloge (s)"}
    told = (
        f"# Page sur des réponses à soi\n\nMesuré le {shown.now()} sur {shown.machine()}. {ROWS} réponses synthétiques "
        f"données comme si elles étaient à soi, {STUDY}.\n"
    )
    cells = [
        new_markdown_cell(told),
        shown.told_as(table(pd.DataFrame(limits), "Seuils que le projet s'est donnés", columns=judged)),
    ]
    if len(rounds):
        decimals = dict.fromkeys(heads, 2)
        cells.append(shown.told_as(table(rounds, "Secondes de processeur par tour", columns=heads, decimals=decimals)))
    if len(runs):
        heads = {"notebook": "Carnet", "then": f"{BEFORE} (s)", "first": "Constats absents (s)", "ratio": "Rapport"}
        heads |= {"again": "Constats gardés (s)", "ratio_again": "Rapport", "then_clock": f"{BEFORE}, horloge (s)"}
        heads |= {"first_clock": "Absents, horloge (s)", "again_clock": "Gardés, horloge (s)"}
        decimals = dict.fromkeys(list(heads)[1:], 2)
        cells.append(shown.told_as(table(runs, "Carnets exécutés en entier", columns=heads, decimals=decimals)))
    shown.publish(out, cells)
    shown.tell(limits, out)


if __name__ == "__main__":
    main()
