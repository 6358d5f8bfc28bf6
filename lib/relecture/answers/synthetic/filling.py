"""Coded answers that have the printed counts and never contradict the form.

A frame of cells is filled item by item in the order of the form: an item that the skip logic leaves out becomes
`non_pose`; cells that the rules give follow; then, in each group, what is printed is shared out in random order among
those who are asked, where a 2 x 2 table wants it; the rest is drawn evenly among what `only` allows. A text says that
it is synthetic. Printed counts that are fewer than those asked leave some without an answer; a surplus is taken from
the most frequent answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from pandas import DataFrame, isna, notna

from relecture.answers.questionnaire.conditions import rows_where
from relecture.answers.questionnaire.items import Column, Item
from relecture.answers.questionnaire.missing import Missing
from relecture.answers.synthetic import joint_answers, samples, ticks
from relecture.answers.synthetic.plan import EVERYBODY, SILENT, Plan, Wanted, at_most, printed_choices
from relecture.answers.synthetic.two_by_two import Tables, TwoByTwo

NOT_ASKED = str(Missing.NOT_ASKED)
TEXT = "(réponse synthétique)"
OPEN = {"date": slice(0, 10), "time": slice(11, None)}  # of a moment of 2024
BOUNDS = (0, 100)  # of a number that has none


def fill(
    plan: Plan, n: int, tables: Mapping[str, TwoByTwo], rng: np.random.Generator
) -> tuple[DataFrame, Mapping[str, str]]:
    """A coded frame of `n` respondents, and why the tables that it does not hold could not be."""
    wanted = plan.wanted(n)
    frame, answered = joint_answers.draw(plan, wanted, n, rng)
    draft = _Draft(frame, wanted, Tables.of(plan, plan.terms(frame), tables), rng)
    for item in plan.instrument.items:
        if not answered.issuperset(column.name for column in item.columns):
            draft.fill_item(item, answered)
    return frame, draft.tables.reasons


@dataclass(frozen=True)
class _Draft:
    """The frame being filled, what it should count, and the tables to hold."""

    frame: DataFrame
    wanted: Wanted
    tables: Tables
    rng: np.random.Generator

    @property
    def plan(self) -> Plan:
        return self.tables.plan

    def fill_item(self, item: Item, answered: set[str]) -> None:
        """Gives every respondent their cells of one item, once those before it are filled, but for columns answered."""
        due = rows_where(item.relevant, self.frame).to_numpy()
        if item.kind == "multiple":
            cells = ticks.answers(item, due, self.wanted, self.tables, self.rng)
        elif item.kind == "matrix":
            cells = self._ratings(item, due)
        else:
            (column,) = item.columns
            fill = {"number": self._number, "single": self._codes}.get(item.kind, self._open)
            cells = {item.id: fill(column, due)}
        for name in cells.keys() - answered:
            self.frame[name] = np.where(due, cells[name], NOT_ASKED)

    def _nobody(self) -> np.ndarray:
        return np.full(len(self.frame), None, dtype=object)

    def _given(self, column: Column, due: np.ndarray) -> Iterator[tuple[np.ndarray, tuple[Any, ...]]]:
        """Who is given cells, by the first rule that holds for each, and which."""
        for when, cells in self.plan.rules.given_to(column):
            rows = due & rows_where(when, self.frame).to_numpy()
            due = due & ~rows
            yield rows, cells

    def _moments(self, name: str, due: np.ndarray, low: int, high: int) -> tuple[np.ndarray, np.ndarray]:
        """Whole numbers with the printed statistics, and the part of each respondent; None where nothing is printed."""
        values, parts = self._nobody(), self._nobody()
        for place, moments in enumerate(one for one in self.plan.numbers if one.of == name):
            rows = due & isna(parts)
            for variable, value in moments.where.items():
                rows &= self.tables.people[variable].eq(value).to_numpy()
            printed = {key: self.plan.printed[address] for key, address in moments.addresses.items()}
            values[rows] = samples.integers(int(rows.sum()), **printed, low=low, high=high, rng=self.rng)
            parts[rows] = place
        return values, parts

    def _open(self, column: Column, due: np.ndarray) -> np.ndarray:
        """A text that says what it is; days of 2024, and minutes of a day, drawn evenly."""
        if column.item.kind == "text":
            return np.full(len(due), TEXT, dtype=object)
        minute = self.rng.integers(0, 366 * 24 * 60, len(due)).astype("timedelta64[m]")
        return np.array(
            [text[OPEN[column.item.kind]] for text in (np.datetime64("2024-01-01T00:00") + minute).astype(str)]
        )

    def _number(self, column: Column, due: np.ndarray) -> np.ndarray:
        """The numbers printed, then even draws between the bounds of a rule, or those of the form."""
        item = column.item
        form = tuple(bound if own is None else own for own, bound in zip((item.low, item.high), BOUNDS, strict=True))
        bounds = self.plan.rules.only.get(item.id, form)
        values, parts = self._moments(item.id, due, *map(int, bounds))
        if table := self.tables.reading(item.id, "below"):
            exposed = np.array([value is not None and value < self.plan.covariates[table]["below"] for value in values])
            self.tables.arrange(table, values, exposed, parts, self.rng)
        for rows, (low, high) in (*self._given(column, due), (due, bounds)):
            rows = rows & isna(values)
            values[rows] = self.rng.integers(int(low), int(high) + 1, rows.sum())
        return values.astype(str)

    def _ratings(self, item: Item, due: np.ndarray) -> dict[str, np.ndarray]:
        """Column -> answers of a matrix; where its score is printed, those that add up to it."""
        score = next((one for one in self.plan.instrument.scores if one.matrix == item.id), None)
        parts = self._nobody()
        if score:
            low, high, count = min(score.points.values()), max(score.points.values()), len(item.columns)
            totals, parts = self._moments(score.id, due, count * low, count * high)
        rated = notna(parts)
        cells = {column.name: self._codes(column, due & ~rated) for column in item.columns}
        if rated.any():
            points = samples.items(totals[rated].astype(int), count, low, high, rng=self.rng)
            for place, row in enumerate(item.rows):
                worth = {low + high - k if row.id in score.reversed else k: code for code, k in score.points.items()}
                cells[f"{item.id}.{row.id}"][rated] = [worth[k] for k in points[:, place].tolist()]
        return cells

    def _codes(self, column: Column, due: np.ndarray) -> np.ndarray:
        """One answer each: what is given, then the printed counts that are left, then what is allowed."""
        cells, names, parts = np.full(len(due), SILENT, dtype=object), self._nobody(), self._nobody()
        for group, counts in self.wanted.get(column.name, {EVERYBODY: {}}).items():
            left, waiting = dict(counts), due & self.tables.inside(group)
            for rows, options in self._given(column, waiting):
                waiting = waiting & ~rows
                for place in np.flatnonzero(rows):
                    cells[place] = self._taken(column, left, options)
            names[waiting], parts[waiting] = self._shared(column, left, int(waiting.sum())), group
        if table := self.tables.reading(column.name, "among"):
            exposed = np.isin(names.astype(str), self.plan.covariates[table]["among"])
            self.tables.arrange(table, names, exposed, parts, self.rng)
        for name, choices in printed_choices(column.item).items():
            cells[names == name] = self._behind(column, choices, names == name)
        return cells

    def _taken(self, column: Column, left: dict[str, int], options: tuple[str, ...]) -> str:
        """One of the cells given, among those whose printed count is not reached if there are any."""
        printed = {choice.id: choice.counted_as for choice in column.item.choices}
        free = [code for code in options if left.get(printed[code], 1) > 0] or options
        code = free[self.rng.integers(len(free))]
        if printed[code] in left:
            left[printed[code]] = max(0, left[printed[code]] - 1)
        return code

    def _shared(self, column: Column, left: Mapping[str, int], n: int) -> np.ndarray:
        """`n` printed names in random order: those counted, then others that may be drawn; None for no answer."""
        names = [name for name, count in at_most(left, n).items() for _ in range(count)]
        printed = {code: name for name, choices in printed_choices(column.item).items() for code in choices}
        rest = [printed[code] for code in self.plan.rules.allowed(column) if printed[code] not in left]
        if self.plan.is_complete(column.name) or not rest:
            rest = [None]
        names += [rest[place] for place in self.rng.integers(len(rest), size=n - len(names))]
        return self.rng.permutation(np.array(names, dtype=object))

    def _behind(self, column: Column, choices: tuple[str, ...], rows: np.ndarray) -> np.ndarray:
        """A choice of the form for each of these respondents, whom the printed table counts under one name."""
        allowed = [code for code in choices if code in self.plan.rules.allowed(column)] or list(choices)
        table = self.tables.reading(column.name, "exposed")
        exposed = [code for code in allowed if table and code in self.plan.covariates[table]["exposed"]]
        others = [code for code in allowed if code not in exposed]
        if exposed and others:
            for wanted in self.tables.masks(table, np.where(rows, EVERYBODY, None), self.rng):
                return np.where(wanted[rows], self.rng.choice(exposed, rows.sum()), self.rng.choice(others, rows.sum()))
        return self.rng.choice(allowed, rows.sum())
