"""The pages of a form: each section in order, one page where it fits the height of a screen, several where not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ipywidgets import HTML, VBox

from relecture.answers.form.questions import Question, shown
from relecture.answers.questionnaire.instrument import Instrument, Section

HIGHEST = 900  # pixels of the questions of a page; its title and buttons take some 300 more


@dataclass(frozen=True)
class Page:
    """Parts of questions shown together, in `box`, under a `title` in words."""

    title: str
    questions: tuple[Question, ...]
    box: VBox


def pages(instrument: Instrument, questions: Mapping[str, Question]) -> list[Page]:
    """Every page, in order."""
    return [page for rank, _ in enumerate(instrument.sections) for page in _pages(instrument, rank, questions)]


def _pages(instrument: Instrument, rank: int, questions: Mapping[str, Question]) -> Iterator[Page]:
    section, total = instrument.sections[rank], len(instrument.sections)
    cut = list(_cut(section, questions))
    for place, parts in enumerate(cut):
        which = f", page {place + 1} sur {len(cut)}" if len(cut) > 1 else ""
        title = f"Section {rank + 1} sur {total}{which} : {section.title}"
        intro = [HTML(f"<p>{shown(section.intro)}</p>")] if section.intro and not place else []
        asked = dict.fromkeys(question for question, _ in parts)
        yield Page(title, tuple(asked), VBox([*intro, *(box for _, box in parts)]))


def _cut(section: Section, questions: Mapping[str, Question]) -> Iterator[list[tuple[Question, VBox]]]:
    """The parts of each page, as many as its height allows."""
    page: list[tuple[Question, VBox]] = []
    height = len(section.intro) // 3
    for question in (questions[item.id] for item in section.items):
        for box, more in question.parts:
            if page and height + more > HIGHEST:
                yield page
                page, height = [], 0
            page.append((question, box))
            height += more
    yield page


def summary(groups: Iterable[tuple[str, Iterable[Question]]], head: str) -> str:
    """What will be saved and what was passed over, as HTML; `groups`: the questions asked, under their section."""
    asked = [(title, list(questions)) for title, questions in groups]
    passed = [question for _, some in asked for question in some if question.given < question.lines]
    lines = "".join(f"<li>{_passed(question)}</li>" for question in passed)
    told = _folded(f"Questions passées : {len(passed)}", f"<ul>{lines}</ul>", unfold=len(passed) < 9) if passed else ""
    answers = "".join(f"<h5>{shown(title)}</h5><dl>{''.join(map(_answered, some))}</dl>" for title, some in asked)
    return f"<p>{shown(head)}</p>{told}{_folded('Relire les réponses', answers)}"


def _folded(words: str, html: str, *, unfold: bool = False) -> str:
    return f"<details{' open' * unfold}><summary>{shown(words)}</summary>{html}</details>"


def _passed(question: Question) -> str:
    rows = f" ({question.lines - question.given} lignes sur {question.lines})" if question.lines > 1 else ""
    return shown(f"{question.item.label}{rows}{' (obligatoire)' if question.item.least else ''}")


def _answered(question: Question) -> str:
    words = "<br>".join(map(shown, question.words()))
    return f"<dt>{shown(question.item.label)}</dt><dd>{words or '<i>passée</i>'}</dd>"
