"""Picture of the verdicts on every source, written to verdicts.svg and verdicts-fr.svg: `make docs`.

A square is a check. Each picture carries its own paper, light or dark as the reader prefers, and says in its title
what it shows; the README repeats it as alternative text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from relecture.api import Study, load_study
from relecture.core.files import write
from relecture.core.french import plural, typeset
from relecture.core.study import ROOT, studies
from relecture.report.html import escaped
from relecture.report.verdicts import VERDICTS

HERE = Path(__file__).resolve().parent
STYLE = (ROOT / "lib/relecture/report/page/template/style.css").read_text(encoding="utf-8")
WIDE, LEFT, TOP, HIGH, STEP, SIDE = 690, 212, 66, 4, 11, 9  # pixels; HIGH is squares
PAPER, INK = ("#ffffff", "#16181d"), ("#22252b", "#e6e7ea")  # on light paper, on dark paper


class Words(NamedTuple):
    """What a picture says in a language; `verdicts` by code."""

    file: str
    title: str
    verdicts: Mapping[str, str]


ENGLISH = Words(
    "verdicts.svg", "{checks} checks of the numbers that {sources} sources printed", {v: v for v in VERDICTS}
)
FRENCH = Words(
    "verdicts-fr.svg",
    "{checks} vérifications des nombres que {sources} sources ont imprimés",
    {code: verdict.word for code, verdict in VERDICTS.items()},
)


def tallies() -> dict[str, dict[str, int]]:
    """Counts of verdicts, by the short name of each source that is no fiction."""
    sources = [study for study in map(load_study, studies()) if not study.about.get("fictional")]
    return {study.about["short"]: _tally(study) for study in sources}


def _tally(study: Study) -> dict[str, int]:
    return {str(code): count for code, count in study.findings(repairs=False).tally().items()}


def alternative(words: Words, counts: Mapping[str, Mapping[str, int]]) -> str:
    """The picture in words: its title, then the verdicts of each source."""
    told = [f"{source}: {_told(tally, words)}" for source, tally in counts.items()]
    text = f"{_title(words, counts)}. {'; '.join(told)}."
    return typeset(text.replace(": ", " : ").replace("; ", " ; ")) if words is FRENCH else text


def picture(words: Words, counts: Mapping[str, Mapping[str, int]]) -> str:
    """The picture as SVG."""
    pitch = HIGH * STEP + 18
    high = TOP + len(counts) * pitch
    rows = [line for rank, item in enumerate(counts.items()) for line in _row(*item, TOP + rank * pitch)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" role="img">',
        f"<title>{escaped(alternative(words, counts))}</title>",
        f"<style>{_style()}</style>",
        f'<rect class="paper" width="{WIDE}" height="{high}" rx="8"/>',
        f'<text x="16" y="28" class="title">{escaped(_title(words, counts))}</text>',
        f'<text x="16" y="50">{_legend(words)}</text>',
        *rows,
        "</svg>\n",
    ]
    return "\n".join(parts)


def _row(source: str, tally: Mapping[str, int], y: int) -> Iterator[str]:
    """A source: its name and number of checks, a square for each, then the counts."""
    squares = [code for code, count in tally.items() for _ in range(count)]
    yield f'<text x="16" y="{y + 18}" class="source">{escaped(source)}</text>'
    for code in filter(tally.get, tally):
        at = [divmod(rank, HIGH) for rank, drawn in enumerate(squares) if drawn == code]
        path = "".join(f"M{LEFT + column * STEP} {y + line * STEP}h{SIDE}v{SIDE}h-{SIDE}z" for column, line in at)
        yield f'<path class="{code}" d="{path}"/>'
    counts = "  ".join(f"{VERDICTS[code].mark} {count}" for code, count in tally.items() if count)
    yield f'<text x="16" y="{y + 36}">{counts}</text>'


def _legend(words: Words) -> str:
    marks = [f'<tspan class="{code}">{one.mark} {words.verdicts[code]}</tspan>' for code, one in VERDICTS.items()]
    return "    ".join(marks)


def _style() -> str:
    rules = ["text { font: 13px system-ui, sans-serif; white-space: pre } .title { font-size: 16px; font-weight: 600 }"]
    for paper, wrap in enumerate(("%s", "@media (prefers-color-scheme: dark) { %s }")):
        colours = {code: re.findall(rf"--{code}: (#\w+)", STYLE)[paper] for code in VERDICTS}
        fills = {"text": INK[paper], ".paper": PAPER[paper]} | {f".{code}": each for code, each in colours.items()}
        rules.append(wrap % " ".join(f"{name} {{ fill: {colour} }}" for name, colour in fills.items()))
    return "\n".join(rules)


def _title(words: Words, counts: Mapping[str, Mapping[str, int]]) -> str:
    return words.title.format(checks=sum(sum(tally.values()) for tally in counts.values()), sources=len(counts))


def _told(tally: Mapping[str, int], words: Words) -> str:
    say = plural if words is FRENCH else "{} {}".format
    return ", ".join(say(count, words.verdicts[code]) for code, count in tally.items() if count)


if __name__ == "__main__":
    found = tallies()
    for language in (ENGLISH, FRENCH):
        write(HERE / language.file, picture(language, found))
        print(f"docs/{language.file}\n{alternative(language, found)}")
