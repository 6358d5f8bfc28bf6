"""Cards of what does not hold in a study, one a cause.

A card has a title in plain words, its text, what the cause changes, the question to put, and the findings
that share it, each as printed with what was expected. A cause that only asks for a convention (`~`), or that the study
calls minor, waits folded under its title, and so does a list of more than `_FEW` findings. Every text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from relecture.core.french import numbers, plural, typeset
from relecture.report.html import html_text
from relecture.report.page.elements import Element
from relecture.report.verdicts import VERDICTS

if TYPE_CHECKING:
    from relecture.printed.audit import Checked
    from relecture.report.story import Cause, Story

_FEW = 1
_NONE = "Aucun nombre imprimé n'en contredit un autre."
_CHANGES, _QUESTION, _ROWS = "Ce que cela change", "Question à poser", "Lignes concernées"


def causes(story: Story) -> Element:
    """The cards, in the order of the study's file; a sentence where nothing is to be told."""
    if not story.causes:
        return Element(f"<p>{html_text(_NONE)}</p>", _NONE)
    cards = "".join(map(_card, story.causes))
    return Element(f'<div class="causes">{cards}</div>', "\n\n".join(map(_plain, story.causes)))


def _card(cause: Cause) -> str:
    code = _code(cause)
    mark = f'<span class="mark verdict-{code}" aria-hidden="true">{VERDICTS[code].mark}</span> '
    title = f'<h4 id="cause-{cause.id}">{mark}{html_text(cause.title)}</h4>'
    texts = "".join(f"<p>{html_text(text)}</p>" for text in cause.text.splitlines() if text)
    pairs = f"{_pair(_CHANGES, html_text(cause.changes))}{_pair(_QUESTION, html_text(cause.question))}"
    body = f'{texts}<div class="pairs">{pairs}{_pair(_ROWS, _rows(cause.findings))}</div>'
    if code == "inconsistent" and not cause.minor:
        return f'<section class="cause" aria-labelledby="cause-{cause.id}">{title}{body}</section>'
    return f'<details class="cause"><summary>{title}</summary>{body}</details>'


def _pair(label: str, html: str) -> str:
    return f'<div><span class="term">{html_text(label)}</span><div>{html}</div></div>'


def _rows(findings: Sequence[Checked]) -> str:
    items = f"<ul>{''.join(f'<li>{html_text(_row(one))}</li>' for one in findings)}</ul>"
    if len(findings) <= _FEW:
        return items
    return f"<details><summary>{html_text(f'Voir les {_counted(findings)}')}</summary>{items}</details>"


def _plain(cause: Cause) -> str:
    head = f"{VERDICTS[_code(cause)].mark} {cause.title}"
    tail = [f"{_CHANGES} : {cause.changes}", f"{_QUESTION} : {cause.question}"]
    return typeset("\n".join([head, cause.text, *tail, *(f"- {_row(one)}" for one in cause.findings)]))


def _row(one: Checked) -> str:
    """A finding in a line: its mark and label, what was printed, what was expected or under which convention."""
    finding = one.finding
    printed = f"imprimé {one.judged}" if one.judged else ""
    expected = f"attendu : {finding.expected}" if finding.expected else ""
    held = f"cohérent {' et '.join(finding.conditions)}" if finding.conditions else expected
    return numbers(f"{VERDICTS[finding.verdict].mark} {one.label} — {' ; '.join(filter(None, (printed, held)))}")


def _counted(findings: Iterable[Checked]) -> str:
    return plural(len(tuple(findings)), "ligne")


def _code(cause: Cause) -> str:
    """The verdict of a cause: inconsistent as soon as one of its findings is."""
    codes = {str(one.finding.verdict) for one in cause.findings}
    return next(code for code in ("inconsistent", "conditional", "uncheckable", *codes) if code in codes)
