"""XML read without document types or entities, and written the same each time.

`read` refuses document types, entities and outside references (defusedxml), which no coding tree
needs; `written` gives UTF-8 bytes, indented, always the same. Namespaces are ignored when reading:
programs disagree on them, and the local names are enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from relecture.core.errors import InputError


def parse_xml(data: bytes, name: str, root: str) -> ElementTree.Element:
    """The root element, which must have that local name; raises InputError otherwise.

    >>> parse_xml(b"<opml version='2.0'/>", "arbre.opml", "opml").get("version")
    '2.0'
    """
    try:
        element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise InputError([f"{name} : définition de type ou d'entité, refusée par sécurité"]) from error
    except ElementTree.ParseError as error:
        line, column = error.position
        raise InputError([f"{name}, ligne {line}, colonne {column + 1} : écriture XML incorrecte"]) from error
    except (ValueError, LookupError) as error:
        raise InputError([f"{name} : encodage XML inconnu"]) from error
    if local_name(element) != root:
        raise InputError([f"{name} : élément « {local_name(element)} » au lieu de « {root} »"])
    return element


def xml_bytes(root: ElementTree.Element) -> bytes:
    """The document, with its XML declaration."""
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def local_name(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """The children that have this local name."""
    return (child for child in element if local_name(child) == name)


def child_text(element: ElementTree.Element, name: str) -> str:
    """All the text of the first child of that name; empty without one."""
    return next(("".join(child.itertext()) for child in children(element, name)), "")
