"""Places of printed numbers in their source, gathered: « tableau 1, l. 921, 940 »."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


def places(places: Sequence[str]) -> str:
    """Places with their lines brought together: « résultats, tableau 1, l. 921 et 938-939 »."""
    lines: dict[str, list[int]] = {}
    for place in places:
        part, _, line = place.partition(", l. ")
        lines.setdefault(part, []).extend([int(line)] if line else [])
    return " ; ".join(f"{part}, l. {_spans(sorted(set(found)))}" if found else part for part, found in lines.items())


def _spans(lines: Sequence[int]) -> str:
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans)
