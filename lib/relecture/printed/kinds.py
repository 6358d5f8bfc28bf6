"""Kinds of relations between printed numbers, each declared beside its check and found there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
    """A check, the arguments that are given as they are, and whether an edit can be tried against it.

    `evidence` are the arguments for which samples are drawn: they take a second, and change no verdict. `ladder` are
    the conventions that the check tries, given to it as `conventions`; `judged` the arguments shown first; `parallel`
    the lists of one length. `summary` says in French what is checked; `hints` are the annotations of the arguments.
    """

    name: str
    check: Check
    literals: frozenset[str]
    repairable: bool
    evidence: frozenset[str]
    ladder: Ladder | None = None
    judged: tuple[str, ...] = ()
    parallel: tuple[str, ...] = ()
    summary: str = ""
    hints: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


def kind(
    name: str,
    summary: str = "",
    *,
    repairable: bool = True,
    evidence: Iterable[str] = (),
    ladder: Ladder | None = None,
    judged: Sequence[str] = (),
    parallel: Sequence[str] = (),
) -> Callable[[Check], Check]:
    """Declare a check as the kind of relation of that name; it stays the plain function that it was.

    Arguments without a role (`relecture.printed.arguments`) hold no address of a printed number: they are literals.
    """

    def declare(check: Check) -> Check:
        annotated = get_type_hints(check, include_extras=True)
        hints = {name: annotated.get(name, Any) for name in signature(check).parameters if name != "conventions"}
        given = frozenset(name for name, hint in hints.items() if not has_role(hint))
        rest = (frozenset(evidence), ladder, tuple(judged), tuple(parallel), summary, hints)
        check.kind = Kind(name, check, given, repairable, *rest)
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
