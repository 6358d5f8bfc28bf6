"""Columns of a pasted table: which hold labels, which a group of respondents, an estimate, a p.

The lines above the first line of numbers are headers; a header that stands over several columns names them all. What a
column holds is read from its own header, French or English, and otherwise from its cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from relecture.core.errors import InputError
from relecture.core.notation import Notation, digits, notation_of
from relecture.printed.cells import Cell, parts
from relecture.printed.pasted.grids import Grid

WITHOUT_NUMBER = ("empty", "text", "reference", "size")
_ROLES = {  # of a column, by its own header; the first that fits
    "": r"SMD|[Ww]ald.*|test.*|m[ée]thode.*|[Mm]issing.*|manquant.*|[Ee]vents? [Nn]|[Nn]o\. of events",  # not judged
    "p": r"(valeurs? (de )?)?p\b.*|pr\(>.*|sig(nif)?\.?|significativit.*",
    "percent": r"\(?%\)?|pourcentages?|percent(age)?s?|fr[ée]quences?",
    "count": r"n|effectifs?|nombres?|counts?|frequency",
    "odds_ratio": r".*(\b[ac]?OR[ab]?\b|(?i:exp\(|odds|rapports? des? (cotes|chances))).*",
    "hazard_ratio": r".*(\ba?HRa?\b|(?i:hazard|rapports? de risques instantan)).*",
    "relative_risk": r".*(\ba?(RR|IRR|PR)a?\b|(?i:risques? relatifs?|relative risk|(risk|prevalence|rate) ratio)).*",
    "low": r".*\b(inf([ée]rieure?)?|lower|low|bas|basse|2[.,]5)\b.*",
    "high": r".*\b(sup([ée]rieure?)?|upper|high|haute?|97[.,]5)\b.*",
    "interval": r".*(\b(IC|CI|ci)\b|IC ?95|95 ?% ?CI|intervalle|confidence interval).*",
    "se": r"SE|ES|[SE]\.[ES]\.|erreur.type|erreur standard|(?i:std\.? ?err.*|standard error.*)",
    "sd": r"SD|ET|DS|[ée]cart.?type|standard deviation",
    "mean": r"moyennes?|mean|moy\.?",
    "median": r"m[ée]dianes?|median",
    "coefficient": r"β.*|beta.*|coef.*|estimat.*|(mean )?diff[ée]rence.*",
    "statistic": r"χ.*|khi.*|chi.*|[tFz]([ -](value|stat|ratio|de\b).*)?|statisti.*",
    "df": r"ddl|dl|df|d\.f\.",
}
RATIOS = ("odds_ratio", "hazard_ratio", "relative_risk")
ESTIMATES = (*RATIOS, "coefficient")
BESIDE_AN_ESTIMATE = ("interval", "low", "high", "se", "statistic", "df", "p")
GROUP_PARTS = ("count", "percent", "mean", "sd", "median")
_LABEL = re.compile(r"(sous-)?(cat[ée]gor|modalit|niveau|level|class|r[ée]ponse|response|quartile|item|variable)", re.I)
_TOTAL = re.compile(r"(total|ensemble|overall|all|tou(s|tes)|whole|[ée]chantillon|population)\b", re.I)
SIZE = re.compile(r"\(?\[?\bn\s*=\s*(\d+(?:[ \u00a0\u202f,]\d{3})*)\)?\]?", re.I)
_SD = re.compile(r"\b(SDs?|ET|DS)\b|[ÉEée]cart.type|standard deviation|d[ée]viation standard")
_UNITS = re.compile(r"[,;:]?\s*\b([nN]|[nN]o\.|Nb|nb)\s*\(%\)|\(%\)|(?<!\d)(?<!\d )%|[*†‡§¶]+")
_NOTES = "*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰ "  # marks of footnotes
_GROUP_AND_PART = re.compile(r"(.*[^\W\d][)\]]?)[\s,:]+([nN]|%)")


@dataclass(frozen=True)
class Column:
    """One column: its rank, its own header, what it holds, and the group or the estimate that it belongs to.

    Roles: label, group, the keys of _ROLES, or nothing. `owner` is the rank of the first column of its group, or of
    its estimate; -1 for a p that belongs to all the groups.
    """

    rank: int
    header: str
    role: str
    group: str = ""
    size: str = ""
    owner: int = -1

    @property
    def total(self) -> bool:
        """Whether its group is that of all respondents."""
        return bool(_TOTAL.match(self.group))

    @property
    def adjusted(self) -> bool:
        """Whether it holds adjusted estimates."""
        return bool(
            re.search(r"ajust|adjust|\ba(OR|HR|RR)|(OR|HR|RR)a\b|multivari", f"{self.group} {self.header}", re.I)
        )


@dataclass(frozen=True)
class Table:
    """A grid whose columns are known: its cells taken apart, and the ranks of the rows under its headers."""

    grid: Grid
    cells: tuple[tuple[Cell, ...], ...]
    columns: tuple[Column, ...]
    body: range

    @cached_property
    def notation(self) -> Notation:
        """The notation of its numbers: which mark stands before decimals."""
        return notation_of(number for row in self.cells for cell in row for number in cell.numbers)

    @cached_property
    def names_sd(self) -> bool:
        """Whether it says somewhere that what stands beside its means is a standard deviation."""
        return any(_SD.search(text) for row in self.grid.rows for text in row)

    @cached_property
    def n(self) -> int | None:
        """The number of respondents that its title, or the header of its labels, prints."""
        sizes = [size for row in self.grid.rows[: self.body.start] if (size := size_in(row[0]))]
        return int(sizes[-1]) if sizes else None

    def whole(self, number: str) -> bool:
        """Whether a printed number is a count: whole, and printed alone."""
        try:
            read = digits(number, self.notation)
        except ValueError:  # read in two ways
            return False
        return not read.comparison and not read.decimals

    def size_cell(self, column: Column) -> tuple[int, int]:
        """Row and column of the header that prints the size of a column: its own, or one that stands over several."""
        cells = product(range(column.rank, 0, -1), range(self.body.start))
        printing = ((row, rank) for rank, row in cells if size_in(self.grid.rows[row][rank]) == column.size)
        return next(printing, (self.body.start - 1, column.rank))

    def of(self, *roles: str) -> list[Column]:
        """Columns of these roles, in order."""
        return [column for column in self.columns if column.role in roles]


def understood(grid: Grid) -> Table:
    """The table with the role of each column; InputError where it has no headers, or no numbers.

    >>> grid = Grid("t", (("", "Oui (n = 21)", "p"), ("Femmes", "13 (61,9)", "0,52")), (1, 2))
    >>> [(column.role, column.group, column.size) for column in understood(grid).columns]
    [('label', '', ''), ('group', 'Oui', '21'), ('p', '', '')]
    """
    cells = tuple(tuple(map(parts, row)) for row in grid.rows)
    first = next((rank for rank, row in enumerate(cells) if _has_results(row, grid.rows[rank])), len(cells))
    if first == len(cells):
        raise InputError([f"{grid.name} : aucune cellule n'y est un nombre (attendu : 8 (38,1) ; 41,1 ± 8,4 ; 0,52)"])
    heads = [rank for rank in range(first) if sum(map(bool, grid.rows[rank])) > 1]
    if not heads:
        shown = f"ligne {grid.lines[0]} : « {grid.rows[0][0].strip()} »"
        raise InputError([f"{grid.name}, {shown} ; attendu : une ligne de titres au-dessus des nombres"])
    body = range(heads[-1] + 1, len(grid.rows))
    columns = [_column(grid, cells, heads, body, rank) for rank in range(len(grid.rows[0]))]
    if {"se", "interval", "low"} & {column.role for column in columns}:  # B is a coefficient, and not a group
        columns = [replace(each, role="coefficient") if each.header in ("B", "b") else each for each in columns]
    if "group" in {column.role for column in columns[1:]}:  # N is how many answered each row, and not a group
        after = [column.role for column in columns[1:]] + [""]
        alone = [each.header in ("n", "N") and after[each.rank] not in GROUP_PARTS for each in columns]
        columns = [replace(each, role="") if alone[each.rank] else each for each in columns]
    return Table(grid, cells, tuple(_owned(_labels(columns, cells, body))), body)


def _has_results(row: Sequence[Cell], texts: Sequence[str]) -> bool:
    """Whether a row holds a result past its label; years alone, levels of confidence, what heads a p are headers."""
    heads = any(re.fullmatch(_ROLES["p"], text, re.I) and not re.search(r"\d", text) for text in texts[1:])
    return not heads and any(
        cell.shape == "reference" or (cell.shape not in WITHOUT_NUMBER and not _is_header(cell)) for cell in row[1:]
    )


def _is_header(cell: Cell) -> bool:
    """Whether the number of a cell is a year, or the level of an interval."""
    alone = len(cell.numbers) == 1
    return alone and (
        bool(cell.words) or (cell.shape == "number" and bool(re.fullmatch(r"(19|20)\d\d", cell.numbers[0])))
    )


def _column(grid: Grid, cells: Sequence[Sequence[Cell]], heads: Sequence[int], body: range, rank: int) -> Column:
    """A column as its headers tell it."""
    headers = list(dict.fromkeys(text for head in heads if (text := _header(grid, heads, head, rank))))
    apart = _GROUP_AND_PART.fullmatch(headers[-1]) if headers else None
    if apart and not re.fullmatch(_ROLES[""], headers[-1]):  # « Hommes, n », but not « Event N »
        headers[-1:] = apart.groups()
    whole, own = " ".join(headers), (headers[-1] if headers else "").rstrip(_NOTES)
    role = next((role for role, form in _ROLES.items() if re.fullmatch(form, own, _case(role))), "group")
    shapes = Counter(cells[row][rank].shape for row in body)
    if role in ESTIMATES and shapes["interval"] > shapes["estimate_interval"] + shapes["number"]:
        role = "interval"
    filled = shapes.total() - shapes["empty"]
    if role in ("count", "percent", "statistic") and 2 * (shapes["number"] + shapes["percent"]) < filled:
        role = "group"
    if role == "group" and rank and filled == shapes["text"]:
        role = ""
    group = whole if role == "group" else " ".join(headers[:-1])
    return Column(rank, whole, role, named(group), size_in(whole))


def _header(grid: Grid, heads: Sequence[int], head: int, rank: int) -> str:
    """What heads a column in a row of headers: its cell, or the one before where that is empty above another."""
    own, below = grid.rows[head][rank].strip(), grid.rows[heads[-1]][rank].strip()
    if own or head == heads[-1] or not below or re.fullmatch(_ROLES["p"], below, re.I) or _TOTAL.match(below):
        return own
    return next((text for at in range(rank, 0, -1) if (text := grid.rows[head][at].strip())), "")


def _case(role: str) -> int:
    """Names of ratios are capitals: « or » and « ou » are words."""
    return 0 if role in (*RATIOS, "se", "sd", "") else re.IGNORECASE


def size_in(header: str) -> str:
    """The digits of the size that a header prints; none where it prints none.

    >>> size_in("Femmes (n = 1 234)"), size_in("2021")
    ('1234', '')
    """
    match = SIZE.search(header)
    return re.sub(r"\D", "", match[1]) if match else ""


def named(header: str) -> str:
    """A header without its size and its units."""
    return " ".join(_UNITS.sub("", SIZE.sub("", header)).split()).strip(" ,;:")


def _labels(columns: Sequence[Column], cells: Sequence[Sequence[Cell]], body: range) -> list[Column]:
    """Columns, the leading ones that hold labels told from those that hold numbers."""
    found, leading = [], True
    for column in columns:
        filled = [cell for row in body if (cell := cells[row][column.rank]).shape != "empty"]
        texts = sum(cell.shape in ("text", "size") for cell in filled)
        leading = column.rank == 0 or (leading and _is_label(column, texts, len(filled)))
        found.append(Column(column.rank, column.header, "label") if leading else column)
    return found


def _is_label(column: Column, texts: int, filled: int) -> bool:
    titled = bool(_LABEL.match(column.header)) and not column.size
    return titled or (column.role in ("group", "") and not column.size and 2 * texts > filled)


def _owned(columns: Sequence[Column]) -> list[Column]:
    """Columns, each with the group or the estimate that it belongs to."""
    found: list[Column] = []
    for column in columns:
        estimate = next((one for one in reversed(found) if one.role in ESTIMATES), None)
        before = found[-1] if found else column
        owner = column.rank if column.role in (*ESTIMATES, "group", *GROUP_PARTS) else -1
        if column.role in BESIDE_AN_ESTIMATE and estimate:
            owner = estimate.rank
        elif column.role in GROUP_PARTS and before.role in GROUP_PARTS and before.group == column.group:
            together = [one for one in found if one.owner == before.owner]
            owner = column.rank if column.role in [one.role for one in together] else before.owner
        found.append(replace(column, owner=owner))
    return found
