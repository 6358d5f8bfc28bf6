"""Tables of practices beside the rules that they were held to, and of the rules themselves.

`practices` writes one line a practice: what was counted, the rule of the time, the rule of today, and how many met
each; `sources` writes one line a rule with its document. Counts and bounds come computed
(`regulations.practice_frame`, `stats.describe.proportions`); here they are only written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pandas import DataFrame

from relecture.core import french
from relecture.core.french import MISSING, number
from relecture.report.tables.html_table import HtmlTable, table

_COLUMNS = {
    "section": "Domaine", "label": "Pratique", "printed": "Comptée", "then": "Règle à la date de l'étude",
    "then_met": "La suivent", "now": "Règle aujourd'hui", "now_met": "La suivraient",
}  # fmt: skip
_SOURCES = {
    "section": "Domaine", "practice": "Pratique", "says": "Ce qui est demandé", "issuer": "Qui",
    "reference": "Référence", "since": "Depuis", "until": "Jusqu'à",
}  # fmt: skip
_DRAWN = ["variable", "label", "count", "n", "low", "high"]


def practices(frame: DataFrame, caption: str, **choices: Any) -> HtmlTable:
    """One line a practice; `frame`: columns of `regulations.practice_frame`, and the share, low, high of counts."""
    shown = frame.assign(
        printed=[french.counted(row.count, row.n, row.share, (row.low, row.high)) for row in frame.itertuples()],
        **{when: [_said(rules) for rules in frame[when]] for when in ("then", "now")},
        **{f"{when}_met": [_met(row, when) for row in frame.to_dict("records")] for when in ("then", "now")},
    )
    return table(shown, caption, columns=_COLUMNS, group="section", **choices)


def sources(frame: DataFrame, caption: str, **choices: Any) -> HtmlTable:
    """One line a rule (`regulations.rule_frame`), with the dates of its document in French."""
    dated = {name: frame[name].map(date) for name in ("since", "until")}
    return table(frame.assign(**dated), caption, columns=_SOURCES, group="section", **choices)


def date(text: str) -> str:
    """A date of `rules.yaml` in French; other words as they are.

    >>> date("2018-06"), date("2022-10-17"), date("2017-01-01"), date("inconnu")
    ('juin 2018', '17 octobre 2022', '1er janvier 2017', 'inconnu')
    """
    if not text[:4].isdigit():
        return text
    year, month, day = [*text.split("-"), "", ""][:3]
    first = f"{int(day)}{'er' * (int(day) == 1)} " if day else ""
    return f"{first}{french.MONTHS[int(month) - 1]} {year}" if month else year


def followed(frame: DataFrame) -> DataFrame:
    """Practices as `figures.bars` draws them: the most who followed the rule of the time.

    `frame` has the columns of `practices`, low and high being those of `then_most`; where only an upper bound is
    known the label says so, and no interval is kept.
    """
    bound = frame["then_least"] < frame["then_most"]
    labels = frame["goal"].mask(bound, frame["goal"] + " (au plus)")
    drawn = frame.assign(variable=frame["section"], label=labels, count=frame["then_most"])
    return drawn.assign(**{end: frame[end].mask(bound) for end in ("low", "high")})[_DRAWN]


def _said(rules: Iterable[Any]) -> str:
    """What is asked, and by whom; a rule said twice is said once, by both."""
    issuers: dict[str, list[str]] = {}
    for rule in rules:
        issuers.setdefault(rule.says, []).append(f"{rule.document.issuer}, {rule.document.since[:4]}")
    return " ; ".join(f"{says} ({', '.join(names)})" for says, names in issuers.items()) or MISSING


def _met(row: dict[str, Any], when: str) -> str:
    least, most = row[f"{when}_least"], row[f"{when}_most"]
    if most != most or most is None:
        return "rien n'est plus demandé" if row[when] else MISSING
    if least == most:
        return number(most)
    return f"au plus {number(most)}" if least == 0 else f"de {number(least)} à {number(most)}"
