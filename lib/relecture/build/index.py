"""The list of the pages of a folder, written from the records of their builds.

Each entry says what the elements of its page carried: nothing of it is typed. On answers of one's own, it names the
files given, without their folders, and no date: the same answers give the same bytes, whatever the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from relecture.build.state import records
from relecture.build.state.records import Record
from relecture.core import files, fingerprints
from relecture.core.study import studies
from relecture.report.page import notebook_parts

NAME = "index"


def update(root: Path, out: Path, known: dict[str, Record]) -> None:
    """Write the list again when it is stale, remove it when there is no page; InputError when it cannot be written."""
    target = out / f"{NAME}.html"
    listed = {name: known[name] for name in sorted(known) if (out / f"{name}.html").is_file() and name != NAME}
    entries = list(_entries(listed, studies(root)))
    inputs = fingerprints.of_json({"listed": entries, "files": fingerprints.of_library(root)})
    if not listed:
        files.remove(target)
        known.pop(NAME, None)
    elif not records.is_fresh(known.get(NAME), inputs, target):
        from relecture.report.page import render

        files.write(target, render.index([render.IndexEntry(**entry) for entry in entries]))
        known[NAME] = Record(inputs, fingerprints.of_file(target), "", {})
        records.write(out, known)


def _entries(listed: Mapping[str, Record], known_studies: list[str]) -> Iterator[dict]:
    for name, record in listed.items():
        words = record.story.get("words", {})
        pages = {f"{page}.html": words.get(page) or notebook_parts.words(page) for page in record.beside}
        shown = {part: asdict(record)[part] for part in ("title", "tally", "story")}
        yield {"name": name, "study": name in known_studies, "beside": pages, **shown}
