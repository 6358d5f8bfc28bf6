"""Cells of tables of answers as words: counts with their share, means, medians, sizes; what is hidden says so.

A cell is a row of `Characteristics.cells`, as computed or once a `Control` has hidden what must be: then it
has `withheld`. What a table of answers says of what is hidden is written here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pandas import DataFrame, Series

from relecture.core import french
from relecture.core.french import MISSING, SPACE, WITHHELD, number, plural, typeset
from relecture.disclosure.disclosure_control import Control
from relecture.disclosure.masking import WHOLE_GROUP_NOTE, WITHHELD_NOTE
from relecture.stats.survey.characteristics import Characteristics


def is_withheld(cell: Any) -> bool:
    """True when the control hides the cell."""
    return bool(getattr(cell, "withheld", False))


def sized(group: str, size: float | None) -> str:
    """The head of a column: a group and how many are in it.

    >>> sized("femmes", 20).replace(SPACE, " "), sized("femmes", None).replace(SPACE, " ")
    ('femmes (n = 20)', 'femmes (n masqué)')
    """
    return f"{group} (n{SPACE}{WITHHELD if size is None else f'={SPACE}{number(size)}'})"


def count(cell: Any) -> str:
    """How many gave an answer; known for a number whose mean alone is withheld."""
    return WITHHELD if is_withheld(cell) and cell.count != cell.count else number(cell.count)


def share(cell: Any) -> str:
    """How many gave an answer, and their share."""
    return WITHHELD if is_withheld(cell) else count_and_share(cell.count, cell.n, cell.share)


def share_and_interval(cell: Any) -> str:
    """How many gave an answer among those who answered, their share and its interval."""
    return WITHHELD if is_withheld(cell) else side(cell.count, cell.n, cell.share, cell.low, cell.high) or MISSING


def count_and_share(count: float, n: float, proportion: float | None = None) -> str:
    """A count with its share, computed if it is not given; alone when it is not known out of how many."""
    if not n > 0:
        return MISSING if n == 0 else number(count)
    return french.counted(count, proportion=count / n if proportion is None else proportion)


def part(proportion: float) -> str | float:
    """A share in percent under a head that says so; an answer that somebody gave, or not everybody, is not 0 or 100.

    >>> part(0.3581), part(1 / 3000).replace(SPACE, " ")
    ('35,8', '< 0,1')
    """
    unknown = proportion != proportion
    return proportion if unknown else french.share(proportion, decimals=1).removesuffix(f"{french.NARROW}%")


def rounding(cells: DataFrame) -> Iterable[str]:
    """That the shares of a question, as shown, do not add up to 100, if they do not."""
    alone = cells[(cells["kind"] == "answer") & cells["share"].notna()]
    rounded = alone["share"].mul(100).add(1e-9).round().groupby([alone["question"], alone["group"]]).sum()
    whole = alone["share"].groupby([alone["question"], alone["group"]]).sum()
    if (rounded[whole.sub(1).abs() < 1e-9] != 100).any():
        yield "Parts arrondies à l'unité : leur somme peut être de 99 ou de 101"


def bare_medians(cells: DataFrame) -> Iterable[str]:
    """Why a median is without its quartiles, if one is."""
    if (cells["median"].notna() & cells["q1"].isna()).any():
        yield "Médiane sans quartiles : trop peu de réponses pour qu'ils ne disent rien de quelques personnes"


def mean(cell: Any) -> str:
    """A mean with its standard deviation in brackets."""
    if cell.mean != cell.mean:
        return WITHHELD if is_withheld(cell) else MISSING
    return f"{number(cell.mean, 1)} ({number(cell.sd, 1)})"


def quartiles(cell: Any) -> str:
    """A median with the interval of its quartiles."""
    if cell.median != cell.median:
        return WITHHELD if is_withheld(cell) or cell.count else MISSING
    bounds = "" if cell.q1 != cell.q1 else f" {french.interval(cell.q1, cell.q3, 1)}"
    return f"{number(cell.median, 1)}{bounds}"


def summed_up(cell: Any) -> str:
    """A number in one phrase: its median with quartiles, its mean and deviation."""
    if cell.median != cell.median and cell.mean != cell.mean:
        return "médiane et moyenne" if cell.count == 0 else f"médiane et moyenne{SPACE}: {WITHHELD}"
    return f"médiane {median(cell)}{SPACE}; moyenne {number(cell.mean, 1)}, écart type {number(cell.sd, 1)}"


def median(cell: Any) -> str:
    """The median, with its quartiles where they are known, to one decimal at most."""
    bounds = "" if cell.q1 != cell.q1 else f" {french.interval(round(cell.q1, 1), round(cell.q3, 1))}"
    return f"{number(round(cell.median, 1))}{bounds}"


def side(count: float, n: float, proportion: float, low: float, high: float) -> str:
    """A count among n, with its share and interval; nothing where nothing was asked."""
    if proportion != proportion:
        return "" if n != n else WITHHELD if count != count else MISSING
    return french.counted(count, n, proportion, (low, high))


def effect_size(name: str, estimate: float, low: float, high: float) -> str:
    """An effect size under its sign, the first word of its name, with its interval; nothing where there is none.

    >>> effect_size("g de Hedges", 1.33, 0.81, 1.84).replace(SPACE, " ")
    'g = 1,33 [0,81 – 1,84]'
    """
    if estimate != estimate or not name:
        return ""
    bounds = "" if low != low else f" {french.interval(low, high, 2)}"
    return f"{name.split()[0].strip(',')}{SPACE}={SPACE}{number(estimate, 2)}{bounds}"


def untested(test: Any) -> str:
    """Why a test has no p."""
    return WITHHELD if is_withheld(test) else test.note


def without_withheld_note(notes: Series) -> Series:
    """The notes of cells, but for those that « masqué » says already."""
    return notes.replace({WITHHELD_NOTE: ""})


def notes(answers: Characteristics) -> Iterable[str]:
    """What the reader of a table must know of what it hides."""
    if "withheld" in answers.cells and answers.cells["withheld"].any():
        yield f"« {WITHHELD} » : effectif trop petit, ou qui permettrait d'en retrouver un, et ce qui s'en déduit"
    if answers.cells["note"].eq(WHOLE_GROUP_NOTE).any():
        yield f"Là où le nombre de réponses est {WITHHELD}, les parts sont celles de tout le groupe"


def hidden_sentence(control: Control) -> str:
    """How many cells were hidden, and why; not how many were small: two hidden counts of four that make eight, and no
    other hidden, would be told.

    >>> hidden_sentence(Control(5, primary=2, secondary=3)).replace(SPACE, " ")
    '5 cases ont été masquées : moins de 5 répondants, ou de quoi en retrouver une qui en a moins.'
    """
    if not (hidden := control.primary + control.secondary):
        return typeset("Aucun effectif n'a eu à être masqué.")
    verb = "ont été masquées" if hidden > 1 else "a été masquée"
    few = plural(control.smallest, "répondant")
    return typeset(f"{plural(hidden, 'case')} {verb} : moins de {few}, ou de quoi en retrouver une qui en a moins.")
