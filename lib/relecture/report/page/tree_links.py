"""Links that download the coding tree in the formats of the programs that people code with.

One link a format of `text.codes.formats`, each file inside the page as a data address of a type that no
browser displays. The words of a tree may be anyone's: they are in the files as text, and here escaped.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from relecture.core.french import SPACE, slug
from relecture.report.html import escaped
from relecture.text.codes.formats.registry import TREE_FORMATS, TreeFormat
from relecture.text.codes.tree import CodingTree

DOWNLOAD_TYPE = "application/octet-stream"  # saved, never shown


@dataclass(frozen=True)
class TreeLinks:
    """Links to the files of a tree; a notebook displays it."""

    title: str
    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"<Links « {self.title} »>"


def tree_downloads(tree: CodingTree) -> TreeLinks:
    """One link a format, with the programs that open it; files are named after the title of the tree."""
    name = slug(tree.title)[:60].strip("-")
    items = (_item(tree, form, f"{name}{form.suffix}") for form in TREE_FORMATS.values())
    head = f"Télécharger l’arbre de codage{SPACE}:"
    return TreeLinks(tree.title, f'<div class="download"><p>{head}</p><ul>{"".join(items)}</ul></div>')


def _item(tree: CodingTree, form: TreeFormat, name: str) -> str:
    address = f"data:{DOWNLOAD_TYPE};base64,{b64encode(form.write(tree)).decode('ascii')}"
    return f'<li><a download="{name}" href="{address}">{name}</a> ({escaped(form.programs)})</li>'
