"""Validation of an answer file: the coded frame that it holds, or all its faults at once.

`read` gives the coded frame of a CSV exported by a survey tool (`formats.registry`), or of our own, with an
account of what was recognised; or it refuses the file with all its faults at once. Nothing is dropped
or guessed in silence and the file is never changed. Choices made here: an item left empty is `sans_reponse`
and a multiple item without a tick is too; `non_pose` is recomputed from the skip logic, never trusted, and an
answer to an item that was not asked is a fault; a fault does not bring along the contradictions that follow
from it; columns that a tool adds are left aside and told; without a column that names respondents they are
numbered, and two identical lines are then a fault. A workbook is refused: save it as CSV.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy import ndarray
from pandas import DataFrame

from relecture.answers.files.cell_readers import CONTROL
from relecture.answers.files.decode import DecodedColumns, decode_columns
from relecture.answers.files.headers import Layout, best_layouts
from relecture.answers.questionnaire import skip_logic
from relecture.answers.questionnaire.conditions import comparisons
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import CODES, RESPONDENT
from relecture.answers.tables import opening
from relecture.answers.tables.delimited import DELIMITERS
from relecture.answers.tables.faults import Fault, faults_at, sorted_faults
from relecture.answers.tables.table import Table, UnreadableFile
from relecture.core.errors import InputError
from relecture.core.files import unguarded

Source = str | Path | bytes


@dataclass(frozen=True)
class Choices:
    """What a person says of a file, one option of the command each.

    `tool`: the name of the tool, when two explain the file equally well; `ignore`: headers set aside, a star standing
    for any text; `missing`: cells read as empty everywhere; `sheet`: name of a sheet, or its number from 1; `keep`:
    kinds of rows that are no answer, brought back (« tout » for all).
    """

    tool: str = ""
    ignore: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sheet: str = ""
    keep: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileSummary:
    """What was recognised of a file, in French where a person reads it.

    `tool`: its label; `setting`: the export recognised; `kind`, `encoding`, `delimiter`: how it was written; `rows`:
    lines of answers, those left out included; `left_out`: how many of each kind were; `service` and `personal`: headers
    set aside as the tool's, or as they tell who answers.
    """

    tool: str
    setting: str
    kind: str
    encoding: str
    delimiter: str
    rows: int
    left_out: Mapping[str, int]
    service: tuple[str, ...]
    personal: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Answers:
    """A coded frame without a fault, one row a respondent; and what was recognised of its file."""

    frame: DataFrame
    summary: FileSummary

    @property
    def n(self) -> int:
        """How many respondents."""
        return len(self.frame)

    def __str__(self) -> str:
        rows, columns = self.frame.shape
        how = ", ".join(filter(None, [self.summary.tool, self.summary.encoding, self.summary.delimiter]))
        many = "s" * (rows > 1)
        return f"{rows} réponse{many}, {columns} colonnes : aucune faute (format reconnu : {how})"


def read(instrument: Instrument, source: Source | Sequence[Source], **choices: Any) -> Answers:
    """The answers of a file (path or bytes) or of several; InputError with all their faults, in French.

    `choices` are the fields of `Choices`.

    >>> from relecture import load_study
    >>> from relecture.answers.questionnaire import instrument
    >>> guefif = instrument.load(load_study("guefif"))
    >>> read(guefif, b"age,\\xff\\n41,\\n")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    relecture.core.errors.InputError: ligne 1, colonne « ÿ » : colonne inconnue de l'instrument
    ...
    """
    answers, faults = check(instrument, source, **choices)
    if answers is None:
        raise InputError(map(str, faults))
    return answers


def check(
    instrument: Instrument, source: Source | Sequence[Source], **choices: Any
) -> tuple[Answers | None, tuple[Fault, ...]]:
    """The answers, or None and every fault, those of the whole file first, then line by line."""
    given = Choices(**{name: value if isinstance(value, str) else tuple(value) for name, value in choices.items()})
    try:
        table, ragged = opening.read_table(source, sheet=given.sheet)
        tried = [_validated(instrument, table, layout, given) for layout in _layouts(instrument, table)]
    except UnreadableFile as refused:
        return None, sorted_faults(refused.faults)
    answers, wrong = min(tried, key=lambda pair: len(pair[1]))
    faults = sorted_faults([*ragged, *wrong])
    return (None if faults else answers), faults


def _layouts(instrument: Instrument, table: Table) -> list[Layout]:
    """The formats to try; refused when no header is known, or when cells stand below no header."""
    pairs = enumerate(zip(table.headers, table.columns, strict=True), start=1)
    if bare := [place for place, (header, column) in pairs if not header and any(map(str.strip, column.texts))]:
        raise UnreadableFile(*(Fault(1, "", "", f"la colonne n° {place} n'a pas de titre") for place in bare))
    layouts = best_layouts(instrument, table.headers)
    if not any(target[0] != "respondent" for layout in layouts for target in layout.places):
        names = ", ".join([RESPONDENT, *list(instrument.columns)[:3]])
        what = f": aucun titre de colonne n'est reconnu ; un fichier de Relecture commence par {names}…"
        raise UnreadableFile(Fault(1, "", ", ".join(table.headers), what))
    return layouts


def _validated(instrument: Instrument, table: Table, layout: Layout, choices: Choices) -> tuple[Answers, list[Fault]]:
    """The table read in one format, and its faults."""
    decoded = decode_columns(instrument, table, layout)
    respondents, faults = _respondents(table, layout)
    frame = pd.DataFrame({name: decoded.columns[name] for name in instrument.columns}, dtype="str")
    asked, wrong = skip_logic.apply(instrument, frame)
    faults += [*decoded.faults, *_contradictions(instrument, wrong, decoded, table.lines)]
    frame = asked.set_axis(pd.Index(respondents, dtype="str", name=RESPONDENT))
    return Answers(frame, _summary(table, layout)), faults


def _summary(table: Table, layout: Layout) -> FileSummary:
    notes = list(table.notes)
    if table.empty:
        notes.append(f"lignes vides laissées de côté : {', '.join(map(str, table.empty))}")
    if ("respondent",) not in layout.places:
        notes.append(f"pas de colonne « {layout.dialect.respondent} » : les répondants sont numérotés")
    if bare := table.headers.count(""):
        notes.append(f"colonnes sans titre ni cellule laissées de côté : {bare}")
    label, written = layout.format.label, (table.kind, table.encoding, DELIMITERS.get(table.delimiter, ""))
    return FileSummary(label, label, *written, len(table.lines), {}, layout.ignored, (), tuple(notes))


def _respondents(table: Table, layout: Layout) -> tuple[list[str], list[Fault]]:
    """The label of each row, and what is wrong with labels: none, twice the same, unreadable."""
    place = layout.places.get(("respondent",))
    if place is None:
        return [str(row) for row in range(1, len(table.lines) + 1)], list(_repeated_rows(table))
    column, header = table.columns[place], table.headers[place]
    clean = [unguarded(text.strip()) if layout.dialect.own else text.strip() for text in column.texts]
    labels = [clean[rank] for rank in column.ranks]
    first: dict[str, int] = {}
    faults = []
    for label, line in zip(labels, table.lines, strict=True):
        if not label or label in CODES or CONTROL.search(label) or len(label) > 200:
            faults.append((line, label, "ne désigne pas un répondant"))
        elif first.setdefault(label, line) != line:
            faults.append((line, label, f"désigne déjà le répondant de la ligne {first[label]}"))
    wrong = ((label, what, ()) for _, label, what in faults)
    return labels, list(faults_at([line for line, *_ in faults], header, wrong))


def _repeated_rows(table: Table) -> Iterator[Fault]:
    """Rows that are the same as an earlier one, cell for cell, when nothing names respondents."""
    rows = pd.DataFrame(dict(enumerate(column.ranks for column in table.columns)))
    again = np.flatnonzero(rows.duplicated())
    what = f"la même ligne figure déjà plus haut ; une colonne « {RESPONDENT} » distinguerait deux répondants"
    yield from faults_at(table.lines[again], "", (("", what, ()) for _ in again))


def _contradictions(
    instrument: Instrument, wrong: DataFrame, decoded: DecodedColumns, lines: ndarray
) -> Iterator[Fault]:
    """Answers to what was not asked, and `non_pose` where it was; one a row for all the ticks of an item."""
    doubts = _doubts(instrument, decoded, len(lines))
    items = wrong["column"].map({name: column.item.id for name, column in instrument.columns.items()})
    sure = np.array([not doubts[item][row] for item, row in zip(items, wrong["row"], strict=True)], dtype=bool)
    wrong = wrong.assign(item=items, header=wrong["column"].map(decoded.headers))[sure]
    for (item, header, asked), part in wrong.groupby(["item", "header", "asked"], sort=False):
        cells = part.drop_duplicates("row")
        reads = dict.fromkeys(f"« {leaf.target} »" for leaf in comparisons(instrument[item].relevant))
        state, allowed = ("est posée", "réponse ou vide") if asked else ("n'est pas posée", "vide")
        what = f": la question {state} à ce répondant, d'après {' et '.join(reads) or 'le formulaire'}"
        yield from faults_at(lines[cells["row"]], header, ((value, what, (allowed,)) for value in cells["value"]))


def _doubts(instrument: Instrument, decoded: DecodedColumns, rows: int) -> Mapping[str, ndarray]:
    """For each item, the rows where a fault leaves open whether it was asked."""
    doubts: dict[str, ndarray] = {}
    for item in instrument.items:
        doubts[item.id] = np.zeros(rows, dtype=bool)
        for leaf in comparisons(item.relevant):
            doubts[item.id] |= decoded.doubtful[leaf.column] | doubts[leaf.target.partition(".")[0]]
    return doubts
