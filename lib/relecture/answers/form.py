"""The questionnaire as a form of widgets in JupyterLab, which adds each respondent to a CSV of ours.

`Form` shows the items, in French; an item appears when the skip logic asks it, as answers change. « Enregistrer »
checks the answers as a file would be (`validation`) and adds one line to a file on this machine and nowhere else
(`own_file`), then empties the form. Labels go to the page as text, never as HTML. Terms: a *control* is the widget of
one column; a *block* is an item with its heading and its fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import time
from html import escape
from pathlib import Path
from typing import Any

from ipywidgets import (
    HTML,
    Button,
    Checkbox,
    DatePicker,
    Dropdown,
    RadioButtons,
    Text,
    Textarea,
    TimePicker,
    VBox,
    Widget,
)

from relecture.answers.files import cell_readers, own_file
from relecture.answers.formats.registry import OWN
from relecture.answers.formats.tool import bounds_text, hint_text
from relecture.answers.questionnaire.conditions import holds
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column, Item
from relecture.answers.questionnaire.missing import Missing
from relecture.answers.tables.faults import Fault
from relecture.core.errors import InputError

WIDE = {"width": "95%"}
ONE_CELL = {"number": Text, "text": Textarea, "date": DatePicker, "time": TimePicker}


class Form:
    """The form, to be displayed; each saved respondent is one line of the file at `path`.

    `controls` by column (`item.choice` for a tick, missing ones included), `blocks` by item, `save`, `answers`.
    """

    def __init__(self, instrument: Instrument, path: str | Path = "answers.csv") -> None:
        self.instrument, self.path = instrument, Path(path)
        self.controls: dict[str, Widget] = {}
        self.faults: dict[str, Widget] = {}
        self.blocks: dict[str, VBox] = {item.id: self._block(item) for item in instrument.items}
        self.button = Button(description="Enregistrer", button_style="primary")
        self.button.on_click(lambda _: self.save())
        self.message = HTML()
        self.box = VBox([*self._sections(), self.button, self.message])
        self._refresh()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.box._repr_mimebundle_(**options)

    @property
    def answers(self) -> dict[str, str]:
        """The coded row as it stands: what the skip logic hides is `non_pose`, whatever was typed before."""
        cells: dict[str, str] = {}
        for item in self.instrument.items:
            asked = holds(item.relevant, cells)
            cells |= self._cells(item) if asked else {column.name: Missing.NOT_ASKED.value for column in item.columns}
        return cells

    def save(self) -> bool:
        """Add the answers to the file and empty the form; or say what is wrong, and keep them."""
        try:
            respondent = own_file.append(self.instrument, self.path, self.answers)
        except InputError as error:
            self._say(error.faults, "#b00020")
            return False
        self.clear()
        self._say([f"Réponses enregistrées dans {self.path.name} (répondant n° {respondent})."], "#1b5e20")
        return True

    def clear(self) -> None:
        """Every control as it was at first."""
        for control in self.controls.values():
            empty = {Checkbox: False, Text: "", Textarea: ""}
            control.value = empty.get(type(control))
        self._say([], "")

    # ------------------------------------------------------------ widgets

    def _sections(self) -> Iterable[Widget]:
        yield HTML(f"<h2>{escape(self.instrument.title)}</h2>")
        for section in self.instrument.sections:
            intro = f"<p>{escape(section.intro)}</p>" if section.intro else ""
            yield HTML(f"<h3>{escape(section.title)}</h3>{intro}")
            yield from (self.blocks[item.id] for item in section.items)

    def _block(self, item: Item) -> VBox:
        hint = escape(" ".join(filter(None, [hint_text(item), bounds_text(item)])))
        self.faults[item.id] = HTML()
        heading = HTML(f"<p><b>{escape(item.label)}</b><br><small>{hint}</small></p>")
        return VBox([heading, *self._watched(item), self.faults[item.id]])

    def _watched(self, item: Item) -> list[Widget]:
        """The controls of an item; the form follows what is typed in them."""
        controls = _controls(item)
        for name, control in controls.items():
            if item.kind == "multiple":
                control.observe(self._alone(item, name), "value")
            control.observe(lambda _: self._refresh(), "value")
        self.controls |= controls
        return list(controls.values())

    def _alone(self, item: Item, name: str) -> Callable[[Any], None]:
        """Ticking an exclusive choice unticks the others; ticking another unticks the exclusive ones."""
        alone = {f"{item.id}.{choice.id}" for choice in item.choices if choice.alone}
        others = {f"{item.id}.{choice.id}" for choice in item.choices} - {name}

        def untick(change: Any) -> None:
            for other in others if change.new else ():
                if name in alone or other in alone:
                    self.controls[other].value = False

        return untick

    # ------------------------------------------------------------ answers

    def _cells(self, item: Item) -> dict[str, str]:
        """The cells of an item that is asked."""
        empty = Missing.NO_ANSWER.value
        if item.kind != "multiple":
            values = {column.name: self.controls[column.name].value for column in item.columns}
            return {name: empty if value in (None, "") else _typed(value) for name, value in values.items()}
        ticked = [choice for choice in item.choices if self.controls[f"{item.id}.{choice.id}"].value]
        if not ticked or ticked[0].missing:
            return {column.name: ticked[0].id if ticked else empty for column in item.columns}
        return {f"{item.id}.{choice.id}": str(int(choice in ticked)) for choice in item.offered}

    def _refresh(self) -> None:
        """Show the items that are asked, and what is wrong with the numbers typed so far."""
        answers = self.answers
        for item in self.instrument.items:
            asked = holds(item.relevant, answers)
            self.blocks[item.id].layout.display = "" if asked else "none"
            if item.kind == "number":
                self.faults[item.id].value = escape(_fault(item, self.instrument, answers[item.id]))

    def _say(self, lines: Iterable[str], colour: str) -> None:
        text = "<br>".join(escape(line) for line in lines)
        self.message.value = f'<p role="status" style="color: {colour}">{text}</p>' if text else ""


def _controls(item: Item) -> dict[str, Widget]:
    """One widget a column, one a choice for a multiple item; nothing chosen at first."""
    if item.kind == "multiple":
        boxes = {choice.id: Checkbox(description=choice.label, indent=False, layout=WIDE) for choice in item.choices}
        return {f"{item.id}.{code}": box for code, box in boxes.items()}
    described = {"layout": WIDE, "style": {"description_width": "initial"}}
    if item.kind in ONE_CELL:
        return {item.id: ONE_CELL[item.kind](description=item.unit, **described)}
    return {column.name: _choices(item, column, described) for column in item.columns}


def _choices(item: Item, column: Column, described: dict[str, Any]) -> Widget:
    """Radio buttons for one question; a list to unfold for a row of a matrix, empty at first."""
    options = [(choice.label, choice.id) for choice in item.choices]
    if item.kind == "matrix":
        return Dropdown(options=[("", None), *options], value=None, description=column.label, **described)
    return RadioButtons(options=options, value=None, layout=WIDE)


def _typed(value: Any) -> str:
    """What a control holds, as a cell: a day and a time come as such."""
    return value.isoformat("minutes") if isinstance(value, time) else str(value)


def _fault(item: Item, instrument: Instrument, typed: str) -> str:
    """What is wrong with a number as typed, or nothing."""
    try:
        cell_readers.number_reader(item, OWN.dialect(instrument))(typed)
    except cell_readers.UnreadableCell as error:
        return str(Fault(0, "", typed, error.what, tuple(error.allowed))).removeprefix("fichier : ")
    return ""
