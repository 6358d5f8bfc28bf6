"""Answers and findings of a study under one's fingers, in JupyterLab.

A question, a group, a filter and a level of confidence give the figure, the table and the sentence that `cross` and
`plot` give, and the lines of Python to copy. Own answers are masked as a page masks them, unless the look is private.
Widgets are made once, and what they show is changed; the keyboard alone is enough; nothing leaves the machine.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ipywidgets import HTML, Checkbox, Dropdown, Tab, Textarea, VBox

from relecture.answers.widget_keys import STATUS, keyboard
from relecture.core.errors import InputError
from relecture.core.french import percent, plural
from relecture.core.study import Study
from relecture.explore import answer_figures
from relecture.explore.findings_explorer import LABELLED, FindingsExplorer
from relecture.explore.short_html import arguments
from relecture.printed.audit import Checked
from relecture.report.figures import theme
from relecture.report.figures.svg import dark_tones, inlined
from relecture.report.html import html_text, shortened
from relecture.report.verdicts import VERDICTS

if TYPE_CHECKING:
    from relecture.explore.questions import Variable
    from relecture.report.figures.theme import Figure

Asked = Callable[[], Sequence[Checked]]
USUAL = 95
LEVELS = (USUAL, 90, 99, 80, *(level for level in range(99, 49, -1) if level not in (USUAL, 90, 99, 80)))  # in percent
_DARK = "[data-jp-theme-light=false]"
_LONG, _LINE = 90, 50  # characters of a question in a list, and of a line of code in a narrow cell
_MASKED = (
    "Sans cela, les petits effectifs sont masqués comme dans une page ; plusieurs tableaux rapprochés peuvent pourtant "
    "trahir ce que chacun masque : ne publiez que la page entière."
)
_PICTURE = re.compile("<img[^>]*>")


class AnswersExplorer:
    """What shows answers, those of `respondents.Respondents`: choices, what they give, and the `code` that gives it."""

    def __init__(self, people: Any) -> None:
        self.people = people
        asked = [one for one in people.questions if not one.refusal]
        groups = [one for one in asked if not one.group_refusal]
        self.question = Dropdown(description="Question", options=_named(asked), **LABELLED)
        self.group = Dropdown(description="Selon", options=[("sans groupe", ""), *_named(groups)], **LABELLED)
        kept = [("tous les répondants", ()), *_answers(groups)]
        self.filter = Dropdown(description="Seulement", options=kept, **LABELLED)
        levels = [(percent(level / 100, 0), level / 100) for level in LEVELS]
        self.confidence = Dropdown(description="Confiance", options=levels, **LABELLED)
        self.private = Checkbox(description="Regard privé : ne rien masquer", indent=False)
        own = [] if people.synthetic else [self.private, HTML(f"<p>{html_text(_MASKED)}</p>")]
        self.status, self.figure, self.table = HTML(), HTML(), HTML()
        self.status.add_class(STATUS)
        self.code = Textarea(description="Code", **LABELLED)
        choices = [self.question, self.group, self.filter, self.confidence]
        for control in (*choices, self.private):
            control.observe(lambda _: self._draw(), "value")
        self.box = VBox([*choices, *own, self.status, self.figure, self.table, self.code])
        self._draw()
        gc.freeze()  # the libraries that it loaded are no garbage to look for while one waits

    def _draw(self) -> None:
        """Show what the choices give, or say why they give nothing."""
        people, figure, table = self._kept, "", ""
        try:
            crossed = people.cross(self.question.value, **self._asked)
        except InputError as error:
            status = f"<p>{html_text(' ; '.join(error.faults))}</p>"
        else:
            status, table = crossed.sentence, crossed.table.html
            with suppress(InputError), theme.for_screen():  # nobody answered, or all is masked: the table says it
                alone = not (people.synthetic or self.private.value)
                figure = _picture(answer_figures.draw(people, crossed, alone=alone), f"x{id(self):x}")
        shown = {self.status: status, self.figure: figure, self.table: table, self.code: self.lines}
        for widget, value in shown.items():
            widget.value = value
        self.code.rows = sum(1 + len(line) // _LINE for line in self.code.value.splitlines())

    @property
    def lines(self) -> str:
        """The three lines of Python that give the same table, sentence and figure."""
        called = arguments(self.question.value, **self._asked)
        shown = f"display(people.cross({called}), people.plot({called}))"
        return f"import relecture as rl\npeople = {self._kept.made_by}\n{shown}"

    @property
    def _kept(self) -> Any:
        return self.people.where(**dict([self.filter.value])) if self.filter.value else self.people

    @property
    def _asked(self) -> dict[str, Any]:
        """The arguments of `cross` and `plot` that are not those they have by themselves."""
        chosen = {"by": self.group.value, "confidence": self.confidence.value, "publish": not self.private.value}
        usual = {"by": "", "confidence": USUAL / 100, "publish": True}
        return {name: value for name, value in chosen.items() if value != usual[name]}


class Explorer:
    """A study, shown: its `answers` in one tab and its `findings` in another, or the one that there is.

    Findings are asked for when their tab is first opened.
    """

    def __init__(self, title: str, answers: AnswersExplorer | None, findings: Asked | None, note: str = "") -> None:
        self.answers, self._asked = answers, findings
        self.findings: FindingsExplorer | None = None
        self._waiting = VBox()
        parts = {"Réponses": answers and answers.box, "Constats": self._waiting if findings else None}
        shown = {name: part for name, part in parts.items() if part}
        self.tabs = Tab(list(shown.values()), titles=list(shown))
        self.tabs.observe(lambda _: self._open(), "selected_index")
        words = f"<p>{html_text(note)}</p>" if note else ""
        self.box = keyboard([HTML(f"<h4>{html_text(title)}</h4>{words}"), self.tabs], _style())
        self._open()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.box._repr_mimebundle_(**options)

    def _open(self) -> None:
        if self._asked and not self.findings and self.tabs.children[self.tabs.selected_index or 0] is self._waiting:
            self.findings = FindingsExplorer(self._asked())
            self._waiting.children = [self.findings.box]


def of_study(study: Study, file: Any = "", **choices: Any) -> Explorer:
    """The explorer of a study: answers of a file or synthetic ones, if it has a questionnaire, and findings.

    Raises InputError for a file that its questionnaire does not know.
    """
    answers = None
    if file or (study.folder / "synthetic.yaml").exists():
        answers = AnswersExplorer(study.answers(file, **choices))
    return Explorer(f"{study.name} : {study.about['title']}", answers, study.findings, "" if answers else _holds(study))


def of_people(people: Any) -> Explorer:
    """The explorer of respondents, alone."""
    return Explorer(people.instrument.title, AnswersExplorer(people), None)


def _holds(study: Study) -> str:
    """What a study without answers to cross has, and what to type for it."""
    asked = " ; son questionnaire : study.questions" if (study.folder / "instrument.yaml").exists() else ""
    said = " ; ses entretiens : study.interviews()" if [*study.folder.glob("corpus*")] else ""
    numbers = f"{plural(len(study.rows), 'nombre imprimé')} : study.numbers()"
    return f"Pas de réponses à croiser ici. L'étude a {numbers}{asked}{said} ; et ses constats, ci-dessous."


def _named(variables: Iterable[Variable]) -> list[tuple[str, str]]:
    return [(f"{shortened(one.words, _LONG)} ({one.id})", one.id) for one in variables]


def _answers(variables: Iterable[Variable]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each answer that one may keep, under its question."""
    for one in variables:
        for code, label in one.choices.items():
            yield f"{shortened(one.words, _LONG)} : {label}", (one.id, code)


def _picture(figure: Figure, name: str) -> str:
    """The figure with its words, in the colours of JupyterLab; in pixels where its vectors would be too heavy."""
    html, drawing = figure._repr_html_(), inlined(figure.svg, name, figure.alt) if figure.svg else ""
    if not drawing:
        return html
    style = f"<style>{_DARK} .drawing {{ {dark_tones(drawing)} }}</style>"
    return style + _PICTURE.sub(lambda _: drawing, html, count=1)


def _style() -> str:
    """The colours of pages, light or dark as JupyterLab is, and the layout of what is told."""
    pages, layout = files("relecture.report.page") / "template/style.css", files("relecture.explore") / "explorer.css"
    blocks = re.findall(r":root {([^}]*)}", pages.read_text(encoding="utf-8"))
    light, dark = (" ".join(re.findall(r"--[\w-]+:[^;]+;", block)) for block in blocks)
    words = "".join(f".relecture-keys .{code} {{ color: var(--{code}); }}" for code in VERDICTS)
    colours = f".relecture-keys {{ {light} }} {_DARK} .relecture-keys {{ {dark} }} {words}"
    return colours + layout.read_text(encoding="utf-8")
