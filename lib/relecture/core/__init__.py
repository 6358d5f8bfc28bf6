"""What every room uses: studies, printed numbers, French, files, errors; and how a room names what it makes public."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def exports(package: str, names: Mapping[str, str]) -> tuple[Callable, Callable, list[str]]:
    """`__getattr__`, `__dir__` and `__all__` of a package whose public names are imported when first used (PEP 562).

    `names` has, for each path below the package ("" for itself), what it holds that is public: modules, or members of
    a module; `short=long` gives one another name. No member may have the name of a module of `package` itself, which
    would hide it once imported.
    """
    words = [(path, word.rpartition("=")) for path, listed in names.items() for word in listed.split()]
    sources = {short or name: (f"{package}.{path}".rstrip("."), name) for path, (short, _, name) in words}

    def __getattr__(public: str) -> Any:
        if public not in sources:
            raise AttributeError(f"module {package!r} has no attribute {public!r}")
        holder, name = sources[public]
        held = vars(import_module(holder))
        value = held[name] if name in held else import_module(f"{holder}.{name}")
        setattr(sys.modules[package], public, value)
        return value

    return __getattr__, lambda: sorted(sources), sorted(sources)
