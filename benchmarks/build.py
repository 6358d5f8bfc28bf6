"""How fast is a build beside the least it could take and beside nbconvert, and what does a crash leave?

`make bench` writes outputs/bench/build.html. In a temporary copy of the compendium, whose library has changed since
the notebooks were saved, with copies of one so that there are at least four: the seconds of a whole build (warm
kernels), of the same notebooks run as plain scripts (`plain.py`) and of `jupyter nbconvert`, one notebook after
another, told as ratios of one round, the mean of the rounds, since the speed of a machine drifts; the build of
notebooks that hold no output, for which no page can be rehearsed; the build with nothing to do, and with one notebook
changed; the bytes of warm and of cold kernels; builds killed at random moments (`crashes.py`). The exit status is 1
when a threshold is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import pandas as pd
from nbconvert.preprocessors import ClearOutputPreprocessor

sys.path.insert(0, str(Path(__file__).parent))
import crashes
import shown

from relecture.build import parallel
from relecture.core.french import number, plural
from relecture.core.study import ROOT
from relecture.report.tables.html_table import table

HERE = Path(__file__).parent
NOTEBOOKS, KILLS = 4, 40
PARTS = ("lib", "data", "notebooks", "requirements.lock", "pyproject.toml")
BUILD = [sys.executable, "-m", "relecture", "build"]
REBUILD = [*BUILD, "--force"]
CONVERT = [sys.executable, "-m", "jupyter", "nbconvert", "--execute", "--to", "html", "--log-level=ERROR"]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=ROOT / "outputs/bench/build.html")
    asked.add_argument("--rounds", type=int, default=2, help="how many times all are measured, one after the other")
    asked.add_argument("--kills", type=int, default=KILLS, help="how many builds are killed")
    asked.add_argument("--small", action="store_true", help="light notebooks, to check that the benchmark runs")
    chosen = asked.parse_args()
    with TemporaryDirectory(prefix="relecture-") as folder:
        root = light(Path(folder, "léger")) if chosen.small else copied(Path(folder, "recueil"))
        measured = measures(root, emptied(root, Path(folder, "vidé")), chosen.rounds, chosen.small)
        fragile = light(Path(folder, "pannes"))
        kills = crashes.killed(fragile, BUILD, environment(fragile), chosen.kills, warm=not chosen.small)
    thresholds = judged(measured, kills, chosen.small)
    write(chosen.out, measured, thresholds)
    sys.exit(0 if tell(thresholds, chosen.out) else 1)


# ---------------------------------------------------------------- what is built


def copied(root: Path) -> Path:
    """The compendium in another folder, its library changed, with copies of its first notebook if there are too few."""
    for part in PARTS:
        root.mkdir(exist_ok=True)
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, root / part)
    first, *others = sorted((root / "notebooks").glob("*.ipynb"))
    for rank in range(NOTEBOOKS - 1 - len(others)):
        shutil.copy(first, first.with_name(f"copie{rank + 1}.ipynb"))
    with (root / "lib/relecture/__init__.py").open("a", encoding="utf-8") as module:
        module.write("# one more line\n")
    return root


def emptied(root: Path, other: Path) -> Path:
    """A copy whose notebooks hold no output."""
    shutil.copytree(root, other)
    for path in (other / "notebooks").glob("*.ipynb"):
        cleared, _ = ClearOutputPreprocessor().preprocess(nbformat.read(path, as_version=4), {})
        nbformat.write(cleared, path)
    return other


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


def measures(root: Path, empty: Path, rounds: int, small: bool) -> dict[str, Any]:
    """Seconds of each way and their ratios, the means of the rounds, and what the builds wrote."""
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    found: dict[str, Any] = {"notebooks": len(notebooks), "cores": parallel.cores()}
    converted = notebooks[: 1 if small else None]
    times = pd.DataFrame([one_round(root, empty, notebooks, converted) for _ in range(rounds)])
    times["floor"] = (times["imports"] + times["code"]) / found["cores"]
    times = times.assign(over=times["build"] / times["floor"], gain=times["convert"] / times["build"])
    times = times.assign(most=times["convert"] / times["floor"], least=times["convert"] / times["empty"])
    found |= times.mean().to_dict()
    warm = pages(root)
    cold = seconds(root, [*REBUILD, "--cold"])
    found |= {"cold": cold, "different": sum(pages(root)[name] != warm[name] for name in warm)}
    found["nothing"] = min(seconds(root, BUILD) for _ in range(5))
    return found | one_changed(root, notebooks[0])


def one_round(root: Path, empty: Path, notebooks: list[Path], converted: list[Path]) -> dict[str, float]:
    """Seconds of each way, nbconvert's notebooks between builds, all between scripts: a machine that slows slows all.

    The builds, and the scripts, of a round are told by their means.
    """
    scripts, bare = partial(plain, root, notebooks), partial(seconds, empty, REBUILD)
    times, convert = [scripts(), {"empty": bare()}, {"build": seconds(root, REBUILD)}], 0.0
    for path in converted:
        convert += seconds(root, [*CONVERT, f"--output-dir={root / 'ailleurs'}", path])
        times.append({"build": seconds(root, REBUILD)})
    times += [{"empty": bare()}, scripts()]
    return pd.DataFrame(times).mean().to_dict() | {"convert": convert}


def plain(root: Path, notebooks: list[Path]) -> dict[str, float]:
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, HERE / "plain.py", *notebooks]
    told = subprocess.run(command, env=environment(root) | alone, capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


def seconds(root: Path, command: list[Any]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=root, env=environment(root), check=True, capture_output=True)
    return time.perf_counter() - begun


def pages(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "outputs").glob("*.html")}


def one_changed(root: Path, notebook: Path) -> dict[str, Any]:
    """Seconds of a build after one notebook was changed, and how many pages it made again."""
    told = json.loads(notebook.read_text(encoding="utf-8"))
    told["cells"].append({"cell_type": "markdown", "id": "ajout", "metadata": {}, "source": "Une phrase."})
    notebook.write_text(json.dumps(told), encoding="utf-8")
    names = {f"{path.stem}.html" for path in notebook.parent.glob("*.ipynb")}
    before = {name: (root / "outputs" / name).stat().st_mtime_ns for name in names}
    took = seconds(root, BUILD)
    again = [name for name in names if (root / "outputs" / name).stat().st_mtime_ns != before[name]]
    return {"one": took, "again": len(again), "right": again == [f"{notebook.stem}.html"]}


# ---------------------------------------------------------------- what it means


def judged(found: dict[str, Any], kills: crashes.Killed, small: bool) -> list[dict[str, str]]:
    """Each threshold, what was measured, and whether it holds; light notebooks say nothing of speed."""

    def fast(what: str, threshold: str, ratio: float, held: bool) -> dict[str, str]:
        return shown.judgement(what, threshold, f"{number(ratio, 2)} fois", None if small else held)

    over, gain, least, most = (found[ratio] for ratio in ("over", "gain", "least", "most"))
    same = f"{found['different']} sur {found['notebooks'] + 1}"
    killed = f"{kills.kills} constructions tuées, dont {kills.stopped} avant la fin"
    again = plural(found["again"], "page")
    return [
        fast("construction complète / plancher", "au plus 1,5 fois", over, over <= 1.5),
        fast("nbconvert / construction complète", "au moins 4 fois", gain, gain >= 4),
        fast("nbconvert / construction de carnets sans sorties", "aucun", least, True) | {"held": "mesuré"},
        fast("nbconvert / plancher, le plus grand gain possible ici", "aucun", most, True) | {"held": "mesuré"},
        shown.judgement("pages autres avec des noyaux à froid", "0", same, found["different"] == 0),
        shown.judgement("rien à refaire", "0,5 s", f"{number(found['nothing'], 2)} s", found["nothing"] <= 0.5),
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
        "floor": "plancher : les deux, partagés entre les cœurs",
        "build": "construction complète, noyaux préchargés",
        "empty": "la même, de carnets sans sorties",
        "cold": "construction complète, noyaux à froid",
        "convert": "jupyter nbconvert, un carnet après l'autre",
        "one": "construction après un changement dans un carnet",
        "nothing": "construction quand rien n'a changé",
    }
    times = [
        {"what": words, "seconds": found[way], "ratio": found[way] / found["floor"]} for way, words in ways.items()
    ]
    heads = {"what": "Mesure", "seconds": "Temps (s)", "ratio": "Plancher = 1"}
    cells = [
        new_markdown_cell(
            "# Construction : vitesse et solidité\n\n"
            f"Mesuré le {shown.now()} sur {shown.machine()}. {plural(found['notebooks'], 'carnet')}, "
            f"{number(found['cores'])} à la fois.\n\n## Seuils\n"
        ),
        shown.told_as(table(pd.DataFrame(thresholds), "Seuils que le projet s'est donnés", columns=limits)),
        new_markdown_cell(
            "## Temps\n\nMoyenne des tours. Dans chacun, une construction est mesurée avant et après chaque carnet de "
            "nbconvert, et les scripts au début et à la fin ; leurs moyennes sont prises. Le plancher est ce que "
            "prendraient les carnets seuls, sans noyau ni page, si leur travail se partageait entre les cœurs sans "
            "rien perdre. La bibliothèque a changé depuis que les carnets ont été enregistrés, mais pas ce qu'ils "
            "montrent\u00a0: tous sont exécutés, et leurs pages sont déjà prêtes. Elles ne peuvent pas l'être quand "
            "les carnets ne portent aucune sortie, ni quand ce qu'ils montrent a changé.\n"
        ),
        shown.told_as(
            table(
                pd.DataFrame(times), "Temps de cette exécution", columns=heads, decimals={"seconds": 2, "ratio": 2}
            )
        ),
    ]
    shown.publish(out, cells)


def tell(thresholds: list[dict[str, str]], out: Path) -> bool:
    """Print each threshold and where the page is; True when none is broken."""
    for row in thresholds:
        print(f"{row['held']:>10}  {row['what']} : {row['measured']} (seuil : {row['threshold']})")
    print(out)
    return all(row["held"] != "non tenu" for row in thresholds)


if __name__ == "__main__":
    main()
