"""Shares and sums of a pasted table: the reading of its percentages, the parts of its blocks and of its total.

Percentages are those of their column, of their row or of the whole table: the reading under which most of them hold is
that of the table. A block is a partition when its parts reach the n, or 100 %, in most of the columns, or come near
below it; sums above the n of any other block are those of several answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby, product, repeat

from relecture.core.numbers import Printed
from relecture.printed.pasted.derived import Denominator, Derived
from relecture.printed.pasted.rows import Block, Line

READINGS = {
    "column": "pourcentages en colonne",
    "row": "pourcentages en ligne",
    "total": "pourcentages de l'effectif total",
}
_NO_SIZE = "aucun effectif connu ne redonne la moitié des pourcentages (--n dit un effectif)"
_MISSING = re.compile(r"\b(manquant|non.?(renseign|r[ée]pon)|inconnu|sans r[ée]ponse|NSP|NA\b|(n-)?miss|unknown)", re.I)
_NEAR = Fraction(9, 10)  # share of the n that a block's answers reach when some are missing
Shared = tuple[Block, Line, int, str, str]  # where a share stands: block, line, group, addresses of percent and count


def shares(derived: Derived) -> None:
    """Add the relations of every share, each group with the reading that holds best."""
    for owners in (derived.groups, [] if derived.total is None else [derived.total]):
        printed = _without_doubt(derived, list(_printed(derived, owners)))
        reading = _reading(derived, printed)
        if reading:
            derived.readings.append(READINGS[reading])
            for column in _groups(printed, lambda each: (id(each[0]), each[2])):
                _add_column(derived, reading, column)
        elif printed:
            derived.note([each[3] for each in printed], _NO_SIZE)


def _reading(derived: Derived, printed: Sequence[Shared]) -> str:
    """The reading under which most of the shares hold; none where half of them do not."""
    scores = {reading: sum(_any(derived, reading, *each) for each in printed) for reading in READINGS}
    best = max(scores, key=scores.__getitem__)
    return best if printed and 2 * scores[best] >= len(printed) else ""


def _without_doubt(derived: Derived, printed: Sequence[Shared]) -> list[Shared]:
    """Shares of the blocks where one is said to be so, or holds: elsewhere « 41 (8) » may be a mean with its SD."""
    certain: list[Shared] = []
    for block in _groups(printed, lambda each: id(each[0])):
        cells = [derived.rows.cell(each[3]).shape for each in block]
        said = any(each[1].told for each in block) or cells != ["number_bracketed"] * len(cells)
        if said or any(_any(derived, reading, *each) for each in block for reading in READINGS):
            certain += block
        else:
            derived.doubtful.add(id(block[0][0]))
            derived.note([each[3] for each in block], "« 8 (38) » peut aussi être une moyenne et son écart type")
    return certain


def _groups(printed: Sequence[Shared], key: Callable[[Shared], object]) -> list[list[Shared]]:
    return [list(several) for _, several in groupby(printed, key)]


def _printed(derived: Derived, owners: Sequence[int]) -> Iterator[Shared]:
    """Every count with its percentage, column after column in each block."""
    for block, owner in product(derived.rows.blocks, owners):
        for line in block.lines:
            if {"percent", "count"} <= (facts := line.facts.get(owner, {})).keys():
                yield block, line, owner, facts["percent"], facts["count"]


def _any(derived: Derived, reading: str, block: Block, line: Line, owner: int, percent: str, count: str) -> bool:
    found = _denominators(derived, reading, block, line, owner)
    return any(is_share(derived, percent, count, n) for _, n in found)


def is_share(derived: Derived, percent: str, count: str, n: int) -> bool:
    """Whether the percentage is that of the count among n, as rounded or cut."""
    print_ = Printed.read(derived.values[percent])
    return n > 0 and Fraction(100 * derived.count(count), n) in print_.within("either")


def _denominators(derived: Derived, reading: str, block: Block, line: Line, owner: int) -> list[Denominator]:
    """What a share may be of, under one reading, the likeliest first."""
    if "n" in line.facts[owner]:
        return [derived.all_of([line.facts[owner]["n"]])]
    if reading == "column":
        several = (answered(block).facts("count", owner), block.facts("count", owner))
        return [*known_size(derived, owner), *(derived.all_of(counts) for counts in several if len(counts) > 1)]
    if reading == "row":
        whole = line.facts.get(derived.total, {}).get("count") if owner != derived.total else None
        several = line.addresses("count", derived.groups)
        return [*([derived.all_of(several)] if len(several) > 1 else []), *([derived.all_of([whole])] if whole else [])]
    return everybody(derived)


def answered(block: Block) -> Block:
    """The block without its rows of missing answers: those that say so, or that have no share where others have one."""
    shared = [line for line in block.lines if any("percent" in facts for facts in line.facts.values())]
    return replace(block, lines=[line for line in shared or block.lines if not _MISSING.search(line.label)])


def size(derived: Derived, owner: int) -> list[Denominator]:
    """The n of a group, where its header or a line of sizes prints it; that of the table for its only group."""
    if address := derived.rows.sizes.get(owner):
        return [derived.all_of([address])]
    alone = owner == derived.total or (derived.total is None and len(derived.groups) == 1)
    return [(derived.n, derived.n)] if derived.n and alone else []


def known_size(derived: Derived, owner: int) -> list[Denominator]:
    """The n of a group, printed or else implied by the blocks that everybody answered."""
    return size(derived, owner) or [derived.implied_sizes[owner] for _ in {owner} & derived.implied_sizes.keys()]


def everybody(derived: Derived) -> list[Denominator]:
    """The n of the table: given, printed over the column of the total, or the sum of the groups."""
    if derived.n:
        return [(derived.n, derived.n)]
    if derived.total is not None and (found := size(derived, derived.total)):
        return found
    sizes = [derived.rows.sizes[owner] for owner in derived.groups if owner in derived.rows.sizes]
    return [derived.all_of(sizes)] if len(sizes) == len(derived.groups) > 0 else []


def _add_column(derived: Derived, reading: str, column: Sequence[Shared]) -> None:
    """The shares of a block in one group, all of the denominator that most of them hold with."""
    candidates = [_denominators(derived, reading, *each[:3]) for each in column]
    if not all(candidates):
        derived.note([each[3] for each in column], "l'effectif dont c'est la part n'est pas imprimé")
        return
    of_its_own = ["n" in line.facts[owner] for _, line, owner, *_ in column]  # 8/21 (38,1)
    implied = reading == "column" and not size(derived, column[0][2]) and not all(of_its_own)
    best = max(zip(*candidates, strict=False), key=lambda sizes: _fit(derived, column, [n for _, n in sizes]))
    unprinted = _unprinted(derived, column, [n for _, n in best]) if implied else 0
    filled = [each for each in column if derived.count(each[4])]  # 0 is 0 % of any n
    fit = _fit(derived, filled, [n for each, (_, n) in zip(column, best, strict=True) if each in filled])
    if implied and not unprinted and not 2 * fit >= len(filled) > 0:
        derived.note([each[3] for each in column], "l'effectif dont c'est la part n'est pas imprimé")
        return

    for (block, line, owner, percent, count), several, chosen in zip(column, candidates, best, strict=True):
        held = [n for n in (chosen, *several) if is_share(derived, percent, count, n[1])]
        if not held and unprinted and is_share(derived, percent, count, unprinted):
            derived.note([percent], f"se retrouve parmi {unprinted} répondants, si d'autres n'ont pas répondu")
            continue
        label = f"{line.label}, {derived.rows.table.columns[owner].group} : pourcentage".replace(",  :", " :")
        whole = reading == "row" or any(of_its_own) or is_exclusive(derived, block)
        alone = {} if whole else {"missing": True}
        n, people = (held or [chosen])[0]
        if people:
            derived.add("percentage", block.label, label, [percent], percent=percent, count=count, n=n, **alone)


def _fit(derived: Derived, column: Sequence[Shared], sizes: Iterable[int]) -> int:
    """How many shares hold among these sizes."""
    return sum(is_share(derived, each[3], each[4], n) for each, n in zip(column, sizes, strict=False))


def _unprinted(derived: Derived, column: Sequence[Shared], sizes: Sequence[int]) -> int:
    """An n that is not printed, within a tenth of that of the answers, under which more shares hold; or 0."""
    best = max(range(sizes[0] * 9 // 10, sizes[0] * 10 // 9 + 1), key=lambda n: _fit(derived, column, repeat(n)))
    return best if _fit(derived, column, repeat(best)) > _fit(derived, column, sizes) else 0


def complete(derived: Derived, block: Block, owner: int, *, strict: bool = False) -> bool:
    """Whether the parts of a block add up to the n of its group, or to 100 %; `strict`: to the n where it is known."""
    counts, percents = block.facts("count", owner), block.facts("percent", owner)
    sizes = [n for _, n in known_size(derived, owner)]
    reached = len(counts) > 1 and sum(map(derived.count, counts)) in sizes
    if reached or len(counts) < 2 or (strict and sizes):
        return reached
    prints = [Printed.read(derived.values[address]) for address in percents if derived.in_columns]
    slack = sum((read.unit for read in prints), Fraction(0))
    return len(prints) == len(counts) and abs(sum(read.centre for read in prints) - 100) <= slack / 2


def split(derived: Derived) -> None:
    """End a block where its parts are complete in every group: the rows below are variables of their own."""
    blocks: list[Block] = []
    derived.in_columns = _reading(derived, list(_printed(derived, derived.groups))) == "column"
    for block in derived.rows.blocks:
        owners = [owner for owner in derived.owners if block.facts("count", owner)]
        ends = range(2, len(block.lines)) if owners and block.headed and not block.deeper else ()
        parts = [Block(block.label, block.lines[:end], block.rank, True) for end in ends]
        whole = [one for one in parts if all(complete(derived, one, owner, strict=True) for owner in owners)]
        first = [*whole, block][0]
        blocks += [first, *(Block(line.label, [line], line.rank) for line in block.lines[len(first.lines) :])]
    derived.rows.blocks = blocks


def partitions(derived: Derived) -> None:
    """Add the sums of blocks, of the groups of each row, and of the sizes of groups."""
    for block in derived.rows.blocks:
        exclusive = is_exclusive(derived, block)
        for owner in derived.owners:
            _add_partition(derived, block, block.facts("count", owner), size(derived, owner), exclusive)
        if not any(size(derived, owner) for owner in derived.owners):
            counts = [address for line in block.lines for address in line.addresses("count", derived.groups)]
            _add_partition(derived, block, counts, everybody(derived), exclusive)
    _add_totals(derived)


def is_exclusive(derived: Derived, block: Block) -> bool:
    """Whether the parts of a block exclude each other: complete in most groups, or in half if others come near."""
    owners = [owner for owner in derived.groups or [derived.total] if len(block.facts("count", owner)) > 1]
    full = sum(complete(derived, block, owner) for owner in owners)
    sums = [(derived.all_of(block.facts("count", owner))[1], known_size(derived, owner)) for owner in owners]
    near = all(_NEAR * n <= added <= n / _NEAR for added, known in sums for _, n in known)
    return 2 * full > len(owners) or (near and 2 * full == len(owners) > 0)


def is_partition(derived: Derived, block: Block) -> bool:
    """Whether the parts of a block exclude each other, or come near below the n of every group."""
    if is_exclusive(derived, block):
        return True
    sums = [(derived.all_of(block.facts("count", owner))[1], known_size(derived, owner)) for owner in derived.groups]
    return len(block.lines) > 1 and all(known and _NEAR * known[0][1] <= added <= known[0][1] for added, known in sums)


def _add_partition(derived: Derived, block: Block, parts: list[str], total: list[Denominator], exclusive: bool) -> None:
    if len(parts) < 2 or not total or id(block) in derived.doubtful:
        return
    added, (argument, n) = sum(map(derived.count, parts)), total[0]
    if (added > n and exclusive) or _NEAR * n <= added <= n:
        label = f"{block.label} : somme"
        derived.add("partition", block.label, label, parts, at=block.rank, parts=parts, total=argument)


def _add_totals(derived: Derived) -> None:
    """Where the groups are parts of the column of the total, the sum of each row and of the sizes."""
    if derived.total is None or len(derived.groups) < 2:
        return
    owners = [*derived.groups, derived.total]
    certain = [block for block in derived.rows.blocks if id(block) not in derived.doubtful]
    sums = [(block.label, line.label, line.addresses("count", owners)) for block in certain for line in block.lines]
    sums = [each for each in sums if len(each[2]) == len(owners)]
    exact = sum(sum(map(derived.count, counts[:-1])) == derived.count(counts[-1]) for *_, counts in sums)
    sizes = [derived.rows.sizes[owner] for owner in owners if owner in derived.rows.sizes]
    if 2 * exact > len(sums):
        sums += [("Effectifs", "groupes", sizes)] if len(sizes) == len(owners) else []
        for section, label, counts in sums:
            label, *parts, total = f"{label} : somme des groupes", *counts
            derived.add("partition", section, label, [total], parts=parts, total=total)
