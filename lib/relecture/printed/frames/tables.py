"""Printed numbers of one study as tidy frames, for statistics and figures.

The ledger keeps strings at addresses; a figure wants rows. Questions and their words come from `study.yaml` or from an
instrument; numbers are floats, beside the text as it was printed. A cell left blank in the source gives no row. Nothing
is recomputed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pandas import DataFrame

from relecture.core.numbers import Printed, size, whole
from relecture.core.study import Study
from relecture.printed.exact import contingency

if TYPE_CHECKING:
    from relecture.printed.audit import Checked

_PARTS = ("bas", "haut", "p")  # last steps of the addresses of the bounds and the p-value
_SIZE = "sur"  # last step of the address of a denominator
_COUNTED = ("variable", "label", "group", "count", "n")
_CODED = ("question", "level")
Pattern = str | Mapping[str, Any]  # of addresses: `{}` for the choice, or one address (or several) a choice
Column = tuple[str, Pattern, str]  # its words, the addresses of its cells, that of its denominator


def total(study: Study, addresses: Sequence[str]) -> int:
    """How many respondents the printed counts at these addresses make.

    >>> from relecture import load_study
    >>> total(load_study("guefif"), ["flux.utilisateurs", "flux.non_utilisateurs"])
    81
    """
    return size([study[address] for address in addresses])


def counts(study: Study, table: str, questions: Sequence[str]) -> DataFrame:
    """Columns variable, label, group, count, n: one row a choice and a group of `study.yaml`, for these questions."""
    groups = study.about["groups"]
    columns = {
        name: [(about["label"], f"{table}.{name}.{{}}.{group}", about["n"]) for group, about in groups.items()]
        for name in questions
    }
    return _frame(study, study.about["questions"], columns, _COUNTED)


def counts_by_column(study: Study, questions: Sequence[str], n: str) -> DataFrame:
    """Columns variable, label, group, count, n: one row a choice and a column of `study.yaml`, for these questions.

    `n` is the address of the denominator where a cell has none of its own; `group` is empty without columns.

    >>> from relecture import load_study
    >>> frame = counts_by_column(load_study("zerhoui"), ["tableau4.mode"], "echantillon.n")
    >>> frame["group"].head(2).tolist(), frame["count"].head(2).tolist()
    (['session', 'logiciel de gestion'], [15, 7])
    """
    columns = {
        name: [
            (label, _joined(name, "{}", column), n)
            for column, label in study.about["columns"].get(name, {"": ""}).items()
        ]
        for name in questions
    }
    return _frame(study, study.about["questions"], columns, _COUNTED)


def margins(study: Study, questions: Mapping[str, Mapping[str, str]], *, table: str = "", step: str = "") -> DataFrame:
    """Columns question, level, variable, label, count, n: one row a choice of one sample, n their sum.

    `questions` gives each question its `label` and its choices, code to label, as in `study.yaml`; a question
    may be a dotted address itself. Raises KeyError for a question none of whose choices is printed.

    >>> from relecture import load_study
    >>> words = {"sexe": {"label": "Sexe", "homme": "homme", "femme": "femme"}}
    >>> margins(load_study("ajoodha"), words, table="table1")[["level", "count", "n"]]
       level  count   n
    0  homme     29  50
    1  femme     21  50
    """
    columns = {name: [("", _joined(table, name, "{}", step), "")] for name in questions}
    frame = _frame(study, questions, columns, [*_CODED, *_COUNTED])
    if lost := [name for name in questions if name not in set(frame["question"])]:
        raise KeyError(f"no choice of « {lost[0]} » is printed")
    return frame.assign(n=frame.groupby("question")["count"].transform("sum")).drop(columns="group")


def printed_answers(
    study: Study, patterns: Mapping[str, Pattern], words: Mapping[str, Mapping[str, str]], n: str
) -> DataFrame:
    """Columns question, level, variable, label, group, count, n: the printed answers to questions of an instrument.

    `patterns` gives a question its addresses, as `counts` of `synthetic.yaml`: one with `{}` for the choice, or one a
    choice (the first, where the source prints it several times). `words` are a `label` and the choices of each
    question, code to label; ticks are coded `question.choice`.
    """
    columns = {name: [("", patterns[name], n)] for name in words if name in patterns}
    return _frame(study, words, columns, [*_CODED, *_COUNTED])


def estimates(study: Study, table: str, estimate: str, checked: Sequence[Checked]) -> DataFrame:
    """Rows of a table of estimates: name, label, estimate, low, high, p (as printed), text, verdict.

    `estimate` is the last step of the address of the estimate; the verdict is that of the relation
    which bears the name of the row.
    """
    verdicts = {one.id: one.finding.verdict.value for one in checked}
    names = _names(study, table, estimate)
    return DataFrame(
        [_estimate(study, table, name, estimate) | {"verdict": verdicts[f"{table}.{name}"]} for name in names]
    )


def comparisons(study: Study) -> DataFrame:
    """Groups compared on a score: variable (the comparison), label, n, mean, sd, p and text as printed."""
    return DataFrame(_comparisons(study))


def contingency_tables(study: Study, table: str, estimate: str, sizes: tuple[int, int]) -> DataFrame:
    """Contingency tables behind the rows of `table`, for one division of the respondents by outcome.

    One row a table: name, label, text, p (as printed), a, b, c, d, and `tests`, the p-value
    conventions that give the printed p. Where several tables print the row, one whose Pearson p-value is
    printed too is preferred, then the first; rows that no table prints are left out.
    """
    rows = []
    for name in _names(study, table, estimate):
        ratio, low, high, p = _row(study, table, name, estimate)
        if possible := contingency.tables(ratio, (low, high), margin=sizes):
            rows.append(_estimate(study, table, name, estimate) | _cells(possible, p))
    return DataFrame(rows)


def divisions(splits: Sequence[contingency.Split]) -> DataFrame:
    """Rows explained by each size of the first group: columns split, rows; a division counts both ways."""
    rows = {first: len(split.explained) for split in splits for first in split.sizes}
    return DataFrame(sorted(rows.items()), columns=["split", "rows"])


def _frame(
    study: Study,
    words: Mapping[str, Mapping[str, str]],
    columns: Mapping[str, Sequence[Column]],
    shown: Iterable[str],
) -> DataFrame:
    rows = [row for name, several in columns.items() for row in _counts(study, name, words[name], several)]
    return DataFrame(rows, columns=list(shown))


def _counts(study: Study, question: str, words: Mapping[str, str], columns: Sequence[Column]) -> Iterator[dict]:
    """One row a printed cell: its choice, its column, its count and its denominator, 0 when it has none."""
    for code, label in words.items():
        for group, pattern, n in columns:
            address = _address(pattern, code.removeprefix(f"{question}.")) if code != "label" else ""
            if address in study:
                own = f"{address}.{_SIZE}"
                at = own if own in study else n
                cell = {"group": group, "count": whole(study[address]), "n": whole(study[at]) if at else 0}
                yield {"question": question, "level": code, "variable": words["label"], "label": label} | cell


def _address(pattern: Pattern, code: str) -> str:
    if isinstance(pattern, str):
        return pattern.replace("{}", code)
    given = pattern.get(code, "")
    return given if isinstance(given, str) else given[0]


def _joined(*steps: str) -> str:
    return ".".join(filter(None, steps))


def _cells(possible: Sequence[contingency.Table], p: str) -> dict[str, Any]:
    table = min(possible, key=lambda table: "Pearson" not in table.tests_printing(p))
    return asdict(table) | {"tests": ", ".join(table.tests_printing(p)) or "aucun test usuel"}


def _names(study: Study, table: str, estimate: str) -> list[str]:
    """Rows of a printed table, in its order."""
    row = re.compile(rf"{re.escape(table)}\.([^.]+)\.{re.escape(estimate)}")
    return [match[1] for address in study.values if (match := row.fullmatch(address))]


def _row(study: Study, table: str, name: str, estimate: str) -> list[str]:
    """The printed estimate, its bounds and its p-value."""
    return [study[f"{table}.{name}.{part}"] for part in (estimate, *_PARTS)]


def _estimate(study: Study, table: str, name: str, estimate: str) -> dict[str, Any]:
    printed = _row(study, table, name, estimate)
    numbers = [float(Printed.read(text).centre) for text in printed[:3]]
    text = f"{printed[0]} [{printed[1]} – {printed[2]}]".replace("-", "\u2212")
    row = {"name": name, "label": study.about["covariates"][name], "text": text, "p": printed[3]}
    return row | dict(zip(("estimate", "low", "high"), numbers, strict=True))


def _comparisons(study: Study) -> Iterator[dict[str, Any]]:
    for comparison in study.about["comparisons"]:
        for group in comparison["groups"]:
            mean, sd = study[group["mean"]], study[group["sd"]]
            shown = {"n": total(study, group["n"]), "text": f"{mean} ± {sd}", "p": study[comparison["p"]]}
            numbers = {"mean": float(Printed.read(mean).centre), "sd": float(Printed.read(sd).centre)}
            yield {"variable": comparison["label"], "label": group["label"]} | shown | numbers
