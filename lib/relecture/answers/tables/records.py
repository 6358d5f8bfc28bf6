"""Results as JSON read as a table: a list of objects, an object a line, or the answer of a service that wraps a list.

Objects inside a result give columns named by their path (`ess.verrou`); a list is one cell, written as JSON; null, an
empty list and an empty object are empty cells. A row has the rank of its result, or its line where each has its own.
Refused: what is not in Unicode, what is no list of objects, a name twice in one object, an answer that is only the
first page of several.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from relecture.answers.tables.faults import Fault
from relecture.answers.tables.header_line import Known, read_records
from relecture.answers.tables.table import Table, UnreadableFile, cell_text
from relecture.core import encodings

WRAPPERS = ("results", "Data", "data", "value", "responses", "records")  # Kobo, SurveyJS, Central and others
NEXT = ("next", "@odata.nextLink")  # where the following page is
_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*[{\]]|\{\s*["}])')


def looks_like(raw: bytes) -> bool:
    """Whether the file begins as JSON, in whatever encoding."""
    return bool(_BEGINS.match(raw[:200].replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")))


def read_table(raw: bytes, *, known: Known | None = None) -> tuple[Table, list[Fault]]:
    """The table of the results, a row each; raises UnreadableFile.

    >>> found, _ = read_table(b'[{"age": 41, "ess": {"verrou": "oui"}, "q": ["a", "b"]}]')
    >>> found.headers, [column.texts for column in found.columns]
    (('age', 'ess.verrou', 'q'), [('41',), ('oui',), ('["a", "b"]',)])
    """
    text, encoding = encodings.decode(raw) or ("", "")
    if not encoding.startswith("UTF"):
        raise _wrong("n'est pas en UTF-8, que JSON demande", encodings.first_bad_line(raw, "utf-8"))
    try:
        results, kind = _results(text)
        rows = [(dict(_unique(_cells(result))), line) for result, line in results]
    except RecursionError as error:
        raise _wrong("des objets JSON imbriqués à l'excès") from error
    names = list(dict.fromkeys(chain.from_iterable(row for row, _ in rows)))
    lines = (([row.get(name, "") for name in names], line) for row, line in rows)
    return read_records(chain([(names, 0)], lines), kind, lambda cells: cells is names, encoding=encoding)


def _wrong(what: str, line: int = 0) -> UnreadableFile:
    return UnreadableFile(Fault(line, "", "", what))


def _results(text: str) -> tuple[list[tuple[dict[str, Any], int]], str]:
    """The results with the rank or the line of each, and the kind of file."""
    try:
        found = _list(_loaded(text))
        numbered, kind = enumerate(found, start=1), "json"
    except json.JSONDecodeError as error:
        lines = [(place, line) for place, line in enumerate(text.split("\n"), start=1) if line.strip()]
        if len(lines) < 2 or error.msg != "Extra data":
            raise _wrong(f"n'est pas du JSON lisible (colonne {error.colno})", error.lineno) from error
        numbered, kind = ((place, _line(line, place)) for place, line in lines), "jsonl"
    results = [(result, place) for place, result in numbered]
    if wrong := [place for result, place in results if not isinstance(result, dict)]:
        raise _wrong(f"le résultat n° {wrong[0]} n'est pas un objet JSON")
    return results, kind


def _loaded(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_unique, parse_constant=str)


def _line(line: str, place: int) -> Any:
    try:
        return _loaded(line)
    except json.JSONDecodeError as error:
        raise _wrong("n'est pas du JSON lisible", place) from error


def _list(found: Any) -> list[Any]:
    """The list of results, wrapped or not; one result alone is a list of one."""
    if isinstance(found, list):
        return found
    name = next((name for name in WRAPPERS if isinstance(found.get(name), list)), None)
    if name and any(found.get(more) for more in NEXT):
        raise _wrong("n'est que la première page des résultats ; les demander tous à l'outil")
    return found[name] if name else [found]


def _unique(pairs: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _wrong(f"« {name[:60]} » figure deux fois dans un résultat")
        found[name] = value
    return found


def _cells(result: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Pairs (path, text) of a result."""
    for name, value in result.items():
        if isinstance(value, dict) and value:
            yield from _cells(value, f"{path}{name}.")
        elif isinstance(value, list | dict):
            filled = isinstance(value, list) and any(one is not None for one in value)
            yield path + name, json.dumps(value, ensure_ascii=False) if filled else ""
        else:
            yield path + name, cell_text(value)
