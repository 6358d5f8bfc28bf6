"""Relations derived from a pasted table, and the values that they are tried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from relecture.core.notation import plain
from relecture.core.numbers import Printed
from relecture.printed.finding import Verdict
from relecture.printed.pasted.columns import GROUP_PARTS
from relecture.printed.pasted.rows import Rows
from relecture.printed.relations import parse

Place = tuple[int, int]  # row and column of a cell
Denominator = tuple[Any, int]  # what a relation names: an address, several, or a number; and how many they are


@dataclass
class Derived:
    """Relations so far, as `relations.yaml` writes them; the cells that each judges; how shares were read.

    `n` is the number of respondents of the table, given beside it or else printed above it. `in_columns`: percentages
    are those of their column. `conditional` is the cell that a relation marks when it holds under a condition, where
    that is not the cells judged. `doubtful` are the identities of the blocks whose numbers may be no counts.
    """

    rows: Rows
    n: int | None = None
    relations: list[dict[str, Any]] = field(default_factory=list)
    judged: dict[str, list[Place]] = field(default_factory=dict)
    conditional: dict[str, Place] = field(default_factory=dict)
    readings: list[str] = field(default_factory=list)
    in_columns: bool = True
    doubtful: set[int] = field(default_factory=set)

    @cached_property
    def values(self) -> dict[str, str]:
        """The print at each address, in a notation that has one reading."""
        notation = self.rows.table.notation
        return {address: plain(row.value, notation) for address, row in self.rows.values.items()}

    @cached_property
    def owners(self) -> list[int]:
        """Every group of respondents, that of all of them included."""
        return list(dict.fromkeys(column.owner for column in self.rows.table.of("group", *GROUP_PARTS)))

    @cached_property
    def total(self) -> int | None:
        """The group of all respondents, if there are others: by its name, or as large as all others together."""
        sizes = {owner: self.count(address) for owner, address in self.rows.sizes.items() if owner in self.owners}
        totals = [owner for owner in self.owners if self.rows.table.columns[owner].total]
        if len(sizes) == len(self.owners) > 2:
            totals += [owner for owner, n in sizes.items() if 2 * n == sum(sizes.values())]
        return totals[0] if totals and len(self.owners) > 1 else None

    @cached_property
    def groups(self) -> list[int]:
        """Groups of respondents, that of all of them left out."""
        return [owner for owner in self.owners if owner != self.total]

    @cached_property
    def implied_sizes(self) -> dict[int, Denominator]:
        """Sizes of the groups by the blocks that reach the most answers in each: two, or one that adds up to n."""
        blocks = [
            [block.facts("count", owner) for owner in self.groups] for block in self.rows.blocks if len(block.lines) > 1
        ]
        sums = [tuple(self.all_of(counts)[1] for counts in block) for block in blocks]
        most = tuple(map(max, zip(*sums, strict=True))) if sums else ()
        if sum(most) == self.n or (sums.count(most) > 1 and self.n is None):
            full = blocks[sums.index(most)] if most in sums else []
            return {owner: self.all_of(counts) for owner, counts in zip(self.groups, full, strict=False)}
        return {}

    def count(self, address: str) -> int:
        """The whole number printed there."""
        return int(Printed.read(self.values[address]).centre)

    def all_of(self, addresses: Sequence[str]) -> Denominator:
        """Several counts that add up."""
        return addresses[0] if len(addresses) == 1 else list(addresses), sum(map(self.count, addresses))

    def add(
        self, kind: str, section: str, label: str, judged: Sequence[str], /, at: int | None = None, **arguments: Any
    ) -> None:
        """Keep a relation, unless the engine refuses it; `at` is the row whose label a condition marks."""
        if self.verdict(kind, **arguments):
            section, label = (text.replace("{", "{{").replace("}", "}}") for text in (section, label))
            name = f"{judged[0]}.{kind}"
            name += f".{len(self.relations)}" if name in self.judged else ""
            self.relations.append({"id": name, "kind": kind, "section": section, "label": label, **arguments})
            self.judged[name] = [self.rows.places[address] for address in judged]
            self.conditional |= {name: (at, 0)} if at is not None else {}

    def verdict(self, kind: str, /, **arguments: Any) -> Verdict | None:
        """The verdict that such a relation would have; none where the engine refuses it."""
        record = {"id": "", "kind": kind, "section": "", "label": "", **arguments}
        relations, faults = parse([record], list(self.values))
        try:
            return None if faults else relations[0].check(self.values, draws=False).verdict
        except ValueError:
            return None

    def holds(self, kind: str, /, **arguments: Any) -> bool:
        """Whether such a relation would hold."""
        verdict = self.verdict(kind, **arguments)
        return verdict is not None and verdict.holds

    def note(self, addresses: Sequence[str], reason: str) -> None:
        """Say why these numbers have no relation."""
        for address in addresses:
            self.rows.values[address] = replace(self.rows.values[address], note=f"uncheckable: {reason}")
