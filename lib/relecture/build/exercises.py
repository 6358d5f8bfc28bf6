"""The pages of exercises, written again when the exercises, the studies they read or the library have changed."""

from __future__ import annotations

from pathlib import Path

from relecture.build.state import records
from relecture.build.state.records import Record
from relecture.core import files, fingerprints

NAME = "exercices"
SOURCE = Path("data") / f"{NAME}.yaml"
_TITLE = "Exercices de lecture critique"
_ANSWER = "Des séances de lecture critique, sans réseau, à faire seul ou en groupe."
_WORDS = {
    "fiche-interne": "La fiche de l'interne, à imprimer",
    "fiche-enseignant": "La fiche de l'enseignant, avec les solutions",
    "diapositives": "Les diapositives",
}


def update(root: Path, out: Path, known: dict[str, Record]) -> bool:
    """Write the pages of `data/exercices.yaml` when they are stale, and whether they were; nothing without that file.

    InputError with every fault of the file, or for a page that cannot be written.
    """
    if not (root / SOURCE).is_file():
        return False
    inputs = fingerprints.of_json(fingerprints.of_files(root / "data", root) | fingerprints.of_library(root))
    if records.is_fresh(known.get(NAME), inputs, out / f"{NAME}.html"):
        return False
    from relecture.teaching import course, pages

    made = {out / name: html for name, html in pages.pages(course.load(root / SOURCE, root)).items()}
    files.write_together(made)
    output, *beside = (fingerprints.of_file(path) for path in made)
    names = [path.stem for path in made][1:]
    story = {"answer": {"text": _ANSWER}, "words": _WORDS}
    known[NAME] = Record(inputs, output, _TITLE, {}, {}, dict(zip(names, beside, strict=True)), story)
    records.write(out, known)
    return True
