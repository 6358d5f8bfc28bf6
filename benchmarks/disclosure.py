"""Can a stranger work out a count that a page on own answers hides? Sets drawn and crafted, for each study.

Each page is made as a notebook makes it, without what shows no count; the stranger (`stranger.py`) has its tables, the
questionnaire, and an integer solver. `make bench` runs it and writes outputs/bench/disclosure.html: sets, counts
hidden, counts recovered (the limit is none). `--json` writes one line a set.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from stranger import Stranger, plain

from relecture import load_study
from relecture.answers.questionnaire import skip_logic
from relecture.answers.questionnaire.conditions import comparisons
from relecture.answers.respondents import Respondents, gather
from relecture.core.study import ROOT
from relecture.stats.estimates import independence

STUDIES, SIZES, DRAWN, CRAFTED = ("guefif", "ajoodha", "zerhoui"), (30, 81, 200), 20, 10
GROUPS = {
    "score-par-canal": "strate", "caracteristiques-par-groupe": "groupe",
    "respect-selon-connaissance": "obligations_connues", "equipement-par-caracteristique": "equipement",
}  # fmt: skip
IDLE = {
    "colophon",
    "multivariable",
    "side_by_side",
    "both",
    "reliability",
    "whole.n",
    "known_alpha",
}
PAGE = """<!doctype html>
<html lang="fr"><meta charset="utf-8"><title>Retrouver ce qui est masqué</title>
<h1>Retrouver ce qui est masqué</h1>
<table><thead><tr><th scope="col">Étude</th><th scope="col">Réponses</th><th scope="col">Fichiers</th>
<th scope="col">Cases masquées</th><th scope="col">Retrouvées</th></tr></thead><tbody>
{rows}
</tbody></table>
</html>
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=ROOT / "outputs/bench/disclosure.html")
    asked.add_argument("--studies", nargs="*", default=STUDIES)
    asked.add_argument("--sizes", nargs="*", type=int, default=SIZES)
    asked.add_argument("--sets", nargs="*", default=[*map(str, range(DRAWN)), *(f"c{one}" for one in range(CRAFTED))])
    asked.add_argument("--no-attack", action="store_true", help="count what is hidden, and no more")
    asked.add_argument("--json", action="store_true")
    chosen = asked.parse_args()
    found = []
    for study in chosen.studies:
        for one in attacked(study, chosen.sizes, chosen.sets, attack=not chosen.no_attack):
            found.append(one)
            if chosen.json:
                print(json.dumps(one, ensure_ascii=False), flush=True)
    if not chosen.no_attack:
        write(chosen.out, pd.DataFrame(found))
    sys.exit(int(any(one["recovered"] for one in found)))


def attacked(study: str, sizes, sets, attack=True):
    """For each size and set: how many counts are hidden, and those that the stranger recovers."""
    pages = Pages(study)
    with TemporaryDirectory() as folder:
        for n in sizes:
            for name in sets:
                path = Path(folder) / f"{study}-{n}-{name}.csv"
                written(study, n, name).to_csv(path)
                page, names = pages.of(path)
                told = stranger(study, names, page, n).recovered(np.random.default_rng(1)) if attack else (0, [])
                cells = names["guard"].primary + names["guard"].secondary
                one = {"study": study, "n": n, "set": name, "cells": cells, "hidden": told[0]}
                yield one | {"recovered": [repr(cell) for cell in told[1]]}


class Pages:
    """A notebook, run once up to where it asks for answers, then on any file."""

    def __init__(self, study: str) -> None:
        cells = json.loads((ROOT / f"notebooks/{study}.ipynb").read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        start = next(rank for rank, source in enumerate(code) if "study.answers(" in source)
        self.after, self.names = code[start:], {}
        independence.DRAWS = 99  # Fisher's test by draws takes most of the time, and no attack looks at it
        for source in code[:start]:
            run(source, self.names)
            if "import relecture" in source:
                self.names["rl"] = Quiet(self.names["rl"])

    def of(self, path: Path) -> tuple[str, dict]:
        """What the page on a file shows, as HTML, and the names that the notebook gave."""
        names, shown = {**self.names, "answers": str(path)}, []
        for source in self.after:
            if not any(word in source for word in IDLE):
                shown.append(run(source, names))
        return "".join(one._repr_html_() for one in shown if hasattr(one, "_repr_html_")), names


class Quiet:
    """The library, drawing nothing but the means of scores."""

    def __init__(self, library) -> None:
        self.library = library

    def __getattr__(self, name):
        return self if name == "figures" else getattr(self.library, name)

    def summary_boxes(self, *given, **words):
        return self.library.figures.summary_boxes(*given, **words)

    def nothing(self, *given, **words) -> None:
        return None

    bars = boxes = diverging = forest = flow = splits = strengths = FlowStep = departements_map = nothing


def run(source: str, names: dict):
    """Run a cell; what its last line is worth, if it is an expression."""
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(last, "cell", "eval"), names) if last else None


def stranger(study: str, names: dict, page: str, n: int) -> Stranger:
    """The stranger who has read a page, with the words of its questionnaire and of its thesis."""
    form = names.get("form", names["people"].instrument)
    questions = list(names.get("every") or names["asked"].values())
    if study == "guefif":
        library, plan = names["rl"], names["plan"]
        recode = lambda coded: library.answers.exposures.exposure_frame(form, plan, coded)  # noqa: E731
    elif study == "zerhoui":
        recode = lambda coded: names["rl"].stats.recoded.printed_terms(form, coded)  # noqa: E731
    else:
        recode = lambda coded: coded  # noqa: E731
    words = {}
    for one in questions:
        words[plain(one.label)] = one.id
        words |= {(one.id, plain(label)): plain(label) for label in one.levels.values()}
    for name, said in load_study(study).about["questions"].items() if study == "guefif" else ():
        for one in questions:
            if one.id == name or any(code.startswith(f"{name}.") for code in one.levels):
                words[plain(said["label"])] = one.id
                for code, word in said.items():
                    for level in {code, f"{name}.{code}"} & one.levels.keys():
                        words[one.id, plain(word)] = plain(one.levels[level])
    told = {
        one.id: replace(one, levels={code: plain(label) for code, label in one.levels.items()}) for one in questions
    }
    someone = Stranger(form, told, recode, words, {table: one for table, one in GROUPS.items() if one in told})
    if study == "guefif":
        someone.words[plain(form.scores[0].label)] = "score"
        someone.groups["odds-ratios"] = names["outcome"]
        someone.ratios = {plain(label): name for name, label in names["covariates"].items()}
    someone.read(f"<div>{page}</div>", n)
    if study == "guefif":
        someone.score("strate")
    return someone


@cache
def synthetic(study: str) -> Respondents:
    return gather(load_study(study))


def written(study: str, n: int, name: str) -> pd.DataFrame:
    """A coded frame of n answers: drawn again from synthetic ones, some left out; then crafted, for a name in c."""
    rank = int(name.removeprefix("c"))
    people = synthetic(study)
    form, rng = people.instrument, np.random.default_rng([rank, n, len(name)])
    frame = people.codes.sample(n, replace=True, random_state=rng.integers(2**31)).reset_index(drop=True)
    for item in form.items:
        columns = [column.name for column in item.columns]
        if item.kind in ("single", "matrix"):
            moved = rng.random((n, len(columns))) < (0.3 if name.startswith("c") else 0.15)
            drawn = rng.choice([choice.id for choice in item.choices], (n, len(columns)))
            frame[columns] = frame[columns].where(~moved, drawn)
        if item.kind != "text" and not name.startswith("c"):
            frame.loc[rng.random(n) < 0.03, columns] = "sans_reponse"
    if name.startswith("c"):
        CRAFTS[rank](form, frame, rng)
    for _, columns in columns_of(form, "multiple"):
        mend(frame, columns)
    frame = skip_logic.apply(form, frame)[0]
    texts = [column.name for column in form.columns.values() if column.item.kind == "text"]
    frame[texts] = frame[texts].where(frame[texts].eq("non_pose"), "sans_reponse")
    return frame.set_axis([f"m{one + 1}" for one in range(n)]).rename_axis("repondant")


def mend(frame, columns) -> None:
    """A question with several answers is answered in all of its columns, once at least, or in none."""
    answered = frame[columns].isin(["0", "1"])
    some = answered.any(axis="columns")
    frame.loc[some, columns] = frame.loc[some, columns].where(answered, "0")
    frame.loc[some & ~frame[columns].eq("1").any(axis="columns"), columns[0]] = "1"


def columns_of(form, kind):
    return [(item, [column.name for column in item.columns]) for item in form.items if item.kind == kind]


def tick(form, frame, rng, number) -> None:
    """Everybody ticks that many of each question, among few of its choices."""
    for item, columns in columns_of(form, "multiple"):
        free = [name for name, choice in zip(columns, item.offered, strict=True) if not choice.alone]
        few = rng.choice(free, min(len(free), 5), replace=False)
        size = min(number(item), len(few))
        for row in frame.index:
            frame.loc[row, columns] = np.isin(columns, rng.choice(few, size, replace=False)).astype(int).astype(str)


def most_ticks(form, frame, rng) -> None:
    tick(form, frame, rng, lambda item: item.most or len(item.offered))


def one_tick(form, frame, rng) -> None:
    tick(form, frame, rng, lambda item: item.least or 1)


def level(form, frame, rng, few) -> None:
    """Every row of a matrix shares its choices out evenly, but those of one, with few of its ends."""
    for item, columns in columns_of(form, "matrix"):
        codes = [choice.id for choice in item.offered]
        for column in columns:
            frame[column] = rng.permutation(np.resize(codes, len(frame)))
        ends = [codes[0]] * few[0] + [codes[-1]] * few[1]
        frame[columns[3]] = rng.permutation(ends + list(np.resize(codes[1:-1], len(frame) - len(ends))))


def two_small_levels(form, frame, rng) -> None:
    level(form, frame, rng, (4, 3))


def one_empty_level(form, frame, rng) -> None:
    level(form, frame, rng, (0, 4))


def high_scores(form, frame, rng) -> None:
    for item, columns in columns_of(form, "matrix"):
        drawn = rng.choice([choice.id for choice in item.offered][:2], (len(frame), len(columns)), p=[0.95, 0.05])
        frame[columns] = drawn


def two_poles(form, frame, rng) -> None:
    for item, columns in columns_of(form, "matrix"):
        codes = [choice.id for choice in item.offered]
        for column in columns:
            frame[column] = np.where(np.arange(len(frame)) % 2, codes[0], codes[-1])


def all_alike(form, frame, rng) -> None:
    frame.loc[:, :] = frame.iloc[[0] * len(frame)].to_numpy()


def few_asked(form, frame, rng, number=4) -> None:
    """That many respondents meet each condition, and the others none, as far as can be."""
    for leaf in (leaf for item in form.items if item.relevant for leaf in comparisons(item.relevant)):
        column = form.columns[leaf.column]
        others = ["0"] if leaf.op == "selected" else [code for code in column.codes if code not in leaf.codes]
        if others and column.codes:
            met = np.arange(len(frame)) < number
            frame[leaf.column] = np.where(met, leaf.cells[0], others[0])


def nobody_asked(form, frame, rng) -> None:
    few_asked(form, frame, rng, 0)


def fours(form, frame, rng) -> None:
    """Each question has two answers of four respondents, and one of all the others."""
    for _, (column,) in columns_of(form, "single"):
        codes = [code for code in form.columns[column].codes if not code.startswith("sans_")]
        some = list(rng.permutation(codes)[:3])
        frame[column] = rng.permutation(some[:1] * (len(frame) - 8) + (some * 4)[1:3] * 4)


CRAFTS = [
    most_ticks, one_tick, two_small_levels, one_empty_level, high_scores, two_poles, all_alike, few_asked, nobody_asked,
    fours,
]  # fmt: skip


def write(out: Path, found: pd.DataFrame) -> None:
    rows = [
        f"<tr><td>{study}</td><td>{n}</td><td>{len(part)}</td><td>{part['hidden'].sum()}</td>"
        f"<td>{part['recovered'].map(len).sum()}</td></tr>"
        for (study, n), part in found.groupby(["study", "n"], sort=False)
    ]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(PAGE.format(rows="\n".join(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
