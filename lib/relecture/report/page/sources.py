"""Table and figure of proportions of several sources, side by side.

`readable` writes what each row says; `table` shows every row with its source, its people, its place and its verdict;
`forest` draws them on one scale, with an interval where there is a denominator. Rows come from
`printed.frames.across_studies`, with share, low and high of `describe.proportions`: nothing is computed here, and
nothing is pooled.
"""

from __future__ import annotations

from typing import Any

from pandas import DataFrame

from relecture.core import french
from relecture.core.french import MISSING, NARROW, numbers, percent, plural
from relecture.report.figures import estimates
from relecture.report.figures.theme import Figure
from relecture.report.tables import html_table

_DRAWN = {"estimate": "share", "low": "low", "high": "high"}
_SHOWN = 6  # decimals: the bound of 0/50 is 0, not the last bit of a float
_LACKING = "sans intervalle"


def readable(frame: DataFrame) -> DataFrame:
    """The rows with what is read of them: `counted` (with the question), `who` (source and date), `printed`, `part`,
    `reread`, and `text` for a figure.

    `frame` has the columns of `across_studies.with_relations`, and share, low, high (shares of 1, NaN where none).
    """
    records = list(frame.itertuples())
    return frame.assign(
        counted=[f"{row.label}. {row.asked[:1].upper()}{row.asked[1:]}" if row.asked else row.label for row in records],
        who=[f"{row.source} ({row.when})" for row in records],
        printed=frame["printed"].map(numbers),
        part=[_part(row) for row in records],
        reread=[_reread(row) for row in records],
        text=[_text(row) for row in records],
    )


def table(frame: DataFrame, caption: str, **choices: Any) -> html_table.HtmlTable:
    """One line a row, under its section; the arguments are those of `html_table.table`."""
    return html_table.table(readable(frame), caption, group="variable", **choices)


def forest(frame: DataFrame, *, dated: bool = False, **words: str) -> Figure:
    """Proportions in percent, one line a row that is not lost; a rate without denominator has no interval.

    Each source has its colour and its mark; `dated` writes its dates beside its name.
    """
    drawn = readable(frame.dropna(subset="share"))
    drawn = drawn.assign(
        label=drawn["label"] + ", " + drawn["who" if dated else "source"],
        **{name: (100 * drawn[part]).round(_SHOWN) for name, part in _DRAWN.items()},
    )  # fmt: skip
    columns = drawn[["variable", "label", "estimate", "low", "high", "text", "source"]].rename(
        columns={"source": "group"}
    )
    return estimates.forest(columns, measure="Part, en %", log=False, limits=(0, 100), directions=(), **words)


def _part(row: Any) -> str:
    if row.share != row.share:
        return MISSING
    if row.low != row.low:
        return f"{percent(row.share, 0)}, {_LACKING}"
    return french.share(row.share, (row.low, row.high))


def _reread(row: Any) -> str:
    if not row.checks:
        return "aucune relation"
    gaps = plural(row.gaps, "écart") if row.gaps else "aucun écart"
    return f"{plural(row.checks, 'relation')}, {gaps}"


def _text(row: Any) -> str:
    if row.low != row.low:
        return numbers(row.printed)
    return french.share(row.share, (row.low, row.high)).replace(f"{NARROW}%", "")
