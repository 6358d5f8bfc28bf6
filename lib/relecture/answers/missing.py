"""Why is there no answer in this cell?

Missing is not one thing. A coded frame holds a string in every cell: a choice's id, `1` or `0` for a tick,
a number with a decimal point, a text, or one of four codes, whose words a reader can understand in a
spreadsheet. `non_pose` follows from the skip logic and from nothing else: `ask` sets it. The other
three are told by the respondent or left: `sans_objet` and `ne_sait_pas` only where the form offers them
as choices, `sans_reponse` for what was asked and left empty.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from relecture.answers.instrument import Instrument
    from relecture.answers.items import Column


class Missing(StrEnum):
    """The four codes; `label` is what a reader sees."""

    label: str

    def __new__(cls, code: str, label: str) -> Missing:
        member = str.__new__(cls, code)
        member._value_, member.label = code, label
        return member

    NOT_ASKED = "non_pose", "non posée"
    NOT_APPLICABLE = "sans_objet", "sans objet"
    UNKNOWN = "ne_sait_pas", "ne sait pas"
    NO_ANSWER = "sans_reponse", "sans réponse"


CODES = frozenset(str(code) for code in Missing)
RESPONDENT = "repondant"  # the column of a file, and the index of a frame, that tells respondents apart


def ask(instrument: Instrument, frame: DataFrame) -> tuple[DataFrame, DataFrame]:
    """A coded frame with `non_pose` recomputed, and what contradicts the skip logic.

    An item that the logic skips becomes `non_pose` whatever the frame says, and later conditions read it
    so; an item that is asked never stays `non_pose`, it becomes `sans_reponse`. The second frame has one
    row a contradiction: `row` (label of the respondent), `column`, `value` (what was there), `asked`. An
    empty answer, or an unticked box, of a skipped item contradicts nothing. The given frame is not changed.
    """
    import pandas as pd

    from relecture.answers.logic import mask

    done, found = frame.copy(), []
    for item in instrument.items:
        due = mask(item.relevant, done)
        for column in item.columns:
            untold = frame[column.name].eq(Missing.NOT_ASKED)
            if item.relevant is not None or untold.any():  # else there is nothing to recompute
                cells = frame[column.name]
                found.append(_contradictions(cells, untold, due, column))
                done[column.name] = cells.mask(untold & due, Missing.NO_ANSWER).where(due, Missing.NOT_ASKED)
    none = pd.DataFrame({"row": frame.index[:0], "column": "", "value": "", "asked": True})
    return done, pd.concat([one for one in found if len(one)] or [none], ignore_index=True)


def _contradictions(cells: Series, untold: Series, due: Series, column: Column) -> DataFrame:
    """One row a cell that the logic contradicts: not asked where it was due, or an answer where it was not."""
    import pandas as pd

    empty = [*CODES, "0"] if column.item.kind == "multiple" else CODES
    wrong = (untold & due) | ~(due | cells.isin(empty))
    if not wrong.any():
        return pd.DataFrame()
    parts = {"row": cells.index[wrong], "column": column.name, "value": cells[wrong].to_numpy()}
    return pd.DataFrame({**parts, "asked": due[wrong].to_numpy()})


def typed(instrument: Instrument, frame: DataFrame) -> DataFrame:
    """The coded frame as statistics want it: any missing code becomes NaN, whatever its reason.

    Numbers and ticks (0 or 1) become floats, the other columns stay strings. Columns that the
    instrument does not know, such as derived variables, are strings.
    """
    import pandas as pd

    known = {name: cells.mask(cells.isin(CODES)) for name, cells in frame.items()}
    for name, column in instrument.columns.items():
        if column.item.kind in ("number", "multiple") and name in known:
            known[name] = pd.to_numeric(known[name]).astype(float)
    return pd.DataFrame(known, index=frame.index)
