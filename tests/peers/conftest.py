"""Peers' own test vectors, judged by the audit as the relations of one folder.

A file of `data/vectors` holds one vector a row: the relation as `relations.yaml` takes it, save that a printed number
stands as a string in place of its address.
"""

import csv
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import get_args, get_type_hints

import pytest
import yaml

from relecture import load_study
from relecture.printed.arguments import Role
from relecture.printed.audit import audit
from relecture.printed.relations import KINDS

VECTORS = Path(__file__).parent / "data" / "vectors"


def read(path):
    """Rows of a file of vectors; each knows its file, and has a name there."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [SimpleNamespace(**row, file=path.stem) for row in csv.DictReader(file)]
    for number, row in enumerate(rows, 1):
        row.id = f"{row.file}{number}"
    return rows


EVERY = {path.stem: read(path) for path in sorted(VECTORS.glob("*.csv"))}


def pytest_generate_tests(metafunc):
    if "vector" in metafunc.fixturenames:
        every = [vector for rows in EVERY.values() for vector in rows]
        metafunc.parametrize("vector", every, ids=[f"{each.id}-{each.case}" for each in every])


@pytest.fixture(scope="session")
def vectors():
    """Vectors of every peer, by the name of their file."""
    return EVERY


@pytest.fixture(scope="session")
def findings(tmp_path_factory):
    """The findings on all vectors of a file, by name: relations of one folder, which is audited once."""
    return cache(lambda name: _audited(EVERY[name], tmp_path_factory.mktemp(name)))


def _audited(rows, folder):
    prints = []
    relations = [_relation(row, prints) for row in rows]
    with (folder / "printed.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("address", "value", "kind", "place", "note"), *prints])
    (folder / "relations.yaml").write_text(yaml.safe_dump(relations), encoding="utf-8")
    return {each.id: each.finding for each in audit(load_study(folder), repairs=False, draws=False)}


def _relation(row, prints):
    """The relation, with addresses in place of the numbers printed, which are added to `prints`."""
    kind, given = KINDS[row.kind], yaml.safe_load(row.arguments)
    hints = get_type_hints(kind.check, include_extras=True)
    for argument in given.keys() - kind.literals:
        roles = [role.kinds.split()[0] if role.kinds else "count" for role in _roles(hints[argument])]
        given[argument] = _addressed(given[argument], f"{row.id}.{argument}", roles or ["count"], prints)
    stated = {"conventions": yaml.safe_load(row.conventions)} if row.conventions else {}
    return {"id": row.id, "kind": row.kind, "label": row.case, "section": row.source} | given | stated


def _addressed(value, address, roles, prints):
    """An address for each number of an argument; lists are rows of numbers, or as many numbers as there are roles."""
    if isinstance(value, list):
        return [_addressed(each, f"{address}.{at}", roles[at % len(roles) :], prints) for at, each in enumerate(value)]
    prints.append((address, value, roles[0], "", ""))
    return address


def _roles(hint):
    """Roles of an argument, in the order in which its numbers stand."""
    yield from (each for each in getattr(hint, "__metadata__", ()) if isinstance(each, Role))
    for inner in get_args(hint):
        yield from _roles(inner)
