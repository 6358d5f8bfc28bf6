"""Kinds of relations: found beside their checks, in a stable order, without being named anywhere else."""

import inspect
from pathlib import Path

import pytest

from relecture.printed import arithmetic, kinds, relations
from relecture.printed.arithmetic import statements, totals

EXTRA = """
from relecture.printed.arguments import Number
from relecture.printed.finding import Finding, Verdict
from relecture.printed.kinds import kind

@kind("square", repairable=False)
def square(value: Number, result: Number, *, power: int = 2):
    right = int(value) ** power == int(result)
    return Finding(Verdict.REPRODUCED if right else Verdict.INCONSISTENT, f"{value} puissance {power}")
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of arithmetic checks, with one more module."""
    (tmp_path / "extra.py").write_text(EXTRA, encoding="utf-8")
    monkeypatch.setattr(arithmetic, "__path__", [*arithmetic.__path__, str(tmp_path)])
    return arithmetic


def test_the_kinds_are_listed_in_the_order_of_their_checks():
    """Folder after folder, modules in alphabetical order, then as they are written: messages list them so."""
    kinds_found = relations.KINDS.items()
    places = {name: (kind.check.__module__, kind.check.__code__.co_firstlineno) for name, kind in kinds_found}
    assert list(places) == sorted(places, key=places.get) and len(places) > 40


def test_a_declared_check_is_the_plain_function():
    assert relations.KINDS["partition"].check is totals.partition
    assert inspect.signature(totals.partition).parameters.keys() == {"parts", "total", "conventions"}


def test_a_kind_tells_what_is_no_address_and_what_no_edit_can_mend():
    direction = statements.direction.kind
    assert (direction.literals, direction.repairable, direction.evidence) == ({"higher_is"}, False, ())


def test_a_new_kind_costs_one_module(folder, monkeypatch):
    monkeypatch.setitem(relations.KINDS, "square", kinds.declared(folder)["square"])
    record = {"id": "r", "kind": "square", "label": "L", "section": "S", "value": "a", "result": "b", "power": 3}
    (relation,), faults = relations.parse([record], ["a", "b"])
    assert (relation.addresses, faults) == (("a", "b"), [])
    assert relation.check({"a": "2", "b": "8"}).holds and not relation.check({"a": "2", "b": "9"}).holds


@pytest.mark.parametrize("name", [name for name in relations.KINDS if "_" in name])
def test_no_other_module_names_a_kind(name):
    """But those that derive relations from a pasted table."""
    own, package = Path(inspect.getfile(relations.KINDS[name].check)), Path(kinds.__file__).parent
    others = [path for path in package.rglob("*.py") if path.parent.name != "pasted"]
    assert [path for path in others if f'"{name}"' in path.read_text(encoding="utf-8")] == [own]


def test_one_name_for_two_checks_is_refused(monkeypatch):
    monkeypatch.setattr(totals, "double", totals.part, raising=False)
    with pytest.raises(ValueError, match="two checks"):
        kinds.declared(arithmetic)
