"""Shapes of the arguments of a relation, held against the annotations of its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise, repeat
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from relecture.printed.arguments import AtLeast, Role, has_role

LONGEST = 80  # signs of a value that a message shows
_PLAIN = {bool: "true ou false", int: "un nombre entier", float: "un nombre", str: "un texte"}
_MISREAD = {True: "« yes », « on » ou « true » comme vrai", False: "« no », « off » ou « false » comme faux"}


def fault(hint: Any, value: Any) -> str:
    """What is wrong with an argument as `relations.yaml` gives it, in French; nothing when it fits its annotation.

    >>> from relecture.printed.arguments import Bounds, Positive, Word
    >>> fault(Bounds, ["low"])
    '« [low] » ; attendu : [une borne, une borne]'
    >>> fault(Positive, 2.5), fault(Sequence[Word], ["p1", False])[:50]
    ("« 2.5 » ; attendu : un nombre entier d'au moins 1", '« [p1, false] » : YAML lit « no », « off » ou « fa')
    """
    if fits(hint, value):
        return ""
    wrong = f"« {shown(value)} »"
    reading, due = next(filter(None, map(misread, flat(value))), ""), words(hint)
    return f"{wrong} : {reading}" if reading and _PLAIN[bool] not in due else f"{wrong} ; attendu : {due}"


def misread(leaf: Any) -> str:
    """How YAML read what was meant as a word, in French; nothing for words and numbers."""
    reading = _MISREAD[leaf] if isinstance(leaf, bool) else "« null », « ~ » ou rien comme vide" * (leaf is None)
    reading = "cette écriture comme une date" if isinstance(leaf, date) else reading
    return f"YAML lit {reading} : mettez des guillemets" if reading else ""


def shown(value: Any) -> str:
    """A value as YAML writes it on one line, cut where it is long."""
    text = _written(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def fits(hint: Any, value: Any) -> bool:
    """Whether a value has the shape of an annotation."""
    base, role, least = _read(hint)
    inner = get_args(base)
    if role:
        leaves = list(flat(value)) if inner else [value]
        return bool(leaves) and all(isinstance(leaf, str) or (_number(leaf) and not role.text) for leaf in leaves)
    if get_origin(base) in (Union, UnionType):
        return any(fits(option, value) for option in inner if option is not NoneType)
    if get_origin(base) is tuple:
        fitting = isinstance(value, list) and len(value) == len(inner)
        fitting = fitting and all(fits(*pair) for pair in zip(inner, value, strict=True))
        return fitting and (has_role(hint) or all(low <= high for low, high in pairwise(value)))
    if get_origin(base) is Sequence:
        listed = isinstance(value, list) and len(value) >= max(least or 0, 1)
        return listed and all(fits(inner[0], item) for item in value)
    if get_origin(base) is Literal:
        return any(value == option and type(value) is type(option) for option in inner)
    return base is Any or (_plain(base, value) and (least is None or value >= least))


def fitted(hint: Any, value: Any) -> Any:
    """The value, or a list that holds it alone where a list is meant; a number as text where a text is.

    >>> from relecture.printed.arguments import Count, Size
    >>> fitted(Sequence[Count], "a"), fitted(Size, "a"), fitted(Size, "groups.*")
    (['a'], 'a', ['groups.*'])
    """
    if str in (hint, *get_args(hint)) and not has_role(hint):
        value = changed(value, lambda leaf: str(leaf) if _number(leaf) else leaf)
    starred = isinstance(value, str) and "*" in value and has_role(hint)
    if isinstance(value, list) or (fits(hint, value) and not starred):
        return value
    return [value] if any(fits(hint, [value] * times) for times in (1, 9)) else value


def played(hint: Any, value: Any) -> Iterator[tuple[Role, Any]]:
    """Each address or number of an argument with its role; nothing for what has none, or does not fit."""
    base, role, _ = _read(hint)
    if not fits(hint, value):
        return
    if role:
        yield from ((role, leaf) for leaf in flat(value))
    elif get_origin(base) in (Union, UnionType):
        yield from played(next((option for option in get_args(base) if fits(option, value)), Any), value)
    elif get_origin(base) in (tuple, Sequence):
        inner = get_args(base) if get_origin(base) is tuple else get_args(base) * len(value)
        for option, item in zip(inner, value, strict=True):
            yield from played(option, item)


def words(hint: Any) -> str:
    """An annotation in French: what is expected there, as `relations.yaml` would write it.

    >>> from relecture.printed.arguments import Group
    >>> words(Sequence[Group])
    '[[un effectif ou [un effectif, …], une moyenne, un écart type], …]'
    """
    base, role, least = _read(hint)
    inner = [words(option) for option in get_args(base) if option is not NoneType]
    if role:
        return f"{role.words} ou [{role.words}, …]" if inner else role.words
    if get_origin(base) in (Union, UnionType):
        return " ou ".join(inner)
    if get_origin(base) is tuple:
        return f"[{', '.join(inner)}]" + ", du plus petit au plus grand" * (not has_role(hint))
    if get_origin(base) is Sequence:
        return f"[{', '.join([inner[0]] * max(least or 0, 1))}, …]"
    if get_origin(base) is Literal:
        return ", ".join(map(_written, get_args(base)))
    return _PLAIN.get(base, "une valeur") + (f" d'au moins {least}" if least is not None else "")


def _read(hint: Any) -> tuple[Any, Role | None, int | None]:
    """The type below the annotation, its role, and the least that it asks for, if any."""
    notes = getattr(hint, "__metadata__", ())
    role = next((note for note in notes if isinstance(note, Role)), None)
    least = next((note.least for note in notes if isinstance(note, AtLeast)), None)
    return (hint.__origin__ if notes else hint), role, least


def _plain(base: Any, value: Any) -> bool:
    return type(value) is base or (base in (str, float) and _number(value))


def _number(value: Any) -> bool:
    return type(value) in (int, float) and isfinite(value)


def flat(value: Any) -> Iterator[Any]:
    """What lists within each other hold."""
    if isinstance(value, list):
        for item in value:
            yield from flat(item)
    else:
        yield value


def _written(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else "rien" if value is None else str(value)


def bounded(value: Any, deep: int = 0) -> Iterator[Any]:
    """Leaves of lists and mappings within each other; without end where the levels are too many."""
    if deep > 20:
        yield from repeat(value)
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from bounded(item, deep + 1)
    else:
        yield value


def changed(value: Any, change: Callable[[Any], Any]) -> Any:
    """A value with every leaf of its lists changed."""
    return [changed(item, change) for item in value] if isinstance(value, list) else change(value)
