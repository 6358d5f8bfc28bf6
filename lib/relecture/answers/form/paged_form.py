"""The form: sections one after another, a draft kept, a summary, then one more respondent in a CSV of ours.

An item appears when the skip logic asks it, as answers change. « Suivant » says what is wrong on the page, and once
what is required; what is passed over is told in the summary and stops nobody. « Enregistrer » checks the answers as a
file would be and adds one line to a file on this machine and nowhere else (`own_file`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ipywidgets import HTML, Button, Checkbox, HBox, Text, Textarea, VBox

from relecture.answers.files import own_file
from relecture.answers.form import pages, questions
from relecture.answers.form.draft import Draft
from relecture.answers.form.questions import Question, required, shown
from relecture.answers.questionnaire.conditions import holds
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import Missing
from relecture.answers.widget_keys import FOCUS, STATUS, keyboard
from relecture.core.errors import InputError
from relecture.core.french import plural

AGAIN = "« Suivant » une seconde fois passe outre, si la personne ne veut pas répondre."
BLANK = "Rien n'est rempli : répondez au moins à une question pour enregistrer."
EMPTY = {Checkbox: False, Text: "", Textarea: ""}
STYLE = """
.relecture-form { max-width: 60rem; }
.relecture-form :is(h4, h5, p) { margin: .2rem 0; line-height: 1.4; }
.relecture-form details { margin: .3rem 0; }
.relecture-form details > :not(summary) { max-height: 18rem; }
.relecture-form details[open] { max-height: 24rem; overflow: auto; }
.relecture-form dt { float: none; width: auto; font-weight: normal; line-height: 1.35; }
.relecture-form dd { margin: 0 0 .4rem 1rem; font-weight: bold; line-height: 1.35; }
.relecture-form progress { width: 100%; }
"""


class Form:
    """The form, to be displayed; each saved respondent is one line of the file at `path`.

    Raises InputError for a file or a folder where nothing could be saved. `questions` by item, `controls` by column,
    `place`: the page shown, `len(pages)` being the summary and the next one what was saved.
    """

    def __init__(self, instrument: Instrument, path: str | Path = "answers.csv") -> None:
        self.instrument, self.path = instrument, Path(path)
        self.rows = own_file.rows(instrument, self.path)
        self.questions = {item.id: Question(instrument, item, self._changed) for item in instrument.items}
        self.controls = {name: one for question in self.questions.values() for name, one in question.controls.items()}
        self.pages = pages.pages(instrument, self.questions)
        self.place, self._filling, self._warned = 0, False, frozenset[str]()
        self.title, self.summary, self.message = HTML(), HTML(), HTML()
        self.title.add_class(FOCUS)
        self.message.add_class(STATUS)
        self.back, self.forward = _button("Précédent", self.previous), _button("Suivant", self.next)
        self.button, self.again = _button("Enregistrer", self.save), _button("Répondant suivant", self.restart)
        shown_pages = VBox([*(page.box for page in self.pages), self.summary])
        steps = HBox([self.back, self.forward, self.button, self.again])
        self.box = keyboard([self.title, shown_pages, self.message, steps], questions.STYLE + STYLE)
        self.box.add_class("relecture-form")
        self._draft = Draft(instrument, self.path)
        self._resume()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.box._repr_mimebundle_(**options)

    @property
    def answers(self) -> dict[str, str]:
        """The coded row as it stands: what the skip logic hides is `non_pose`, whatever was typed before."""
        cells: dict[str, str] = {}
        for item in self.instrument.items:
            hidden = {column.name: Missing.NOT_ASKED.value for column in item.columns}
            cells |= self.questions[item.id].cells() if holds(item.relevant, cells) else hidden
        return cells

    @property
    def asked(self) -> list[Question]:
        """The questions that the answers so far lead to ask."""
        answers = self.answers
        return [self.questions[item.id] for item in self.instrument.items if holds(item.relevant, answers)]

    def next(self) -> bool:
        """Go to the page that follows; or stay, say what is wrong, and say once what is required."""
        here = [question for question in self.pages[self.place].questions if question in self.asked]
        faults = {question: question.wrong for question in here}
        missed = {one: required(one.item) for one in here if not one.given and one.item.id not in self._warned}
        told = {one: fault or missed.get(one, "") for one, fault in faults.items() if fault or missed.get(one)}
        for question in here:
            question.tell(told.get(question, ""))
        self._warned |= {question.item.id for question in told if not faults[question]}
        if not told:
            self._show(self._visible(self.place + 1, 1), "")
            return True
        self._say(f"{plural(len(told), 'question')} à revoir. {'' if any(faults.values()) else AGAIN}")
        next(iter(told)).fault.focus()
        return False

    def previous(self) -> None:
        """Go back, and lose nothing."""
        self._show(self._visible(self.place - 1, -1), "")

    def save(self) -> bool:
        """Add the answers to the file and leave no draft; or say what is wrong, and keep them."""
        given, passed = self._counts()
        if not given:
            self._say(BLANK)
            return False
        try:
            saved = own_file.append(self.instrument, self.path, self.answers)
        except InputError as error:
            self._say(*error.faults)
            return False
        self._draft.erase()
        self.rows = saved.rows
        told = f"{plural(given, 'réponse')}, {plural(passed, 'question passée')}"
        file = f"Le fichier compte maintenant {plural(saved.rows, 'répondant')}."
        self._clear()
        self._show(len(self.pages) + 1, f"Répondant n° {saved.respondent} enregistré dans {self.path} : {told}. {file}")
        return True

    def restart(self) -> None:
        """The first page, empty, for the next respondent."""
        self._show(0, "")

    # ------------------------------------------------------------ what is shown

    def _show(self, place: int, message: str, *, focus: bool = True) -> None:
        """That page alone, its title, the buttons that go on from it; the focus goes to the title."""
        self.place, last = place, len(self.pages)
        for rank, page in enumerate(self.pages):
            page.box.layout.display = "" if rank == place else "none"
        shows = {self.back: 0 < place <= last, self.forward: place < last, self.button: place == last}
        for widget, visible in {**shows, self.again: place > last, self.summary: place == last}.items():
            widget.layout.display = "" if visible else "none"
        self.summary.value = self._summary() if place == last else ""
        title = self.pages[place].title if place < last else ("Avant d'enregistrer", "C'est enregistré")[place - last]
        bar = f'<progress value="{min(place, last)}" max="{last}" aria-label="Avancement"></progress>'
        self.title.value = f"<small>{shown(self.instrument.title)}</small><h4>{shown(title)}</h4>{bar}"
        self._refresh()
        self._say(message)
        if focus:
            self.title.focus()

    def _summary(self) -> str:
        given, passed = self._counts()
        now = f"{self.path.name} compte {plural(self.rows, 'répondant')}"
        told = f"{plural(given, 'réponse')} à {plural(given + passed, 'question posée')}"
        head = f"Seront enregistrées : {told}. {now}." if given else BLANK
        groups = [(one.title, [self.questions[item.id] for item in one.items]) for one in self.instrument.sections]
        asked = set(self.asked)
        return pages.summary(((title, [one for one in some if one in asked]) for title, some in groups), head)

    def _counts(self) -> tuple[int, int]:
        """How many questions were answered, and how many were asked and passed over."""
        given = [question.given > 0 for question in self.asked]
        return sum(given), len(given) - sum(given)

    def _visible(self, place: int, step: int) -> int:
        """The nearest page that way that asks something; the first one and the summary are always there."""
        asked = set(self.asked)
        while 0 < place < len(self.pages) and not asked & set(self.pages[place].questions):
            place += step
        return place

    def _changed(self) -> None:
        """Follow what is typed, and keep it in the draft."""
        if self._filling:
            return
        self._refresh()
        try:
            self._draft.write(self.place, {name: control.value for name, control in self.controls.items()})
        except InputError as error:
            self._say("Le brouillon n'est pas gardé.", *error.faults)

    def _refresh(self) -> None:
        """Show the questions that are asked, and what is wrong with the numbers typed so far."""
        asked = set(self.asked)
        for question in self.questions.values():
            for box, _ in question.parts:
                box.layout.display = "" if question in asked else "none"
            if question.item.kind == "number" or question.given:
                question.tell(question.wrong if question.item.kind == "number" else "")

    def _resume(self) -> None:
        """The first page, or the draft where it was left."""
        kinds = {name: question.item.kind for question in self.questions.values() for name in question.controls}
        place, values, message = self._draft.read(kinds)
        self._fill(values)
        if values:
            message = f"Brouillon repris : {plural(self._counts()[0], 'réponse')} ({self._draft.path.name})."
        self._show(min(place, len(self.pages) - 1), message, focus=False)

    def _clear(self) -> None:
        """Every control as it was at first."""
        self._fill({name: EMPTY.get(type(control)) for name, control in self.controls.items()})
        self._warned = frozenset()

    def _fill(self, values: dict[str, Any]) -> None:
        self._filling = True
        for name, value in values.items():
            self.controls[name].value = value
        self._filling = False

    def _say(self, *lines: str) -> None:
        self.message.value = "".join(f"<p>{shown(line)}</p>" for line in lines if line)


def _button(words: str, does: Any) -> Button:
    button = Button(description=words, button_style="" if words == "Précédent" else "primary")
    button.on_click(lambda _: does())
    return button
