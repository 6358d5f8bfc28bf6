"""Parts of a page besides tables and figures: answer, key points, facts, tally of verdicts, prose, colophon.

The answer stands under the title, then the three sentences to keep, the facts on one line, and the tally with the key
of its marks. Each is an `Element` that a notebook displays as HTML, and as plain text where there is no HTML. These
four also carry what they say as data, which the build reads to write the list of reports. Every text is escaped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from relecture.core.french import SPACE, agreed, number, plural, typeset
from relecture.report.html import escaped, html_text, shortened
from relecture.report.verdicts import MEANINGS, VERDICTS

STORY = ANSWER, KEY_POINTS, FACTS, SOURCE = [
    f"application/vnd.relecture.{name}+json" for name in ("answer", "key-points", "facts", "source")
]
TALLY = "application/vnd.relecture.tally+json"
_SELF_EVIDENT = (
    "Auteur",
    "Autrice",
    "Année",
    "Période",
    "Lieu",
    "Lieux",
    "Méthode",
)  # facts that read without their label

_WHICH = "Voir lesquels"


@dataclass(frozen=True)
class Element:
    """A piece of a page: HTML, the same in plain text, and data for the build under its media type."""

    html: str
    text: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/html": self.html, "text/plain": self.text, **self.data}

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Prose:
    """A paragraph in Markdown, which Jupyter and the pages display as text."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return self.markdown


def prose(text: str) -> Prose:
    """A paragraph around results, typeset, so that no number is typed: `prose(f"Sur {n} répondants : …")`."""
    return Prose(typeset(text.strip()))


def answer(sentence: str) -> Element:
    """What the study found, in one sentence, under the title of its page."""
    told = " ".join(sentence.split())
    return Element(f'<p class="answer">{html_text(told)}</p>', told, {ANSWER: {"text": told}})


def facts(values: Mapping[str, object]) -> Element:
    """The few facts about a study, on one line; a year is no quantity.

    >>> facts({"Répondants": 240, "Lieu": "Réunion"})
    Répondants : 240 · Lieu : Réunion
    """
    counts = {label: value for label, value in values.items() if isinstance(value, int | float) and label != "Année"}
    shown = dict(values) | {label: number(value) for label, value in counts.items()}
    data = {FACTS: {"pairs": [[label, str(value)] for label, value in shown.items()]}}
    return Element(f'<ul class="facts">{_pairs(shown)}</ul>', " · ".join(_lines(shown)), data)


def tally(counts: Mapping[str, int], links: Mapping[str, str] | None = None) -> Element:
    """How many printed numbers met each verdict, in the order of VERDICTS; each leads to its rows.

    `links` maps verdict codes to addresses in the page (`#...`); any other is left out. Verdicts that no number met are
    left out. The key of the marks is folded below. Raises ValueError for a code that is not a verdict.

    >>> tally({"reproduced": 212, "inconsistent": 9})
    ✓ 212 retrouvés · ✗ 9 incohérents
    """
    met = _met(counts)
    text = " · ".join(f"{VERDICTS[code].mark} {_count(code, n)}" for code, n in met.items())
    html = f"{marks(counts, links)}{verdict_key()}" if met else ""
    return Element(html, text.replace(SPACE, " "), {TALLY: dict(counts)})


def marks(counts: Mapping[str, int], links: Mapping[str, str] | None = None) -> str:
    """The tally as HTML, without the key of its marks."""
    items = _items(_verdict(code, n, (links or {}).get(code, "")) for code, n in _met(counts).items())
    return f'<ul class="tally" aria-label="Bilan de la relecture">{items}</ul>'


def verdict_key() -> str:
    """What each mark means, folded, as HTML."""
    items = _items(f"{_mark(code, VERDICTS[code].word)}{SPACE}: {html_text(MEANINGS[code])}" for code in VERDICTS)
    return f'<details class="key"><summary>Ce que ces marques veulent dire</summary><ul>{items}</ul></details>'


def key_points(sentences: Sequence[str]) -> Element:
    """The three sentences to keep, boxed; any other number of sentences is refused."""
    if len(sentences) != 3:
        raise ValueError(f"« À retenir » holds three sentences, not {len(sentences)}")
    told = [" ".join(sentence.split()) for sentence in sentences]
    html = _boxed("key-points", "À retenir", f"<ol>{_items(map(html_text, told))}</ol>")
    lines = (f"{rank}. {sentence}" for rank, sentence in enumerate(told, start=1))
    return Element(html, "\n".join(("À retenir", *lines)), {KEY_POINTS: {"sentences": told}})


def lost(charts: Sequence[tuple[str, str]]) -> Element:
    """Charts of which only the picture was published: their label, and the question they answered, folded."""
    title = f"{agreed('Graphique', len(charts))} dont les nombres sont perdus"
    items = _items(f"<strong>{html_text(label)}</strong> {html_text(question)}" for label, question in charts)
    lines = (f"- {label} : {question}" for label, question in charts)
    html = f"<details><summary>{html_text(_WHICH)}</summary><ul>{items}</ul></details>"
    return Element(_boxed("lost", title, html), "\n".join((title, *lines)))


def colophon(values: Mapping[str, object]) -> Element:
    """What the page reads again (under « Source »), and how it was made: parameters, fingerprints, versions, command.

    Values are shown as they are: a seed of 2023 is not a quantity.
    """
    data = {SOURCE: {"text": str(values["Source"])}} if "Source" in values else {}
    return Element(f'<ul class="colophon">{_pairs(values)}</ul>', "\n".join(_lines(values)), data)


def _met(counts: Mapping[str, int]) -> dict[str, int]:
    return {code: counts[code] for code in sorted(counts, key=list(VERDICTS).index) if counts[code]}


def reference(text: object) -> str:
    """A bibliographic reference as HTML; the address that it ends with is a link."""
    return re.sub(r"(?<= )https://[\w./-]+$", r'<a href="\g<0>">\g<0></a>', html_text(text))


def _verdict(code: str, n: int, link: str) -> str:
    words = _mark(code, _count(code, n))
    return f'<a href="{escaped(shortened(link))}">{words}</a>' if link.startswith("#") else words


def _mark(code: str, words: str) -> str:
    mark = f'<span class="mark" aria-hidden="true">{VERDICTS[code].mark}{SPACE}</span>'
    return f'<span class="verdict verdict-{code}">{mark}{words}</span>'


def _count(code: str, n: int) -> str:
    return plural(n, VERDICTS[code].word)


def _pairs(values: Mapping[str, object]) -> str:
    """Label and value of each item; a list, for JupyterLab sets `dl` in columns that do not meet."""
    terms = {label: html_text(f"{label} :") for label in values}
    shown = {label: (reference if label == "Source" else html_text)(value) for label, value in values.items()}
    return _items(
        f'<span class="term{" unsaid" * (label in _SELF_EVIDENT)}">{term} </span>{shown[label]}'
        for label, term in terms.items()
    )


def _lines(values: Mapping[str, object]) -> Iterable[str]:
    return (f"{label} : {value}" for label, value in values.items())


def _items(htmls: Iterable[str]) -> str:
    return "".join(f"<li>{html}</li>" for html in htmls)


def _boxed(style: str, title: str, html: str) -> str:
    return f'<section class="{style}" aria-label="{title}"><p class="heading">{title}</p>{html}</section>'
