"""Whether a file is signed by a tool, and which of its columns are the tool's own or tell who answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from relecture.answers.questionnaire.labels import code_before, plain_label
from relecture.answers.tools.registry import Tool, persons

_PATH = re.compile(r"\w+(?:[/.:-]\w+)+", re.ASCII)  # a name below the names of its groups


def matches(header: str, patterns: Iterable[str]) -> bool:
    """Whether a header is one of these, a star standing for any text; `_` and the space are one in a long header.

    A colon or a star at its end does not count.

    >>> matches("Date_de_soumission", ["date de soumission"]), matches("groupTime12", ["grouptime*"])
    (True, True)
    """
    plain = plain_label(header).rstrip(" :*")
    spellings = {plain, plain.replace("_", " ")} if plain.count("_") and not plain.startswith("_") else {plain}
    return any(_pattern(pattern).fullmatch(one) for pattern in patterns for one in spellings)


def unused(ignore: Iterable[str], headers: Collection[str]) -> Iterator[str]:
    """What is said of each title that was to be set aside and that no column bears."""
    for pattern in ignore:
        if not any(matches(header, [pattern]) for header in headers):
            yield f"--ignore « {pattern} » : aucune colonne n'a ce titre"


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, plain_label(text).split("*"))), re.DOTALL)


def signed(tool: Tool, headers: Collection[str], facts: Collection[str]) -> bool:
    """Whether one set of its marks is all there."""
    there = lambda mark: mark in facts if mark.startswith("fact:") else any(matches(one, [mark]) for one in headers)  # noqa: E731
    return any(all(map(there, marks)) for marks in tool.marks)


def role(tool: Tool, header: str, *, exact: bool = False) -> str:
    """What a header is to its tool: `id`, `personal`, `service`, or nothing.

    With `exact`, names that the tool writes as they are; otherwise patterns too, names below groups, « code. text »,
    and what tells who answers whatever the tool.
    """
    ends = {header} if exact else {header, *_inner(header)}
    for name, patterns in (("id", tool.ids), ("personal", tool.personal), ("service", tool.service)):
        known = [one for one in patterns if not (exact and "*" in one)]
        if any(matches(end, known) for end in ends):
            return name
    return "personal" if not exact and matches(header, persons()) else ""


def _inner(header: str) -> Iterable[str]:
    yield code_before(header)
    if _PATH.fullmatch(header):
        yield re.split("[/.:-]", header)[-1]


def rank_of_id(tool: Tool, header: str) -> int:
    """How good an identifier a column is: the place of its header among those of the tool."""
    ends = (header, *_inner(header))
    return next(
        (rank for rank, name in enumerate(tool.ids) if any(matches(end, [name]) for end in ends)), len(tool.ids)
    )
