"""How do the classification and the graph of texts grow with the corpus?

`python benchmarks/text.py` writes outputs/bench/text.html: seconds and memory of the descending
classification from 500 to 50,000 segments, each size in a process of its own, the growth from the
smallest to the largest, the seconds of the graph of 200 forms from 1,000 texts, and what a whole page
on 1,000 texts of some 600 words costs. The tables are drawn from themes and a Zipf law, the texts of the
page from the sentences of the fictional interviews, with a fixed seed: a benchmark of speed, not of meaning.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from itertools import product
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
import shown

from relecture.core.french import number
from relecture.report.tables.html_table import table
from relecture.text.corpus import iramuteq, segments
from relecture.text.corpus.tokens import tokenise
from relecture.text.lexicon import cooccurrence, reinert_tree

HERE = Path(__file__).parent
SIZES, REFERENCE = (500, 1_500, 5_000, 15_000, 50_000), 5_000
FORMS, CLASSES, THEMES, HELD = 1_500, 10, 10, 12
FICTION = HERE.parent / "data/planchenault/corpus.fictif.txt"
SENTENCES, RARE = 45, 40_000  # sentences of a text of a page; invented words that its texts draw from


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=HERE.parent / "outputs/bench/text.html")
    asked.add_argument("--small", action="store_true", help="tiny sizes, to check that the benchmark runs")
    asked.add_argument("--classify", type=int, default=0, help="measure this many segments and print what was found")
    chosen = asked.parse_args()
    if chosen.classify:
        print(json.dumps(classified(chosen.classify)))
        return
    sizes, texts = ((200, 400), 30) if chosen.small else (SIZES, 1_000)
    measured = pd.DataFrame([apart(size) for size in sizes])
    graph = networked(texts)
    thresholds = judged(measured, graph, texts) + weighed(texts, {} if chosen.small else paged(texts))
    write(chosen.out, measured, graph, thresholds)
    shown.tell(thresholds, chosen.out)


def apart(size: int) -> dict[str, float]:
    """The measures of one size, in a process of its own: its peak of memory is its alone."""
    run = [sys.executable, __file__, "--classify", str(size)]
    return json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)


def classified(size: int) -> dict[str, float]:
    """Seconds, peak memory of the whole process and classes found for that many segments."""
    table = drawn(size)
    start = time.perf_counter()
    found = reinert_tree.divide(table, CLASSES)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "segments": size,
        "forms": table.shape[1],
        "presences": int(table.nnz),
        "classes": found.steps + 1,
        "seconds": took,
        "memory": peak,
    }


def drawn(size: int) -> Any:
    """Segments of about HELD forms, half drawn from a Zipf law, half from their theme; forms said 3 times or more."""
    from scipy.sparse import csr_array

    rng = np.random.default_rng(1983)
    common = 1 / np.arange(1, FORMS + 1) ** 0.9
    themes = [common * rng.gamma(0.3, size=FORMS) for _ in range(THEMES)]
    chances = [(common / common.sum() + theme / theme.sum()) / 2 for theme in themes]
    counts = 2 + rng.poisson(HELD - 2, size)
    columns = [rng.choice(FORMS, count, False, chances[rank % THEMES]) for rank, count in enumerate(counts)]
    table = csr_array((np.ones(counts.sum()), (np.repeat(np.arange(size), counts), np.concatenate(columns))))
    return table[:, table.sum(axis=0) >= 3]


def networked(texts: int) -> list[dict[str, Any]]:
    """Seconds of each step from texts to the graph of their 200 most said forms."""
    fiction = iramuteq.read_corpus(FICTION).texts
    many = iramuteq.Corpus((fiction * (texts // len(fiction) + 1))[:texts])
    steps, clock = [], time.perf_counter()

    def told(step: str, size: int) -> None:
        nonlocal clock
        steps.append({"step": step, "size": size, "seconds": time.perf_counter() - clock})
        clock = time.perf_counter()

    tokens = tokenise(many)
    told("mots lus et lemmatisés", len(tokens))
    cut = segments.segment_corpus(many, tokens=tokens)
    told("segments coupés et croisés avec les formes", cut.matrix.shape[0])
    found = cooccurrence.build_network(cut, most=200, index="jaccard")
    told("graphe, communautés et places", len(found.nodes))
    return steps


def paged(texts: int) -> dict[str, float]:
    """Seconds of processor, peak memory and weight of a page on that many texts, in processes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        path, before = Path(folder, "textes.txt"), resource.getrusage(resource.RUSAGE_CHILDREN)
        path.write_text(shuffled(texts), encoding="utf-8")
        run = [sys.executable, "-m", "relecture", "build", "planchenault", "--answers", path, "--out", folder]
        subprocess.run(run, capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        weight = Path(folder, "planchenault.html").stat().st_size / 1e6
    return {"seconds": took, "memory": after.ru_maxrss / 1024, "weight": weight}


def shuffled(texts: int) -> str:
    """Sentences of the fictional interviews drawn anew, one word in eight another, in groups of all sizes."""
    draw = random.Random(1983)
    lines = [line for line in FICTION.read_text(encoding="utf-8").split("\n") if line and line[0] not in "*-"]
    sentences = [one for line in lines for one in re.split(r"(?<=[.?!]) ", line)]
    syllables = ["".join(pair) for pair in product("bdlmnprst", "aeiou")]
    rare = draw.sample(["".join(word) for word in product(syllables, repeat=3)], RARE)
    chances = np.cumsum(1 / np.arange(20, 20 + RARE) ** 0.8).tolist()

    def said() -> str:
        words = " ".join(draw.sample(sentences, SENTENCES)).split(" ")
        others = draw.choices(rare, cum_weights=chances, k=len(words))
        return " ".join(other if draw.random() < 1 / 8 else word for word, other in zip(words, others, strict=True))

    groups = [" ".join(f"*v{size}_{draw.randrange(size)}" for size in (2, 3, 5, 10, 40, 95)) for _ in range(texts)]
    return "".join(f"**** *m_{rank} {variables}\n{said()}\n" for rank, variables in enumerate(groups))


def weighed(texts: int, page: dict[str, float]) -> list[dict[str, str]]:
    """The limits of a page on own texts."""
    what = f"page sur {number(texts)} textes"
    limits = {"seconds": (60, "s de processeur"), "memory": (2_048, "Mo"), "weight": (3, "Mo")}
    names = {"seconds": what, "memory": f"{what}, mémoire", "weight": f"{what}, poids"}
    return [limited(names[name], most, page.get(name), unit) for name, (most, unit) in limits.items()]


def judged(measured: pd.DataFrame, graph: list[dict[str, Any]], texts: int) -> list[dict[str, str]]:
    """Each threshold, what was measured, and whether it holds; growth is told, without a threshold."""
    one = measured[measured["segments"] == REFERENCE]
    took, peak = (float(one[name].iloc[0]) if len(one) else None for name in ("seconds", "memory"))
    first, last = measured.iloc[0], measured.iloc[-1]
    data, time_ = last["segments"] / first["segments"], last["seconds"] / first["seconds"]
    what = f"classer {number(REFERENCE)} segments"
    return [
        limited(what, 10, took, "s"),
        limited(f"{what}, mémoire", 1_024, peak, "Mo"),
        limited(f"graphe de 200 formes, {number(texts)} textes", 5, graph[-1]["seconds"], "s"),
        {
            "what": f"croissance, de {number(first['segments'])} à {number(last['segments'])} segments",
            "threshold": "aucun",
            "measured": f"temps × {number(time_, 0)} pour des données × {number(data, 0)} "
            f"(puissance {number(log(time_) / log(data), 2)})",
            "held": "mesuré",
        },
    ]


def limited(what: str, most: int, found: float | None, unit: str) -> dict[str, str]:
    """A measure that must stay under a limit."""
    measured = shown.ABSENT if found is None else f"{number(found, 2)} {unit}"
    return shown.judgement(what, f"moins de {number(most)} {unit}", measured, None if found is None else found < most)


def write(out: Path, measured: pd.DataFrame, graph: list[dict[str, Any]], thresholds: list[dict[str, str]]) -> None:
    from nbformat.v4 import new_markdown_cell

    limits = {"what": "Mesure", "threshold": "Seuil", "measured": "Mesuré", "held": "Verdict"}
    heads = {"segments": "Segments", "forms": "Formes", "presences": "Présences", "classes": "Classes"}
    heads |= {"seconds": "Temps (s)", "memory": "Mémoire (Mo)"}
    steps = {"step": "Étape", "size": "Taille", "seconds": "Temps (s)"}
    cells = [
        new_markdown_cell(
            "# Textes : vitesse et croissance\n\n"
            f"Mesuré le {shown.now()} sur {shown.machine()}. Tables tirées au sort (graine fixe), "
            f"{CLASSES} classes demandées, {FORMS} formes au plus.\n\n## Seuils\n"
        ),
        shown.told_as(table(pd.DataFrame(thresholds), "Seuils que le projet s'est donnés", columns=limits)),
        new_markdown_cell("## Classification descendante\n\nUn processus par taille ; mémoire du processus entier.\n"),
        shown.told_as(
            table(measured, "Temps et mémoire par taille", columns=heads, decimals={"seconds": 2, "memory": 0})
        ),
        new_markdown_cell("## Des textes au graphe\n\nLes quinze entretiens fictifs, répétés.\n"),
        shown.told_as(table(pd.DataFrame(graph), "Temps par étape", columns=steps, decimals={"seconds": 2})),
    ]
    shown.publish(out, cells)


if __name__ == "__main__":
    main()
