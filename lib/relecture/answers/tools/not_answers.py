"""Rows of a file that are no answer: their kinds, in the order in which they are told, and which rows they are.

A row has the first kind that applies. What the tool itself marks (never sent, rejected, not decrypted, never filled in)
is left out, and so are rows without any answer, and rows that repeat an earlier one, identifier included; `keep` brings
a kind back. A row that repeats the identifier alone is a fault, told elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from relecture.answers.questionnaire.labels import code_before, plain_label
from relecture.answers.questionnaire.missing import CODES
from relecture.answers.tables.table import Table
from relecture.answers.tools.recognition import matches
from relecture.answers.tools.registry import RowRule, Tool

ROWS: Mapping[str, tuple[str, str]] = {  # in French, for one row and for several
    "jamais_envoyee": ("jamais envoyée", "jamais envoyées"),
    "rejetee": ("rejetée", "rejetées"),
    "non_dechiffree": ("non déchiffrée", "non déchiffrées"),
    "jamais_saisie": ("jamais saisie", "jamais saisies"),
    "vide": ("sans réponse", "sans réponse"),
    "double": ("en double", "en double"),
}
NOBODY = ("", *CODES, "total", "totaux", "somme", "moyenne")  # in place of a respondent; a line of sums is none
ALL = "tout"  # what `keep` says for every kind


def kinds(
    tool: Tool, table: Table, answered: np.ndarray, answers: Sequence[int], keep: Collection[str] = ()
) -> np.ndarray:
    """The kind of each row, empty for an answer. `answered`: rows with an answer; `answers`: columns, identifier first.

    Without an identifier, the first of `answers` is -1 and nothing is a double.
    """
    marked = {kind: np.zeros(len(table.lines), dtype=bool) for kind in ROWS}
    for rule in tool.rows:
        marked[rule.kind] |= rows_where(rule, table) & ~(answered & rule.unanswered)
    marked["vide"] = ~answered
    found = np.full(len(table.lines), "", dtype=object)
    for kind in ROWS:
        if ALL not in keep and kind not in keep:
            where = _doubles(table, answers, found == "") if kind == "double" else marked[kind]
            found[where & (found == "")] = kind
    return found


def rows_where(rule: RowRule, table: Table) -> np.ndarray:
    """Where the cells of every column that the rule names hold one of its values; nowhere without such a column."""
    values = {plain_label(value) for value in rule.values}
    columns = [column for header, column in zip(table.headers, table.columns, strict=True) if _named(header, rule)]
    where = [column.where(lambda text: plain_label(text) in values) for column in columns]
    return np.all(where, axis=0) if where else np.zeros(len(table.lines), dtype=bool)


def _named(header: str, rule: RowRule) -> bool:
    return matches(header, rule.headers) or matches(code_before(header), rule.headers)


def _doubles(table: Table, answers: Sequence[int], among: np.ndarray) -> np.ndarray:
    """Rows whose identifier and answers are all those of an earlier row among these."""
    again = np.zeros(len(table.lines), dtype=bool)
    if answers[0] >= 0 and len(np.unique(table.columns[answers[0]].ranks[among])) < among.sum():
        rows = np.flatnonzero(among)
        cells = np.column_stack([table.columns[place].ranks[rows] for place in answers])
        first = np.unique(cells, axis=0, return_index=True)[1]
        again[np.setdiff1d(rows, rows[first])] = True
    return again
