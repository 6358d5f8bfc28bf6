"""Which questions each respondent was asked, from the conditions of the questionnaire."""

from __future__ import annotations

import pandas as pd
from pandas import DataFrame, Series

from relecture.answers.questionnaire.conditions import rows_where
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column
from relecture.answers.questionnaire.missing import CODES, Missing


def apply(instrument: Instrument, frame: DataFrame) -> tuple[DataFrame, DataFrame]:
    """A coded frame with `non_pose` recomputed, and what contradicts the skip logic.

    An item that the logic skips becomes `non_pose` whatever the frame says, and later conditions read it
    so; an item that is asked never stays `non_pose`, it becomes `sans_reponse`. The second frame has one
    row a contradiction: `row` (label of the respondent), `column`, `value` (what was there), `asked`. An
    empty answer, or an unticked box, of a skipped item contradicts nothing. The given frame is not changed.
    """
    asked, contradictions = frame.copy(), []
    for item in instrument.items:
        due = rows_where(item.relevant, asked)
        for column in item.columns:
            unasked = frame[column.name].eq(Missing.NOT_ASKED)
            if item.relevant is not None or unasked.any():  # else there is nothing to recompute
                cells = frame[column.name]
                contradictions.append(_contradictions(cells, unasked, due, column))
                asked[column.name] = cells.mask(unasked & due, Missing.NO_ANSWER).where(due, Missing.NOT_ASKED)
    none = pd.DataFrame({"row": frame.index[:0], "column": "", "value": "", "asked": True})
    return asked, pd.concat([part for part in contradictions if len(part)] or [none], ignore_index=True)


def _contradictions(cells: Series, unasked: Series, due: Series, column: Column) -> DataFrame:
    """One row a cell that the logic contradicts: not asked where it was due, or an answer where it was not."""
    empty = [*CODES, "0"] if column.item.kind == "multiple" else CODES
    wrong = (unasked & due) | ~(due | cells.isin(empty))
    if not wrong.any():
        return pd.DataFrame()
    parts = {"row": cells.index[wrong], "column": column.name, "value": cells[wrong].to_numpy()}
    return pd.DataFrame({**parts, "asked": due[wrong].to_numpy()})
