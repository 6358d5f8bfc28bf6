"""Coded answers written for other programs: CSV, workbook or SPSS file, with their Table Schema beside.

The CSV is the file that Relecture reads again; the workbook has the same cells, numbers being numbers, and a second
sheet that tells the codes. In the SPSS file choices are numbered in the order of the form, unless their codes are
numbers, and have their labels; the four reasons for a missing answer are user-missing values, -96 to -99, but in texts,
days and times, which are then empty, and in numbers that may be as low, which are then system-missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from pandas import DataFrame, Series

from relecture.answers import synthetic_label
from relecture.answers.files.validation import Answers
from relecture.answers.formats import tool
from relecture.answers.formats.registry import OWN
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.items import Column
from relecture.answers.questionnaire.missing import CODES, RESPONDENT, Missing
from relecture.core import files
from relecture.core.errors import InputError

NUMBERED = ("single", "matrix", "multiple")
MISSING = {code.value: -96 - rank for rank, code in enumerate(Missing)}  # of an SPSS file
RESERVED = "all and by eq ge gt le lt ne not or to with".split()  # words of SPSS
ROWS = 1_048_576  # of a sheet, its header included
NAME, LABEL, CELL = 64, 120, 32_767  # signs of an SPSS name, of a label, of a cell of a workbook or of SPSS


def write(answers: Answers, instrument: Instrument, path: Path) -> Path:
    """Write the answers in the file of that name (.csv, .xlsx, .sav), whole or not at all; the path of their schema.

    InputError for another kind of file, for a text that a cell cannot hold, and when it cannot be written.
    """
    writers: dict[str, Callable[[DataFrame, Instrument], bytes]] = {".csv": _csv, ".xlsx": _workbook, ".sav": _spss}
    if path.suffix.lower() not in writers:
        raise InputError([f"{path.name} : les réponses codées s'écrivent en {', '.join(writers)}"])
    if path.suffix.lower() == ".xlsx" and answers.n >= ROWS:
        raise InputError([f"{path.name} : {answers.n} réponses ne tiennent pas dans un classeur ; écrivez un .csv"])
    lengths = answers.frame.apply(lambda cells: cells.str.len().max())
    if path.suffix.lower() != ".csv" and (long := lengths[lengths > CELL].to_dict()):
        raise InputError(f"{name} : un texte de {size} signes ne tient que dans un .csv" for name, size in long.items())
    content = writers[path.suffix.lower()](answers.frame, instrument)
    schema = path.with_suffix(".schema.json")
    files.write(schema, OWN.export(instrument).content)
    files.write(path, content)
    return schema


def _guarded(frame: DataFrame, instrument: Instrument) -> DataFrame:
    """The frame with no text that a spreadsheet would run, as our own files are read."""
    texts = [name for name, column in instrument.columns.items() if column.item.kind == "text"]
    return frame.assign(**{name: frame[name].map(files.guarded) for name in texts}).rename(index=files.guarded)


def _csv(frame: DataFrame, instrument: Instrument) -> bytes:
    return _guarded(frame, instrument).to_csv(lineterminator="\r\n").encode()


def _workbook(frame: DataFrame, instrument: Instrument) -> bytes:
    table = _guarded(frame, instrument)
    figures = [name for name, column in instrument.columns.items() if column.item.kind in ("number", "multiple")]
    numbered = table.assign(**{name: table[name].astype(object).map(_number) for name in figures})
    legend = [(name, column.label, *pair) for name, column in instrument.columns.items() for pair in _legend(column)]
    answers = chain([[RESPONDENT, *table]], numbered.itertuples(name=None))
    return tool.workbook({"reponses": answers, "codes": [("colonne", "libellé", "code", "sens"), *legend]})


def _number(cell: str) -> str | float:
    return cell if cell in CODES else float(cell)


def _legend(column: Column) -> list[tuple[str, str]]:
    """Codes of a column with what they stand for; a missing code as its form words it, where it offers it."""
    offered = {choice.id: choice.label for choice in column.item.choices if column.item.kind != "multiple"}
    ticks = {"0": "non coché", "1": "coché"} if column.item.kind == "multiple" else {}
    return [*(ticks | {code.value: code.label for code in Missing} | offered).items()]


def _spss(frame: DataFrame, instrument: Instrument) -> bytes:
    import pyreadstat

    table, titles, labels, missing = {RESPONDENT: frame.index.astype(str)}, {}, {}, {}
    for (name, column), own in zip(instrument.columns.items(), _names(instrument), strict=True):
        values = _values(column)
        table[own], titles[own] = _coded(frame[name], column, values).to_numpy(), _title(column)[:LABEL]
        if values:
            labels[own] = {values[code]: words[:LABEL] for code, words in _legend(column) if code in values}
            missing[own] = [{"lo": min(MISSING.values()), "hi": max(MISSING.values())}]
    with TemporaryDirectory() as folder:
        path = Path(folder, "answers.sav")
        options = {"column_labels": titles, "variable_value_labels": labels, "missing_ranges": missing}
        options["file_label"] = synthetic_label.label_of(frame)
        pyreadstat.write_sav(DataFrame(table), path, **options)
        return path.read_bytes()


def _names(instrument: Instrument) -> Iterator[str]:
    """Name of each column in SPSS: its own, cut or led on where it is too long or a word of the language."""
    for rank, name in enumerate(instrument.columns, start=1):
        cut = name if len(name) <= NAME else f"{name[: NAME - 6]}_{rank}"
        yield f"{cut}_" if cut in RESERVED else cut


def _values(column: Column) -> Mapping[str, int]:
    """Number of each code of a column; none for what holds texts, nor for a number as low as the missing ones."""
    if column.item.kind in NUMBERED:
        codes = [code for code in column.codes if code not in CODES]
        own = all(re.fullmatch("0|[1-9][0-9]{0,8}", code) for code in codes)
        return {code: int(code) if own else rank for rank, code in enumerate(codes, start=1)} | MISSING
    low = column.item.low
    return MISSING if column.item.kind == "number" and low is not None and low > MISSING[Missing.NOT_ASKED] else {}


def _coded(cells: Series, column: Column, values: Mapping[str, int]) -> Series:
    if column.item.kind in (*NUMBERED, "number"):
        numbers = {cell: values.get(cell, None if cell in CODES else cell) for cell in cells.unique()}
        return cells.map(numbers).astype(float)
    return cells.mask(cells.isin(CODES), "")


def _title(column: Column) -> str:
    return column.label if column.label == column.item.label else f"{column.item.label} — {column.label}"
