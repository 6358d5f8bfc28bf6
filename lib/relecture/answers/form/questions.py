"""One question of the form as widgets, and what was answered to it.

A *control* is the widget of one column (`item.choice` for a tick, missing ones included); a *part* is a box that
stands whole on a page, with its height: a long matrix has several. Labels go to the page as text, never as HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from html import escape
from typing import Any

from ipywidgets import HTML, Checkbox, DatePicker, Dropdown, RadioButtons, Text, Textarea, TimePicker, VBox, Widget

from relecture.answers.files.cell_readers import READERS, UnreadableCell
from relecture.answers.formats.registry import OWN
from relecture.answers.formats.tool import Dialect, bounds_text, hint_text, least_text
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column, Item
from relecture.answers.questionnaire.missing import CODES, Missing
from relecture.answers.tables.faults import Fault
from relecture.answers.widget_keys import FOCUS, GROUP
from relecture.core.french import typeset

WIDE = {"width": "auto"}
TYPED = {"number": Text, "text": Textarea, "date": DatePicker, "time": TimePicker}
LINE, ROWS, FEW = 20, 12, 20  # pixels of a line; rows of a part; choices shown as buttons
STYLE = f"""
.{GROUP} {{ margin: 0 0 .6rem; overflow: visible; }}
.{GROUP} :is(.widget-label, .widget-html-content) {{ white-space: normal; height: auto; line-height: 1.35; }}
.{GROUP} :is(.widget-html, .widget-radio, .widget-dropdown, .widget-checkbox, .above) {{ height: auto; }}
.{GROUP} :is(.widget-checkbox, .widget-radio-box) label {{ white-space: normal; height: auto; line-height: 1.35; }}
.{GROUP} .widget-radio-box {{ width: 100%; height: auto; margin: 0 !important; }}
.{GROUP} .above {{ flex-direction: column; align-items: stretch; max-width: 44rem; }}
.{GROUP} .above .widget-label {{ width: auto; text-align: left; font-weight: bold; }}
.{GROUP} .line .widget-label {{ flex: 1 1 60%; width: auto; text-align: left; padding-right: .5rem; }}
.{GROUP} .line select {{ flex: 0 1 40%; }}
.relecture-fault {{ color: var(--jp-error-color0, #b00020); font-weight: bold; }}
"""


class Question:
    """An item as widgets: its `controls` by column, its `parts` with their heights, its `fault`."""

    def __init__(self, instrument: Instrument, item: Item, changed: Callable[[], None]) -> None:
        self.item, self._dialect = item, OWN.dialect(instrument)
        self.fault = HTML()
        self.fault.add_class(FOCUS)
        self.controls = _controls(item)
        for name, control in self.controls.items():
            if item.kind == "multiple":
                control.observe(self._alone(name), "value")
            control.observe(lambda _: changed(), "value")
        self.parts = list(self._parts())

    def cells(self) -> dict[str, str]:
        """Its cells as the coded frame has them, or as they were typed when they cannot be read; it was asked."""
        item, empty = self.item, Missing.NO_ANSWER.value
        if item.kind != "multiple":
            values = {name: control.value for name, control in self.controls.items()}
            return {name: empty if value in (None, "") else self._read(_typed(value)) for name, value in values.items()}
        ticked = self._ticked
        if not ticked or ticked[0] in CODES:
            return dict.fromkeys((column.name for column in item.columns), ticked[0] if ticked else empty)
        return {f"{item.id}.{choice.id}": str(int(choice.id in ticked)) for choice in item.offered}

    @property
    def given(self) -> int:
        """How many of its lines have an answer that somebody gave; « ne sait pas » is one."""
        if self.item.kind in TYPED:
            return int(self.cells()[self.item.id] not in CODES)
        values = [control.value for control in self.controls.values()]
        return int(any(values)) if self.item.kind == "multiple" else sum(value is not None for value in values)

    @property
    def lines(self) -> int:
        """How many answers it wants: one, but one a row for a matrix."""
        return max(1, len(self.item.rows))

    @property
    def wrong(self) -> str:
        """What is wrong with what was answered, in French, or nothing."""
        item, ticked = self.item, self._ticked
        if item.kind in TYPED:
            return _fault(item, self._dialect, self.cells()[item.id])
        if (
            ticked
            and len(ticked) < (item.least or 0)
            and not any(one.alone for one in item.choices if one.id in ticked)
        ):
            return least_text(item)
        return f"Cochez au plus {item.most} réponses." if item.most and len(ticked) > item.most else ""

    def words(self) -> Iterator[str]:
        """What was answered, as a person reads it."""
        labels = {choice.id: choice.label for choice in self.item.choices}
        if self.item.kind == "multiple":
            yield from (labels[code] for code in self._ticked)
        for column in self.item.columns if self.item.kind != "multiple" else ():
            cell, row = self.cells()[column.name], f"{column.label} : " if self.item.rows else ""
            if cell != Missing.NO_ANSWER:
                yield row + labels.get(cell, cell)

    def tell(self, fault: str) -> None:
        """Show what is wrong beside it, or nothing any more."""
        self.fault.value = f'<div class="relecture-fault">{shown(fault)}</div>' if fault else ""

    @property
    def _ticked(self) -> list[str]:
        names = {choice.id: f"{self.item.id}.{choice.id}" for choice in self.item.choices}
        return [code for code, name in names.items() if self.item.kind == "multiple" and self.controls[name].value]

    def _read(self, cell: str) -> str:
        try:
            return READERS[self.item.kind](self.item, self._dialect)(cell)
        except UnreadableCell:
            return cell

    def _alone(self, name: str) -> Callable[[Any], None]:
        """Ticking an exclusive choice unticks the others; ticking another unticks the exclusive ones."""
        alone = {f"{self.item.id}.{choice.id}" for choice in self.item.choices if choice.alone}

        def untick(change: Any) -> None:
            for other in self.controls.keys() - {name} if change.new else ():
                if name in alone or other in alone:
                    self.controls[other].value = False

        return untick

    def _parts(self) -> Iterator[tuple[VBox, int]]:
        """Its boxes: one, or one for some rows of a long matrix."""
        controls, step = list(self.controls.values()), ROWS if self.item.kind == "matrix" else len(self.controls)
        for first in range(0, len(controls), step):
            some, heading = controls[first : first + step], _heading(self.item, " (suite)" if first else "")
            box = VBox([HTML(heading), *[self.fault] * (not first), VBox(some)])
            box.add_class(GROUP)
            yield box, _height(self.item, some)


def shown(text: str) -> str:
    """A text as the page has it: no HTML, French spaces and apostrophes."""
    return typeset(escape(text, quote=False))


def required(item: Item) -> str:
    """What the questionnaire wants at least, or nothing."""
    return f"Obligatoire : {least_text(item).lower()}" if item.least else ""


def _heading(item: Item, more: str) -> str:
    """The question, but where its only control bears it, and what helps to answer."""
    most = f"{item.most} réponses au plus." if item.most else ""
    hint = " ".join(filter(None, [required(item), most, hint_text(item), bounds_text(item)]))
    label = "" if item.kind in TYPED else f"<b>{shown(item.label)}{more}</b>"
    return "<br>".join(filter(None, [label, f"<small>{shown(hint)}</small>" if hint else ""]))


def _height(item: Item, controls: list[Widget]) -> int:
    """About how many pixels a part takes in a narrow cell, seen in JupyterLab at 1,024 pixels."""
    heading = LINE * (1 + len(item.label) // 65 + (len(hint_text(item)) + 79) // 80 + bool(item.least)) + LINE
    if item.kind in TYPED:
        return heading + (100 if item.kind == "text" else 40)
    if item.kind == "matrix":
        return heading + sum(12 + LINE * (1 + len(row.label) // 42) for row in item.rows[: len(controls)])
    if len(item.choices) > FEW and item.kind == "single":
        return heading + 2 * LINE
    return heading + sum(2 + LINE * (1 + len(choice.label) // 70) for choice in item.choices)


def _controls(item: Item) -> dict[str, Widget]:
    """One widget a column, one a choice for a multiple item; nothing chosen at first."""
    if item.kind == "multiple":
        boxes = {choice.id: Checkbox(description=choice.label, indent=False, layout=WIDE) for choice in item.choices}
        return {f"{item.id}.{code}": box for code, box in boxes.items()}
    if item.kind in TYPED:
        unit = f" ({item.unit})" if item.unit else ""
        return {item.id: _classed(TYPED[item.kind](description=typeset(item.label) + unit, layout=WIDE), "above")}
    return {column.name: _choices(item, column) for column in item.columns}


def _choices(item: Item, column: Column) -> Widget:
    """Radio buttons for one question; a list to unfold for a row of a matrix or many choices, empty at first."""
    options = [(choice.label, choice.id) for choice in item.choices]
    if item.kind == "matrix" or len(options) > FEW:
        listed = Dropdown(options=[("", None), *options], value=None, description=typeset(column.label), layout=WIDE)
        return _classed(listed, "line")
    return RadioButtons(options=options, value=None, layout=WIDE)


def _classed(widget: Widget, name: str) -> Widget:
    widget.add_class(name)
    return widget


def _typed(value: Any) -> str:
    """What a control holds, as a cell: a day and a time come as such."""
    return value.isoformat("minutes") if isinstance(value, time) else str(value)


def _fault(item: Item, dialect: Dialect, typed: str) -> str:
    """What is wrong with a cell as typed, or nothing."""
    try:
        READERS[item.kind](item, dialect)(typed)
    except UnreadableCell as error:
        return str(Fault(0, "", typed, error.what, tuple(error.allowed))).removeprefix("fichier : ")
    return ""
