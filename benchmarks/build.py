"""Builds measured beside the least they could take and beside nbconvert, and after crashes.

`make bench` writes outputs/bench/build.html. In a temporary copy of the compendium, with copies of one notebook so that
there are at least four, these are measured in turn, round after round: the notebooks run as plain scripts (`plain.py`),
a whole build (kernels forked from one server), and `jupyter nbconvert`, one notebook after another. What is judged is
the seconds of processor of each, all its processes counted, as ratios within a round, and the median of the rounds: the
other work of a machine changes neither. Seconds of the clock are told, and not judged. Then come the build with nothing
to do, and with one notebook changed; the bytes of forked and of cold kernels; builds killed at random moments
(`crashes.py`). The exit status is 1 when a threshold is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
import crashes
import shown

from relecture.build import parallel
from relecture.core.french import number, plural
from relecture.core.study import ROOT
from relecture.report.tables.html_table import table

HERE = Path(__file__).parent
NOTEBOOKS, KILLS = 4, 40
OVER, GAIN = 1.5, 2.5  # seconds of processor: a build / plain scripts, nbconvert / a build
PARTS = ("lib", "data", "notebooks", "requirements.lock", "pyproject.toml")
BUILD = [sys.executable, "-m", "relecture", "build"]
REBUILD = [*BUILD, "--force"]
CONVERT = [sys.executable, "-m", "jupyter", "nbconvert", "--execute", "--to", "html", "--log-level=ERROR"]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=ROOT / "outputs/bench/build.html")
    asked.add_argument("--rounds", type=int, default=3, help="how many times all are measured, one after the other")
    asked.add_argument("--kills", type=int, default=KILLS, help="how many builds are killed")
    asked.add_argument("--small", action="store_true", help="light notebooks, to check that the benchmark runs")
    chosen = asked.parse_args()
    with TemporaryDirectory(prefix="relecture-") as folder:
        root = light(Path(folder, "léger")) if chosen.small else copied(Path(folder, "recueil"))
        measured = measures(root, chosen.rounds, chosen.small)
        fragile = light(Path(folder, "pannes"))
        kills = crashes.killed(fragile, BUILD, environment(fragile), chosen.kills, warm=not chosen.small)
    thresholds = judged(measured, kills, chosen.small)
    write(chosen.out, measured, thresholds)
    sys.exit(0 if shown.tell(thresholds, chosen.out) else 1)


# ---------------------------------------------------------------- what is built


def copied(root: Path) -> Path:
    """The compendium in another folder, with copies of its first notebook if there are too few."""
    for part in PARTS:
        root.mkdir(exist_ok=True)
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, root / part)
    first, *others = sorted((root / "notebooks").glob("*.ipynb"))
    for rank in range(NOTEBOOKS - 1 - len(others)):
        shutil.copy(first, first.with_name(f"copie{rank + 1}.ipynb"))
    return root


def light(root: Path) -> Path:
    """The library with two notebooks that compute nothing."""
    shutil.copytree(ROOT / "lib", root / "lib")
    (root / "data").mkdir()
    (root / "pids").mkdir()
    crashes.write(root, version=0)
    return root


def environment(root: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(root / "lib")}


# ---------------------------------------------------------------- measures


class Spent(NamedTuple):
    """What a command took, with all the processes that it started and waited for."""

    processor: float
    clock: float


def measures(root: Path, rounds: int, small: bool) -> dict[str, Any]:
    """Seconds of each way and their ratios, the medians of the rounds, and what the builds wrote."""
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    spend(root, BUILD)  # bytecode and caches of fonts are there from now on
    times = pd.DataFrame([one_round(root, notebooks, notebooks[: 1 if small else None]) for _ in range(rounds)])
    times["floor"] = times["imports"] + times["code"]
    times = times.assign(over=times["build"] / times["floor"], gain=times["convert"] / times["build"])
    times = times.assign(gain_clock=times["convert_clock"] / times["build_clock"])
    found = {"notebooks": len(notebooks), "cores": parallel.cores(), "rounds": rounds} | times.median().to_dict()
    forked = pages(root)
    cold = spend(root, [*REBUILD, "--cold"])
    found |= {"cold": cold.processor, "cold_clock": cold.clock}
    found["different"] = sum(pages(root)[name] != forked[name] for name in forked)
    nothing = [spend(root, BUILD) for _ in range(5)]
    found |= {"nothing": min(one.processor for one in nothing), "nothing_clock": min(one.clock for one in nothing)}
    return found | one_changed(root, notebooks[0])


def one_round(root: Path, notebooks: list[Path], converted: list[Path]) -> dict[str, float]:
    """Seconds of processor of the scripts, of a build and of nbconvert, in turn, with those of the clock."""
    scripts, build = plain(root, notebooks), spend(root, REBUILD)
    convert = [spend(root, [*CONVERT, f"--output-dir={root / 'ailleurs'}", path]) for path in converted]
    processor, clock = (sum(each) for each in zip(*convert, strict=True))
    times = {"build": build.processor, "build_clock": build.clock, "convert": processor, "convert_clock": clock}
    return scripts | times


def plain(root: Path, notebooks: list[Path]) -> dict[str, float]:
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, HERE / "plain.py", *notebooks]
    told = subprocess.run(command, env=environment(root) | alone, capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


def spend(root: Path, command: list[Any], status: int = 0) -> Spent:
    """Run a command to its end, which is of this exit status."""

    def run() -> None:
        done = subprocess.run(command, cwd=root, env=environment(root), check=False, capture_output=True)
        if done.returncode != status:
            raise SystemExit(done.stderr.decode())

    return spent(run)


def spent(run: Callable[[], Any]) -> Spent:
    """What the processes took that `run` starts and waits for."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run()
    clock, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock)


def pages(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "outputs").glob("*.html")}


def one_changed(root: Path, notebook: Path) -> dict[str, Any]:
    """Seconds of a build after one notebook was changed, and how many pages it made again."""
    told = json.loads(notebook.read_text(encoding="utf-8"))
    told["cells"].append({"cell_type": "markdown", "id": "ajout", "metadata": {}, "source": "Une phrase."})
    notebook.write_text(json.dumps(told), encoding="utf-8")
    names = {f"{path.stem}.html" for path in notebook.parent.glob("*.ipynb")}
    before = {name: (root / "outputs" / name).stat().st_mtime_ns for name in names}
    took = spend(root, BUILD)
    again = [name for name in names if (root / "outputs" / name).stat().st_mtime_ns != before[name]]
    right = again == [f"{notebook.stem}.html"]
    return {"one": took.processor, "one_clock": took.clock, "again": len(again), "right": right}


# ---------------------------------------------------------------- what it means


def judged(found: dict[str, Any], kills: crashes.Killed, small: bool) -> list[dict[str, str]]:
    """Each threshold, what was measured, and whether it holds; light notebooks say nothing of speed."""

    def fast(what: str, threshold: str, ratio: float, held: bool) -> dict[str, str]:
        return shown.judgement(what, threshold, f"{number(ratio, 2)} fois", None if small else held)

    over, gain, gain_clock = (found[ratio] for ratio in ("over", "gain", "gain_clock"))
    nothing = f"{number(found['nothing'], 2)} s"
    same = f"{found['different']} sur {found['notebooks'] + 1}"
    killed = f"{kills.kills} constructions tuées, dont {kills.stopped} avant la fin"
    again = plural(found["again"], "page")
    return [
        fast("processeur : construction complète / plancher", f"au plus {number(OVER, 1)} fois", over, over <= OVER),
        fast("processeur : nbconvert / construction complète", f"au moins {number(GAIN, 1)} fois", gain, gain >= GAIN),
        fast("horloge : nbconvert / construction complète", "aucun", gain_clock, True) | {"held": "mesuré"},
        shown.judgement("pages autres avec des noyaux à froid", "0", same, found["different"] == 0),
        shown.judgement("processeur : rien à refaire", "0,5 s", nothing, found["nothing"] <= 0.5),
        shown.judgement("pages refaites après un changement dans un carnet", "1 page", again, found["right"]),
        shown.judgement(f"{killed} : pages abîmées", "0", number(kills.corrupt), kills.corrupt == 0),
        shown.judgement("pages perdues", "0", number(kills.lost), kills.lost == 0),
        shown.judgement("fichiers et noyaux laissés", "0", number(kills.left), kills.left == 0),
    ]


def write(out: Path, found: dict[str, Any], thresholds: list[dict[str, str]]) -> None:
    from nbformat.v4 import new_markdown_cell

    limits = {"what": "Mesure", "threshold": "Seuil", "measured": "Mesuré", "held": "Verdict"}
    ways = {
        "imports": "import des bibliothèques, une fois",
        "code": "code des carnets, en simples scripts",
        "floor": "plancher : les deux",
        "build": "construction complète, noyaux préchargés",
        "cold": "construction complète, noyaux à froid",
        "convert": "jupyter nbconvert, un carnet après l'autre",
        "one": "construction après un changement dans un carnet",
        "nothing": "construction quand rien n'a changé",
    }
    times = [
        {"what": words, "seconds": found[way], "ratio": found[way] / found["floor"], "clock": found.get(f"{way}_clock")}
        for way, words in ways.items()
    ]
    heads = {"what": "Mesure", "seconds": "Processeur (s)", "ratio": "Plancher = 1", "clock": "Horloge (s)"}
    decimals = dict.fromkeys(("seconds", "ratio", "clock"), 2)
    cells = [
        new_markdown_cell(
            "# Construction : vitesse et solidité\n\n"
            f"Mesuré le {shown.now()} sur {shown.machine()}. {plural(found['notebooks'], 'carnet')}, "
            f"{number(found['cores'])} à la fois.\n\n## Seuils\n"
        ),
        shown.told_as(table(pd.DataFrame(thresholds), "Seuils que le projet s'est donnés", columns=limits)),
        new_markdown_cell(
            f"## Temps\n\nMédianes de {plural(found['rounds'], 'tour')}. Dans chacun, les scripts, une construction et "
            "nbconvert passent l'un après l'autre, et les rapports sont ceux du tour. Les secondes de processeur sont "
            "celles de tous les processus ; ce que fait d'autre la machine n'y change presque rien, à la différence de "
            "l'horloge. Le plancher est ce que prendraient les carnets seuls, sans noyau ni page.\n"
        ),
        shown.told_as(table(pd.DataFrame(times), "Temps de cette exécution", columns=heads, decimals=decimals)),
    ]
    shown.publish(out, cells)


if __name__ == "__main__":
    main()
