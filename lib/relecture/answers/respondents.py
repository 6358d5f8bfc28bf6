"""Respondents of a study: the answers of a file, or synthetic ones, in one shape.

`gather` gives both in the same shape, so that the same cells of a notebook run on either. Own answers are
read and checked by `validation`; without a file, answers that give back what the study printed are made
(`synthetic`), and `label` says so wherever they are shown. A file of synthetic answers has that label too, and is
otherwise treated as any other: nothing here decides what may be published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from pandas import DataFrame

from relecture.answers.files import validation
from relecture.answers.files.validation import FileSummary, Source
from relecture.answers.questionnaire import instrument as instruments
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.synthetic import generate
from relecture.answers.synthetic_label import LABEL, label_of
from relecture.core.study import Study

NO_FILE = "aucun fichier"


@dataclass(frozen=True)
class Respondents:
    """`codes`: a coded frame of the instrument, one row a respondent.

    `account` has one row a printed number that synthetic answers reproduce or not, and is empty for own
    answers; `synthetic` says whether they were made here; `at_random`: the items that no printed number holds; `origin`
    says in French where they come from; of own answers, `summary` says what was recognised and left out, and `files`
    their names and how they were read.
    """

    instrument: Instrument
    codes: DataFrame
    account: DataFrame
    at_random: tuple[str, ...]
    synthetic: bool
    origin: str
    summary: FileSummary | None = None
    files: str = NO_FILE

    @property
    def n(self) -> int:
        """How many respondents."""
        return len(self.codes)

    @property
    def label(self) -> str:
        """What stands first in the title of anything computed on answers that nobody gave, made here or read."""
        return label_of(self.codes)

    @property
    def left_out(self) -> Mapping[str, int]:
        """How many rows of the file are no answer, by kind; nothing for synthetic answers."""
        return self.summary.left_out if self.summary else {}

    @property
    def rows(self) -> str:
        """The rows of the file in French, those left out included; empty for synthetic answers."""
        return self.summary.rows_in_words if self.summary else ""


def gather(
    study: Study,
    answers: Source | Sequence[Source] | Mapping[str, Any] = "",
    *,
    rebuild: generate.Rebuild | None = None,
    seed: int = generate.SEED,
    **choices: Any,
) -> Respondents:
    """The answers of a file, or of several, or synthetic ones when it is empty; InputError with every fault.

    `choices` say how files are read (`validation.Choices`), or are told in `answers` itself, beside its `files`.
    `rebuild` and `seed` are those of `generate.of_study`, and change nothing to own answers.

    >>> from relecture import load_study
    >>> gather(load_study("ajoodha")).label
    'Réponses synthétiques'
    """
    form = instruments.load(study)
    if isinstance(answers, Mapping):
        choices = {name: value for name, value in answers.items() if name != "files"} | choices
        answers = answers["files"]
    if answers:
        own = validation.read(form, answers, **choices)
        parts = form, own.frame, pd.DataFrame(), (), False, str(own)
        return Respondents(*parts, own.summary, _named(answers, choices))
    drawn = generate.of_study(study, rebuild, seed=seed)
    return Respondents(form, drawn.frame, drawn.account, drawn.at_random, True, LABEL)


def _named(answers: Source | Sequence[Source], choices: Mapping[str, Any]) -> str:
    """Names of the files, never their folders, and how they were read."""
    files = [answers] if isinstance(answers, str | Path | bytes) else answers
    names = ", ".join("fichier sans nom" if isinstance(one, bytes) else Path(one).name for one in files)
    said = (value if isinstance(value, str) else ", ".join(value) for value in choices.values())
    return " ; ".join([names, *(f"{name} = {words}" for name, words in zip(choices, said, strict=True) if words)])
