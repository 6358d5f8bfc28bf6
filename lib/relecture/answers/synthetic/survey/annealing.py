"""Which answers to a few questions make the variables that the tables count, and not the questions alone?

A *block* is a set of single-answer items that counted derived variables read, with those variables. Its
columns start as permutations with the printed counts of their own; then a column that has such counts is
changed by swaps between two respondents, another by new answers, and a change is kept when it brings the
block nearer to its targets, or sometimes when it does not (simulated annealing, Kirkpatrick, Gelatt and
Vecchi 1983, at a constant low temperature), until every target is met or the moves run out. Seeded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp

import numpy as np

from relecture.answers.questionnaire.conditions import comparisons, holds
from relecture.answers.questionnaire.instrument import Derived, Instrument
from relecture.answers.questionnaire.items import Item
from relecture.answers.synthetic.survey.filling import ASKED, OWN, Row, allowed, fill_item, options
from relecture.answers.synthetic.survey.plan import Rules, Wanted, sources

Target = tuple[str, str]
MOVES = 400  # tried moves a respondent
TEMPERATURE = 0.3  # a move that loses one respondent is kept 4 times in 100


@dataclass(frozen=True)
class Block:
    """Items, in the order of the form, and the variables derived from them that have targets."""

    items: tuple[Item, ...]
    derived: tuple[Derived, ...]
    wanted: Wanted

    @cached_property
    def printed(self) -> dict[str, dict[str, str]]:
        """Item -> choice -> the name it is counted under."""
        return {item.id: {choice.id: choice.counted_as for choice in item.choices} for item in self.items}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items)

    def seen(self, row: Row, rules: Rules) -> Row:
        """The cells of one respondent once the skip logic and the rules have spoken."""
        done = dict(row)
        for item in self.items:
            told = options(item.columns[0], done, rules)
            if not holds(item.relevant, done):
                done[item.id] = ASKED
            elif told and done[item.id] not in told:
                done[item.id] = told[0]
        return done

    @cached_property
    def _read(self) -> tuple[str, ...]:
        """The columns that say which targets count a respondent."""
        conditions = (case.when for variable in self.derived for case in variable.cases)
        return *self.names, *(leaf.column for condition in conditions for leaf in comparisons(condition))

    @cached_property
    def _known(self) -> dict[tuple[str | None, ...], list[Target]]:
        """The targets of the answers met so far: few are different, and they are met at each move."""
        return {}

    def hits(self, row: Row) -> list[Target]:
        """The targets that count this respondent."""
        answers = tuple(map(row.get, self._read))
        if answers not in self._known:
            self._known[answers] = self._hits(row)
        return self._known[answers]

    def _hits(self, row: Row) -> list[Target]:
        cells = {name: codes.get(row[name], row[name]) for name, codes in self.printed.items()}
        for variable in self.derived:
            cells[variable.id] = next((case.id for case in variable.cases if holds(case.when, row)), OWN)
        return [pair for pair in cells.items() if pair in self.wanted]


def blocks(instrument: Instrument, wanted: Wanted) -> Iterator[Block]:
    """The blocks that the targets ask for; two variables that read a same item are in one block."""
    held = {column for column, _ in wanted}
    groups: list[tuple[set[str], list[Derived]]] = []
    for variable in (one for one in instrument.derived if one.id in held):
        read, together = sources(instrument, variable.id), [variable]
        for group in [group for group in groups if group[0] & read]:
            groups.remove(group)
            read, together = read | group[0], [*group[1], *together]
        groups.append((read, together))
    for read, together in groups:
        names = read | {variable.id for variable in together}
        own = {key: count for key, count in wanted.items() if key[0] in names}
        yield Block(tuple(item for item in instrument.items if item.id in read), tuple(together), own)


def solve(block: Block, rows: Sequence[Row], rules: Rules, rng: np.random.Generator) -> None:
    """Gives every respondent an answer to the items of the block, in place."""
    raw = _started(block, rows, rules, rng)
    seen = [block.seen(row, rules) for row in raw]
    found = _shifted(dict.fromkeys(block.wanted, 0), block, (), seen)
    for _ in range(MOVES * len(rows)):
        if not (miss := _miss(block.wanted, found)):
            break
        if not (change := _move(block, raw, rules, rng)):
            continue
        new = {place: block.seen(row, rules) for place, row in change.items()}
        trial = _shifted(found, block, [seen[place] for place in new], new.values())
        loss = _miss(block.wanted, trial) - miss
        if loss <= 0 or rng.random() < exp(-loss / TEMPERATURE):
            found = trial
            for place, row in new.items():
                raw[place], seen[place] = change[place], row
    for row, done in zip(rows, seen, strict=True):
        row |= {name: done[name] for name in block.names}


def _shifted(found: Mapping[Target, int], block: Block, lost: Iterable[Row], won: Iterable[Row]) -> dict[Target, int]:
    """How many respondents each target counts, once some rows have been replaced by others."""
    counts = dict(found)
    for rows, step in ((lost, -1), (won, 1)):
        for hit in (hit for row in rows for hit in block.hits(row)):
            counts[hit] += step
    return counts


def _started(block: Block, rows: Sequence[Row], rules: Rules, rng: np.random.Generator) -> list[Row]:
    """Copies of the rows with a cell in every item, asked or not, so that a later move finds one."""
    raw = [dict(row) for row in rows]
    for item in block.items:
        fill_item(item, raw, block.wanted, rules, rng)
        for row in raw:
            if row[item.id] == ASKED:
                row[item.id] = _drawn(item, rules, rng)
    return raw


def _move(block: Block, raw: Sequence[Row], rules: Rules, rng: np.random.Generator) -> Mapping[int, Row]:
    """A swap of two answers where the item has counts of its own, a new answer elsewhere."""
    item = block.items[rng.integers(len(block.items))]
    one, two = (int(place) for place in rng.integers(len(raw), size=2))
    if any(column == item.id for column, _ in block.wanted):
        cells = {one: raw[two][item.id], two: raw[one][item.id]}
    else:
        cells = {one: _drawn(item, rules, rng)}
    return {place: {**raw[place], item.id: cell} for place, cell in cells.items() if raw[place][item.id] != cell}


def _drawn(item: Item, rules: Rules, rng: np.random.Generator) -> str:
    may = allowed(item.columns[0], rules)
    return may[rng.integers(len(may))]


def _miss(wanted: Wanted, found: Mapping[Target, int]) -> int:
    return sum(abs(found[key] - count) for key, count in wanted.items())
