"""The studies of this compendium, and each of them in fifteen lines: what was asked, what was found, what to type next.

Showing a study makes nothing that takes seconds: its findings are told only when they are at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from relecture.core.errors import InputError
from relecture.core.french import MISSING, plural, typeset
from relecture.core.numbers import size
from relecture.core.study import ROOT, Study, load_study, studies
from relecture.explore import short_html

if TYPE_CHECKING:
    from pandas import DataFrame

    from relecture.explore.printed.findings import Findings

FICTIONAL = "Étude fictive"
_HEADERS = ("Étude", "Source", "n", "Nombres imprimés", "Instrument", "Réponses")
_FACTS = ("design", "place", "period")
_LATER = "Vérifications : study.findings() les fait, en quelques secondes la première fois"
_RESULTS = {"p", "percent", "mean", "odds_ratio"}  # kinds of numbers that are good examples


class Entry(NamedTuple):
    """A study in one line; `n` is empty where the source prints no sample."""

    study: str
    source: str
    n: str
    printed: int
    instrument: str
    answers: str


class Catalogue(tuple[Entry, ...]):
    """The studies of a compendium."""

    def __repr__(self) -> str:
        lines = [f"{one.study} : {one.source}, {told(one)}" for one in self]
        return short_html.cut([*map(typeset, lines), self._opening])

    def _repr_html_(self) -> str:
        return short_html.table(_HEADERS, self, "Études de ce recueil") + short_html.code([self._opening])

    def frame(self) -> DataFrame:
        """One row a study, with the fields of an entry."""
        from pandas import DataFrame

        return DataFrame(self, columns=Entry._fields)

    @property
    def _opening(self) -> str:
        return f'study = rl.load_study("{max(self, key=lambda one: one.printed).study}")' if self else ""


def catalogue(root: Path = ROOT) -> Catalogue:
    """The studies that have a folder under `data/`."""
    return Catalogue(entry(load_study(name, root)) for name in studies(root))


def entry(study: Study) -> Entry:
    """What a study is and holds; files whose name holds `fictif` were written for teaching."""
    has, n, source = {path.name for path in study.folder.iterdir()}, MISSING, study.about.get("short", study.name)
    texts = any(name.startswith("corpus") and "fictif" in name for name in has)
    answers = "synthétiques" if "synthetic.yaml" in has else "entretiens fictifs" if texts else MISSING
    instrument = "guide d'entretien et corpus" if texts else "questionnaire" if "instrument.yaml" in has else MISSING
    with suppress(KeyError, ValueError):  # not stated, or no counts: told by who asks for it
        n = str(size([study[address] for address in study.about["sample"]]))
    return Entry(study.name, source, n, len(study.rows), instrument, answers)


def label_of(study: Study) -> str:
    """What stands first wherever numbers of a fictional study are shown; nothing for a real one."""
    return FICTIONAL if study.about.get("fictional") else ""


def text(study: Study, findings: Findings | None) -> str:
    """A study as text: its question, its facts, its findings if they are at hand, and lines to type."""
    return "\n".join([f"{study.name} : {study.about['title']}", *_facts(study, findings), *_to_type(study, findings)])


def html(study: Study, findings: Findings | None) -> str:
    """The same as HTML."""
    title = short_html.paragraph("", label=f"{study.name} : {study.about['title']}")
    return title + short_html.listing(_facts(study, findings)) + short_html.code(_to_type(study, findings))


def _facts(study: Study, findings: Findings | None) -> list[str]:
    facts = [label_of(study), *(str(study.about.get(name, "")) for name in _FACTS)]
    found = findings.in_words() if findings is not None else _LATER
    return [typeset(line) for line in (" · ".join(filter(None, facts)), told(entry(study)), found) if line]


def told(one: Entry) -> str:
    """What a study has, of its line."""
    n, answers = (f"n = {one.n}", one.n), (f"réponses : {one.answers}", one.answers)
    parts = [n, (plural(one.printed, "nombre imprimé"), ""), (one.instrument, one.instrument), answers]
    return " · ".join(words for words, value in parts if value != MISSING)


def _to_type(study: Study, findings: Findings | None) -> list[str]:
    """Lines of Python to copy, each with what it gives; only what the study can be asked."""
    wrong = findings.only("inconsistent") if findings else ()
    group, *asked = _asked(study) or [""]
    address, word = _example(study, [name for one in wrong for name in one.addresses], asked)
    question = word if word in asked else "".join(asked[:1])
    lines = [
        ("findings", 'study.findings().only("incohérent")' if wrong else "study.findings()", "les vérifications"),
        ("numbers", f'study.numbers("{word}")', "les nombres imprimés"),
        ("verdict", f'study.verdict("{address}")', "ce que dit le calcul"),
        ("questions", "study.questions", "les questions posées"),
        ("answers", "people = study.answers()", "synthétiques ; ou un fichier à soi"),
        ("answers", f'people.cross("{question}", by="{group}")', "un tableau croisé"),
        ("interviews", "study.interviews()", "entretiens fictifs ; ou un corpus à soi"),
        ("explore", "study.explore()", "le même, sans taper de code"),
    ]
    offered = [(line, words) for verb, line, words in lines if verb in dir(study)]
    wide = max((len(line) for line, _ in offered), default=0)
    return [f"{line:<{wide}}  # {words}" for line, words in offered]


def _example(study: Study, wrong: Sequence[str], asked: Sequence[str]) -> tuple[str, str]:
    """An address and a word of it: of what does not hold, if anything, and of a question, if any; else of a result."""
    results = [row.address for row in study.rows if row.kind in _RESULTS]
    pairs = ((address, part) for address in (*wrong, *results) for part in address.split(".") if part in asked)
    first = next(iter([*wrong, *results, *study.values]), "")
    return next(pairs, (first, first.split(".")[-2:][0]))


def _asked(study: Study) -> list[str]:
    """What can be crossed: first a derived variable, if any, which tells groups apart, then questions put to all."""
    from relecture.answers.questionnaire import instrument

    try:
        form = instrument.load(study)
    except InputError:  # no questionnaire, or one whose faults are told to who asks for it
        return []
    single = [one.id for one in form.items if (one.kind, one.relevant, one.identifying) == ("single", None, False)]
    return [*(one.id for one in form.derived[:1]), *single]
