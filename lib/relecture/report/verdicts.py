"""Words, marks and meanings of verdicts, as readers see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from relecture.core.french import SPACE, plural


class VerdictWord(NamedTuple):
    """A verdict as readers see it: never a colour alone, always a mark and a word."""

    word: str
    mark: str
    colour: str  # on light paper, in words, bars and marks alike; the style of a page has those of dark paper

    def __str__(self) -> str:
        return f"{self.mark}{SPACE}{self.word}"


VERDICTS = {
    "reproduced": VerdictWord("retrouvé", "✓", "#1c6740"),
    "consistent": VerdictWord("cohérent", "≈", "#2c6577"),
    "conditional": VerdictWord("cohérent si…", "~", "#7c5400"),
    "inconsistent": VerdictWord("incohérent", "✗", "#a8232f"),
    "uncheckable": VerdictWord("invérifiable", "?", "#595d63"),
}
MEANINGS = {
    "reproduced": "le calcul refait redonne exactement le nombre imprimé",
    "consistent": "des valeurs exactes existent, dont l'arrondi est ce qui est imprimé",
    "conditional": "de telles valeurs n'existent que sous une convention usuelle, nommée, que la source ne dit pas",
    "inconsistent": "aucune convention usuelle ne donne tous les nombres imprimés",
    "uncheckable": "il manque, dans le texte publié, de quoi refaire le calcul",
}


def in_words(tally: Mapping[str, int], separator: str = ", ") -> str:
    """A tally in French, every verdict told.

    >>> in_words({"reproduced": 5, "inconsistent": 1}).replace(SPACE, " ")
    '5 retrouvés, 0 cohérent, 0 cohérent si…, 1 incohérent, 0 invérifiable'
    """
    return separator.join(plural(tally.get(code, 0), verdict.word) for code, verdict in VERDICTS.items())
