"""Studies made of pasted tables: read from a file or named in a folder, marked cell by cell, written as a folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from relecture.core import files
from relecture.core import study as studies
from relecture.core.errors import InputError
from relecture.core.french import slug
from relecture.core.numbers import misprint
from relecture.core.study import COLUMNS, ROOT, Study
from relecture.printed.audit import Checked
from relecture.printed.finding import Verdict
from relecture.printed.pasted import comparisons, grids, shares
from relecture.printed.pasted.columns import understood
from relecture.printed.pasted.derived import Derived, Place
from relecture.printed.pasted.rows import rows

_WORST = (Verdict.INCONSISTENT, Verdict.CONDITIONAL, Verdict.CONSISTENT, Verdict.REPRODUCED, Verdict.UNCHECKABLE)

_MANY = 40  # rows without one relation: raw answers


@dataclass(frozen=True)
class TableStudy(Study):
    """A study with the tables that it was read from, and why others of their files were left aside."""

    tables: tuple[Derived, ...] = ()
    left_aside: tuple[str, ...] = ()


def load(study: str | Path, root: Path = ROOT, *, n: int | None = None) -> TableStudy:
    """The study of that name, in that folder, or in that file of tables; `n`: respondents of that file.

    A folder names its tables in `study.yaml`: `printed_tables: [{file: tableau1.csv, n: 520}]`.
    """
    path = Path(study)
    table = path.is_file() or (path.suffix.lower() in grids.FORMATS and not path.is_dir())
    if study not in studies.studies(root) and table:
        return _with_tables(Study(path.stem, path.parent, {"title": path.name}, (), ()), [{"file": path.name, "n": n}])
    loaded = studies.load_study(study, root)
    return _with_tables(loaded, loaded.about.get("printed_tables", []))


def _with_tables(study: Study, named: Sequence[Mapping[str, Any]]) -> TableStudy:
    """The study with the numbers and the relations of its tables after its own."""
    found = [(table, grid) for table in named for grid in grids.read(study.folder / table["file"])]
    tables, faults = [], []
    for rank, (table, grid) in enumerate(found, 1):
        name = slug(Path(table["file"]).stem).replace("-", "_") + (f"_{rank}" if len(found) > len(named) else "")
        try:
            place = grid.name if len(named) > 1 else grid.name.removeprefix(table["file"]).lstrip(", ")
            tables.append(
                _derived(
                    grid, name if study.rows or len(found) > 1 else "", f"{place}, " if place else "", table.get("n")
                )
            )
        except InputError as error:
            faults += error.faults
    if named and not tables:
        raise InputError(faults)
    own = {field.name: getattr(study, field.name) for field in fields(Study)}
    own["rows"] += tuple(row for table in tables for row in table.rows.values.values())
    own["relations"] += tuple(relation for table in tables for relation in table.relations)
    return TableStudy(**own, tables=tuple(tables), left_aside=tuple(faults))


def _derived(grid: grids.Grid, name: str, prefix: str, n: int | None) -> Derived:
    """The relations of a table in the order of its rows."""
    table = understood(grid)
    derived = Derived(rows(table, name, prefix), n or table.n)
    wrong = ((row.place, misprint(row.value, table.notation)) for row in derived.rows.values.values())
    if faults := [f"{place} : {fault}" for place, fault in wrong if fault]:
        raise InputError(faults)
    for derive in (shares.split, shares.shares, shares.partitions, *comparisons.ALL):
        derive(derived)
    if not derived.relations and len(table.body) > _MANY:
        raise InputError([f"{grid.name} : {len(table.body)} lignes, et rien qui se vérifie ; {grids.OTHERWISE}"])
    derived.relations.sort(key=lambda relation: derived.judged[relation["id"]][0])
    return derived


def marks(table: Derived, findings: Sequence[Checked]) -> dict[Place, Verdict]:
    """The verdict of each cell of a table: the worst of those that judge it, else one of those that use it."""
    found: dict[Place, Verdict] = {}
    for checked in findings:
        verdict, cells = checked.finding.verdict, table.judged.get(checked.id, [])
        if verdict is Verdict.CONDITIONAL and checked.id in table.conditional:
            cells = [table.conditional[checked.id]]
        found |= {cell: min(found.get(cell, verdict), verdict, key=_WORST.index) for cell in cells}
    for checked in findings:
        cells = [table.rows.places[address] for address in checked.addresses if address in table.rows.places]
        held = checked.finding.verdict in (Verdict.REPRODUCED, Verdict.CONSISTENT)
        found = dict.fromkeys(cells, checked.finding.verdict if held else Verdict.UNCHECKABLE) | found
    return found


def write(study: TableStudy, folder: Path, *, force: bool = False) -> None:
    """Write the study as a folder of its own, to be edited and audited.

    InputError where there is one already, unless `force`, which replaces the files of a study and leaves all others.
    """
    if folder.exists() and not force:
        raise InputError([f"« {folder} » existe déjà : --force en remplace les trois fichiers ; rien n'a été écrit"])
    if folder.is_dir():
        files.write_together({folder / name: text for name, text in _documents(study).items()})
    else:
        files.write_folder(folder, _documents(study))


class _Lines(yaml.SafeDumper):
    """YAML with a line an argument, and each list where it serves, without « *id001 »."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = False) -> yaml.MappingNode:
        return super().represent_mapping(tag, mapping, False)


def _documents(study: TableStudy) -> dict[str, str]:
    """The three files of a study."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([COLUMNS, *([getattr(row, name) for name in COLUMNS] for row in study.rows)])
    about = {key: value for key, value in study.about.items() if key != "printed_tables"}
    relations, told = (
        yaml.dump(data, Dumper=_Lines, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
        for data in (list(study.relations), about)
    )
    return {"printed.csv": out.getvalue(), "relations.yaml": relations, "study.yaml": told}
