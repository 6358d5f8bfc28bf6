"""Table 1 of an article: who answered what, group by group, tests included, for the page, CSV and Word.

`stats.characteristics` counted and tested, `disclosure` hid what it had to: here every number is only written. One
row an answer under its question, one column a group and one for everybody, then the test, its p and the
corrected ones, the effect size with its interval. Where printed counts are given, they stand beside those computed.
The note says what a cell holds, which tests were used and why, and who is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from pandas import DataFrame, Series

from relecture.core import french
from relecture.core.french import number, p_value, percent, plural
from relecture.report.legends import COVERAGE
from relecture.report.tables import answer_cells
from relecture.report.tables.html_table import HtmlTable, table
from relecture.stats.estimates import compare
from relecture.stats.survey.characteristics import Characteristics

TESTED = {"test": "Test", "p": "p", "p_holm": "p (Holm)", "p_bh": "p (BH)", "effect": "Taille d'effet"}
_MEANS, _RANKS = "moyenne (écart type)", "médiane [quartiles]"
_PRINTED = "imprimé"
_PRUDENT = ("V de Cramér", "ε²")  # effect sizes whose intervals hold the truth more often than they say


def characteristics(
    answers: Characteristics,
    caption: str,
    *,
    printed: DataFrame | None = None,
    intervals: bool = False,
    note: str = "",
    **choices: Any,
) -> HtmlTable:
    """The table, with links to its CSV and Word files; `choices` are those of `html_table.table`.

    `printed` has columns question, level, group, count, n; a group has a column for it when it has a printed count.
    With `intervals`, those of shares are written after them.
    """
    wide, columns = written_cells(answers, printed, intervals=intervals)
    layout = {"note": f"{table_note(answers)} {note}".strip(), "group": "variable", "word": True}
    return table(wide, caption, columns=columns, **layout | choices)


def written_cells(
    answers: Characteristics, printed: DataFrame | None = None, *, intervals: bool = False
) -> tuple[DataFrame, dict[str, str]]:
    """The written cells, one row an answer, and the columns to show with their French headers."""
    old = [] if printed is None else zip(_keys(printed), printed.itertuples(), strict=True)
    beside = {(key, row.group): answer_cells.count_and_share(row.count, row.n) for key, row in old}
    tests = {(row.question, row.level): _test(row) for row in answers.tests.itertuples()}
    keyed = answers.cells.assign(key=_keys(answers.cells)).groupby("question", sort=False)
    share = answer_cells.share_and_interval if intervals else answer_cells.share
    rows = [row for _, cells in keyed for row in _rows(cells, tests, beside, share)]
    columns = {"label": "Réponse"}
    for group, size in answers.sizes.items():
        columns[group] = answer_cells.sized(group, size)
        if any(name == group for _, name in beside):
            columns[f"{group}, {_PRINTED}"] = f"{group}, {_PRINTED}"
    wide = pd.DataFrame(rows, columns=["variable", *columns, *TESTED], dtype=object).fillna("")
    alone = ("p_holm", "p_bh") if answers.tests["p"].notna().sum() < 2 else ()  # one test needs no correction
    tested = [name for name in TESTED if name not in alone and wide[name].ne("").any()]
    return wide, columns | {name: TESTED[name] for name in tested}


def relabelled(answers: Characteristics, words: DataFrame) -> Characteristics:
    """The table in other words than those of the questionnaire, such as an article's, shorter.

    `words` has columns question, level, variable, label; what it does not have keeps its words, under those of
    its question.
    """
    named, cells = words.set_index(_keys(words)), answers.cells
    keys = _keys(cells)
    variable, label = keys.map(named["variable"]), keys.map(named["label"]).fillna(cells["label"])
    variable = variable.fillna(variable.groupby(cells["question"]).transform("first")).fillna(cells["variable"])
    return replace(answers, cells=cells.assign(variable=variable, label=label))


def table_note(answers: Characteristics) -> str:
    """What the reader of the table must know: cells, tests, missing answers, who is left out."""
    sentences = [*_held(answers), *_tested(answers)]
    if answers.without_group:
        sentences.append(f"{plural(answers.without_group, 'répondant')} sans groupe connu, hors du tableau")
    return " ".join(f"{sentence}." for sentence in [*sentences, *answer_cells.notes(answers)])


def _held(answers: Characteristics) -> Iterable[str]:
    """What a cell holds."""
    kinds = set(answers.cells["kind"])
    cells = "Effectif (part des réponses)" * bool(kinds & {"answer", "choice"})
    numbers = f"{_MEANS} et {_RANKS}" * ("number" in kinds)
    if cells or numbers:
        words = " ; ".join(filter(None, (cells, numbers)))
        yield words[:1].upper() + words[1:]
    yield from answer_cells.rounding(answers.cells)
    yield from answer_cells.bare_medians(answers.cells)
    if "choice" in kinds:
        yield "Question à plusieurs réponses : part de ceux à qui elle a été posée"


def _tested(answers: Characteristics) -> Iterable[str]:
    """Which tests were made and why, with which effect sizes and corrections."""
    tests = answers.tests[answers.tests["p"].notna()]
    yield from filter(None, [tests_made(tests)])
    if sizes := " ; ".join(dict.fromkeys(filter(None, tests["effect"]))):
        yield f"Taille d'effet, avec son intervalle à {percent(answers.confidence, 0)} : {sizes}"
    if "Mann-Whitney" in set(tests["test"]):
        yield "p de Mann-Whitney par approximation normale (groupes d'au moins 50, ou ex æquo)"
    if compare.RANKS in sizes:
        yield "L'intervalle de r ne vient pas du test : près du seuil, il peut le contredire"
    if alone := " ; ".join(dict.fromkeys(tests.loc[tests["low"].isna() & tests["effect"].ne(""), "note"])):
        yield alone[:1].upper() + alone[1:]
    if "V de Cramér" in sizes:
        half = number((1 - answers.confidence) / 2, 3)
        yield f"L'intervalle du V a deux côtés et le khi² un seul : il touche 0 dès que le p du khi² dépasse {half}"
    if held := [f"{COVERAGE[f'coverage.{name}']} ({name})" for name in _PRUDENT if name in sizes]:
        yield f"Intervalles prudents : à 95 %, ils contiennent la vraie valeur {' ; '.join(held)} dans nos tirages"
    if (error := tests["error"].max()) > 0:
        yield f"p par tirages : connu à {number(error, 3)} près au plus, dans {percent(answers.confidence, 0)} des cas"
    if len(tests) > 1:
        yield f"p corrigés pour {plural(len(tests), 'test')} : Holm ; Benjamini-Hochberg (BH)"


def tests_made(tests: DataFrame) -> str:
    """Which tests were made, and why: rows of columns p, test, why; those without a p are left out.

    >>> tests_made(DataFrame({"p": [0.03], "test": ["Mann-Whitney"], "why": ["échelle ordinale"]}))
    'Test : Mann-Whitney (échelle ordinale)'
    """
    tests = tests[tests["p"].notna()]
    reasons = dict.fromkeys(zip(tests["test"], tests["why"], strict=True))
    whys = ((test, why.replace(" (", ", ").replace(")", "")) for test, why in reasons)  # no parentheses in others
    named = " ; ".join(f"{test} ({why})" if why else test for test, why in whys).replace("(Welch)", "de Welch")
    return f"{french.agreed('Test', len(reasons))} : {named}" if named else ""


def _rows(
    cells: DataFrame,
    tests: Mapping[tuple[str, str], dict[str, str]],
    beside: Mapping[tuple[str, str], str],
    share: Callable[[Any], str],
) -> Iterable[dict[str, str]]:
    """The rows of one question, whose cells have a `key`; its test stands on the first, that of a choice beside it."""
    answered: dict[tuple[str, str, str], list[Any]] = {}
    for cell in cells.itertuples():
        answered.setdefault((cell.level, cell.label, cell.kind), []).append(cell)
    first = True
    for (level, label, kind), row in answered.items():
        question, variable, key = row[0].question, row[0].variable, row[0].key
        test = tests.get((question, level), {}) if kind == "choice" else tests.get((question, ""), {}) if first else {}
        first = False
        for name, write in _written(label, kind, share):
            shown = {cell.group: write(cell) for cell in row}
            old = {f"{cell.group}, {_PRINTED}": beside.get((key, cell.group), "") for cell in row}
            yield {"variable": variable, "label": name} | shown | old | test
            test = {}


def _written(label: str, kind: str, share: Callable[[Any], str]) -> Iterable[tuple[str, Any]]:
    """The rows of an answer, with how their cells are written."""
    if kind == "number":
        return [(_MEANS, answer_cells.mean), (_RANKS, answer_cells.quartiles)]
    return [(f"manquant : {label}", answer_cells.count) if kind == "missing" else (label, share)]


def _test(row: Any) -> dict[str, str]:
    if row.p != row.p:
        return {"test": answer_cells.untested(row)}
    effect = answer_cells.effect_size(row.effect, row.estimate, row.low, row.high)
    ratio = row.error / row.p if row.error else 0.0  # a correction multiplies p and its error alike
    ps = {name: "" if (p := getattr(row, name)) != p else p_value(p, p * ratio) for name in ("p", "p_holm", "p_bh")}
    return {"test": row.test, "effect": effect} | ps


def _keys(frame: DataFrame) -> Series:
    """What names an answer: `question.level`, which a choice among several already is."""
    whole = frame["level"].str.contains(".", regex=False)
    return frame["level"].where(whole, frame["question"] + "." + frame["level"])
