"""Ticks of a multiple item: read from lists or from boxes, coded, and checked.

A multiple item comes as one column of lists, as one column a choice (boxes), or as both, which must then agree. Its
answer is the set of choices ticked; no tick at all is no answer, in every format. A choice that means a missing
answer is ticked alone, and so is an exclusive one. Columns become one boolean array a choice, and these the cells of
the coded frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.missing import CODES, Missing
from relecture.answers.tables.faults import Fault, faults_at

NO_NAMES: Mapping[str, str] = {}
REASONS = (Missing.NO_ANSWER.value, Missing.NOT_ASKED.value)  # missing codes that may be written in place of ticks


@dataclass(frozen=True)
class Ticks:
    """One boolean array a choice, and one a missing code written out in place of ticks."""

    chosen: Mapping[str, np.ndarray]
    reasons: Mapping[str, np.ndarray]


def ticks_from_lists(item: Item, texts: list[str], ranks: np.ndarray) -> Ticks:
    """The ticks of a column of lists, as `cell_readers.list_reader` reads them."""
    sets = [set(text.split()) for text in texts]
    has = lambda code: np.array([code in codes for codes in sets], dtype=bool)[ranks]  # noqa: E731
    return Ticks({choice.id: has(choice.id) for choice in item.choices}, {code: has(code) for code in REASONS})


def ticks_from_boxes(item: Item, boxes: Mapping[str, tuple[list[str], np.ndarray]]) -> tuple[Ticks, np.ndarray]:
    """The ticks of one column a choice, as `cell_readers.tick_reader` reads them.

    Also where a missing code is in some columns and not in all.
    """
    cells_are = lambda code: {  # noqa: E731
        box: np.array([text == code for text in texts], dtype=bool)[ranks] for box, (texts, ranks) in boxes.items()
    }
    codes = {code: np.array([where for box, where in cells_are(code).items() if box not in CODES]) for code in CODES}
    everywhere = {code: np.all(where, axis=0) for code, where in codes.items()}
    broken = np.any([np.any(where, axis=0) & ~everywhere[code] for code, where in codes.items()], axis=0)
    ticked, nowhere = cells_are("1"), np.zeros_like(broken)
    chosen = {
        choice.id: ticked.get(choice.id, nowhere) | (everywhere[choice.id] if choice.missing else nowhere)
        for choice in item.choices
    }
    return Ticks(chosen, {code: everywhere[code] for code in REASONS}), broken


def ticked_codes(ticks: Ticks, rows: Iterable[int], names: Mapping[str, str] = NO_NAMES) -> Iterator[str]:
    """What these respondents ticked, as codes between spaces, or by these names."""
    for row in rows:
        codes = [code for code, ticked in ticks.chosen.items() if ticked[row]]
        yield " ; ".join(names[code] for code in codes) if names else " ".join(codes)


def coded_cells(item: Item, ticks: Ticks) -> dict[str, np.ndarray]:
    """The coded columns of the item: 1 or 0, or one missing code in all of them."""
    answered = np.any([ticks.chosen[choice.id] for choice in item.offered], axis=0)
    reason = np.where(ticks.reasons[Missing.NOT_ASKED], Missing.NOT_ASKED.value, Missing.NO_ANSWER.value).astype(object)
    for choice in item.choices:
        if choice.missing:
            reason[ticks.chosen[choice.id]] = choice.id
    ticked = {choice.id: np.where(ticks.chosen[choice.id], "1", "0").astype(object) for choice in item.offered}
    return {f"{item.id}.{code}": np.where(answered, cells, reason) for code, cells in ticked.items()}


def impossible_ticks(
    item: Item, ticks: Ticks, lines: np.ndarray, header: str, sure: np.ndarray, names: Mapping[str, str] = NO_NAMES
) -> Iterator[Fault]:
    """Choices that do not go together, and too few or too many of them, where the ticks are sure; `names`: as the file
    calls choices, where these are no codes."""
    count = np.sum([ticks.chosen[choice.id] for choice in item.choices], axis=0)
    lonely = np.any([ticks.chosen[choice.id] for choice in item.choices if choice.alone], axis=0)
    least, most = item.least or 0, len(item.choices) if item.most is None else item.most
    wrong = [
        (f": « {names.get(choice.id, choice.id)} » ne va avec aucun autre choix", ticks.chosen[choice.id] & (count > 1))
        for choice in item.choices
        if choice.alone
    ]
    wrong += [(f": au moins {least} choix attendus", (count > 0) & (count < least) & ~lonely)]
    wrong += [(f": au plus {most} choix attendus", count > most)]
    for what, where in wrong:
        rows = np.flatnonzero(sure & where)
        yield from faults_at(lines[rows], header, ((codes, what, ()) for codes in ticked_codes(ticks, rows, names)))
