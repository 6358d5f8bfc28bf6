"""What did each respondent tick in a multiple item?

A multiple item comes as one column of lists, as one column a choice, or as both, which must then agree. Its
answer is the set of choices ticked; no tick at all is no answer, in every format. A choice that means a
missing answer is ticked alone, and so is an exclusive one. Here columns become one boolean array a choice, and
these the cells of the coded frame; what cannot be is told by respondent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relecture.answers.files.faults import Fault, faults_at
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.missing import CODES, Missing

if TYPE_CHECKING:
    from numpy import ndarray

REASONS = (Missing.NO_ANSWER.value, Missing.NOT_ASKED.value)


@dataclass(frozen=True)
class Ticks:
    """One boolean array a choice, and one a missing code written out in place of ticks."""

    chosen: Mapping[str, ndarray]
    reasons: Mapping[str, ndarray]


def ticks_from_lists(item: Item, texts: list[str], ranks: ndarray) -> Ticks:
    """The ticks that lists tell, as `cells.listed` reads them."""
    import numpy as np

    sets = [set(text.split()) for text in texts]
    has = lambda code: np.array([code in one for one in sets], dtype=bool)[ranks]  # noqa: E731
    return Ticks({choice.id: has(choice.id) for choice in item.choices}, {code: has(code) for code in REASONS})


def ticks_from_boxes(item: Item, boxes: Mapping[str, tuple[list[str], ndarray]]) -> tuple[Ticks, ndarray]:
    """The ticks that one column a choice tells, as `cells.tick` reads them; and where a code is not in all columns."""
    import numpy as np

    is_ = lambda code: {k: np.array([t == code for t in ts], dtype=bool)[r] for k, (ts, r) in boxes.items()}  # noqa: E731
    chosen, written = is_("1"), {code: is_(code) for code in sorted(CODES)}
    offered = {code for code in boxes if code not in CODES}
    parts = {code: np.array([one for key, one in by.items() if key in offered]) for code, by in written.items()}
    all_, any_ = ({code: how(one, axis=0) for code, one in parts.items()} for how in (np.all, np.any))
    broken = np.any([any_[code] & ~all_[code] for code in parts], axis=0)
    nothing = np.zeros_like(broken)
    ticks = {c.id: chosen.get(c.id, nothing) | (all_[c.id] if c.missing else nothing) for c in item.choices}
    return Ticks(ticks, {code: all_[code] for code in REASONS}), broken


def ticked_codes(item: Item, ticks: Ticks, rows: ndarray) -> Iterator[str]:
    """What respondents ticked, in words of codes."""
    return (" ".join(code for code, ticked in ticks.chosen.items() if ticked[row]) for row in rows)


def coded_cells(item: Item, ticks: Ticks) -> dict[str, ndarray]:
    """The coded columns of the item: 1 or 0, or one missing code in all of them."""
    import numpy as np

    answered = np.any([ticks.chosen[choice.id] for choice in item.offered], axis=0)
    reason = np.where(ticks.reasons[Missing.NOT_ASKED], Missing.NOT_ASKED.value, Missing.NO_ANSWER.value).astype(object)
    for choice in item.choices:
        if choice.missing:
            reason[ticks.chosen[choice.id]] = choice.id
    one = {choice.id: np.where(ticks.chosen[choice.id], "1", "0").astype(object) for choice in item.offered}
    return {f"{item.id}.{code}": np.where(answered, ticked, reason) for code, ticked in one.items()}


def impossible_ticks(item: Item, ticks: Ticks, lines: ndarray, header: str, sure: ndarray) -> Iterator[Fault]:
    """Choices that do not go together, and too few or too many of them, where the ticks are sure."""
    import numpy as np

    count = np.sum([ticks.chosen[choice.id] for choice in item.choices], axis=0)
    alone = np.zeros_like(sure)
    for choice in item.choices:
        if choice.exclusive or choice.missing:
            yield from _at(item, ticks, lines, header, sure & ticks.chosen[choice.id] & (count > 1))(
                f": « {choice.id} » ne va avec aucun autre choix"
            )
        alone |= ticks.chosen[choice.id] & choice.missing
    few = sure & (count > 0) & (count < (item.least or 0)) & ~alone
    yield from _at(item, ticks, lines, header, few)(f": au moins {item.least} choix attendus")
    many = sure & (count > (item.most if item.most is not None else len(item.choices)))
    yield from _at(item, ticks, lines, header, many)(f": au plus {item.most} choix attendus")


def _at(item: Item, ticks: Ticks, lines: ndarray, header: str, wrong: ndarray) -> Callable[[str], Iterator[Fault]]:
    import numpy as np

    rows = np.flatnonzero(wrong)
    return lambda what: faults_at(lines[rows], header, ((value, what, ()) for value in ticked_codes(item, ticks, rows)))
