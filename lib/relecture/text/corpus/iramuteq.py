"""Corpora in the format of IRaMuTeQ, read: texts, their variables, their passages by theme.

A line `**** *variable_modality *variable_modality` opens a text, a line `-*theme` a thematic passage, all other
lines are what was said. Without any starred line, a `.txt` file is one text, a folder has one text a file, and a
`.csv` one text a row (`csv_rows`).

Lines lose the spaces at their ends; nothing else of the words changes here. A file that breaks the
format is refused whole, with every fault and its line; what is only worth knowing (characters taken
out, variables that some texts lack, texts said twice) is in `remarks`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pandas import DataFrame

from relecture.core import french
from relecture.core.encodings import Decoded, decoded
from relecture.core.errors import InputError
from relecture.text.corpus import csv_rows

_STARRED_LINE = re.compile(r"(?:\*{4}(?=\s|$)|\d{4}(?=\s+\*[^\s_*]+_\S))(?P<variables>.*)$")
_MALFORMED_LINE = re.compile(r"\*{2,}\s*(?:\*\S+_\S.*)?$|\*[^\s_*]+_\S+(?:\s+\*\S+)*$")
_VARIABLE = re.compile(r"\*([^\s_*]+)_([^\s*]+)$")
_THEME = re.compile(r"-\*(\S*)$")
_NAMED_THEME = re.compile(r"-\*\S+$")
_WORD = re.compile(r"[^\W_]")
_EXCERPT = 60  # characters of a faulty line that a message repeats
_LACKING_SHOWN = 8  # variables that some texts lack, told one by one


@dataclass(frozen=True)
class Passage:
    """Words in a row on one theme; the theme is empty where none was given."""

    text: str
    theme: str = ""


@dataclass(frozen=True)
class Text:
    """One interview or answer: its passages, and its variables as (name, modality) pairs."""

    passages: tuple[Passage, ...]
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Corpus:
    """Texts in the order of the file, and what a reader should know of how they were read."""

    texts: tuple[Text, ...]
    name: str = field(default="", compare=False)
    remarks: tuple[str, ...] = field(default=(), compare=False)

    @property
    def variables(self) -> DataFrame:
        """One row a text, one column a variable, in order of first appearance; NaN where a text lacks it."""
        return DataFrame([dict(text.variables) for text in self.texts], index=range(len(self.texts)), dtype="str")


def read_corpus(path: str | Path) -> Corpus:
    """The corpus in a `.txt` or `.csv` file or in a folder of `.txt` files; raises InputError with every fault."""
    path = Path(path)
    if path.is_dir():
        return _read_folder(path)
    try:
        content = decoded(path.read_bytes(), path.name)
    except FileNotFoundError as error:
        raise InputError([f"{path.name} : fichier absent"]) from error
    except OSError as error:
        raise InputError([f"{path.name} : ne peut pas être lu comme un fichier"]) from error
    return _read_content(content, path)


def parse_corpus(text: str, name: str = "corpus") -> Corpus:
    """The corpus written in a string; without a starred line, the whole string is one text.

    >>> parse_corpus("**** *med_1 *sexe_F\\n-*dmp\\nJe l'ouvre peu.").texts[0].variables
    (('med', '1'), ('sexe', 'F'))
    """
    faults: list[str] = []
    texts = tuple(_texts([line.strip() for line in text.split("\n")], name, faults))
    if faults:
        raise InputError(faults)
    return Corpus(texts, name, tuple(_remarks(texts)))


def _read_folder(path: Path) -> Corpus:
    """One text a file, known by its name, unless the file has starred lines of its own."""
    files, texts, remarks, faults = sorted(path.glob("*.txt")), [], [], []
    for file in files:
        try:
            corpus = read_corpus(file)
        except InputError as error:
            faults += error.faults
            continue
        stem = (("fichier", csv_rows.modality_name(file.stem)),)
        texts += [text if text.variables else Text(text.passages, stem) for text in corpus.texts]
        remarks += [remark for remark in corpus.remarks if remark.startswith(file.name)]
    if faults or not files:
        raise InputError(faults or [f"{path.name} : aucun fichier .txt dans ce dossier"])
    return Corpus(tuple(texts), path.name, (*remarks, *_remarks(texts)))


def _read_content(content: Decoded, path: Path) -> Corpus:
    if path.suffix.lower() in (".csv", ".tsv"):
        rows = csv_rows.read_rows(content.text, path.name)
        texts = tuple(Text((Passage(_strip_lines(words)),), variables) for words, variables in rows)
        corpus = Corpus(texts, path.name, tuple(_remarks(texts)))
    else:
        corpus = parse_corpus(content.text, path.name)
    remarks = [f"{path.name} : lu comme {content.encoding}"] * (content.encoding != "UTF-8")
    remarks += [f"{path.name} : caractères invisibles retirés : {content.removed}"] * bool(content.removed)
    return Corpus(corpus.texts, path.name, (*remarks, *corpus.remarks))


def _texts(lines: list[str], name: str, faults: list[str]) -> Iterator[Text]:
    """Texts one after the other; what is wrong goes to `faults`."""
    faults += (f"{name}, ligne {number} : {cause}" for number, cause in _malformed_lines(lines))
    starts = [number for number, line in enumerate(lines) if _STARRED_LINE.match(line)]
    if not starts:
        yield Text(tuple(_passages(lines, 0, name, faults)))
        return
    if early := [number for number, line in enumerate(lines[: starts[0]], 1) if line]:
        faults.append(f"{name}, ligne {early[0]} : du texte précède la première ligne étoilée (ligne {starts[0] + 1})")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        variables = tuple(_variables(lines[start], f"{name}, ligne {start + 1}", faults))
        yield Text(tuple(_passages(lines[start + 1 : end], start + 1, name, faults)), variables)


def _malformed_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Lines that were meant as coding and are not."""
    for number, line in enumerate(lines, 1):
        if _MALFORMED_LINE.match(line) and not _STARRED_LINE.match(line):
            yield number, f"« {line[:_EXCERPT]} » ; un texte s'ouvre par **** *variable_modalité"
        elif line.startswith("-*") and not _THEME.match(line):
            yield number, f"« {line[:_EXCERPT]} » ; un thème s'écrit -*thème, seul sur sa ligne"


def _variables(line: str, place: str, faults: list[str]) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for word in _STARRED_LINE.match(line)["variables"].split():
        match = _VARIABLE.match(word)
        if not match:
            faults.append(f"{place} : « {word[:_EXCERPT]} » ; une variable s'écrit *variable_modalité, sans espace")
        elif match[1] in seen:
            faults.append(f"{place} : la variable « {match[1]} » est donnée deux fois ({seen[match[1]]}, {match[2]})")
        else:
            seen[match[1]] = match[2]
            yield match[1], match[2]


def _passages(lines: list[str], before: int, name: str, faults: list[str]) -> Iterator[Passage]:
    """The passages of one text, whose first line is number `before` + 1 of the file."""
    cuts = [number for number, line in enumerate(lines) if _THEME.match(line)]
    if not cuts and not _WORD.search(" ".join(lines)):
        faults.append(f"{name}, ligne {max(before, 1)} : texte vide")
        return
    for start, end in zip([-1, *cuts], [*cuts, len(lines)], strict=True):
        theme = _THEME.match(lines[start])[1] if start >= 0 else ""
        place, words = f"{name}, ligne {before + start + 1}", _strip_lines("\n".join(lines[start + 1 : end]))
        if start >= 0 and not theme:
            faults.append(f"{place} : « -* » sans nom de thème")
        if _WORD.search(words):
            yield Passage(words, theme)
        elif start >= 0:
            faults.append(f"{place} : thème « {theme} » sans aucun mot")


def _strip_lines(words: str) -> str:
    return "\n".join(line.strip() for line in words.split("\n")).strip("\n")


def _remarks(texts: Iterable[Text]) -> Iterator[str]:
    """What is no fault and yet worth knowing before any count."""
    texts = list(texts)
    names = Counter(name for text in texts for name, _ in text.variables)
    lacking = {name: len(texts) - count for name, count in names.items() if count < len(texts)}
    for name in list(lacking)[:_LACKING_SHOWN]:
        yield f"la variable « {name} » manque à {french.number(lacking[name])} des {french.number(len(texts))} textes"
    if len(lacking) > _LACKING_SHOWN:
        yield f"autres variables qui manquent à des textes : {len(lacking) - _LACKING_SHOWN}"
    if doubles := sum(count - 1 for count in Counter(text.passages for text in texts).values()):
        yield f"textes qui en répètent un autre mot pour mot : {french.number(doubles)}"
    if len(texts) > 1 and not names:
        yield "aucun texte n'a de variable"
