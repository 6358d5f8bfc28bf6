"""Checks of YAML and plain documents against a JSON Schema, their faults told in French.

A schema lies beside the module that uses it (`instrument.schema.json`): which keys, which types, which values. Each
fault names the file, the line, the place in the document, the value and what was allowed; all come at once. Whether a
document of the right shape makes sense is for that module to say. Whether there is a fault is asked of fastjsonschema,
which is quick; where they are, of jsonschema, which is slow to import.

A schema keeps to what drafts 7 and 2020-12 read alike: no `dependencies`, no key beside a `$ref`, no
`patternProperties` (a key of YAML may be a number). The `description` of a part with `pattern`, `const`,
`not`, `anyOf` or `oneOf` is read by the user: it says in French what is expected there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relecture.core.errors import InputError
from relecture.core.files import lines, read_yaml

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

TYPES = {
    "object": "des paires « clé: valeur »",
    "array": "une liste",
    "string": "un texte",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "true ou false",
    "null": "rien",
}
LONGEST = 80  # signs of a value that a message shows


def read(path: Path, schema: Path) -> Any:
    """What a YAML file says, once it follows the schema; InputError with all faults, each with its line."""
    document = read_yaml(path)
    errors = _errors(document, schema)
    if not errors:
        return document
    numbers, sentences = lines(path, map(_written_at, errors)), (_sentence(document, error) for error in errors)
    ordered = sorted(zip(numbers, sentences, strict=True), key=lambda fault: fault[0])
    raise InputError(dict.fromkeys(f"{path.name}, ligne {number}, {sentence}" for number, sentence in ordered))


def faults(document: Any, schema: Path, name: str) -> list[str]:
    """Every place where a document departs from the schema, and how; `name` says whose faults these are."""
    return list(dict.fromkeys(f"{name}, {_sentence(document, error)}" for error in _errors(document, schema)))


def load(schema: Path) -> Any:
    """The schema itself, as plain Python."""
    return json.loads(schema.read_text(encoding="utf-8"))


def _errors(document: Any, schema: Path) -> list[ValidationError]:
    """The errors in the order of lists, then of keys; a document that holds itself has one error, on the whole."""
    if _fits(document, schema):
        return []
    import jsonschema

    try:
        return sorted(jsonschema.Draft202012Validator(load(schema)).iter_errors(document), key=_order)
    except RecursionError:
        return [jsonschema.ValidationError("", validator="recursion", instance="trop de niveaux", schema={})]


def _fits(document: Any, schema: Path) -> bool:
    """Whether fastjsonschema, which knows draft 7, takes it; it stumbles where levels have no end."""
    from fastjsonschema import JsonSchemaValueException

    try:
        _compiled(schema)(document)
    except (JsonSchemaValueException, RecursionError):
        return False
    return True


@cache
def _compiled(schema: Path) -> Callable[[Any], Any]:
    import fastjsonschema

    return fastjsonschema.compile(load(schema), use_default=False)


def _order(error: ValidationError) -> list[str]:
    return [f"{step:06d}" if isinstance(step, int) else str(step) for step in error.absolute_path]


def _written_at(error: ValidationError) -> list[Any]:
    """The steps to a fault; to the key itself where a key is at fault."""
    key = _extra(error)[:1] if error.validator == "additionalProperties" else []
    return [*error.absolute_path, *key, *([error.instance] if "propertyNames" in error.absolute_schema_path else [])]


def _sentence(document: Any, error: ValidationError) -> str:
    """The path to a fault, each element of a list by its id where it has one, and what is wrong there."""
    steps, here = [], document
    for step in error.absolute_path:
        here = here[step]
        named = isinstance(step, int) and isinstance(here, Mapping) and isinstance(here.get("id"), str)
        steps.append(here["id"] if named else str(step + 1) if isinstance(step, int) else str(step))
    place = ".".join(steps) or "document"
    return f"{'n° ' if place.isdigit() else ''}{place} : {_reason(error)}"


def _reason(error: ValidationError) -> str:
    """What is wrong and what was allowed; one sentence a keyword of the schema."""
    bound, value, expected = error.validator_value, error.instance, error.schema.get("description", "autre chose")
    types = [bound] if isinstance(bound, str) else bound
    shown = str(value) if len(str(value)) <= LONGEST else f"{str(value)[:LONGEST]}…"
    if "propertyNames" in error.absolute_schema_path and not isinstance(value, str):
        return f"clé « {shown} » à mettre entre guillemets (un texte qui contient une virgule aussi)"
    sentences = {
        "type": lambda: f"« {shown} » ; attendu : {' ou '.join(TYPES[name] for name in types)}",
        "required": lambda: f"il manque {_quoted(sorted(set(bound) - set(value)))}",
        "additionalProperties": lambda: f"{_quoted(_extra(error))} inconnu ; attendus : {', '.join(_known(error))}",
        "enum": lambda: f"« {shown} » ; attendu : {', '.join(map(str, bound))}",
        "minLength": lambda: "un texte vide",
        "maxLength": lambda: f"« {shown} » a plus de {bound} signes",
        "minimum": lambda: f"{value} ; attendu : au moins {bound}",
        "exclusiveMinimum": lambda: f"{value} ; attendu : plus de {bound}",
        "maximum": lambda: f"{value} ; attendu : au plus {bound}",
        "minItems": lambda: f"{len(value)} élément ; attendu : au moins {bound}",
        "maxItems": lambda: f"{len(value)} éléments ; attendu : au plus {bound}",
        "minProperties": lambda: f"{len(value)} clé ; attendu : au moins {bound}",
        "maxProperties": lambda: f"{len(value)} clés ({', '.join(map(str, value))}) ; attendu : au plus {bound}",
        "uniqueItems": lambda: f"« {shown} » : un élément est répété",
        "not": lambda: f"{expected} (« {shown} »)",
        "recursion": lambda: f"{shown}, les uns dans les autres",
    }
    return sentences.get(error.validator, lambda: f"« {shown} » ; attendu : {expected}")()


def _quoted(names: list[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)


def _extra(error: ValidationError) -> list[Any]:
    return sorted((key for key in error.instance if key not in _known(error)), key=str)


def _known(error: ValidationError) -> list[str]:
    return sorted(error.schema.get("properties", {}))
