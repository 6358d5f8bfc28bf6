"""Findings of a study kept on disk by content, since many sessions ask for the same ones.

One JSON file a study, in `outputs/.cache/`, bears the fingerprint of all that findings follow from: what the study
printed, the library, the versions that compute. Another fingerprint, or a file that cannot be read, and the findings
are made again: the file changes nothing but time. It builds only records of this library and fractions, and runs
nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from importlib import import_module
from importlib.metadata import version
from typing import Any

from relecture.core import files, fingerprints
from relecture.core.errors import InputError
from relecture.core.study import ROOT, Study
from relecture.printed.audit import Checked

FOLDER = ROOT / "outputs" / ".cache"
_PLAIN = (str, int, float, bool, type(None))


def kept(study: Study, make: Callable[..., list[Checked]], **choices: bool) -> list[Checked]:
    """The findings that `make(study, **choices)` gives, read from the disk when they were made before."""
    library = fingerprints.of_library(ROOT)
    if not library:  # installed elsewhere than in a compendium: nothing tells one version from the next
        return make(study, **choices)
    says = repr((study.about, study.rows, study.relations, sys.version, version("numpy"), version("scipy")))
    key = fingerprints.of_json({"study": says, "library": library})
    file = FOLDER / f"{study.name}-{'-'.join(name for name, chosen in choices.items() if chosen)}.json"
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, ImportError, RecursionError):
        stored = json.loads(file.read_text(encoding="utf-8"))
        if stored["key"] == key and isinstance(found := _restored(stored["findings"]), tuple):
            return list(found)
    made = make(study, **choices)
    with suppress(TypeError, OSError, InputError):  # evidence of another kind, or a folder that cannot be written
        told = json.dumps({"key": key, "findings": _told(tuple(made))}, ensure_ascii=False)
        FOLDER.mkdir(parents=True, exist_ok=True)
        files.write(file, told)
    return made


def _told(value: Any) -> Any:
    """A value as JSON has it: tuples as lists, a record as its class and its fields; TypeError for any other."""
    if type(value) in _PLAIN:
        return value
    if type(value) is tuple:
        return [_told(part) for part in value]
    name = f"{type(value).__module__}:{type(value).__qualname__}"
    if isinstance(value, Fraction):
        return {name: list(value.as_integer_ratio())}
    if isinstance(value, Enum):
        return {name: [value.value]}
    if not is_dataclass(value):
        raise TypeError(name)
    return {name: {field.name: _told(getattr(value, field.name)) for field in fields(value)}}


def _restored(told: Any) -> Any:
    """The value that `_told` was given; TypeError for a class that is no record of this library."""
    if isinstance(told, list):
        return tuple(_restored(part) for part in told)
    if not isinstance(told, dict):
        return told
    [(name, parts)] = told.items()
    made = _class(name)
    if isinstance(parts, list):
        return made(*parts)
    return made(**{field: _restored(part) for field, part in parts.items()})


def _class(name: str) -> type:
    module, _, own = name.partition(":")
    found = getattr(import_module(module), own) if module.startswith("relecture.") else Fraction
    record = isinstance(found, type) and (is_dataclass(found) or issubclass(found, (Enum, Fraction)))
    if not record or f"{found.__module__}:{found.__qualname__}" != name:
        raise TypeError(name)
    return found
