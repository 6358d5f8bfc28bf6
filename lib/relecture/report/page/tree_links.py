"""Links that download the coding tree in the formats of the programs that people code with.

One link a format of `text.codes.formats`, each file inside the page as a data address of a type that no
browser displays. The words of a tree may be anyone's: they are in the files as text, and here escaped.
"""

from __future__ import annotations

from base64 import b64encode

from relecture.core.french import SPACE, slug
from relecture.report.html import escaped
from relecture.report.page.elements import Element
from relecture.text.codes.formats.registry import TREE_FORMATS, TreeFormat
from relecture.text.codes.tree import CodingTree

DOWNLOAD_TYPE = "application/octet-stream"  # saved, never shown


def tree_downloads(tree: CodingTree) -> Element:
    """One link a format, with the programs that open it; files are named after the title of the tree."""
    name, head = slug(tree.title)[:60].strip("-"), f"Télécharger l’arbre de codage{SPACE}:"
    items = "".join(_item(tree, form, f"{name}{form.suffix}") for form in TREE_FORMATS.values())
    text = f"{head} {', '.join(f'{name}{suffix}' for suffix in TREE_FORMATS)}"
    return Element(f'<div class="download"><p>{head}</p><ul>{items}</ul></div>', text)


def _item(tree: CodingTree, form: TreeFormat, name: str) -> str:
    address = f"data:{DOWNLOAD_TYPE};base64,{b64encode(form.write(tree)).decode('ascii')}"
    return f'<li><a download="{name}" href="{address}">{name}</a> ({escaped(form.programs)})</li>'
