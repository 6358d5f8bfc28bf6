"""One study, read from its folder: what it printed, and how its numbers hold together.

A study is data, never code: `study.yaml` (what was asked, by whom, how), `printed.csv` (one row a
printed number, kept as the printed string) and `relations.yaml` (how those numbers hold together).
This module reads the three files, of `data/` or of any other folder, where `study.yaml` may be
missing. It interprets no number, but for what its notation leaves in doubt: `relecture.printed` does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from relecture.core import schemas
from relecture.core.errors import InputError, UnknownName, did_you_mean, unknown
from relecture.core.files import read_text, read_yaml
from relecture.core.notation import Notation, notation_of, plain

ROOT = Path(__file__).resolve().parents[3]
COLUMNS = ("address", "value", "kind", "place", "note")
NEEDED = ("printed.csv", "relations.yaml")
IN_WORDS = ("month", "date", "word")  # kinds of prints that are no numbers
ABOUT, RELATIONS = (Path(__file__).with_name(f"{name}.schema.json") for name in ("study", "relations"))


@dataclass(frozen=True)
class PrintedValue:
    """One printed number: its address, the string as printed, and where it stands in the source."""

    address: str
    value: str
    kind: str
    place: str
    note: str
    line: int


@dataclass(frozen=True)
class Study:
    """A study: what is known of it, its printed strings and the relations between them, not yet interpreted."""

    name: str
    folder: Path
    about: Mapping[str, Any]
    rows: tuple[PrintedValue, ...]
    relations: tuple[Mapping[str, Any], ...]

    def __getitem__(self, address: str) -> str:
        """The printed string at an address; UnknownName, with the nearest, when nothing stands there.

        >>> load_study("guefif")["principal.score.moyenne.utilisateurs"]
        '63,9'
        """
        if address not in self.values:
            raise unknown(address, self.values, "l'adresse d'un nombre imprimé de cette étude")
        return self.values[address]

    def __contains__(self, address: object) -> bool:
        return address in self.values

    @cached_property
    def notation(self) -> Notation:
        """The notation of its numbers, stated under `conventions` or told by them."""
        numbers = (row.value for row in self.rows if row.kind not in IN_WORDS)
        return notation_of(numbers, self.about.get("conventions", {}).get("decimal"))

    @cached_property
    def values(self) -> dict[str, str]:
        """Printed string at each address, plain where only the notation of the study tells how it is read."""
        return {row.address: self.plain(row) for row in self.rows}

    def plain(self, row: PrintedValue) -> str:
        """The string of a row; a number that is not fit to be read alone, or shown, is written plainly."""
        return row.value if row.kind in IN_WORDS else plain(row.value, self.notation)

    def document(self, name: str, schema: Path | None = None) -> Any:
        """Another YAML document of the folder, such as `synthetic.yaml`; InputError where it leaves `schema`."""
        return schemas.read(self.folder / name, schema) if schema else read_yaml(self.folder / name)


def studies(root: Path = ROOT) -> tuple[str, ...]:
    """Names of the studies that have a folder under `data/`, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in (root / "data").glob("*/study.yaml")))


def load_study(study: str | Path, root: Path = ROOT) -> Study:
    """The study of that name, or the one in that folder; a known name wins over a folder of the same name.

    A folder needs `printed.csv` and `relations.yaml`, unless its `study.yaml` names tables (`printed_tables`, which
    `relecture.printed.pasted` reads); without `study.yaml`, or a `title` there, its title is its name.
    Unknown keys of that file are refused, since a mistyped one would be read by nobody; words that only
    a notebook reads go under `notebook`. Raises InputError for what is neither a study nor a folder and for files that
    cannot be read or do not follow their schema.
    """
    folder = folder_of(study, root)
    name, file = folder.resolve().name, folder / "study.yaml"
    about = {"title": name} | (schemas.read(file, ABOUT) if file.exists() else {})
    absent = [needed for needed in NEEDED if not (folder / needed).exists()]
    if absent and "printed_tables" not in about:
        raise InputError(f"{needed} : fichier absent" for needed in absent)
    rows = () if "printed.csv" in absent else _rows(folder / "printed.csv")
    relations = () if "relations.yaml" in absent else schemas.read(folder / "relations.yaml", RELATIONS) or ()
    return Study(name, folder, about, rows, tuple(relations))


def folder_of(study: str | Path, root: Path) -> Path:
    """The folder of the study of that name, or that folder, whatever it holds; InputError for what is neither."""
    known = studies(root)
    if study in known:
        return root / "data" / study
    if not Path(study).is_dir():
        names = f"une étude de ce recueil (études connues : {', '.join(known)})"
        also = "un chemin est accepté aussi, et pour un audit un tableau : .csv, .xlsx, .docx, .html"
        sentence, page = f"« {study} » n'est ni {names} ni un dossier ({also})", Path("notebooks") / f"{study}.ipynb"
        near = (
            f"C'est une page, dont le carnet est {page}" if (root / page).is_file() else did_you_mean(str(study), known)
        )
        raise UnknownName([". ".join(filter(None, (sentence, near)))])
    return Path(study)


def _rows(path: Path) -> tuple[PrintedValue, ...]:
    reader = csv.reader(io.StringIO(read_text(path)), strict=True)
    try:
        header = next(reader, [])
        records = [(cells, reader.line_num) for cells in reader if cells]
    except csv.Error as error:
        place = f"{path.name}, ligne {reader.line_num}"
        raise InputError([f"{place} : écriture CSV incorrecte (guillemet mal fermé ?)"]) from error
    if tuple(header) != COLUMNS:
        shown = ", ".join(header) or "aucune"
        comma = " (séparées par des virgules)" if len(header) == 1 and set(";\t") & set(shown) else ""
        raise InputError([f"{path.name}, ligne 1 : colonnes {shown} ; attendues : {', '.join(COLUMNS)}{comma}"])
    if ragged := [(len(cells), line) for cells, line in records if len(cells) != len(COLUMNS)]:
        due, quotes = len(COLUMNS), " (une cellule qui contient une virgule se met entre guillemets)"
        told = ((line, f"{n} cellule{'s' * (n > 1)} au lieu de {due}{quotes * (n > due)}") for n, line in ragged)
        raise InputError(f"{path.name}, ligne {line} : {text}" for line, text in told)
    return tuple(PrintedValue(*cells, line=line) for cells, line in records)
