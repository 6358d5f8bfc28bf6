"""What the benchmark found, as a page of the house: thresholds first, then verdicts, then times."""

from __future__ import annotations

import os
import platform
import resource
from datetime import datetime
from pathlib import Path
from typing import Any

import cases as known
import numpy as np
import pandas as pd

from relecture.core.french import number
from relecture.report.page import render
from relecture.report.tables.html_table import HtmlTable, table

ABSENT = "—"


def judged(verdicts: pd.DataFrame, speeds: list[dict]) -> list[dict]:
    """Each threshold, what was measured, and whether it holds."""
    real = verdicts[verdicts["source"] == "tirage"]
    vectors = verdicts[verdicts["source"].isin({case.source for case in known.VECTORS})]
    refused, wrong = int(real["refused"].sum()), int((vectors["ours"] != vectors["right"]).sum())
    rows = [
        judgement("vecteurs publics", "0 écart", f"{wrong} sur {len(vectors)}", wrong == 0),
        judgement("échantillons réels dits incohérents", "0", f"{refused} sur {len(real)}", refused == 0),
    ]
    for row in speeds:
        if row["most"]:
            measured = f"{number(row['ours'], 3)} s"
            rows.append(judgement(row["what"], f"moins de {row['most']} s", measured, row["ours"] < row["most"]))
        elif row["ratio"] is None:
            rows.append(judgement(row["what"], f"{row['least']} fois", ABSENT, None))
        else:
            limit = f"au moins {row['least']} fois plus vite" if row["least"] >= 1 else "au plus 2 fois plus lent"
            measured = f"{number(row['ratio'], 1)} fois {row['by']}"
            rows.append(judgement(row["what"], limit, measured, row["ratio"] >= row["least"]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(judgement("mémoire de tout le banc", "moins de 1 024 Mo", f"{number(peak, 0)} Mo", peak < 1024))
    return rows


def judgement(what: str, threshold: str, measured: str, held: bool | None) -> dict:
    word = "non mesuré" if held is None else "tenu" if held else "non tenu"
    return {"what": what, "threshold": threshold.replace(".", ","), "measured": measured, "held": word}


def tell(thresholds: list[dict[str, str]], out: Path) -> bool:
    """Print each threshold and where the page is; True when none is broken."""
    for row in thresholds:
        print(f"{row['held']:>10}  {row['what']} : {row['measured']} (seuil : {row['threshold']})")
    print(out)
    return all(row["held"] != "non tenu" for row in thresholds)


def write(out: Path, verdicts: pd.DataFrame, speeds: pd.DataFrame, thresholds: list[dict], versions: dict) -> None:
    """The page of the audit's benchmark."""
    from nbformat.v4 import new_markdown_cell

    named = ", ".join(f"{name} {version}" for name, version in versions.items()) or "aucun (non installés)"
    notable = verdicts[(verdicts["source"] != "tirage") | (verdicts["wrong"] != "")]
    real = verdicts[verdicts["source"] == "tirage"]
    shown = speeds.assign(ours=speeds["ours"] * 1000, peer=pd.to_numeric(speeds["peer"]) * 1000)
    limits = {"what": "Mesure", "threshold": "Seuil", "measured": "Mesuré", "held": "Verdict"}
    heads = {"case": "Valeur imprimée", "check": "Contrôle", "source": "Source", "ours": "Relecture"}
    heads |= {name: name for name in ("scrutipy", "pysprite", "grim")}
    heads |= {"right": "Exact", "wrong": "S'en écarte", "witness": "Témoin"}
    times = {"what": "Mesure", "ours": "Relecture (ms)", "peer": "Pair (ms)", "by": "Pair", "ratio": "Rapport"}
    cells = [
        new_markdown_cell(
            "# Contrôles d'impression : justesse et vitesse\n\n"
            f"Mesuré le {now()} sur {machine()}. Pairs : {named}.\n\n"
            "## Seuils\n"
        ),
        told_as(table(pd.DataFrame(thresholds), "Seuils que le projet s'est donnés", columns=limits)),
        new_markdown_cell(
            "## Qui a raison ?\n\n"
            "« Exact » est la réponse de la source publique ou, à défaut, d'une énumération complète ; le témoin "
            f"est un échantillon qui donne l'impression. Sur {len(real)} moyennes et écarts types d'échantillons "
            f"réels, Relecture en refuse {int(real['refused'].sum())} ; seuls ceux où un pair s'écarte "
            "de l'exact sont montrés. Une moyenne à mi-chemin de deux impressions peut s'imprimer de deux façons : "
            "l'écart vient alors de la convention d'arrondi que l'outil a choisie.\n"
        ),
        told_as(table(notable, "Verdicts de chaque outil", columns=heads)),
        new_markdown_cell("## Temps\n\nLe plus court de plusieurs essais ; un rapport de 20 : vingt fois plus vite.\n"),
        told_as(table(shown, "Temps de cette exécution", columns=times, decimals={"ours": 3, "peer": 3, "ratio": 1})),
    ]
    publish(out, cells)


def told_as(table: HtmlTable) -> Any:
    """A table as the output of a cell."""
    from nbformat.v4 import new_code_cell, new_output

    return new_code_cell("", outputs=[new_output("display_data", {"text/html": table.html})])


def publish(out: Path, cells: list[Any]) -> None:
    """The cells as a page laid out as every report of the house; beside, then renamed."""
    from nbformat.v4 import new_notebook

    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_suffix(".part")
    beside.write_text(render.export(new_notebook(cells=cells), title_fallback="Banc"), encoding="utf-8")
    beside.replace(out)


def now() -> str:
    """The moment of a measure: a benchmark is no reproducible output."""
    return f"{datetime.now():%d/%m/%Y à %H:%M}"


def machine() -> str:
    """Cores, processor where the system names it, and versions."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    processor = f"{model or platform.machine()}, {os.cpu_count()} cœurs"
    return f"{processor}, Python {platform.python_version()}, NumPy {np.__version__}, pandas {pd.__version__}"
