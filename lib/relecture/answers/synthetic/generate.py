"""Synthetic answers of a study that has a plan: what the form would have collected, had people printed its numbers.

Nobody published the answers; these are invented, seeded, and built so that every printed value the plan names is met.
What cannot hold is in the account, with the reason. Between questions, and beyond what is printed, answers are
independent of one another: no association found here says anything about doctors.

A file of them says what it is: by its respondents (`synthetique-001`…), which make it known again wherever it is read
(`synthetic_label`); by its name, which holds `synthetic` or `synthetique`; and by the metadata beside it, a JSON of the
same name. Nothing is written here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import normalize

import numpy as np
from pandas import DataFrame, Index

from relecture.answers import synthetic_label
from relecture.answers.questionnaire import instrument as instruments
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import RESPONDENT
from relecture.answers.synthetic import reading
from relecture.answers.synthetic.achieved import account
from relecture.answers.synthetic.filling import fill
from relecture.answers.synthetic.plan import Plan, printed_choices, sources
from relecture.answers.synthetic.two_by_two import TwoByTwo
from relecture.core.errors import InputError
from relecture.core.study import ROOT, Study, studies

SEED = 2023
WORDS = ("synthetic", "synthetique")
NOTICE = "Réponses inventées par un programme : personne n'a répondu. Elles ne disent rien de qui que ce soit."
Rebuild = Callable[[Study, str, str, tuple[int, int]], DataFrame]


@dataclass(frozen=True)
class CodedAnswers:
    """`account`: one row a printed number, reproduced or not, and why; `at_random`: items that none of them holds."""

    frame: DataFrame
    account: DataFrame
    seed: int
    at_random: tuple[str, ...]


def of_study(study: Study, rebuild: Rebuild | None = None, *, n: int | None = None, seed: int = SEED) -> CodedAnswers:
    """Synthetic answers of a study; InputError, in French, when it has no plan, or one that makes no sense.

    `rebuild` gives the 2 x 2 tables to hold, as a frame with columns name, a, b, c, d, from the study, the printed
    table, the last step of its estimates, and how many respondents have the outcome and have not; without it, none.
    """
    document = _document(study)
    form, tables = instruments.load(study), {}
    if rebuild and (about := document.get("tables")):
        sizes = reading.read(form, document, study.values).with_and_without(about["outcome"])
        rebuilt = rebuild(study, about["under"], about["estimate"], sizes)
        tables = {row.name: (row.a, row.b, row.c, row.d) for row in rebuilt.itertuples(index=False)}
    return coded(form, document, study.values, tables=tables, n=n, seed=seed)


def _document(study: Study) -> Mapping[str, Any]:
    if (study.folder / reading.FILE).exists():
        return study.document(reading.FILE, reading.SCHEMA)
    known = [name for name in studies(ROOT) if (ROOT / "data" / name / reading.FILE).exists()]
    raise InputError([
        f"{study.name} : pas de réponses synthétiques, faute d'un plan ({reading.FILE}) qui dise quels nombres "
        f"reproduire ; une étude par entretiens libres n'en a pas (études qui en ont un : {', '.join(known)})"
    ])  # fmt: skip


def coded(
    instrument: Instrument,
    plan: Mapping[str, Any],
    printed: Mapping[str, str],
    *,
    tables: Mapping[str, TwoByTwo] | None = None,
    n: int | None = None,
    seed: int = SEED,
) -> CodedAnswers:
    """What the form would have collected: every cell a string, skip logic respected, respondents labelled.

    As many respondents as printed, or `n` of them: printed shares are then kept by largest remainders, no table is
    held, and the account says that exact values no longer apply. `tables` gives, by covariate of the plan, (exposed
    with the outcome, exposed without, unexposed with, unexposed without). The same arguments give the same frame.
    Raises InputError, in French, for a plan or a table that makes no sense.
    """
    if n is not None and n < 1:
        raise InputError([f"{n} répondants : il en faut au moins 1"])
    aimed = reading.read(instrument, plan, printed)
    size = n or aimed.n
    held = (tables or {}) if size == aimed.n else {}
    frame, reasons = fill(aimed, size, held, np.random.default_rng(seed))
    people = Index(synthetic_label.respondents(size), name=RESPONDENT)
    frame = synthetic_label.marked(frame.astype("str").set_axis(people, axis="index"))
    return CodedAnswers(frame, account(aimed, frame, held, reasons), seed, tuple(_at_random(aimed)))


def _at_random(plan: Plan) -> Iterator[str]:
    """Items that no printed number holds; rows, for a matrix."""
    aimed = [*(target.column for target in (*plan.counts, *plan.percents)), *(one.of for one in plan.numbers)]
    aimed += [f"{one.matrix}.{row.id}" for one in plan.instrument.scores for row in plan.instrument[one.matrix].rows
              if one.id in aimed]  # fmt: skip
    held = {name for column in aimed for name in sources(plan.instrument, column)}
    for item in plan.instrument.items:
        if item.kind == "matrix":
            yield from (column.name for column in item.columns if column.name not in held)
        elif item.kind not in ("text", "date", "time") and not {item.id, *printed_choices(item)} & held:
            yield item.id


def labelled(path: Path) -> Path:
    """The path under a name that says `synthetic`; `.synthetic` is put before `.csv` when it does not.

    Raises InputError for another kind of file than CSV, and for a folder that is not there.

    >>> labelled(Path("essai.csv")).name, labelled(Path("guefif-synthétique")).name
    ('essai.synthetic.csv', 'guefif-synthétique.csv')
    """
    if path.suffix.lower() not in ("", ".csv") or not path.name:
        raise InputError([f"« {path} » : les réponses synthétiques s'écrivent en CSV, dans un fichier .csv"])
    stem, suffix = (path.stem, path.suffix) if path.suffix else (path.name, ".csv")
    plain = normalize("NFD", stem.lower()).encode("ascii", "ignore").decode()
    if not path.parent.is_dir():
        raise InputError([f"« {path.parent} » n'est pas un dossier"])
    label = "" if any(word in plain for word in WORDS) else ".synthetic"
    return path.with_name(f"{stem}{label}{suffix}")


def metadata(answers: CodedAnswers, study: str) -> str:
    """What goes beside it, as JSON; `account` has one entry a printed value."""
    account = answers.account.rename(columns={"wanted": "printed"})
    document = {
        "synthetic": True,
        "notice": NOTICE,
        "study": study,
        "seed": answers.seed,
        "respondents": len(answers.frame),
        "reproduced": int(account["reproduced"].sum()),
        "targets": len(account),
        "at_random": list(answers.at_random),
        "account": account.to_dict("records"),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def summary(answers: CodedAnswers, path: Path, asked: Path) -> str:
    """One French line: where the answers are (and that the name asked was completed), what they reproduce."""
    n, account = len(answers.frame), answers.account
    many, reproduced = "s" * (n > 1), int(account["reproduced"].sum())
    renamed = " (nom complété : il doit dire « synthetic »)" if path.stem != asked.stem else ""
    beside = path.with_suffix(".json").name
    return (
        f"{n} réponse{many} synthétique{many} dans {path}{renamed} ; "
        f"nombres imprimés retrouvés : {reproduced} sur {len(account)} (les autres, et pourquoi : {beside})"
    )
