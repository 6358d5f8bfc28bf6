"""The texts that a page works on: those of a file, or the fictional interviews of the study.

`load_interviews` gives both in the same shape, cut into segments, so that the same cells of a notebook run on
either. What people said is theirs: of own texts, a report counts the forms that two texts share, never
those of one alone (names are among them), and compares the groups of `variables`, in which nobody
stands alone; a form is said of a group when two of its texts hold it. Segments and concordances are
for the fictional interviews only.

`result_or_refusal` is for what a corpus may be too small or too uniform for: a page then gives the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from numpy import lexsort
from pandas import DataFrame, concat, factorize

from relecture.core import french
from relecture.core.errors import InputError
from relecture.core.study import Study
from relecture.text.corpus import iramuteq, segments
from relecture.text.corpus.segments import SegmentedCorpus
from relecture.text.corpus.tokens import TextSettings

CORPUS_FILE, VARIABLES_FILE = "corpus.fictif.txt", "corpus.fictif.yaml"
VARIABLES_SCHEMA = Path(__file__).with_name("variables.schema.json")
FICTIONAL_LABEL = "Corpus fictif"
MIN_TEXTS = 3  # own texts under which a report would be about somebody
MIN_SHARING_TEXTS = 2  # texts that must hold a form, or fictional interviews a modality, before it is shown
MAX_CHARACTERS = 20_000_000  # some 5 000 texts of 600 words, whose page takes a minute and a half and 1.5 GB


@dataclass(frozen=True, eq=False)
class Interviews:
    """A corpus, cut; `variables` are those whose groups may be compared, `withheld` the others.

    `smallest` is the size of the smallest group compared; `labels` are the words for a reader of variables,
    and of modalities as `variable_modality`.
    """

    segmented: SegmentedCorpus
    fictional: bool
    variables: tuple[str, ...]
    withheld: tuple[str, ...]
    smallest: int
    labels: Mapping[str, str]

    @property
    def n(self) -> int:
        """How many texts."""
        return len(self.segmented.corpus.texts)

    @property
    def label(self) -> str:
        """What stands first in the title of anything computed on the fictional corpus; empty for own texts."""
        return FICTIONAL_LABEL if self.fictional else ""

    @property
    def fingerprint(self) -> str:
        """What tells this corpus from another, whatever its file is called."""
        return sha256(repr(self.segmented.corpus.texts).encode()).hexdigest()

    def with_labels(self, frame: DataFrame) -> DataFrame:
        """The frame, its columns variable and modality in the words of a reader; own codes stay as they are.

        Modalities are in the order of their document, and stay as they are within classes.
        """
        codes, places = (
            frame["variable"] + "_" + frame["modality"],
            {code: rank for rank, code in enumerate(self.labels)},
        )
        modality = codes.map(self.labels).where(codes.isin(places), frame["modality"])
        named = frame.assign(modality=modality, variable=frame["variable"].replace(dict(self.labels)))
        if "class" in frame:
            return named
        return named.iloc[lexsort((codes.map(places).fillna(0), factorize(frame["variable"])[0]))]

    def account(self) -> DataFrame:
        """What was read, chosen and remarked, one a row: columns part, setting, value."""
        remarks = DataFrame({"setting": "à savoir", "value": list(self.segmented.corpus.remarks)})
        chosen = self.segmented.settings.table()
        parts = {"Ce qui a été lu": self._read(), "Ce qui a été choisi": chosen, "Remarques": remarks}
        return concat(parts, names=["part"]).reset_index("part").reset_index(drop=True)

    def _read(self) -> DataFrame:
        tokens, forms = self.segmented.tokens, self.segmented.forms
        active = tokens.loc[tokens["active"], "form"]
        counts = {
            "textes": self.n,
            "variables": len(self.variables) + len(self.withheld),
            "segments": len(self.segmented.table),
            "mots": len(tokens),
            "formes actives différentes": active.nunique(),
            "formes actives comptées": len(forms),
        }
        values = {name: french.number(count) for name, count in counts.items()}
        covered = french.percent(forms["occurrences"].sum() / len(active), 0)
        values["part des mots actifs que ces formes couvrent"] = covered
        return DataFrame(values.items(), columns=["setting", "value"])


def load_interviews(
    study: Study, answers: str | Path = "", *, smallest: int = 5, settings: TextSettings | None = None
) -> Interviews:
    """The texts of that file or folder, or the fictional corpus of the study when it is empty.

    `smallest` is the size under which no group of own texts is compared. Raises InputError with every fault
    of the file, for fewer than MIN_TEXTS texts, and when no form is said often enough.

    >>> from relecture import load_study
    >>> load_interviews(load_study("planchenault")).label
    'Corpus fictif'
    """
    fictional, settings = not answers, settings or TextSettings()
    corpus = iramuteq.read_corpus(answers or study.folder / CORPUS_FILE)
    if not fictional:
        _refuse_size(corpus)
        settings = replace(settings, min_texts=max(MIN_SHARING_TEXTS, settings.min_texts))
    least = MIN_SHARING_TEXTS if fictional else max(MIN_SHARING_TEXTS, smallest)
    shown, withheld = _comparable_variables(corpus.variables, least)
    labels = _variable_labels(study) if fictional else {}
    return Interviews(segments.segment_corpus(corpus, settings), fictional, shown, withheld, least, labels)


def result_or_refusal(verb: Callable[..., Any], *data: Any, **choices: Any) -> tuple[Any, str]:
    """What the verb gives and nothing, or None and the French reason why it refuses.

    >>> from relecture.text.corpus.iramuteq import parse_corpus
    >>> result_or_refusal(segments.segment_corpus, parse_corpus("Oui."))
    (None, "corpus : aucune forme active n'atteint 3 occurrences ; le corpus est trop court")
    """
    try:
        return verb(*data, **choices), ""
    except InputError as error:
        return None, " ; ".join(error.faults)


def _refuse_size(corpus: iramuteq.Corpus) -> None:
    size, n = sum(len(passage.text) for text in corpus.texts for passage in text.passages), len(corpus.texts)
    if size > MAX_CHARACTERS:
        raise InputError([f"{corpus.name} : {size} caractères ; une page en accepte {MAX_CHARACTERS}"])
    if n < MIN_TEXTS:
        few = f"{corpus.name} : {n} texte{'s' * (n > 1)} ; il en faut au moins {MIN_TEXTS}, pour qu'une page ne "
        advice = "raconte pas une personne (un texte s'ouvre par une ligne « **** *variable_modalité »)"
        raise InputError([few + advice])


def _comparable_variables(known: DataFrame, least: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Variables of which every group (that of the texts without the variable too) has enough texts; the others."""
    sizes = {name: known[name].value_counts(dropna=False) for name in known}
    shown = [name for name, counts in sizes.items() if known[name].nunique() > 1 and counts.min() >= least]
    return tuple(shown), tuple(name for name in known if name not in shown)


def _variable_labels(study: Study) -> dict[str, str]:
    """What the variables of the fictional corpus stand for, in the words of its own document."""
    variables = study.document(VARIABLES_FILE, VARIABLES_SCHEMA)["variables"]
    labels = {name: record["label"] for name, record in variables.items() if "label" in record}
    words = {f"{name}_{key}": word for name in labels for key, word in variables[name]["modalities"].items()}
    return labels | words
