"""Coded answers in the terms of the printed tables: grouped, derived.

A study's tables rarely keep the choices of its form: brackets are grouped, two questions make one
variable. `as_printed` puts a coded frame into the terms of the printed table (`counted_as` of the
instrument's choices), so that own answers stand beside printed counts; `derive` adds the variables that
conditions on the answers define. Neither computes a statistic.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from relecture.answers.questionnaire.conditions import rows_where
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Item
from relecture.answers.questionnaire.missing import Missing


def derive(instrument: Instrument, frame: DataFrame) -> DataFrame:
    """The coded frame with one more column a derived variable: its first case that holds, or `sans_reponse`."""
    done = frame.copy()
    for variable in instrument.derived:
        met = [rows_where(case.when, done) for case in variable.cases]
        codes = np.select(met, [case.id for case in variable.cases], default=str(Missing.NO_ANSWER))
        done[variable.id] = Series(codes, index=done.index, dtype=str)
    return done


def as_printed(instrument: Instrument, frame: DataFrame) -> DataFrame:
    """The coded frame in the terms of the printed table: grouped choices have the group's id.

    Columns of a multiple item that are counted together become one, ticked when any of them is; a
    `counted_as` with a dot is the whole name of the column. Other columns, and row labels, are kept.
    """
    parts = {name: cells for name, cells in frame.items() if name not in instrument.columns}
    for item in instrument.items:
        parts |= _ticks(item, frame) if item.kind == "multiple" else _codes(item, frame)
    return pd.DataFrame(parts, index=frame.index)


def _codes(item: Item, frame: DataFrame) -> dict[str, Series]:
    grouped = {choice.id: choice.counted_as for choice in item.choices if choice.counted_as != choice.id}
    return {column.name: frame[column.name].replace(grouped) for column in item.columns}


def _ticks(item: Item, frame: DataFrame) -> dict[str, Series]:
    merged: dict[str, Series] = {}
    for choice, column in zip(item.offered, item.columns, strict=True):
        name = choice.counted_as if "." in choice.counted_as else f"{item.id}.{choice.counted_as}"
        cells = frame[column.name]
        merged[name] = merged[name].mask(cells.eq("1"), "1") if name in merged else cells
    return merged
