"""Kinds of relations between printed numbers, each declared beside its check and found there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from inspect import isfunction
from pkgutil import iter_modules
from types import ModuleType

from relecture.printed.finding import Finding

Check = Callable[..., Finding]


@dataclass(frozen=True)
class Kind:
    """A check, the arguments that are given as they are, and whether an edit can be tried against it.

    `evidence` are the arguments for which samples are drawn: they take a second, and change no verdict.
    """

    name: str
    check: Check
    literals: frozenset[str]
    repairable: bool
    evidence: frozenset[str]


def kind(
    name: str, *, literals: Iterable[str] = (), repairable: bool = True, evidence: Iterable[str] = ()
) -> Callable[[Check], Check]:
    """Declare a check as the kind of relation of that name; it stays the plain function that it was.

    `literals` are arguments that hold no address of a printed number.
    """

    def declare(check: Check) -> Check:
        check.kind = Kind(name, check, frozenset(literals), repairable, frozenset(evidence))
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
