"""The complete table of a study's findings, one line a relation or a number without one, grouped by verdict.

It waits folded, and downloads as CSV. Each group has an address in the page (`#constats-inconsistent`), which the
tally leads to. What does not hold comes first.
"""

from __future__ import annotations

from collections.abc import Sequence

from relecture.core.french import SPACE, numbers, plural
from relecture.printed.audit import Checked, frame, told_apart
from relecture.report.tables.html_table import HtmlTable, table
from relecture.report.verdicts import ORDER, VERDICTS

LINKS = {code: f"#constats-{code}" for code in ORDER}
_COLUMNS = {
    "group": "Verdict", "label": "Ce qui est vérifié", "printed": "Imprimé", "explanation": "Ce que dit le calcul",
    "repair": "Réparation possible", "place": "Place",
}  # fmt: skip
_NOTE = (
    "Imprimé : le nombre vérifié d'abord, puis ceux dont on l'a recalculé. Réparation : le plus petit changement d'un "
    "seul nombre qui rétablit le calcul ; c'est une question à poser, jamais une correction."
)


def findings(checked: Sequence[Checked], caption: str = "Toutes les vérifications, par verdict") -> HtmlTable:
    """Every finding of a study under its verdict, folded."""
    rows = sorted(checked, key=lambda one: ORDER.index(one.finding.verdict))
    relations, alone = told_apart(checked)
    heads = {code: _head(code, relations, alone) for code in ORDER}
    shown = frame(rows).map(numbers).assign(
        group=[heads[one.finding.verdict] for one in rows], explanation=[numbers(explained(one)) for one in rows]
    )  # fmt: skip
    return table(
        shown,
        caption,
        columns=_COLUMNS,
        group="group",
        anchors={heads[code]: address.removeprefix("#") for code, address in LINKS.items()},
        folded=f"Voir les {plural(len(relations), 'vérification')}, une par une",
        note=_NOTE,
        name="constats",
    )


def _head(code: str, relations: Sequence[Checked], alone: Sequence[Checked]) -> str:
    """The verdict with how many carry it, numbers without a relation apart."""
    count = sum(one.finding.verdict == code for one in relations)
    more = sum(one.finding.verdict == code for one in alone)
    verdict = f"{VERDICTS[code].mark}{SPACE}{plural(count, VERDICTS[code].word)}"
    return f"{verdict}, et {plural(more, 'nombre')} sans relation" if more else verdict


def explained(one: Checked) -> str:
    """What the calculation says, with its conditions where the explanation does not already end with them."""
    said, held = one.finding.explanation, " et ".join(one.finding.conditions)
    return said if said.endswith(held) else " : ".join(filter(None, (said, f"cohérent {held}")))
