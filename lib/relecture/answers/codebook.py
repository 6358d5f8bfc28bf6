"""The codebook of an answer file: what each column holds, as Markdown in the README of its study.

The codebook of a study is its folder's README; the part about the instrument stands between two markers
and is written by this module, never by hand: `python -m relecture.answers.codebook` writes it again for
every study that has an instrument, and a test holds both in step. English around it, the respondent's
words in French.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from relecture.answers.questionnaire import instrument as instruments
from relecture.answers.questionnaire.conditions import Comparison, Condition, fold
from relecture.answers.questionnaire.instrument import Derived, Instrument, Score, Section
from relecture.answers.questionnaire.items import Choice, Item
from relecture.answers.questionnaire.missing import Missing
from relecture.core.errors import InputError
from relecture.core.study import ROOT, studies

START, END = "<!-- instrument -->", "<!-- /instrument -->"
SIGNS = {"equals": "is", "in": "is one of", "selected": "has"}
OPEN = {"text": "free text", "date": "a date, `2024-05-31`", "time": "a time of the day, `14:30`"}
MEANINGS = {
    Missing.NOT_ASKED: "the skip logic leaves the item out; recomputed, never read from a file",
    Missing.NOT_APPLICABLE: "chosen, where the form offers it",
    Missing.UNKNOWN: "chosen, where the form offers it",
    Missing.NO_ANSWER: "asked, and left without an answer",
}


def instrument_markdown(instrument: Instrument) -> str:
    """The part of a codebook that describes an instrument, in Markdown, without its markers."""
    parts = [
        _head(instrument),
        *(_section(section) for section in instrument.sections),
        *(_scores(instrument.scores) if instrument.scores else ()),
        *(_derived(instrument.derived) if instrument.derived else ()),
        "Cells without an answer hold one of four codes:\n",
        _table(("code", "shown as", "when"), ((f"`{code}`", code.label, why) for code, why in MEANINGS.items())),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _head(instrument: Instrument) -> str:
    asked = len({item.source.item for item in instrument.items})
    sizes = f"{asked} questions of the form, {len(instrument.items)} items, {len(instrument.columns)} columns"
    place = f"{instrument.source['thesis']}, {instrument.source['annex']}, l. {_lines(instrument.source['lines'])}"
    note = f" {instrument.source['note']}" if "note" in instrument.source else ""
    return f"`{instrument.id}`, *{instrument.title}*: {sizes}. {place}. Collected by: {instrument.collection}.{note}"


def with_instrument(text: str, instrument: Instrument) -> str:
    """A README with the part between its markers written again; InputError when it has no markers.

    The text of the README is otherwise left as it is.
    """
    if START not in text or END not in text:
        raise InputError([f"README.md : il manque les marques {START} et {END}"])
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{instrument_markdown(instrument)}{END}{rest.partition(END)[2]}"


def condition_words(tree: Condition) -> str:
    """A condition in words.

    >>> from relecture.answers.questionnaire.conditions import parse
    >>> condition_words(parse({"all": [{"equals": {"a": "oui"}}, {"not": {"selected": {"b": "x"}}}]}))
    '`a` is `oui` and not (`b` has `x`)'
    """
    return fold(
        tree,
        compare=_comparison,
        all_of=partial(_joined, " and "),
        any_of=partial(_joined, " or "),
        negate=lambda part: f"not ({part})",
    )


def _joined(word: str, parts: list[str]) -> str:
    return word.join(f"({part})" if " or " in part or " and " in part else part for part in parts)


def _comparison(leaf: Comparison) -> str:
    return f"`{leaf.target}` {SIGNS[leaf.op]} {', '.join(f'`{code}`' for code in leaf.codes)}"


def _section(section: Section) -> str:
    header = ("no.", "item", "kind", "question", "answers", "asked when", "l.")
    rows = [_row(item) for item in section.items]
    parts = [f"**{section.title}**", *([f"« {section.intro} »"] if section.intro else []), _table(header, rows)]
    parts += [_rows(item) for item in section.items if item.rows]
    notes = [f"- {item.source.item}, `{item.id}`: {item.source.note}" for item in section.items if item.source.note]
    return "\n\n".join([*parts, *(["\n".join(notes)] if notes else [])])


def _row(item: Item) -> tuple[str, ...]:
    flags = {
        "observed": item.mode == "observed", "never asked": item.never_asked, "identifying": item.identifying,
        "postcode": item.postcode,
    }  # fmt: skip
    kind = ", ".join([item.kind, *(name for name, true in flags.items() if true)])
    question = " ".join([item.label, *(f"({text})" for text in (item.hint, " ; ".join(item.probes)) if text)])
    when = condition_words(item.relevant) if item.relevant else ""
    return item.source.item, f"`{item.id}`", kind, question, _answers(item), when, _lines(item.source.lines)


def _answers(item: Item) -> str:
    """What a cell may hold, in words; for a multiple item, each choice is a column."""
    if item.kind in OPEN:
        return OPEN[item.kind]
    if item.kind == "number":
        ends = (f"{word} {end:g}" for word, end in (("from", item.low), ("to", item.high)) if end is not None)
        return " ".join(filter(None, [*ends, item.unit, f"(decimals: {item.decimals})" if item.decimals else ""]))
    ticks = " ".join(f"{word} {n}." for word, n in (("At least", item.least), ("At most", item.most)) if n)
    return " · ".join(_choice(choice) for choice in item.choices) + (f". {ticks}" if ticks else "")


def _choice(choice: Choice) -> str:
    counted = f"counted as `{choice.counted_as}`" if choice.counted_as != choice.id else ""
    marks = [counted, "alone" if choice.exclusive else "", "not on the form" if choice.added else ""]
    notes = "; ".join(filter(None, marks))
    return f"`{choice.id}` {choice.label}" + (f" ({notes})" if notes else "")


def _rows(item: Item) -> str:
    return _table((f"row of `{item.id}`", "statement"), ((f"`{row.id}`", row.label) for row in item.rows))


def _scores(scores: Iterable[Score]) -> Iterator[str]:
    yield "**Scores**"
    for score in scores:
        points = ", ".join(f"`{code}` {value}" for code, value in score.points.items())
        turned = f" Rows counted the other way round: {', '.join(f'`{row}`' for row in score.reversed)}."
        median = f" Rows answered {', '.join(f'`{code}`' for code in score.median_for)} take the row's median."
        yield (
            f"`{score.id}`, {score.label}: the sum of the rows of `{score.matrix}`, {points}."
            f"{turned if score.reversed else ''}{median if score.median_for else ''} {score.direction} {score.note}"
        ).strip()


def _derived(variables: Iterable[Derived]) -> Iterator[str]:
    yield "**Derived from the answers** (the first case that holds)"
    yield _table(
        ("variable", "value", "shown as", "when"),
        (
            (f"`{variable.id}`", f"`{case.id}`", case.label, condition_words(case.when))
            for variable in variables
            for case in variable.cases
        ),
    )


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _lines(lines: Iterable[int]) -> str:
    return "–".join(dict.fromkeys(map(str, lines)))


def main(root: Path = ROOT) -> int:
    """Write again the codebook of every study that has an instrument, say which changed; 1 when one is refused."""
    status = 0
    for name in studies(root):
        if (root / "data" / name / instruments.FILE).exists():
            try:
                print(f"{name}/README.md : {_rewrite(root / 'data' / name)}")
            except InputError as error:
                status = 1
                print(*(f"{name} : {fault}" for fault in error.faults), sep="\n", file=sys.stderr)
    return status


def _rewrite(folder: Path) -> str:
    path = folder / "README.md"
    text = path.read_text(encoding="utf-8")
    updated = with_instrument(text, instruments.load(folder / instruments.FILE))
    path.write_text(updated, encoding="utf-8")
    return "à jour" if updated == text else "réécrit"


if __name__ == "__main__":
    sys.exit(main())
