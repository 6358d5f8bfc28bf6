"""Tokens of French texts: words as said, their forms, and which of them are active.

A *token* is one word as said; its *form* is what is counted: the lemma, in lower case, or the name of
a multi-word term (`mot_de_passe`). A form is *active* when it carries a subject: function words,
numbers and single letters are kept in their place but not counted. The lists are in `french.yaml`.

Lemmas come from simplemma (no context, no model to download), after a list of our own: "suis" is
always "être". Elisions are cut (`l'`, `qu'`), hyphens too unless the whole word is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import simplemma
from pandas import DataFrame

from relecture.core.files import read_yaml
from relecture.text.corpus.iramuteq import Corpus

FRENCH_LISTS = Path(__file__).with_name("french.yaml")
PUNCTUATION_STRENGTHS = {**dict.fromkeys(".!?…\n", 6), ":": 5, ";": 4, ",": 1, "—": 1, "–": 1}  # those of IRaMuTeQ
_ELIDED = "jusqu lorsqu puisqu quoiqu presqu quelqu qu c d j l m n s t".split()
_FULL_WORDS = {"qu": "que", "c": "ce", "d": "de", "j": "je", "l": "le", "m": "me", "n": "ne", "s": "se", "t": "te"}
_PLAIN_LETTERS = str.maketrans({"’": "'", "‑": "-", ".": None})  # the points of D.M.P. go
_WORD_GAP = re.compile(r"[\s'’‑-]*")
_LONGEST_WORD = 60  # letters from which a run of letters is no word: not looked up, not counted

FormSpan = tuple[int, int, str, bool]  # start and end in the word, form, active


@dataclass(frozen=True)
class TextSettings:
    """Every choice that the counts of forms depend on; shown beside every result.

    `ignored` are words set aside and `terms` multi-word terms ("bon de transport") on top of the lists; a
    form counts when it is said `min_frequency` times, in `min_texts` texts.
    """

    lemmatise: bool = True
    segment_size: int = 40
    min_frequency: int = 3
    min_texts: int = 1
    ignored: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def table(self) -> DataFrame:
        """The settings in French, one a row: columns setting, value."""
        words, terms = len(_french_lists()["function_words"]), len(_french_lists()["terms"])
        values = {
            "lemmatisation": f"simplemma {version('simplemma')}" if self.lemmatise else "aucune",
            "taille visée d'un segment": f"{self.segment_size} mots",
            "fréquence minimale d'une forme active": f"{self.min_frequency} occurrences",
            "textes où une forme active doit être": f"{self.min_texts} au moins",
            "mots-outils mis de côté": f"{words}" + f", et {', '.join(self.ignored)}" * bool(self.ignored),
            "expressions comptées comme une forme": f"{terms}" + f", et {', '.join(self.terms)}" * bool(self.terms),
        }
        return DataFrame(values.items(), columns=["setting", "value"])


def tokenise(corpus: Corpus, settings: TextSettings | None = None) -> DataFrame:
    """Every token of the corpus in reading order, one a row.

    Columns: text and passage (ranks from 0), start and end (characters of the passage), form, active,
    and strength of the punctuation that follows (0 none, 1 comma, up to 6 full stop or new line).

    >>> from relecture.text.corpus.iramuteq import parse_corpus
    >>> found = tokenise(parse_corpus("Les mots de passe, on ne les change jamais."))
    >>> list(found.loc[found["active"], "form"])
    ['mot_de_passe', 'changer']
    """
    reader = _Tokeniser(settings or TextSettings())
    rows = [
        (rank, place, *token)
        for rank, text in enumerate(corpus.texts)
        for place, passage in enumerate(text.passages)
        for token in reader.read(passage.text)
    ]
    frame = DataFrame(rows, columns=["text", "passage", "start", "end", "form", "active", "strength"])
    return frame.astype({"form": "category", "active": bool, "strength": "int8"})


@dataclass
class _Tokeniser:
    """Reads passages; remembers the forms of each word."""

    settings: TextSettings
    seen: dict[str, tuple[FormSpan, ...]] = field(default_factory=dict)

    def read(self, words: str) -> Iterator[tuple[int, int, str, bool, int]]:
        spans = [
            (match.start() + start, match.start() + end, form, active)
            for match in self.pattern.finditer(words)
            for start, end, form, active in self.parts(match[0])
        ]
        joined = list(self.joined(spans, words))
        for (start, end, form, active), after in zip(joined, [*joined[1:], None], strict=False):
            gap = words[end : after[0] if after else len(words)]
            strength = max(PUNCTUATION_STRENGTHS.get(mark, 0) for mark in gap) if gap.strip(" '") else 0
            yield start, end, form, active, strength

    def parts(self, word: str) -> tuple[FormSpan, ...]:
        if word not in self.seen:
            plain = word.lower().translate(_PLAIN_LETTERS)
            *firsts, (start, _, *last) = self.forms(plain)
            self.seen[word] = (*firsts, (start, len(word), *last))
        return self.seen[word]

    def forms(self, word: str) -> Iterator[FormSpan]:
        """The forms in a run of letters, hyphens and underscores: one, unless hyphens part it."""
        if "_" in word and (term := self.terms.get(self.term(word.split("_")))):
            yield 0, len(word), *term
            return
        whole = "-" not in word or word in _french_lists()["lemmas"] or word in self.ignored or _is_known(word)
        for match in re.finditer(".+" if whole else "[^-]+", word):
            form = self.lemma(match[0])
            is_word = sum(map(str.isalpha, form)) > 1 and len(form) < _LONGEST_WORD
            yield match.start(), match.end(), form, is_word and not {match[0], form} & self.ignored

    def joined(self, spans: list[FormSpan], words: str) -> Iterator[FormSpan]:
        """The same tokens, those of a multi-word term as one; the longest wins, none runs over punctuation."""
        rank = 0
        while rank < len(spans):
            for length in self.lengths.get(spans[rank][2], ()):
                run = spans[rank : rank + length]
                term = self.terms.get(tuple(form for _, _, form, _ in run))
                if term and all(_WORD_GAP.fullmatch(words, left[1], right[0]) for left, right in pairwise(run)):
                    yield run[0][0], run[-1][1], *term
                    rank += length
                    break
            else:
                yield spans[rank]
                rank += 1

    def lemma(self, word: str) -> str:
        word = _FULL_WORDS.get(word.rstrip("'"), word.rstrip("'")) if word.endswith("'") else word
        return _lemma(word) if self.settings.lemmatise and len(word) < _LONGEST_WORD else word

    def term(self, words: list[str]) -> tuple[str, ...]:
        return tuple(form for word in words for _, _, form, _ in self.parts(word))

    @cached_property
    def ignored(self) -> frozenset[str]:
        return _french_lists()["function_words"] | {word.lower() for word in self.settings.ignored}

    @cached_property
    def terms(self) -> dict[tuple[str, ...], tuple[str, bool]]:
        """The form of each multi-word term, and whether it is active, by the forms of its words."""
        known = dict.fromkeys(_french_lists()["function_terms"], False)
        known |= dict.fromkeys(_french_lists()["terms"], True)
        known |= {term.lower().replace("_", " "): True for term in self.settings.terms}
        spelled = {term: self.pattern.findall(term) for term in known}
        return {self.term(spelled[term]): ("_".join(term.split()), active) for term, active in known.items()}

    @cached_property
    def lengths(self) -> dict[str, tuple[int, ...]]:
        """How many words the terms that begin with a form may have, longest first."""
        lengths: dict[str, tuple[int, ...]] = {}
        for first, length in sorted({(term[0], len(term)) for term in self.terms}, reverse=True):
            lengths[first] = (*lengths.get(first, ()), length)
        return lengths

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        whole = "|".join(re.escape(word).replace("'", "['’]") for word in _french_lists()["whole"])
        elided = f"(?:{'|'.join(_ELIDED)})['’](?=\\w)"
        dotted = r"(?:[^\W\d_]\.){2,}"
        return re.compile(rf"\b(?:{whole})\b|\b{elided}|\b{dotted}|[^\W_]+(?:[-‑_][^\W_]+)*", re.IGNORECASE)


@cache
def _french_lists() -> dict:
    """The lists of `french.yaml`, ready to look up."""
    lists = read_yaml(FRENCH_LISTS)
    words = frozenset(word for group in lists["function_words"].values() for word in group.split())
    return lists | {"function_words": words, "whole": sorted(lists["whole"].split(), key=len, reverse=True)}


@cache
def _lemma(word: str) -> str:
    return _french_lists()["lemmas"].get(word) or simplemma.lemmatize(word, lang="fr").lower()


def _is_known(word: str) -> bool:
    """Whether simplemma has the hyphenated word, as it stands or in the plural."""
    return len(word) < _LONGEST_WORD and (simplemma.is_known(word, lang="fr") or _lemma(word) != word)
