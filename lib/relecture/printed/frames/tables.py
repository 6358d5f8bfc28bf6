"""The printed numbers as frames, ready for statistics and figures.

The ledger keeps strings at addresses; a figure wants rows. Each view reads the names of its rows from
`study.yaml` and returns one tidy frame, with the numbers as floats and, beside them, the text as it
was printed. Nothing is recomputed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from relecture.core.numbers import Printed, size, whole
from relecture.core.study import Study
from relecture.printed.exact.contingency import Split, Table
from relecture.printed.statistics.odds_rows import reconstruct

if TYPE_CHECKING:
    from relecture.printed.audit import Checked

_PARTS = ("bas", "haut", "p")  # last steps of the addresses of the bounds and the p-value


def total(study: Study, addresses: Sequence[str]) -> int:
    """How many respondents the printed counts at these addresses make.

    >>> from relecture import load_study
    >>> total(load_study("guefif"), ["flux.utilisateurs", "flux.non_utilisateurs"])
    81
    """
    return size([study[address] for address in addresses])


def counts(study: Study, table: str, questions: Sequence[str]) -> pd.DataFrame:
    """Answers to the questions: variable, label, group, count, n; one row a choice and a group of `study.yaml`.

    A cell left blank in the source gives no row.
    """
    return pd.DataFrame(_counts(study, table, questions))


def estimates(study: Study, table: str, estimate: str, checked: Sequence[Checked]) -> pd.DataFrame:
    """Rows of a table of estimates: name, label, estimate, low, high, p (as printed), text, verdict.

    `estimate` is the last step of the address of the estimate; the verdict is that of the relation
    which bears the name of the row.
    """
    verdicts = {one.id: one.finding.verdict.value for one in checked}
    names = _names(study, table, estimate)
    return pd.DataFrame(
        [_estimate(study, table, name, estimate) | {"verdict": verdicts[f"{table}.{name}"]} for name in names]
    )


def comparisons(study: Study) -> pd.DataFrame:
    """Groups compared on a score: variable (the comparison), label, n, mean, sd, p and text as printed."""
    return pd.DataFrame(_comparisons(study))


def reconstructed(study: Study, table: str, estimate: str, sizes: tuple[int, int]) -> pd.DataFrame:
    """Contingency tables behind the rows of `table`, for one division of the respondents by outcome.

    One row a table: name, label, text, p (as printed), a, b, c, d, and `tests`, the p-value
    conventions that give the printed p. Rows that no table prints are left out.
    """
    printed = {
        name: [study[f"{table}.{name}.{part}"] for part in (estimate, *_PARTS)]
        for name in _names(study, table, estimate)
    }
    found = reconstruct({name: (row[0], (row[1], row[2]), row[3]) for name, row in printed.items()}, sizes)
    return pd.DataFrame(
        [_estimate(study, table, name, estimate) | _table(found[name], printed[name][3]) for name in found]
    )


def divisions(splits: Sequence[Split]) -> pd.DataFrame:
    """Rows explained by each size of the first group: columns split, rows; a division counts both ways."""
    rows = {first: len(split.explained) for split in splits for first in split.sizes}
    return pd.DataFrame(sorted(rows.items()), columns=["split", "rows"])


def _table(table: Table, p: str) -> dict[str, Any]:
    tests = ", ".join(table.conventions(p)) or "aucun test usuel"
    return {"a": table.a, "b": table.b, "c": table.c, "d": table.d, "tests": tests}


def _names(study: Study, table: str, estimate: str) -> list[str]:
    """Rows of a printed table, in its order."""
    row = re.compile(rf"{re.escape(table)}\.([^.]+)\.{re.escape(estimate)}")
    return [match[1] for address in study.values if (match := row.fullmatch(address))]


def _counts(study: Study, table: str, questions: Sequence[str]) -> Iterator[dict[str, Any]]:
    for question in questions:
        words = dict(study.about["questions"][question])
        variable = words.pop("label")
        for choice, label in words.items():
            for group, about in study.about["groups"].items():
                if (address := f"{table}.{question}.{choice}.{group}") in study:
                    sizes = {"count": whole(study[address]), "n": whole(study[about["n"]])}
                    yield {"variable": variable, "label": label, "group": about["label"]} | sizes


def _estimate(study: Study, table: str, name: str, estimate: str) -> dict[str, Any]:
    printed = [study[f"{table}.{name}.{part}"] for part in (estimate, *_PARTS)]
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


if TYPE_CHECKING:
    from pandas import DataFrame


def margins(study: Study, questions: Mapping[str, Mapping[str, str]], *, table: str = "", step: str = "") -> DataFrame:
    """Columns question, level, variable, label, count, n: one row a printed choice, in the order of the words.

    `questions` gives each question its `label` and its choices, code to label, as in `study.yaml`; a question
    may be a dotted address itself. Raises KeyError for a question none of whose choices is printed.

    >>> from relecture import load_study
    >>> words = {"sexe": {"label": "Sexe", "homme": "homme", "femme": "femme"}}
    >>> margins(load_study("ajoodha"), words, table="table1")[["level", "count", "n"]]
       level  count   n
    0  homme     29  50
    1  femme     21  50
    """
    import pandas as pd

    return pd.DataFrame([row for name, words in questions.items() for row in _rows(study, name, words, table, step)])


def _rows(study: Study, name: str, words: Mapping[str, str], table: str, step: str) -> Iterator[dict[str, Any]]:
    steps = {code: ".".join(filter(None, (table, name, code, step))) for code in words if code != "label"}
    counts = {code: whole(study[address]) for code, address in steps.items() if address in study}
    if not counts:
        raise KeyError(f"no choice of « {name} » is printed")
    for code, count in counts.items():
        about = {"question": name, "level": code, "variable": words["label"], "label": words[code]}
        yield about | {"count": count, "n": sum(counts.values())}


if TYPE_CHECKING:
    from pandas import DataFrame


SIZE = "sur"  # last step of the address of a denominator


def cells(study: Study, questions: Sequence[str], n: str) -> DataFrame:
    """Columns variable, label, group, count, n: one row a choice and a column of `study.yaml`.

    `n` is the address of the denominator where a cell has none of its own; `group` is empty without columns.

    >>> from relecture import load_study
    >>> frame = cells(load_study("zerhoui"), ["tableau4.mode"], "echantillon.n")
    >>> frame["group"].head(2).tolist(), frame["count"].head(2).tolist()
    (['session', 'logiciel de gestion'], [15, 7])
    """
    import pandas as pd

    return pd.DataFrame([row for question in questions for row in _cells(study, question, n)])


def matched(study: Study, patterns: Mapping[str, Any], words: Mapping[str, Mapping[str, str]], n: str) -> DataFrame:
    """Columns question, level, variable, label, group, count, n: the printed answers to questions of an instrument.

    `patterns` gives a question its addresses, as `counts` of `synthetic.yaml`: one with `{}` for the choice, or one a
    choice (the first, where the source prints it several times). `words` are a `label` and the choices of each
    question, code to label; ticks are coded `question.choice`.
    """
    import pandas as pd

    known = [name for name in words if name in patterns]
    return pd.DataFrame([row for name in known for row in _matched(study, name, patterns[name], words[name], n)])


def _cells(study: Study, question: str, n: str) -> Iterator[dict[str, Any]]:
    words = dict(study.about["questions"][question])
    variable, columns = words.pop("label"), study.about["columns"].get(question, {"": ""})
    for choice, label in words.items():
        for column, group in columns.items():
            address = ".".join(filter(None, (question, choice, column)))
            if address in study:
                sizes = {"count": whole(study[address]), "n": whole(study[_size(study, address, n)])}
                yield {"variable": variable, "label": label, "group": group} | sizes


def _size(study: Study, address: str, n: str) -> str:
    return own if (own := f"{address}.{SIZE}") in study else n


def _matched(study: Study, name: str, pattern: Any, words: Mapping[str, str], n: str) -> Iterator[dict[str, Any]]:
    for level, label in words.items():
        address = _address(pattern, level.removeprefix(f"{name}.")) if level != "label" else ""
        if address in study:
            about = {"question": name, "level": level, "variable": words["label"], "label": label, "group": ""}
            yield about | {"count": whole(study[address]), "n": whole(study[_size(study, address, n)])}


def _address(pattern: Any, code: str) -> str:
    if isinstance(pattern, str):
        return pattern.replace("{}", code)
    found = pattern.get(code, "")
    return found if isinstance(found, str) else found[0]
