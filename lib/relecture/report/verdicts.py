"""Words, marks and meanings of verdicts, and a finding told in full, as readers see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from relecture.core.errors import unknown
from relecture.core.french import SPACE, agreed, numbers, plural, slug, typeset

if TYPE_CHECKING:
    from relecture.printed.audit import Checked


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

ORDER = ("inconsistent", "conditional", "uncheckable", "consistent", "reproduced")  # what does not hold comes first


def code_of(name: str) -> str:
    """The verdict of that code, mark or French word, accents, case and number ignored; UnknownName for any other.

    >>> code_of("✗"), code_of("Incohérents"), code_of("reproduced")
    ('inconsistent', 'inconsistent', 'reproduced')
    """
    codes = {slug(each, ""): code for code, verdict in VERDICTS.items() for each in _names(code, verdict)}
    marks = {verdict.mark: code for code, verdict in VERDICTS.items()}
    code = marks.get(name.strip()) or codes.get(slug(name, ""))
    if not code:
        words = [each for code, verdict in VERDICTS.items() for each in (verdict.word, code)]
        listed = ", ".join(f"{verdict} ({code})" for code, verdict in VERDICTS.items())
        raise unknown(name, words, "un verdict", more=f"Verdicts : {listed}.")
    return code


def worst(codes: Iterable[str]) -> str:
    """The verdict that a reader should see first among these."""
    return min(codes, key=ORDER.index)


def marked(codes: Iterable[str]) -> str:
    """How many of each verdict there are, the worst first, those that are not there left out.

    >>> marked(["reproduced", "inconsistent", "reproduced"]).replace(SPACE, " ")
    '✗ 1 incohérent · ✓ 2 retrouvés'
    """
    tally = Counter(map(str, codes))
    told = ((VERDICTS[code], tally[code]) for code in ORDER if tally[code])
    return " · ".join(f"{verdict.mark}{SPACE}{plural(count, verdict.word)}" for verdict, count in told)


def headline(one: Checked) -> str:
    """A finding in one line: its mark, what is checked, its verdict and the conventions that it supposes."""
    conditions = " et ".join(one.finding.conditions)
    verdict = VERDICTS[one.finding.verdict]
    return typeset(f"{verdict.mark} {one.label} — {f'cohérent {conditions}' if conditions else verdict.word}")


def details(one: Checked, *, expected: bool = False) -> list[str]:
    """What was printed and where, what was `expected` if asked, what the calculation says, what would mend it."""
    conditions = " et ".join(one.finding.conditions)
    explained = one.finding.explanation.replace(f" : se retrouve {conditions}", "") if conditions else ""
    printed = [f"imprimé : {one.printed} ({one.place})"] if one.addresses else []  # else only numbers of the relation
    printed += [f"attendu : {one.finding.expected}"] if expected and one.finding.expected else []
    mends = [f"réparation possible : {mend}" for mend in one.repairs]
    return [typeset(numbers(line)) for line in (*printed, explained or one.finding.explanation, *mends)]


def in_words(tally: Mapping[str, int], separator: str = ", ") -> str:
    """A tally in French, every verdict told.

    >>> in_words({"reproduced": 5, "inconsistent": 1}).replace(SPACE, " ")
    '5 retrouvés, 0 cohérent, 0 cohérent si…, 1 incohérent, 0 invérifiable'
    """
    return separator.join(plural(tally.get(code, 0), verdict.word) for code, verdict in VERDICTS.items())


def _names(code: str, verdict: VerdictWord) -> tuple[str, ...]:
    return code, verdict.word, agreed(verdict.word, 2)
