"""Widgets that keep the keys typed in them.

In JupyterLab an arrow pressed in a list of choices moves to another cell, and a « b » adds one: a notebook takes the
keys of what is not a field of text. `keyboard` gives a box its keys back, but for Escape and those with Control,
Alt or the command key; the focus is outlined, and what has the class STATUS is told aloud when it changes. A box of
the class GROUP has the name that its first child tells; a text of the class FOCUS can be given the focus.
"""

from __future__ import annotations

from collections.abc import Sequence

from ipywidgets import HTML, VBox, Widget

STATUS, GROUP, FOCUS = "relecture-status", "relecture-question", "relecture-focus"
_BOX = "relecture-keys"
_SCRIPT = (
    f"const box = this.closest('.{_BOX}');"
    "box.addEventListener('keydown', e => e.ctrlKey || e.metaKey || e.altKey || e.key === 'Escape' "
    "|| e.stopPropagation());"
    f"const all = (kind, what) => box.querySelectorAll(kind).forEach(what);"
    "box.addEventListener('focusin', () => {"
    f"all('.{GROUP}', one => {{ one.role = 'group'; one.ariaLabel = one.firstElementChild.textContent }});"
    f"all('.{FOCUS} > .widget-html-content', one => {{ one.tabIndex = -1 }});"
    f"all('.{STATUS}', one => one.setAttribute('role', 'status')) }})"
)
_STYLE = f".{_BOX} :focus-visible {{ outline: 3px solid var(--jp-brand-color1) !important; outline-offset: 1px; }}"


def keyboard(children: Sequence[Widget], style: str = "") -> VBox:
    """The children in a box that the keyboard alone can use; `style` is more CSS, written here and by no one else."""
    head = HTML(f'<style onload="{_SCRIPT}">{_STYLE}{style}</style>', layout={"display": "none"})
    box = VBox([head, *children])
    box.add_class(_BOX)
    return box
