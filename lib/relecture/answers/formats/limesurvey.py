"""A LimeSurvey structure, as tab-separated text.

Source: the manual's "Tab Separated Value survey structure". Codes of questions have letters and digits only,
twenty at most; codes of answers five. Ours become `Q` and the rank of the question, then as many letters of
its id as fit; answers `A1`, `A2`…, rows and ticks `SQ1`, `SQ2`…, in the order of the instrument. Conditions are
expressions; UTF-8 with a byte-order mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from relecture.answers.formats import tool
from relecture.answers.questionnaire.conditions import Comparison
from relecture.answers.questionnaire.instrument import Instrument, Section
from relecture.answers.questionnaire.items import Column, Item

LANGUAGE = "fr"
COLUMNS = (
    "id related_id class type/scale name relevance text help language validation mandatory encrypted other default "
    "same_default exclude_all_others max_answers min_answers max_num_value_n min_num_value_n num_value_int_only "
    "date_format"
).split()
KINDS = {"single": "L", "multiple": "M", "matrix": "F", "number": "N", "text": "T", "date": "D", "time": "D"}
DATES = {"date": "yyyy-mm-dd", "time": "HH:MM"}
CODE = 20  # characters of the code of a question


def export(instrument: Instrument) -> tool.Export:
    """The structure as tab-separated text."""
    text = tool.csv_text(COLUMNS, _rows(instrument), delimiter="\t")
    return tool.Export(text.encode("utf-8-sig"), tool.left_out(instrument, "decimals", "identifying"))


def dialect(instrument: Instrument) -> tool.Dialect:
    """CSV of responses with the codes of questions as headers and the codes of answers as cells."""
    names = _names(instrument)
    return tool.Dialect(
        instrument,
        respondent="id",
        header=lambda column: _header(names, column),
        tick_header=lambda item, code: f"{names[item.id]}[{_tick(item, code)}]",
        code=_answer,
        tick_cells=("Y", ""),
        service_headers=(
            "submitdate lastpage startlanguage seed token startdate datestamp ipaddr refurl interviewtime groupTime* "
            "*Time"
        ).split(),
    )


def _names(instrument: Instrument) -> dict[str, str]:
    """Code of the question of each item."""
    return {item.id: f"Q{rank}{item.id.replace('_', '')}"[:CODE] for rank, item in enumerate(instrument.items, start=1)}


def _header(names: dict[str, str], column: Column) -> str:
    item = column.item
    if item.kind != "matrix":
        return names[item.id]
    return f"{names[item.id]}[{_row(item, column.name.partition('.')[2])}]"


def _answer(item: Item, code: str) -> str:
    return f"A{[choice.id for choice in item.choices].index(code) + 1}"


def _tick(item: Item, code: str) -> str:
    return f"SQ{[choice.id for choice in item.choices].index(code) + 1}"


def _row(item: Item, row: str) -> str:
    return f"SQ{[matrix_row.id for matrix_row in item.rows].index(row) + 1}"


def _rows(instrument: Instrument) -> Iterator[dict[str, Any]]:
    names = _names(instrument)
    yield {"class": "S", "name": "language", "text": LANGUAGE}
    yield {"class": "SL", "name": "surveyls_title", "text": instrument.title, "language": LANGUAGE}
    for rank, section in enumerate(instrument.sections, start=1):
        yield from _section(section, rank, instrument, names)


def _section(section: Section, rank: int, instrument: Instrument, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    group = {"class": "G", "type/scale": f"G{rank}", "name": section.title, "relevance": "1", "language": LANGUAGE}
    yield group | {"text": section.intro}
    for item in section.items:
        yield from _question(item, instrument, names)


def _question(item: Item, instrument: Instrument, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    leaf = lambda one: _comparison(one, instrument, names)  # noqa: E731
    relevance = (
        tool.condition_text(item.relevant, leaf, all_of=" && ", any_of=" || ", negate="!({})") if item.relevant else "1"
    )
    question = {"class": "Q", "type/scale": KINDS[item.kind], "name": names[item.id], "relevance": relevance}
    words = {"text": item.label, "help": tool.hint_text(item), "language": LANGUAGE, "other": "N"}
    yield question | words | {"mandatory": "Y" if item.least else "N"} | _limits(item, names[item.id])
    yield from _answers(item)


def _answers(item: Item) -> Iterator[dict[str, Any]]:
    """Lines below a question: its rows or its ticks, then the answers to choose from."""
    line = {"language": LANGUAGE, "relevance": "1", "type/scale": "0"}
    for row in item.rows:
        yield line | {"class": "SQ", "name": _row(item, row.id), "text": row.label}
    for choice in item.choices:
        kind, name = ("SQ", _tick) if item.kind == "multiple" else ("A", _answer)
        yield line | {"class": kind, "name": name(item, choice.id), "text": choice.label}


def _comparison(leaf: Comparison, instrument: Instrument, names: dict[str, str]) -> str:
    item = instrument[leaf.target.partition(".")[0]]
    name = names[item.id]
    if leaf.op == "selected":
        return f'{name}_{_tick(item, leaf.codes[0])}.NAOK == "Y"'
    if item.kind == "matrix":
        name = f"{name}_{_row(item, leaf.target.partition('.')[2])}"
    return tool.any_equal((f'{name}.NAOK == "{_answer(item, code)}"' for code in leaf.codes), " || ")


def _limits(item: Item, name: str) -> dict[str, Any]:
    """Attributes of a question: what an answer must satisfy; a choice that is ticked alone is enough."""
    if item.kind == "multiple":
        alone = [_tick(item, code) for code in tool.exclusive_codes(item)]
        lonely = " or ".join(f'{name}_{tick}.NAOK == "Y"' for tick in alone)
        least = f"if({lonely}, 1, {item.least})" if alone and (item.least or 0) > 1 else item.least
        limits = {"exclude_all_others": ";".join(alone), "min_answers": least, "max_answers": item.most}
    else:
        whole = 1 if item.kind == "number" and not item.decimals else None
        limits = {"min_num_value_n": item.low, "max_num_value_n": item.high, "num_value_int_only": whole}
        limits |= {"date_format": DATES.get(item.kind)}
    known = {name: limit for name, limit in limits.items() if limit is not None}
    return {name: f"{limit:g}" if isinstance(limit, float) else limit for name, limit in known.items()}
