"""How does someone fill in an instrument inside JupyterLab?

`form` shows the items as widgets, in French; an item appears when the skip logic asks it, as answers change.
« Enregistrer » checks the answers as a file would be (`validation`) and adds one line to a CSV of ours
(`ledger`), on this machine and nowhere else, then empties the form. Labels go to the page as text, never as
HTML. Terms: a *control* is the widget of one column; a *block* is an item with its heading and its fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relecture.answers.files import cell_readers, own_file
from relecture.answers.files.faults import Fault
from relecture.answers.formats.registry import OWN
from relecture.answers.questionnaire.conditions import holds
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column, Item
from relecture.answers.questionnaire.missing import Missing
from relecture.core.errors import InputError

if TYPE_CHECKING:
    from ipywidgets import VBox, Widget


def form(instrument: Instrument, path: str | Path = "answers.csv") -> Form:
    """The form, to be displayed; each saved respondent is one line of the file at `path`."""
    return Form(instrument, Path(path))


class Form:
    """`controls` by column (`item.choice` for a tick, missing ones included), `blocks` by item, `save`, `answers`."""

    def __init__(self, instrument: Instrument, path: Path) -> None:
        import ipywidgets

        self.instrument, self.path = instrument, path
        self.controls: dict[str, Widget] = {}
        self.faults: dict[str, Widget] = {}
        self.blocks: dict[str, VBox] = {item.id: self._block(item) for item in instrument.items}
        self.button = ipywidgets.Button(description="Enregistrer", button_style="primary")
        self.button.on_click(lambda _: self.save())
        self.message = ipywidgets.HTML()
        self.box = ipywidgets.VBox([*self._sections(), self.button, self.message])
        self._refresh()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.box._repr_mimebundle_(**options)

    @property
    def answers(self) -> dict[str, str]:
        """The coded row as it stands: what the skip logic hides is `non_pose`, whatever was typed before."""
        told: dict[str, str] = {}
        for item in self.instrument.items:
            asked = holds(item.relevant, told)
            told |= self._told(item) if asked else {column.name: Missing.NOT_ASKED.value for column in item.columns}
        return told

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
            control.value = False if isinstance(control.value, bool) else "" if _typed(control) else None
        self._say([], "")

    # ------------------------------------------------------------ widgets

    def _sections(self) -> Iterable[Widget]:
        import ipywidgets

        yield ipywidgets.HTML(f"<h2>{escape(self.instrument.title)}</h2>")
        for section in self.instrument.sections:
            intro = f"<p>{escape(section.intro)}</p>" if section.intro else ""
            yield ipywidgets.HTML(f"<h3>{escape(section.title)}</h3>{intro}")
            yield from (self.blocks[item.id] for item in section.items)

    def _block(self, item: Item) -> VBox:
        import ipywidgets

        hints = [item.hint, *item.probes, "À observer, sans poser la question." if item.mode == "observed" else ""]
        told = " ".join(escape(hint) for hint in [*hints, _bounds(item)] if hint)
        heading = ipywidgets.HTML(f"<p><b>{escape(item.label)}</b><br><small>{told}</small></p>")
        self.faults[item.id] = ipywidgets.HTML()
        return ipywidgets.VBox([heading, *self._made(item), self.faults[item.id]])

    def _made(self, item: Item) -> list[Widget]:
        """The controls of an item, watched."""
        made = _controls(item)
        for name, control in made.items():
            if item.kind == "multiple":
                control.observe(self._alone(item, name), "value")
            control.observe(lambda _: self._refresh(), "value")
        self.controls |= made
        return list(made.values())

    def _alone(self, item: Item, name: str) -> Callable[[Any], None]:
        """Ticking an exclusive choice unticks the others; ticking another unticks the exclusive ones."""
        alone = {f"{item.id}.{choice.id}" for choice in item.choices if choice.exclusive or choice.missing}
        others = {f"{item.id}.{choice.id}" for choice in item.choices} - {name}

        def untick(change: Any) -> None:
            for other in others if change.new else ():
                if name in alone or other in alone:
                    self.controls[other].value = False

        return untick

    # ------------------------------------------------------------ answers

    def _told(self, item: Item) -> dict[str, str]:
        """The cells of an item that is asked."""
        empty = Missing.NO_ANSWER.value
        if item.kind != "multiple":
            return {column.name: self.controls[column.name].value or empty for column in item.columns}
        ticked = [choice for choice in item.choices if self.controls[f"{item.id}.{choice.id}"].value]
        if not ticked or ticked[0].missing:
            return {column.name: ticked[0].id if ticked else empty for column in item.columns}
        return {f"{item.id}.{choice.id}": str(int(choice in ticked)) for choice in item.offered}

    def _refresh(self) -> None:
        """Show the items that are asked, and what is wrong with the numbers typed so far."""
        told = self.answers
        for item in self.instrument.items:
            asked = holds(item.relevant, told)
            self.blocks[item.id].layout.display = "" if asked else "none"
            if item.kind == "number":
                self.faults[item.id].value = escape(_fault(item, self.instrument, told[item.id]))

    def _say(self, lines: Iterable[str], colour: str) -> None:
        told = "<br>".join(escape(line) for line in lines)
        self.message.value = f'<p role="status" style="color: {colour}">{told}</p>' if told else ""


def _controls(item: Item) -> dict[str, Widget]:
    """One widget a column, one a choice for a multiple item; nothing chosen at first."""
    import ipywidgets

    wide = {"layout": ipywidgets.Layout(width="95%"), "style": {"description_width": "initial"}}
    if item.kind == "multiple":
        return {f"{item.id}.{one.id}": _checkbox(one.label) for one in item.choices}
    if item.kind in ("number", "text"):
        made = ipywidgets.Text if item.kind == "number" else ipywidgets.Textarea
        return {item.id: made(description=item.unit, **wide)}
    options = [(choice.label, choice.id) for choice in item.choices]
    return {column.name: _radio(item, column, options, wide) for column in item.columns}


def _checkbox(label: str) -> Widget:
    import ipywidgets

    return ipywidgets.Checkbox(description=label, indent=False, layout=ipywidgets.Layout(width="95%"))


def _radio(item: Item, column: Column, options: list[tuple[str, str]], wide: dict[str, Any]) -> Widget:
    """Radio buttons for one question; a list to unfold for a row of a matrix, empty at first."""
    import ipywidgets

    if item.kind == "matrix":
        return ipywidgets.Dropdown(options=[("", None), *options], value=None, description=column.label, **wide)
    return ipywidgets.RadioButtons(options=options, value=None, layout=wide["layout"])


def _typed(control: Widget) -> bool:
    return isinstance(control.value, str) and not hasattr(control, "options")


def _bounds(item: Item) -> str:
    """The bounds of a number, in words."""
    parts = [f"au moins {item.low:g}"] if item.low is not None else []
    parts += [f"au plus {item.high:g}"] if item.high is not None else []
    return " et ".join(parts).replace(".", ",")


def _fault(item: Item, instrument: Instrument, typed: str) -> str:
    """What is wrong with a number as typed, or nothing."""
    try:
        cell_readers.number_reader(item, OWN.dialect(instrument))(typed)
    except cell_readers.UnreadableCell as error:
        return str(Fault(0, "", typed, error.what, tuple(error.allowed))).removeprefix("fichier : ")
    return ""
