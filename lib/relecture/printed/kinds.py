"""Kinds of relations between printed numbers, each declared beside its check and found there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from inspect import isfunction, signature
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, get_type_hints

from relecture.printed.arguments import has_role
from relecture.printed.conventions import Ladder
from relecture.printed.finding import Finding

Check = Callable[..., Finding]


@dataclass(frozen=True)
class Kind:
    """A check, what it checks in French, the annotations of its arguments, and whether an edit can be tried against it.

    `evidence` are the arguments for which samples are drawn: they take a second, and change no verdict. `ladder` are
    the conventions that the check tries, given to it as `conventions`; `judged` the arguments shown first; `parallel`
    the lists of one length.
    """

    name: str
    check: Check
    summary: str
    hints: Mapping[str, Any]
    repairable: bool = True
    evidence: Sequence[str] = ()
    ladder: Ladder | None = None
    judged: Sequence[str] = ()
    parallel: Sequence[str] = ()

    @cached_property
    def literals(self) -> frozenset[str]:
        """Arguments given as they are: without a role, they hold no address of a printed number."""
        return frozenset(name for name, hint in self.hints.items() if not has_role(hint))


def kind(name: str, summary: str = "", **more: Any) -> Callable[[Check], Check]:
    """Declare a check as the kind of relation of that name, with more fields of `Kind`; it stays the plain function."""

    def declare(check: Check) -> Check:
        annotated = get_type_hints(check, include_extras=True)
        arguments = [argument for argument in signature(check).parameters if argument != "conventions"]
        hints = {argument: annotated.get(argument, Any) for argument in arguments}
        check.kind = Kind(name, check, summary, hints, **more)
        return check

    return declare


def declared(*folders: ModuleType) -> dict[str, Kind]:
    """Kinds of relations by name: folder after folder, modules in alphabetical order, then as they are written.

    Raises ValueError when two checks declare one name.
    """
    names = [f"{folder.__name__}.{name}" for folder in folders for _, name, _ in iter_modules(folder.__path__)]
    checks = [value for name in names for value in vars(import_module(name)).values() if _of(value, name)]
    kinds = {check.kind.name: check.kind for check in checks}
    if len(kinds) < len(checks):
        raise ValueError("one kind of relation is declared by two checks")
    return kinds


def _of(value: object, module: str) -> bool:
    """Whether it is a declared check of that module, and not one that it imports."""
    return isfunction(value) and value.__module__ == module and hasattr(value, "kind")
