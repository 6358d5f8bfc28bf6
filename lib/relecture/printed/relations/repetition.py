"""Relations repeated by `each`, and addresses with a star: each step of the path that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from relecture.printed.relations.shapes import changed


def steps(given: Any, addresses: Sequence[str]) -> Any:
    """The steps of an `each`: its own, or those that stand for the star of an address.

    >>> steps("sex.*.total", ["sex.men.total", "sex.men.mean", "sex.women.total"])
    ['men', 'women']
    """
    if not isinstance(given, str):
        return given
    matches = map(_pattern(given).fullmatch, addresses)
    return list(dict.fromkeys(match[1] for match in matches if match))


def _pattern(starred: str) -> re.Pattern:
    """What an address with stars matches: a star is one step of the path."""
    return re.compile(re.escape(starred).replace(r"\*", "([^.]+)"))


def copies(record: Mapping[str, Any], loops: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The record with each combination of steps written into it; KeyError for a name that `loops` has not."""
    for chosen in product(*loops.values()):
        words = dict(zip(loops, chosen, strict=True))
        words |= {f"{key}_label": loops[key][words[key]] for key in loops if isinstance(loops[key], Mapping)}
        yield {key: _filled(value, words) for key, value in record.items() if key != "each"}


def _filled(value: Any, words: Mapping[str, Any]) -> Any:
    def filled(leaf: Any) -> Any:
        return re.sub(r"\{([^{}]*)\}", lambda name: str(words[name[1]]), leaf) if isinstance(leaf, str) else leaf

    return changed(value, filled)


def expanded(value: Any, addresses: Sequence[str]) -> Any:
    """Lists in which an address with stars has given way to those that it matches, if any."""
    if not isinstance(value, list):
        return value
    items = []
    for item in value:
        if isinstance(item, str) and "*" in item:
            items += list(filter(_pattern(item).fullmatch, addresses)) or [item]
        else:
            items.append(expanded(item, addresses))
    return items
