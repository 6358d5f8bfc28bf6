"""Files of SPSS, Stata and Parquet read as tables, what has a label written with it.

A value that has a label is read as this label, any other as `cell_text` writes it; system-missing values are empty, and
so are values that the file itself declares missing, unless they have a label. The title of a column is its
name, or its label where this one alone is a title of the questionnaire. A row has its rank.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from relecture.answers.tables.faults import Fault
from relecture.answers.tables.header_line import Known, read_records
from relecture.answers.tables.table import Table, UnreadableFile, cell_text

STATA = 80  # signs of the longest label of a column in Stata, which may be the first of a longer one
_BEGINS = {b"$FL": "sav", b"<stata_dta>": "dta", b"PAR1": "parquet"}
_OLD_STATA = tuple(bytes([release, order]) for release in range(113, 116) for order in (1, 2))
_CHILD = """
import pickle, pyreadstat, sys
kind, path = sys.argv[1:]
read = pyreadstat.read_sav if kind == "sav" else pyreadstat.read_dta
columns, about = read(path, user_missing=True, output_format="dict")
about = about.column_names_to_labels, about.variable_value_labels, about.missing_ranges, about.missing_user_values
sys.stdout.buffer.write(pickle.dumps((dict(columns), *about)))
"""  # in a process of its own, which a damaged file may end at once
_PARQUET = "un fichier Parquet demande duckdb : pip install relecture[parquet]"


def kind_of(raw: bytes) -> str:
    """Which of sav, dta, parquet the file is, empty for none of them."""
    return (
        "dta" if raw.startswith(_OLD_STATA) else next((k for begin, k in _BEGINS.items() if raw.startswith(begin)), "")
    )


def read_table(raw: bytes, *, known: Known | None = None) -> tuple[Table, list[Fault]]:
    """The table of a file of one of these kinds; raises UnreadableFile."""
    kind = kind_of(raw)
    try:
        names, labels, rows = _parquet(raw) if kind == "parquet" else _statistical(raw, kind)
    except ImportError as error:
        raise UnreadableFile(Fault(0, "", "", _PARQUET)) from error
    except Exception as error:  # whatever these libraries raise for a damaged file
        raise UnreadableFile(Fault(0, "", "", f"ce fichier .{kind} est abîmé ou incomplet")) from error
    titles = [
        label if known and known([label]) and not known([name]) else name
        for name, label in zip(names, labels, strict=True)
    ]
    numbered = ((list(map(cell_text, row)), rank) for rank, row in enumerate(rows, start=1))
    return read_records(chain([(titles, 0)], numbered), kind, lambda cells: cells is titles)


def _statistical(raw: bytes, kind: str) -> tuple[Sequence[str], Sequence[str], Iterable[Sequence[Any]]]:
    """Names, labels, and rows of values or of their labels."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"answers.{kind}")
        path.write_bytes(raw)
        child = subprocess.run([sys.executable, "-c", _CHILD, kind, path], capture_output=True, check=True)
    columns, titles, labels, ranges, declared = pickle.loads(child.stdout)
    parts = []
    for name, values in columns.items():
        bounds = [(one["lo"], one["hi"]) for one in ranges.get(name, ())]
        missing = {value for value in set(values) if _within(value, bounds)} | {*declared.get(name, ())}
        meaning = dict.fromkeys(missing, "") | labels.get(name, {})
        parts.append([meaning.get(value, value) for value in values])
    whole = [titles.get(name) or name or "" for name in columns]  # a damaged file may have columns of no name
    return (
        [name or "" for name in columns],
        [t + "…" * (kind == "dta" and len(t) == STATA) for t in whole],
        zip(*parts, strict=True),
    )


def _within(value: Any, ranges: Iterable[tuple[Any, Any]]) -> bool:
    return any(type(value) is type(low) and low <= value <= high for low, high in ranges)


def _parquet(raw: bytes) -> tuple[Sequence[str], Sequence[str], Iterable[Sequence[Any]]]:
    import duckdb

    with TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as database:
        path = Path(folder, "answers.parquet")
        path.write_bytes(raw)
        found = database.read_parquet(str(path))
        return found.columns, found.columns, found.fetchall()
