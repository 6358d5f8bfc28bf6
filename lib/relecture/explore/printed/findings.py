"""Findings of a study as one asks for them: found by id or address, filtered, counted, told in words.

What does not hold is shown first; a few findings are told in full, many as one line each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from relecture.core.errors import unknown
from relecture.core.french import plural, typeset
from relecture.explore import short_html
from relecture.printed import audit
from relecture.printed.audit import Checked
from relecture.report import verdicts

if TYPE_CHECKING:
    from pandas import DataFrame

_COLUMNS = "Verdict", "Ce qui est vérifié", "Imprimé", "Place"
_MORE = '.only("incohérent"), .frame() ou ["adresse"]'
_FEW, _OPEN = 5, 3  # findings that are told in full, and how many of them before the fold


class StudyFinding(Checked):
    """A finding that shows itself in words."""

    __hash__ = Checked.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Checked) and vars(self) == vars(other)

    def __repr__(self) -> str:
        return "\n    ".join([verdicts.headline(self), *verdicts.details(self, expected=True)])

    def _repr_html_(self) -> str:
        told = short_html.listing(verdicts.details(self, expected=True))
        return short_html.paragraph("", label=verdicts.headline(self)) + told


class Findings(tuple[StudyFinding, ...]):
    """Findings in the order of the relations; `title` says which, and `label` that the study is fictional."""

    title = label = ""

    def __new__(cls, checked: Iterable[Checked] = (), *, title: str = "", label: str = "") -> Findings:
        found = super().__new__(cls, (StudyFinding(**vars(one)) for one in checked))
        found.title, found.label = title, label
        return found

    def __getitem__(self, key: Any) -> Any:
        """The finding of that id or rank, or the findings on that address; UnknownName, with the nearest, for another.

        >>> from relecture import load_study
        >>> findings = load_study("guefif").findings(repairs=False, draws=False)
        >>> findings["principal.difference"].finding.explanation, len(findings["bivariee.aisance.haut"])
        ('63,9 − 47,3 = 16,6', 6)
        """
        if not isinstance(key, str):
            return self._chosen(super().__getitem__(key)) if isinstance(key, slice) else super().__getitem__(key)
        if key in self.ids:
            return self.ids[key]
        if key not in self.by_address:
            raise unknown(key, self._ipython_key_completions_(), "une vérification ni une adresse de cette étude")
        return self.using([key])

    def __repr__(self) -> str:
        return short_html.cut([*self._above(), *self._lines()], _MORE)

    def _repr_html_(self) -> str:
        above = "".join(map(short_html.paragraph, self._above()))
        if self._told_in_full:
            told = [one._repr_html_() for one in self.worst_first()]
            return above + short_html.folded(
                "".join(told[:_OPEN]), "".join(told[_OPEN:]), short_html.others(len(told) - _OPEN)
            )
        rows = (
            [verdicts.VERDICTS[one.finding.verdict], one.label, one.judged or one.printed, one.place]
            for one in self.worst_first()
        )
        return above + short_html.table(_COLUMNS, rows)

    def _ipython_key_completions_(self) -> list[str]:
        return [*dict.fromkeys([*self.ids, *self.by_address])]

    def only(self, verdict: str) -> Findings:
        """The findings of that verdict: its code, its mark or its French word; UnknownName for any other."""
        code = verdicts.code_of(verdict)
        return self._chosen(one for one in self if one.finding.verdict == code)

    def using(self, addresses: Iterable[str], title: str = "") -> Findings:
        """The findings that use one of these numbers, those that use few others first."""
        found = (one for one in self if not {*one.addresses}.isdisjoint(addresses))
        return self._chosen(sorted(found, key=lambda one: len(one.addresses)), title)

    def worst_first(self) -> list[StudyFinding]:
        """The findings in the order in which a reader should see them."""
        return sorted(self, key=lambda one: verdicts.ORDER.index(one.finding.verdict))

    def tally(self) -> Counter[str]:
        """How many relations carry each verdict."""
        return audit.tally(self)

    def in_words(self) -> str:
        """The tally in French, every verdict told, and the numbers that no relation uses."""
        relations, rows = audit.told_apart(self)
        more = f" ; {plural(len(rows), 'nombre')} sans relation" if rows else ""
        return typeset(f"{plural(len(relations), 'vérification')} : {verdicts.in_words(self.tally())}{more}")

    def frame(self) -> DataFrame:
        """One row a finding, as `audit.frame` gives it."""
        frame = audit.frame(self)
        frame.attrs["label"] = self.label
        return frame

    @cached_property
    def by_address(self) -> dict[str, list[StudyFinding]]:
        """The findings that use each address."""
        used: dict[str, list[StudyFinding]] = {}
        for one in self:
            for address in one.addresses:
                used.setdefault(address, []).append(one)
        return used

    @cached_property
    def ids(self) -> dict[str, StudyFinding]:
        """The findings by their id."""
        return {one.id: one for one in self}

    @property
    def _told_in_full(self) -> bool:
        return bool(self.title) or len(self) <= _FEW

    def _above(self) -> list[str]:
        told = verdicts.marked(one.finding.verdict for one in self) if self.title else self.in_words()
        return [*filter(None, [self.label, self.title, told])]

    def _lines(self) -> list[str]:
        tell: Callable[[StudyFinding], str] = repr if self._told_in_full else verdicts.headline
        return [line for one in self.worst_first() for line in tell(one).splitlines()]

    def _chosen(self, checked: Iterable[Checked], title: str = "") -> Findings:
        return Findings(checked, title=title or self.title, label=self.label)
