"""Rows of a pasted table: the numbers of each cell with their address, and the blocks that rows make.

A block is a variable with its categories: rows under a label that has no numbers ("Genre, n (%)"), rows more indented
than it, or rows whose first column is left empty; any other row is a block of its own. What "8 (38)" means is told by
the words of its row, of its block or of its column, and otherwise by its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from relecture.core.french import slug
from relecture.core.study import PrintedValue
from relecture.printed.cells import Cell
from relecture.printed.pasted.columns import ESTIMATES, GROUP_PARTS, SIZE, WITHOUT_NUMBER, Column, Table, named

Facts = dict[str, str]  # what a number is -> its address
WORDS = {  # what a number is: its word in addresses, its kind in the ledger
    "count": ("effectif", "count"),
    "n": ("sur", "count"),
    "percent": ("pourcentage", "percent"),
    "mean": ("moyenne", "mean"),
    "sd": ("ecart_type", "sd"),
    "median": ("mediane", "median"),
    "low": ("bas", "bound"),
    "high": ("haut", "bound"),
    "se": ("erreur_type", "se"),
    "statistic": ("statistique", "statistic"),
    "df": ("ddl", "df"),
    "p": ("p", "p"),
    "odds_ratio": ("or", "odds_ratio"),
    "hazard_ratio": ("hr", "ratio"),
    "relative_risk": ("rr", "ratio"),
    "coefficient": ("coefficient", "coefficient"),
}
_SHAPES = {  # shape of a cell -> what its numbers are, in order; for some, as its row says
    "percent": ("percent",),
    "fraction": ("count", "n"),
    "fraction_percent": ("count", "n", "percent"),
    "count_percent": ("count", "percent"),
    "percent_count": ("percent", "count"),
    "mean_and_sd": ("mean", "sd"),
    "mean_and_sd_interval": ("mean", "sd", "low", "high"),
    "interval": ("low", "high"),
    ("number_bracketed", "count"): ("count", "percent"),
    ("number_bracketed", "mean"): ("mean", "sd"),
    ("number_bracketed", "se"): ("mean", "se"),
    ("mean_and_sd", "se"): ("mean", "se"),
    ("number_bracketed", "median"): ("median",),
    ("estimate_interval", "mean"): ("mean", "low", "high"),
    "estimate_interval": ("median", "low", "high"),
}
_MEANINGS = {
    "se": re.compile(r"\bS\.?E\.?M?\b|\bES\b|\berreurs?[ -](type|standard)|standard error"),
    "median": re.compile(r"m[ée]diane?s?\b|\bI[QI]R\b|\bEIQ\b|quartile", re.I),
    "mean": re.compile(r"±|\bmoy(enne)?s?\b|(?<=\w )moyen\b|\bmeans?\b|\bSD\b|\bET\b|\bDS\b|[ée]cart.type", re.I),
    "count": re.compile(r"%|\bn\b|effectif", re.I),
}
_MEASURE = re.compile(
    r"\b([âa]ges?|ans|ann[ée]es?|years?|mois|months?|jours?|days?|heures?|hours?|dur[ée]e|duration|temps|time|d[ée]lai|score|"
    r"IMC|BMI|kg|cm|mmHg|poids|weight|taille|height|nombre|number|taux|rate|dose)\b",
    re.I,
)
_SIZES = re.compile(r"n|effectifs?( total)?|total|nombre (de|d')\W?\w+|number of \w+|sample size", re.I)


@dataclass
class Line:
    """One row: its label, and for each group or estimate (-1 for all groups) what is printed there.

    `told`: its words, or those of its block, or a header above what is no measure, say counts with their share.
    """

    label: str
    rank: int
    facts: dict[int, Facts] = field(default_factory=dict)
    told: bool = False

    def addresses(self, part: str, owners: Sequence[int]) -> list[str]:
        """Addresses of this part for each of these groups that prints it."""
        return [self.facts[owner][part] for owner in owners if part in self.facts.get(owner, {})]


@dataclass
class Block:
    """A variable: its label, rows and first row; `headed` by a label on a row of its own, `deeper` when indented."""

    label: str
    lines: list[Line]
    rank: int
    headed: bool = False
    indent: int = 0
    deeper: bool = False

    def facts(self, part: str, owner: int) -> list[str]:
        """Addresses of this part down a column."""
        return [address for line in self.lines for address in line.addresses(part, [owner])]


@dataclass
class Rows:
    """Every number of a table by its address, the cell (row, column) where it stands, blocks and group sizes."""

    table: Table
    prefix: str = ""  # of places, where there are several tables
    values: dict[str, PrintedValue] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    sizes: dict[int, str] = field(default_factory=dict)

    def cell(self, address: str) -> Cell:
        """The cell where a number stands."""
        row, column = self.places[address]
        return self.table.cells[row][column]

    def add(self, address: str, value: str, kind: str, row: int, column: Column) -> str:
        """The address under which this number is kept: its own, numbered when another number has it."""
        times, free = 1, address
        while free in self.values:
            times += 1
            free = f"{address}_{times}"
        line = self.table.grid.lines[row]
        shown = named(column.header) or column.header
        place = f"{self.prefix}{f'colonne « {shown} », ' if shown else ''}l. {line}"
        self.values[free], self.places[free] = PrintedValue(free, value, kind, place, "", line), (row, column.rank)
        return free


def rows(table: Table, name: str, prefix: str = "") -> Rows:
    """The numbers and the blocks of a table whose addresses begin with this name, and places with this prefix."""
    found = Rows(table, prefix)
    for column in table.of("group", "count", "percent", "mean", "median"):
        if column.size and column.owner not in found.sizes:
            address = f"{name}.n.{_word(column.group, column.rank)}".lstrip(".")
            row, rank = table.size_cell(column)
            found.sizes[column.owner] = found.add(address, column.size, "count", row, replace(column, rank=rank))
    for row in table.body:
        _place(found, row, name)
    found.blocks = [block for block in found.blocks if any(line.facts for line in block.lines)]
    if found.blocks and _SIZES.fullmatch(found.blocks[0].label) and _only_counts(found.blocks[0]):
        counted = found.blocks.pop(0).lines[0].facts
        found.sizes = {owner: facts["count"] for owner, facts in counted.items() if "count" in facts} | found.sizes
    return found


def _only_counts(block: Block) -> bool:
    return len(block.lines) == 1 and all(
        facts.keys() <= {"count", "percent"} for facts in block.lines[0].facts.values()
    )


def _place(found: Rows, row: int, name: str) -> None:
    """Put a row where it belongs: the label of a block, a line of the block that is open, or a block of its own."""
    table, cells = found.table, found.table.cells[row]
    words = [table.grid.rows[row][column.rank] for column in table.of("label")]
    numbers = [
        each
        for each in table.columns
        if each.role not in ("", "label") and cells[each.rank].shape not in WITHOUT_NUMBER
    ]
    results = [column for column in numbers if column.owner >= 0]
    label, indent = words[0].strip(), len(words[0]) - len(words[0].lstrip())
    own = next((word.strip() for word in reversed(words) if word.strip()), "")
    block = found.blocks[-1] if found.blocks else None
    if not results and not any(cells[column.rank].shape == "reference" for column in table.columns):
        if label:
            block = Block(label, [], row, True, indent)
            found.blocks.append(block)
    elif block is None or not _continues(block, words, indent):
        block = Block(label, [], row, False, indent)
        found.blocks.append(block)
    if numbers and block is not None:
        block.deeper |= block.headed and indent > block.indent
        block.lines.append(_line(found, row, name, block, own, numbers))


def _continues(block: Block, words: Sequence[str], indent: int) -> bool:
    """Whether a row goes on with the block that is open."""
    label = words[0].strip()
    if len(words) > 1:
        return not label or label == block.label
    if not block.headed:
        return not label
    results = [line for line in block.lines if any(owner >= 0 for owner in line.facts)]
    if not results or indent > block.indent:
        return True
    return not block.deeper and not any(form.search(label) for form in _MEANINGS.values())


def _line(found: Rows, row: int, name: str, block: Block, own: str, numbers: Sequence[Column]) -> Line:
    """A row with the addresses of its numbers."""
    told = next(
        (meaning for text in (own, block.label) for meaning in _MEANINGS if _MEANINGS[meaning].search(text)), ""
    )
    label = named(own) or own
    words = [name, *([named(block.label)] if own != block.label else []), label]
    at = ".".join(slug(word, "ligne").replace("-", "_") for word in words if word)
    counts = any(column.role == "group" and _told_by(column.header) == "count" for column in numbers)
    line = Line(label, row, told=told == "count" or (counts and not _MEASURE.search(f"{block.label} {own}")))
    for column in numbers:
        owner = line.facts.setdefault(column.owner, {})
        for part, value in _numbers(found.table, found.table.cells[row][column.rank], column, told):
            if part not in owner:
                group = _word(column.group if column.owner >= 0 else "", column.rank)
                word, kind = WORDS[part]
                owner[part] = found.add(f"{at}.{group}_{word}".replace("._", "."), value, kind, row, column)
    return line


def _word(group: str, rank: int) -> str:
    return slug(group, f"colonne-{rank + 1}").replace("-", "_") if group else ""


def _numbers(table: Table, cell: Cell, column: Column, told: str) -> Iterator[tuple[str, str]]:
    """What each number of a cell is."""
    if column.role in ESTIMATES:
        parts = (column.role, "se") if cell.shape == "number_bracketed" else (column.role, "low", "high", "p")
    elif column.role == "group" or (column.role in GROUP_PARTS and len(cell.numbers) > 1):
        parts = _in_a_group(cell, told or _told_by(column.header), table.whole(cell.numbers[0]))
    else:
        first = {"interval": "low"}.get(column.role, column.role)
        parts = {"low": ("low", "high"), "mean": ("mean", "sd")}.get(first, (first,))
    yield from zip(parts, cell.numbers, strict=False)


def _told_by(header: str) -> str:
    """The one meaning that a header has words for."""
    meanings = [meaning for meaning, form in _MEANINGS.items() if form.search(SIZE.sub("", header))]
    return meanings[0] if len(meanings) == 1 else ""


def _in_a_group(cell: Cell, told: str, whole: bool) -> tuple[str, ...]:
    """What the numbers of a cell are, as its row tells or else as they look."""
    meaning = told if told != "count" or whole else ""
    if cell.shape == "number":
        return (meaning.replace("se", "mean") or ("count" if whole else "percent" if told == "count" else "mean"),)
    if cell.shape == "number_bracketed" and not meaning:
        meaning = "count" if whole else "mean"
    return _SHAPES.get((cell.shape, meaning)) or _SHAPES.get(cell.shape, ())
