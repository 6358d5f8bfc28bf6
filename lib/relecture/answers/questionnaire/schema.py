"""Has a document the shape of an instrument?

The shape is the JSON Schema beside this file, `instrument.schema.json`: which keys, which types, which
kinds. Here each fault is retold in French with its place, the value and what was allowed. Whether a
document of the right shape makes sense (`sense`) is another question. Whether there is a fault is asked of
fastjsonschema, which is quick; where they are, of jsonschema, which is slow to import.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

SCHEMA = Path(__file__).with_name("instrument.schema.json")
TYPES = {
    "object": "des paires « clé: valeur »",
    "array": "une liste",
    "string": "un texte",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "true ou false",
}


def faults(document: Any) -> Iterator[str]:
    """Every place where a document departs from the schema, and how."""
    if _fits(document):
        return
    import jsonschema

    validator = jsonschema.Draft202012Validator(_schema())
    for error in sorted(validator.iter_errors(document), key=_order):
        yield f"{_place(document, error)} : {_told(error)}"


def _fits(document: Any) -> bool:
    """Whether the document follows the schema; its keywords mean the same in draft 7, which fastjsonschema knows."""
    from fastjsonschema import JsonSchemaValueException

    try:
        _compiled()(document)
    except JsonSchemaValueException:
        return False
    return True


@cache
def _compiled() -> Callable[[Any], Any]:
    import fastjsonschema

    return fastjsonschema.compile(_schema(), use_default=False)


def _schema() -> Any:
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def _order(error: ValidationError) -> list[str]:
    """Lists keep the order of the document, keys the alphabet."""
    return [f"{step:06d}" if isinstance(step, int) else str(step) for step in error.absolute_path]


def _place(document: Any, error: ValidationError) -> str:
    """The path to a fault, each element of a list by its id where it has one: `sections.profil.items.age`."""
    steps, here = [], document
    for step in error.absolute_path:
        here = here[step]
        named = isinstance(step, int) and isinstance(here, Mapping) and isinstance(here.get("id"), str)
        steps.append(here["id"] if named else str(step + 1) if isinstance(step, int) else str(step))
    return ".".join(steps) or "document"


def _told(error: ValidationError) -> str:
    """What is wrong and what was allowed; one sentence a keyword of the schema."""
    bound, value = error.validator_value, error.instance
    sentences = {
        "type": lambda: f"« {value} » ; attendu : {' ou '.join(TYPES[name] for name in _listed(bound))}",
        "required": lambda: f"il manque {_quoted(sorted(set(bound) - set(value)))}",
        "additionalProperties": lambda: f"{_quoted(_extra(error))} inconnu ; attendus : {', '.join(_known(error))}",
        "enum": lambda: f"« {value} » ; attendu : {', '.join(map(str, bound))}",
        "pattern": lambda: f"« {value} » ; attendu : des lettres minuscules sans accent, des chiffres et des _",
        "minLength": lambda: "un texte vide",
        "maxLength": lambda: f"« {value} » a plus de {bound} signes",
        "minimum": lambda: f"{value} ; attendu : au moins {bound}",
        "minItems": lambda: f"{len(value)} élément ; attendu : au moins {bound}",
        "maxItems": lambda: f"{len(value)} éléments ; attendu : au plus {bound}",
        "minProperties": lambda: f"{len(value)} clé ; attendu : au moins {bound}",
        "maxProperties": lambda: f"{len(value)} clés ({', '.join(map(str, value))}) ; attendu : au plus {bound}",
        "not": lambda: f"n'a pas de sens pour un item de cette sorte (« {value} »)",
        "uniqueItems": lambda: f"« {value} » : un élément est répété",
    }
    return sentences[error.validator]()


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _quoted(names: list[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)


def _extra(error: ValidationError) -> list[str]:
    return sorted(str(key) for key in error.instance if key not in error.schema["properties"])


def _known(error: ValidationError) -> list[str]:
    return sorted(error.schema["properties"])
