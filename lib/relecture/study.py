"""One study, as its folder under `data/` tells it.

A study is data, never code: `study.yaml` (what was asked, by whom, how), `printed.csv` (one row a
printed number, kept as the printed string) and `relations.yaml` (how those numbers hold together).
This module reads the three files, of `data/` or of any other folder, where `study.yaml` may be
missing. It does not interpret a single number: `relecture.printed` does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("address", "value", "kind", "place", "note")
NEEDED = ("printed.csv", "relations.yaml")


class InputError(ValueError):
    """Refused input; `faults` names every fault at once, in French, for a reader."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Row:
    """One printed number: its address, the string as printed, and where it stands in the source."""

    address: str
    value: str
    kind: str
    place: str
    note: str
    line: int


@dataclass(frozen=True)
class Study:
    """What a study printed about itself, unread: strings and the relations between them."""

    name: str
    folder: Path
    about: Mapping[str, Any]
    rows: tuple[Row, ...]
    relations: tuple[Mapping[str, Any], ...]

    def __getitem__(self, address: str) -> str:
        """The printed string at an address; KeyError when nothing stands there.

        >>> load_study("guefif")["principal.score.moyenne.utilisateurs"]
        '63,9'
        """
        return self.values[address]

    def __contains__(self, address: object) -> bool:
        return address in self.values

    @cached_property
    def values(self) -> dict[str, str]:
        """Printed string at each address."""
        return {row.address: row.value for row in self.rows}

    def document(self, name: str) -> Any:
        """Another YAML document of the study's folder, such as `synthetic.yaml`."""
        return read_yaml(self.folder / name)


def studies(root: Path = ROOT) -> tuple[str, ...]:
    """Names of the studies that have a folder under `data/`, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in (root / "data").glob("*/study.yaml")))


def load_study(study: str | Path, root: Path = ROOT) -> Study:
    """The study of that name, or the one in that folder; a known name wins over a folder of the same name.

    A folder needs `printed.csv` and `relations.yaml`; without `study.yaml` its title is its name.
    Raises InputError for what is neither a study nor a folder and for files that cannot be read.
    """
    folder = _folder(study, root)
    if absent := [name for name in NEEDED if not (folder / name).exists()]:
        raise InputError(f"{name} : fichier absent" for name in absent)
    rows, relations = _rows(folder / "printed.csv"), read_yaml(folder / "relations.yaml") or []
    if faults := list(_shape_faults(relations)):
        raise InputError(faults)
    name = folder.resolve().name
    about = read_yaml(folder / "study.yaml") if (folder / "study.yaml").exists() else {"title": name}
    if not isinstance(about, Mapping):
        raise InputError(["study.yaml : des paires « clé: valeur » sont attendues"])
    return Study(name, folder, about, rows, tuple(relations))


def _folder(study: str | Path, root: Path) -> Path:
    known = studies(root)
    if study in known:
        return root / "data" / study
    if not Path(study).is_dir():
        raise InputError(
            [
                f"« {study} » n'est ni une étude de ce recueil (études connues : {', '.join(known)}) "
                "ni un dossier (un chemin est accepté aussi)"
            ]
        )
    return Path(study)


def _rows(path: Path) -> tuple[Row, ...]:
    reader = csv.reader(io.StringIO(_text(path)), strict=True)
    try:
        header = next(reader, [])
        records = [(cells, reader.line_num) for cells in reader if cells]
    except csv.Error as error:
        place = f"{path.name}, ligne {reader.line_num}"
        raise InputError([f"{place} : écriture CSV incorrecte (guillemet mal fermé ?)"]) from error
    if tuple(header) != COLUMNS:
        found = ", ".join(header) or "aucune"
        raise InputError([f"{path.name}, ligne 1 : colonnes {found} ; attendues : {', '.join(COLUMNS)}"])
    ragged = [(len(cells), line) for cells, line in records if len(cells) != len(COLUMNS)]
    if ragged:
        raise InputError(
            f"{path.name}, ligne {line} : {n} cellule{'s' * (n > 1)} au lieu de {len(COLUMNS)}" for n, line in ragged
        )
    return tuple(Row(*cells, line=line) for cells, line in records)


_DEEPEST = 200  # lists and pairs within each other


class _Refused(yaml.MarkedYAMLError):
    """What YAML takes and we do not: a key written twice, of which it would keep the last; levels without end."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # in C where PyYAML has libyaml
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise _Refused(problem=f"clé « {key.value} » répétée", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """What a YAML file says; InputError, with the line, for what is not one or says a thing twice."""
    text = _text(path)
    try:
        _check_depth(text)
        return yaml.load(text, _Loader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", ligne {min(mark.line, text.rstrip().count(chr(10))) + 1}" if mark else ""
        reason = error.problem if isinstance(error, _Refused) else "écriture YAML incorrecte"
        raise InputError([f"{path.name}{place} : {reason}"]) from error


def _check_depth(text: str) -> None:
    """Refuse what nests far beyond any data: libyaml composes lists and pairs in C, and would end the process."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _Refused(problem="beaucoup trop de niveaux", problem_mark=event.start_mark)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise InputError([f"{path.name} : fichier absent"]) from error
    except OSError as error:
        raise InputError([f"{path.name} : ne peut pas être lu comme un fichier"]) from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError([f"{path.name}, ligne {line} : le fichier n'est pas en UTF-8"]) from error


def _shape_faults(relations: Any) -> Iterator[str]:
    if not isinstance(relations, list):
        yield "relations.yaml : une liste de relations est attendue"
        return
    for number, record in enumerate(relations, 1):
        if not isinstance(record, Mapping):
            yield f"relations.yaml, relation n° {number} : « {record} » n'est pas une suite de paires « clé: valeur »"
