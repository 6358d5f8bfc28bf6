"""Validation of an answer file: the coded frame that it holds, or all its faults at once.

`read` gives the coded frame of a file exported by a survey tool (`tools.registry`), typed in a spreadsheet, or of our
own, with an account of what was recognised; or it refuses the file with all its faults at once. Nothing is dropped
or guessed in silence and the file is never changed. Choices made here: an item left empty is `sans_reponse`
and a multiple item without a tick is too; `non_pose` is recomputed from the skip logic, never trusted, and an
answer to an item that was not asked is a fault; a fault does not bring along the contradictions that follow
from it; columns that a tool adds and rows that are no answer are left aside and told; without a column that names
respondents they are numbered, and two identical lines are then a fault. Two readings that differ are a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy import ndarray
from pandas import DataFrame

from relecture.answers.files.cell_readers import CONTROL
from relecture.answers.files.decode import SourceTable, contradictions, decode_columns, typed
from relecture.answers.files.headers import Hints, Layout, best_layouts, title_counter
from relecture.answers.questionnaire import skip_logic
from relecture.answers.questionnaire.instrument import Instrument
from relecture.answers.questionnaire.missing import RESPONDENT
from relecture.answers.synthetic_label import label_of, recognised
from relecture.answers.tables import opening
from relecture.answers.tables.delimited import DELIMITERS
from relecture.answers.tables.faults import NAMED_ALREADY, Fault, faults_at, sorted_faults, with_apostrophes
from relecture.answers.tables.opening import Source
from relecture.answers.tables.table import Table, UnreadableFile
from relecture.answers.tools import not_answers, recognition
from relecture.answers.tools.not_answers import ALL, NOBODY, ROWS
from relecture.answers.tools.registry import tools
from relecture.core.errors import InputError
from relecture.core.french import number, plural


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

    @property
    def rows_in_words(self) -> str:
        """The rows of the file in French, such as « 101 lignes, 20 jamais envoyées, 81 réponses »."""
        aside = [f"{number(n)} {ROWS[kind][n > 1]}" for kind, n in self.left_out.items()]
        answers = self.rows - sum(self.left_out.values())
        return ", ".join([plural(self.rows, "ligne"), *aside, *[plural(answers, "réponse")] * (answers > 0)])


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
        nobody = f"{label} : personne ne les a données. " if (label := label_of(self.frame)) else ""
        how = ", ".join(filter(None, [self.summary.tool, self.summary.encoding, self.summary.delimiter]))
        many = "s" * (rows > 1)
        return f"{nobody}{rows} réponse{many}, {columns} colonnes : aucune faute (format reconnu : {how})"


def read(instrument: Instrument, source: Source | Sequence[Source], **choices: Any) -> Answers:
    """The answers of a file (path or bytes) or of several; InputError with all their faults, in French.

    `choices` are the fields of `Choices`.

    >>> from relecture import load_study
    >>> from relecture.answers.questionnaire import instrument
    >>> guefif = instrument.load(load_study("guefif"))
    >>> read(guefif, b"age,\\xff\\n41,\\n")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    relecture.core.errors.InputError: ligne 1, colonne « ÿ » : colonne inconnue du questionnaire
    ...
    """
    answers, faults = check(instrument, source, **choices)
    if answers is None:
        raise InputError(with_apostrophes(map(str, faults)))
    return answers


class Faults(tuple[Fault, ...]):
    """Faults of the whole file first, then line by line; `table`: what was read of it, if anything was."""

    table: Table | None = None


def check(instrument: Instrument, source: Source | Sequence[Source], **choices: Any) -> tuple[Answers | None, Faults]:
    """The answers, or None and every fault."""
    table = None
    given = Choices(**{name: value if isinstance(value, str) else tuple(value) for name, value in choices.items()})
    try:
        table, ragged = opening.read_table(source, sheet=given.sheet, known=title_counter(instrument))
        tried = [_validated(instrument, table, layout, given) for layout in _layouts(instrument, table, given)]
        answers, wrong = min(tried, key=lambda pair: len(pair[1]))
        faults = Faults(sorted_faults([*ragged, *wrong, *(() if wrong else _other_readings(tried))]))
        unused = recognition.unused(given.ignore, table.headers) if faults else ()
        faults = Faults([*(Fault(0, "", "", what) for what in unused), *faults])
    except UnreadableFile as refused:
        faults = Faults(sorted_faults(refused.faults))
    faults.table = table
    return (None if faults else answers), faults


def _other_readings(tried: list[tuple[Answers, list[Fault]]]) -> Iterator[Fault]:
    """One fault when tools that explain the file equally well make different answers of it."""
    sound = [answers for answers, faults in tried if not faults]
    if any(not sound[0].frame.equals(other.frame) for other in sound[1:]):
        names = " ou ".join(answers.summary.tool for answers in sound)
        yield Fault(0, "", "", f"se lit de plusieurs façons : dire de quel outil il vient (--tool {names})")


def _layouts(instrument: Instrument, table: Table, choices: Choices) -> list[Layout]:
    """The readings to try; refused when no header is known, or when cells stand below no header."""
    _check_choices(choices)
    if untitled := table.untitled():
        raise UnreadableFile(Fault(1, "", "", untitled))
    empty = {"", *choices.missing, *(word for tool in tools().values() for word in tool.empty)}
    hints = Hints(choices.tool, choices.ignore, choices.missing, table.kind, table.blank(empty))
    layouts = best_layouts(instrument, table.headers, hints)
    if not any(target[0] != "id" for layout in layouts for target in layout.places):
        item, read = instrument.items[0], f"colonnes lues : {len(table.headers)}"
        what = f": aucune question de ce questionnaire n'est reconnue ({read}). Est-ce le fichier de cette étude ? "
        what += (
            f"Sa ligne de titres doit porter les codes des questions ou leur énoncé : {item.id}, ou « {item.label} »…"
        )
        raise UnreadableFile(Fault(1, "", ", ".join(table.headers), what))
    different = {(*sorted(one.places.items()), one.tool.guard, one.tool.empty): one for one in reversed(layouts)}
    return list(different.values())[::-1]


def _check_choices(choices: Choices) -> None:
    """Refuse a tool or a kind of rows of which nobody has heard."""
    known = {name for tool in tools().values() for name in (tool.name, tool.label.casefold())}
    if choices.tool and choices.tool.casefold() not in known:
        raise UnreadableFile(Fault(0, "", choices.tool, "n'est pas un outil connu", tuple(tools())))
    if wrong := set(choices.keep) - {ALL, *ROWS}:
        raise UnreadableFile(Fault(0, "", min(wrong), "n'est pas une sorte de lignes", (*ROWS, ALL)))


def _validated(instrument: Instrument, table: Table, layout: Layout, choices: Choices) -> tuple[Answers, list[Fault]]:
    """The table read as a tool wrote it, and its faults."""
    whole = SourceTable(table, layout, choices.missing)
    columns = [layout.places.get(("id",), -1), *(at for target, at in layout.places.items() if target[0] != "id")]
    kinds = not_answers.kinds(layout.tool, table, whole.answered(instrument), columns, choices.keep)
    source = replace(whole, table=table.only(kinds == ""))
    decoded = decode_columns(instrument, source)
    respondents, faults = _respondents(source.table, layout)
    frame = pd.DataFrame({name: decoded.columns[name] for name in instrument.columns}, dtype="str")
    asked, wrong = skip_logic.apply(instrument, frame)
    faults += [*decoded.faults, *contradictions(instrument, wrong, decoded, source.table.lines)]
    frame, mixed = recognised(asked.set_axis(pd.Index(respondents, dtype="str", name=RESPONDENT)))
    faults += [Fault(0, "", "", mixed)] if mixed else []
    answers = Answers(frame, _summary(whole, kinds, choices))
    if not answers.n and len(table.lines):
        faults.append(Fault(0, "", "", f"aucune réponse : {answers.summary.rows_in_words}"))
    return answers, faults


def _summary(source: SourceTable, kinds: ndarray, choices: Choices) -> FileSummary:
    table, layout = source.table, source.layout
    notes = list(table.notes)
    doubtful = {rule.kind: np.sum(not_answers.rows_where(rule, table) & (kinds == "")) for rule in layout.tool.doubts}
    notes += [f"lignes gardées, {what} : {n}" for what, n in doubtful.items() if n]
    notes += recognition.unused(choices.ignore, table.headers)
    if table.empty:
        notes.append(f"lignes vides laissées de côté : {', '.join(map(str, table.empty))}")
    if ("id",) not in layout.places:
        notes.append(f"pas de colonne « {layout.dialect.respondent} » : les répondants sont numérotés")
    if bare := table.headers.count(""):
        notes.append(f"colonnes sans titre ni cellule laissées de côté : {bare}")
    left_out = {kind: int(n) for kind in ROWS if (n := np.sum(kinds == kind))}
    words = "codes" if "fact:codes" in layout.facts else "libellés"
    setting = f"{table.kind.upper()}, titres : {words} des questions"
    written = table.kind, table.encoding, DELIMITERS.get(table.delimiter, "")
    aside = left_out, layout.service, layout.personal, tuple(notes)
    return FileSummary(layout.tool.label, setting, *written, len(table.lines), *aside)


def _respondents(table: Table, layout: Layout) -> tuple[list[str], list[Fault]]:
    """The label of each row, and what is wrong with labels: none, twice the same, unreadable."""
    place = layout.places.get(("id",))
    if place is None:
        return [str(row) for row in range(1, len(table.lines) + 1)], list(_repeated_rows(table))
    column, header = table.columns[place], table.headers[place]
    clean = [typed(layout.tool, text.strip()) for text in column.texts]
    labels = [clean[rank] for rank in column.ranks]
    first: dict[str, int] = {}
    faults = []
    for label, line in zip(labels, table.lines, strict=True):
        if label.casefold() in NOBODY or CONTROL.search(label) or len(label) > 200:
            faults.append((line, label, "ne désigne pas un répondant"))
        elif first.setdefault(label, line) != line:
            faults.append((line, label, f"{NAMED_ALREADY} {first[label]}"))
    wrong = ((label, what, ()) for _, label, what in faults)
    return labels, list(faults_at([line for line, *_ in faults], header, wrong))


def _repeated_rows(table: Table) -> Iterator[Fault]:
    """Rows that are the same as an earlier one, cell for cell, when nothing names respondents."""
    rows = pd.DataFrame(dict(enumerate(column.ranks for column in table.columns)))
    again = np.flatnonzero(rows.duplicated())
    what = f"la même ligne figure déjà plus haut ; une colonne « {RESPONDENT} » distinguerait deux répondants"
    yield from faults_at(table.lines[again], "", (("", what, ()) for _ in again))
