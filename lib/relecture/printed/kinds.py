"""Kinds of relations between printed numbers, each declared beside its check and found there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import isfunction
from pkgutil import iter_modules
from types import ModuleType
from typing import get_args, get_type_hints

from relecture.printed.arguments import Role
from relecture.printed.conventions import Ladder
from relecture.printed.finding import Finding

Check = Callable[..., Finding]


@dataclass(frozen=True)
class Kind:
    """A check, the arguments that are given as they are, and whether an edit can be tried against it.

    `evidence` are the arguments for which samples are drawn: they take a second, and change no verdict. `ladder` are
    the conventions that the check tries, given to it as `conventions`; `judged` the arguments shown first.
    """

    name: str
    check: Check
    literals: frozenset[str]
    repairable: bool
    evidence: frozenset[str]
    ladder: Ladder | None = None
    judged: tuple[str, ...] = ()


def kind(
    name: str,
    *,
    literals: Iterable[str] = (),
    repairable: bool = True,
    evidence: Iterable[str] = (),
    ladder: Ladder | None = None,
    judged: Iterable[str] = (),
) -> Callable[[Check], Check]:
    """Declare a check as the kind of relation of that name; it stays the plain function that it was.

    Arguments without a role (`relecture.printed.arguments`) hold no address of a printed number: they are literals.
    """

    def declare(check: Check) -> Check:
        given = frozenset(literals or _without_a_role(check))
        check.kind = Kind(name, check, given, repairable, frozenset(evidence), ladder, tuple(judged))
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


def _without_a_role(check: Check) -> list[str]:
    """Parameters that are literals; none where no parameter has a role."""
    hints = get_type_hints(check, include_extras=True)
    roles = {name: list(_roles(hint)) for name, hint in hints.items() if name not in ("return", "conventions")}
    return [name for name, found in roles.items() if not found] if any(roles.values()) else []


def _roles(hint: object) -> Iterator[Role]:
    """Roles anywhere in a type hint."""
    yield from (each for each in getattr(hint, "__metadata__", ()) if isinstance(each, Role))
    for inner in get_args(hint):
        yield from _roles(inner)
