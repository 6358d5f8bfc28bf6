"""Places of printed numbers in their source, gathered: « tableau 1, l. 921, 938-939 »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_LINES = re.compile(r"(?:(.+), )?l\. (\d+)(?:[-–](\d+))?")


def gathered(places: Iterable[str]) -> str:
    """Places with the lines of a section brought together; a place that ends in no line stands as it is.

    >>> gathered(["résultats, l. 921", "résultats, l. 938", "résultats, l. 939", "annexe"])
    'résultats, l. 921, 938-939 ; annexe'
    """
    sections: dict[str, list[tuple[int, int]]] = {}
    for place in places:
        match = _LINES.fullmatch(place)
        section, first, last = match.groups("") if match else (place, "", "")
        sections.setdefault(section, []).extend([(int(first), int(last or first))] if first else [])
    return " ; ".join(filter(None, (_shown(section, sorted(spans)) for section, spans in sections.items())))


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
