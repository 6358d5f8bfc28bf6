"""Findings of a study, to filter, search and open one by one in JupyterLab.

A verdict, some words in any order, accents or not: the list follows, and the finding chosen in it is told below with
what was printed, what was expected, its place, and the findings that use one of its numbers. Everything is done by the
keyboard alone; texts go to the page escaped.
"""

from __future__ import annotations

from collections.abc import Sequence

from ipywidgets import HTML, Button, Dropdown, HBox, Select, Text, VBox

from relecture.answers.widget_keys import STATUS
from relecture.core.french import numbers, plural, slug
from relecture.printed.audit import Checked, tally, told_apart
from relecture.report.html import html_text
from relecture.report.tables.findings_table import ORDER, explained
from relecture.report.verdicts import MEANINGS, VERDICTS

ALL, ALONE = "", "row"  # choices of the filter beside the verdicts
LABELLED = {"layout": {"width": "98%"}, "style": {"description_width": "7.5rem"}}
_SHOWN = 8  # addresses told
_NONE = "Aucun constat n'a tous ces mots sous ce verdict."


class FindingsExplorer:
    """What shows the findings: `verdict` and `search` filter the `list`, whose choice is told in `detail`."""

    def __init__(self, findings: Sequence[Checked]) -> None:
        self.findings = {one.id: one for one in sorted(findings, key=lambda one: ORDER.index(one.finding.verdict))}
        self._words = {one.id: slug(_text(one), "") for one in findings}
        self.verdict = Dropdown(description="Verdict", options=_verdicts(findings), **LABELLED)
        self.search = Text(
            description="Chercher", placeholder="des mots, un nombre, une ligne de la source", **LABELLED
        )
        self.list = Select(description="Constats", rows=8, **LABELLED)
        self.related = Dropdown(description="Nombres liés", options=[("", "")], **LABELLED)
        self.previous, self.next = Button(description="Précédent"), Button(description="Suivant")
        self.go = Button(description="Ouvrir ce constat lié", layout={"width": "auto"})
        self.status, self.detail = HTML(), HTML()
        self.status.add_class(STATUS)
        self._watch()
        steps = HBox([self.previous, self.next, self.go], layout={"flex_flow": "row wrap"})
        self.box = VBox([self.verdict, self.search, self.list, self.status, self.detail, self.related, steps])
        self._filter()

    def open(self, name: str) -> None:
        """Tell the finding of that id, whatever the filter was; KeyError for an unknown one."""
        if self.findings[name].id not in self.shown:
            self.verdict.value, self.search.value = ALL, ""
        self.list.value = name

    @property
    def shown(self) -> list[str]:
        """The ids of the findings that the filter leaves, in the order of the list."""
        words = [slug(word, "") for word in self.search.value.split()]
        return [
            name
            for name, one in self.findings.items()
            if self.verdict.value in (ALL, _group(one)) and all(word in self._words[name] for word in words)
        ]

    def _watch(self) -> None:
        for control in (self.verdict, self.search):
            control.observe(lambda _: self._filter(), "value")
        self.list.observe(lambda _: self._filling or self._tell(), "value")
        self.previous.on_click(lambda _: self._step(-1))
        self.next.on_click(lambda _: self._step(1))
        self.go.on_click(lambda _: self.related.value and self.open(self.related.value))

    def _filter(self) -> None:
        """The list follows the filter; a finding that stays in it stays open."""
        opened, shown = self.list.value, self.shown
        self._filling = True
        with self.list.hold_sync():
            self.list.options = [(_line(self.findings[name]), name) for name in shown]
            self.list.value = opened if opened in shown else next(iter(shown), None)
        self._filling = False
        self._tell()

    def _step(self, by: int) -> None:
        self.list.index += by

    def _tell(self) -> None:
        one, last = self.findings.get(self.list.value), len(self.list.options) - 1
        near = self._near(one) if one else []
        self.previous.disabled, self.next.disabled = self.list.index in (None, 0), self.list.index in (None, last)
        self.go.disabled = self.related.disabled = not near
        self.related.options = [(_line(other), other.id) for other in near] or [("aucun autre constat", "")]
        self.detail.value = _detail(one) if one else ""
        counted = f"{plural(last + 1, 'constat')} sur {len(self.findings)}"
        opened = f"constat {self.list.index + 1} ouvert : {one.label}, {_word(one)}" if one else _NONE
        self.status.value = f"<p>{html_text(f'{counted} ; {opened}')}</p>"

    def _near(self, one: Checked) -> list[Checked]:
        """The other findings that use one of its numbers."""
        used = set(one.addresses)
        return [other for other in self.findings.values() if other.id != one.id and used & set(other.addresses)]


def _verdicts(findings: Sequence[Checked]) -> list[tuple[str, str]]:
    """The choices of the filter, each with how many findings it leaves."""
    counts, alone = tally(findings), len(told_apart(findings)[1])
    told = [(f"{VERDICTS[code]} ({counts[code]})", code) for code in ORDER if counts[code]]
    return [(f"tous ({len(findings)})", ALL), *told, *[(f"nombres sans relation ({alone})", ALONE)] * bool(alone)]


def _group(one: Checked) -> str:
    return ALONE if one.kind == ALONE else one.finding.verdict


def _word(one: Checked) -> str:
    return VERDICTS[one.finding.verdict].word


def _line(one: Checked) -> str:
    """A finding in a line of the list, as text."""
    return f"{VERDICTS[one.finding.verdict].mark} {one.label}" + numbers(f" — {one.judged}" if one.judged else "")


def _text(one: Checked) -> str:
    """All that can be searched in a finding."""
    return " ".join([*one.record.values(), one.judged, _word(one), *one.addresses])


def _detail(one: Checked) -> str:
    verdict, addresses = VERDICTS[one.finding.verdict], one.addresses[:_SHOWN]
    more = [f"et {len(one.addresses) - _SHOWN} autres"] if len(one.addresses) > _SHOWN else []
    pairs = {
        "Imprimé": numbers(one.printed), "Attendu": numbers(one.finding.expected), "Place": one.place,
        "Ce que dit le calcul": numbers(explained(one)),
        "Réparation possible": numbers(one.record["repair"]), "Adresses": " ; ".join([*addresses, *more]),
    }  # fmt: skip
    told = "".join(f"<dt>{html_text(name)}</dt><dd>{html_text(text)}</dd>" for name, text in pairs.items() if text)
    mark = f'<strong class="{one.finding.verdict}">{html_text(verdict)}</strong>'
    meaning = html_text(MEANINGS[one.finding.verdict])
    return f"<h4>{html_text(one.label)}</h4><p>{mark} : {meaning}.</p><dl>{told}</dl>"
