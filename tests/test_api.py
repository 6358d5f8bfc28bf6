"""One import for a notebook: rooms give their public names, a study answers for itself.

Oracle: the README's Python block, which says what each name is, and the verbs that a study's answers are made of.
"""

import subprocess
import sys
from importlib.util import find_spec
from types import ModuleType

import pytest

import relecture as rl

FACADES = ["", "answers", "disclosure", "printed", "report", "report.figures", "report.page", "report.tables", "stats",
           "text"]  # fmt: skip
HEAVY = ("numpy", "pandas", "matplotlib", "scipy", "IPython")


def facade(path):
    __import__(name := f"relecture.{path}".rstrip("."))
    return sys.modules[name]


@pytest.mark.parametrize("path", FACADES)
class TestFacades:
    def test_every_public_name_is_found(self, path):
        assert [name for name in facade(path).__all__ if getattr(facade(path), name) is None] == []

    def test_completion_offers_public_names_only(self, path):
        assert dir(facade(path)) == facade(path).__all__

    def test_an_unknown_name_is_refused_as_python_does(self, path):
        with pytest.raises(AttributeError, match="has no attribute 'rien'"):
            _ = facade(path).rien

    def test_no_member_is_hidden_by_a_module_of_its_name(self, path):
        """Importing `a.b.c` sets `c` in `a.b`: a function of that name would be there or not, after what was run."""
        room = facade(path)
        members = [name for name in room.__all__ if not isinstance(getattr(room, name), ModuleType)]
        assert [name for name in members if find_spec(f"{room.__name__}.{name}")] == []


def test_a_name_of_a_room_is_its_module_whatever_was_imported_before():
    """Oracle: the README imports `contingency` from `printed`, where its module is not."""
    from relecture.printed import contingency
    from relecture.printed.exact import contingency as module

    assert contingency is module


def test_loading_a_study_imports_nothing_heavy():
    code = "import sys, relecture as rl; rl.load_study('guefif'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(HEAVY) & set(done.stdout.split()) == set()


def test_a_study_is_loaded_by_name_or_folder():
    study = rl.load_study("guefif")
    assert rl.load_study(study.folder) == study
