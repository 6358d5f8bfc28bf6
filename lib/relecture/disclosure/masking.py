"""Tables masked: what goes with hidden cells, the note that says why, and what is left to publish.

A hidden count is NaN, and so is all that was computed from it: share, interval, test. `withheld` marks its row, and
`note` says why, in French. Which cells are hidden is decided elsewhere (`disclosure`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from pandas import DataFrame, Series, to_numeric

from relecture.answers.questionnaire.missing import CODES
from relecture.core.french import WITHHELD, number
from relecture.disclosure.table_cells import Cell, TableCells
from relecture.stats.estimates import describe
from relecture.stats.estimates.reliability import Reliability, alpha
from relecture.stats.survey import statistical_tests
from relecture.stats.survey.characteristics import Characteristics
from relecture.stats.survey.questions import Question

__all__ = [
    "WHOLE_GROUP_NOTE",
    "WITHHELD",
    "WITHHELD_NOTE",
    "blank_rows",
    "is_controlled",
    "mask_cells",
    "mask_tests",
    "publishable",
    "shown_alpha",
    "without_empty_reasons",
]

WITHHELD_NOTE = "masqué : des répondants seraient reconnaissables"
WHOLE_GROUP_NOTE = "part de tout le groupe : le nombre de réponses est masqué"
MEDIAN, QUARTILES = 2, 4  # times the smallest count: that many answers stand on each side of what is shown
ODDS = ["a", "b", "c", "d", "estimate", "low", "high", "p_wald", "p_pearson", "p_fisher", "p_chosen"]
MODEL = ["coefficient", "coefficient_low", "coefficient_high", "estimate", "low", "high", "p", "smallest"]
DECIMALS = 1  # of means, deviations and quartiles, wherever they stand
HIGHEST = 0.95  # of alphas: what one decimal would write 1
_NUMBERS, _SPREAD = ["mean", "sd", "median", "q1", "q3"], ["q1", "q3"]
_TESTED = ["n", "p", "error", "estimate", "low", "high"]


def mask_cells(
    answers: Characteristics, table: TableCells, hidden: Collection[Cell], smallest: int, unfit: Collection[str] = ()
) -> DataFrame:
    """The cells of a table without what is hidden; shares are of the whole group where what they divide by is.

    The numbers of the questions that are `unfit` go, and the others are rounded to what tables show: no drawing, nor
    anything worked out from them, tells more.
    """
    cells = answers.cells
    if not hidden and not smallest:
        return cells.assign(withheld=False)
    hidden_rows, baseless = (cells.index.map(keys).isin(hidden) for keys in (table.keys, table.bases))
    counted = cells["kind"].isin(["answer", "choice"])
    whole = counted & cells["question"].isin(cells.loc[counted & baseless, "question"])
    sizes = {group: float("nan") if cell in hidden else answers.sizes[group] for group, cell in table.groups.items()}
    shown = cells.assign(
        count=cells["count"].mask(hidden_rows),
        withheld=hidden_rows | (numbers := _unfit(cells, hidden_rows, smallest, unfit)),
    )
    shown["n"] = cells["n"].where(counted & ~whole, cells["group"].map(sizes))
    shares = describe.proportions(shown, answers.confidence)[["share", "low", "high"]]
    shown[["share", "low", "high"]] = shares.where(cells["kind"] != "number")
    shown.loc[numbers | hidden_rows, _NUMBERS] = float("nan")
    shown["median"] = shown["median"].where(cells["count"] >= MEDIAN * smallest)
    shown[_SPREAD] = shown[_SPREAD].where(cells["count"] >= QUARTILES * smallest)
    shown[_NUMBERS] = shown[_NUMBERS].round(DECIMALS)
    shown["note"] = shown["note"].mask(whole, WHOLE_GROUP_NOTE).mask(shown["withheld"], WITHHELD_NOTE)
    return shown


def is_controlled(cells: DataFrame) -> bool:
    """Whether these cells are those of a table that a control let through."""
    return "withheld" in cells


def without_empty_reasons(cells: DataFrame) -> DataFrame:
    """The rows without those of reasons that nobody had, told by no row, unless some of their zeros are hidden."""
    nobody = (cells["kind"] == "missing") & cells["count"].eq(0)
    return cells[~nobody.groupby([cells["question"], cells["level"]]).transform("all")].reset_index(drop=True)


def mask_tests(tests: DataFrame, cells: DataFrame, table: TableCells, hidden: Collection[Cell]) -> DataFrame:
    """The tests without those whose p would tell a hidden count; corrections are for the number of the others."""
    telling = cells[cells["withheld"] | cells.index.map(table.bases).isin(hidden)]
    if telling.empty:
        return tests.assign(withheld=False)
    pairs = set(zip(telling["question"], telling["level"], strict=True))
    questions = set(telling["question"])
    rows = zip(tests["question"], tests["level"], strict=True)
    hidden_tests = [(name, level) in pairs or (level == "" and name in questions) for name, level in rows]
    return statistical_tests.corrected(blank_rows(tests, hidden_tests, _TESTED))


def blank_rows(frame: DataFrame, withheld: Sequence[bool], columns: Sequence[str]) -> DataFrame:
    """The frame with `withheld`, those columns empty where it is true, and the reason in `note`."""
    hidden_rows = Series(withheld, index=frame.index, dtype=bool)
    empty = {name: frame[name].astype(float).mask(hidden_rows) for name in columns}
    return frame.assign(**empty, note=frame["note"].mask(hidden_rows, WITHHELD_NOTE), withheld=hidden_rows)


def shown_alpha(points: DataFrame, confidence: float, smallest: int) -> Reliability:
    """Cronbach's alpha of items some of whose counts are hidden: to one decimal, its interval that of this decimal.

    It tells the sum of the squares of the items, that of the scores being known: NaN where one decimal leaves that sum
    less room than `smallest` respondents take who go from one end of an item to the other. Where the decimal would be
    1, it is HIGHEST, and the note says so; no other note: an item left out is one that all answered alike.
    """
    found, known = replace(alpha(points, confidence), note=""), points.dropna()
    if not found.alpha < 1:
        return found
    squares = known.sum(axis="columns").var() * (len(known) - 1) * (1 - 1 / found.items)
    reach = points.max(axis=None) - points.min(axis=None)
    decimal = min(round(found.alpha, DECIMALS), HIGHEST)
    if squares / 10**DECIMALS < smallest * reach**2:
        decimal = float("nan")
    low, high = (1 - (1 - end) * (1 - decimal) / (1 - found.alpha) for end in (found.low, found.high))
    note = f"alpha d'au moins {number(HIGHEST, 2)}, intervalle de cette valeur" if decimal == HIGHEST else ""
    return replace(found, alpha=decimal, low=low, high=high, note=note)


def publishable(frame: DataFrame, questions: Iterable[Question]) -> DataFrame:
    """The columns of these questions and no other, without anything that is not an answer they offer.

    Free texts and identifying columns belong to no `Question`; a text typed in the place of an answer is
    dropped, and respondents are numbered anew from 0, since their label may be a name.
    """
    columns = {}
    for question in questions:
        for column in question.columns:
            cells = frame[column]
            numbers = question.kind in ("number", "multiple")
            fits = to_numeric(cells, errors="coerce").notna() if numbers else cells.isin(list(question.levels))
            columns[column] = cells.where(fits | cells.isin(CODES))
    return frame.iloc[:, :0].assign(**columns).reset_index(drop=True)


def _unfit(cells: DataFrame, hidden_rows: Series, smallest: int, questions: Collection[str]) -> Series:
    """Numbers that would tell one answer: too few of them, all equal, or alone to be hidden beside their total."""
    number = cells["kind"] == "number"
    unfit = number & (hidden_rows | (cells["count"] < smallest) | (cells["sd"].eq(0) & (smallest > 0)))
    unfit |= number & cells["question"].isin(questions)
    for _, rows in cells[number].groupby("question", sort=False):
        if unfit[rows.index].sum() == 1 and len(rows) > 1:
            others = rows[~unfit[rows.index]]
            unfit[others.index[others["count"].argmin()]] = True
    return unfit
