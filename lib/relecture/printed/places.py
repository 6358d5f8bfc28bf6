"""Places of printed numbers in their source, gathered: « tableau 1, l. 921, 938-939 »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_LINES = re.compile(r"(?:(.+), )?l\. (\d+)(?:[-–](\d+))?")


def gathered(places: Iterable[str]) -> str:
    """Places with the lines of a section brought together; a place that ends in no line stands as it is.

    A span may begin with its last line (« l. 939-938 »), or leave out digits of that line (« l. 921-38 »).

    >>> gathered(["résultats, l. 921", "résultats, l. 938", "résultats, l. 939", "annexe"])
    'résultats, l. 921, 938-939 ; annexe'
    """
    sections: dict[str, list[tuple[int, int]]] = {}
    for place in places:
        section, spans = _read(place)
        sections.setdefault(section, []).extend(spans)
    return " ; ".join(filter(None, (_shown(section, sorted(spans)) for section, spans in sections.items())))


def _read(place: str) -> tuple[str, list[tuple[int, int]]]:
    """The section of a place and its span of lines; the whole place where it has none that can be understood."""
    match = _LINES.fullmatch(place)
    if not match:
        return place, []
    section, first, last = match.groups("")
    shortened = len(last) < len(first)
    one, other = int(first), int(first[: len(first) - len(last)] * shortened + last)
    return (place, []) if shortened and other < one else (section, [(min(one, other), max(one, other))])


def _shown(section: str, spans: Sequence[tuple[int, int]]) -> str:
    lines = ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in _joined(spans))
    return ", ".join(filter(None, (section, f"l. {lines}" if lines else "")))


def _joined(spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Spans of lines in order, those that touch made one."""
    joined: list[list[int]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1] + 1:
            joined[-1][1] = max(last, joined[-1][1])
        else:
            joined.append([first, last])
    return joined
