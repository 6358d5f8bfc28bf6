"""Printed numbers of a study found by a word, each with the verdict of the findings that use it.

The word is sought in the address, the place and the label of each number; accents and case do not matter. The label is
that of the finding that uses the fewest numbers with it. The cells of a table that prints people one by one (`people`
in `study.yaml`) are counted and never listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import filter as matching
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING, Any

from relecture.core.errors import unknown
from relecture.core.french import plural, slug, typeset
from relecture.core.study import Study
from relecture.explore import short_html
from relecture.explore.printed.findings import Findings, StudyFinding
from relecture.report import verdicts

if TYPE_CHECKING:
    from pandas import DataFrame

_COLUMNS = "Adresse", "Imprimé", "Vérifications qui l'emploient", "Place"
_ALONE = "une case d'un tableau qui a une ligne par personne"


@dataclass(frozen=True)
class Number:
    """A printed number, with the findings that use it."""

    address: str
    printed: str
    place: str
    findings: tuple[StudyFinding, ...]

    @property
    def label(self) -> str:
        """What it is about: the label of the finding that uses the fewest numbers with it."""
        return min(self.findings, key=lambda one: len(one.addresses)).label

    @property
    def verdict(self) -> str:
        """The code of the worst verdict of its findings."""
        return verdicts.worst(one.finding.verdict for one in self.findings)

    @property
    def verdicts(self) -> str:
        """How many of the findings that use it carry each verdict: one that uses it does not always judge it."""
        return verdicts.marked(one.finding.verdict for one in self.findings)

    def __repr__(self) -> str:
        return typeset(f"{self.address} : {self.printed} ({self.place}) — {self.verdicts}")

    @property
    def searched(self) -> str:
        """The text in which a word is sought, each of its own behind a dash."""
        return f"-{slug(f'{self.address} {self.place} {self.label}')}"


class Numbers(tuple[Number, ...]):
    """Printed numbers in the order of the study; `hidden` more are cells of people one by one; `label`: fictional."""

    hidden, label = 0, ""

    def __new__(cls, found: Iterable[Number] = (), *, hidden: int = 0, label: str = "") -> Numbers:
        made = super().__new__(cls, found)
        made.hidden, made.label = hidden, label
        return made

    def __getitem__(self, key: Any) -> Any:
        """The number at that address or rank; UnknownName, with the nearest, for another."""
        if not isinstance(key, str):
            return super().__getitem__(key)
        if key not in self._by_address:
            raise unknown(key, self._by_address, "l'adresse d'un de ces nombres")
        return self._by_address[key]

    def __repr__(self) -> str:
        return short_html.cut([*filter(None, [self.label]), self.in_words(), *map(repr, self)], ".frame()")

    def _repr_html_(self) -> str:
        rows = ([one.address, one.printed, one.verdicts, one.place] for one in self)
        return short_html.table(_COLUMNS, rows, self.in_words(), label=self.label)

    def _ipython_key_completions_(self) -> list[str]:
        return [*self._by_address]

    def only(self, verdict: str) -> Numbers:
        """The numbers whose worst verdict is that one: its code, its mark or its French word."""
        code = verdicts.code_of(verdict)
        return Numbers((one for one in self if one.verdict == code), label=self.label)

    def in_words(self) -> str:
        """How many they are, and how many are not listed."""
        left = f" ; {plural(self.hidden, 'case')} d'un tableau, une ligne par personne, non montrées"
        return plural(len(self), "nombre imprimé") + left * bool(self.hidden)

    def frame(self) -> DataFrame:
        """One row a number: address, printed, place, label, worst verdict (ordered, the worst first), all verdicts."""
        import pandas as pd

        told = "address", "printed", "place", "label", "verdict", "verdicts"
        frame = pd.DataFrame([[getattr(one, name) for name in told] for one in self], columns=told)
        order = pd.CategoricalDtype([*verdicts.ORDER], ordered=True)
        frame = frame.astype({"verdict": order})
        frame.attrs["label"] = self.label
        return frame

    @cached_property
    def _by_address(self) -> dict[str, Number]:
        return {one.address: one for one in self}


def numbers(study: Study, findings: Findings, word: str = "") -> Numbers:
    """The printed numbers in which every part of `word` begins a word; UnknownName, with the nearest, for none."""
    every = [Number(row.address, row.value, row.place, tuple(findings.by_address[row.address])) for row in study.rows]
    parts = [f"-{part}" for part in slug(word, "").split("-")]
    found = [one for one in every if all(part in one.searched for part in parts)]
    if not found:
        known = sorted({part for one in every for part in one.searched.split("-") if not part.isdigit()})
        raise unknown(word, known, "un mot des adresses, des places ou des libellés de cette étude")
    shown = [one for one in found if not _is_of_one(study, one.address)]
    return Numbers(shown, hidden=len(found) - len(shown), label=findings.label)


def verdict(study: Study, findings: Findings, name: str) -> Findings:
    """The findings on the number at an address, on those of a group (a prefix, or `aisance.*`), or of that id.

    Raises UnknownName, with the nearest addresses, for what is none of these.
    """
    rows = {row.address: row for row in study.rows}
    if row := rows.get(name):
        printed = _ALONE if _is_of_one(study, name) else f"imprimé {row.value} ({row.place})"
        return findings.using([name], typeset(f"{name} : {printed}"))
    patterns = (name, f"{name}.*", f"*.{name}", f"*.{name}.*")
    group = {address for pattern in patterns for address in matching(rows, pattern)}
    if group:
        return findings.using(group, typeset(f"{name} : {plural(len(group), 'nombre imprimé')}"))
    if name in findings.ids:
        return Findings([findings[name]], label=findings.label)
    raise unknown(name, [*rows, *findings.ids], "l'adresse d'un nombre imprimé, ni une vérification de cette étude")


def _is_of_one(study: Study, address: str) -> bool:
    return fnmatchcase(address, study.about.get("people", ""))
