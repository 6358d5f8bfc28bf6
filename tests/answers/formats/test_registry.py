"""What every format keeps, and what one more of them costs: its module, its line, its test."""

import re
import shutil
import subprocess
import sys

import pytest

from relecture.answers.formats.registry import FORMATS
from relecture.core.study import ROOT

LIBRARY = ROOT / "lib" / "relecture"
PAPER = '''"""Paper: a format of this test."""

from relecture.answers.formats.tool import Dialect, Export


def export(instrument):
    return Export(instrument.title.encode(), ("rien",))


def dialect(instrument):
    return Dialect(
        instrument,
        respondent="feuille",
        header=lambda column: f"p:{column.name}",
        tick_header=lambda item, code: f"p:{item.id}.{code}",
        code=lambda item, code: code,
    )
'''


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_instrument_gives_the_same_bytes(one, name):
    assert FORMATS[name].export(one) == FORMATS[name].export(one)


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"xlsform"}))  # a workbook is compressed
def test_every_question_is_in_the_file(one, name):
    text = FORMATS[name].export(one).content.decode("utf-8-sig").replace('\\"', '"').replace('""', '"')
    assert [item.label for item in one.items if item.label not in text] == []


@pytest.mark.parametrize("name", FORMATS)
def test_each_score_and_derived_variable_is_said_to_be_left_out(toy, name):
    lost = " ".join(FORMATS[name].export(toy).lost)
    assert "score « Score d'avis »" in lost and "variable « Groupe »" in lost


@pytest.mark.parametrize("name", FORMATS)
def test_no_two_columns_share_a_header(one, name):
    dialect = FORMATS[name].dialect(one)
    headers = [dialect.header(column) for column in one.columns.values() if column.item.kind != "multiple"]
    several = [item for item in one.items if item.kind == "multiple"]
    headers += [dialect.tick_header(item, choice.id) for item in several for choice in item.choices]
    assert len(set(headers)) == len(headers)


@pytest.fixture(scope="module")
def larger(tmp_path_factory):
    """A copy of the library with one format more: a module and a line of the registry."""
    root = tmp_path_factory.mktemp("larger")
    shutil.copytree(LIBRARY, root / "lib" / "relecture", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "data").symlink_to(ROOT / "data")
    folder = root / "lib" / "relecture" / "answers" / "formats"
    (folder / "paper.py").write_text(PAPER, encoding="utf-8")
    registry = folder / "registry.py"
    line = '        Format("paper", ("Papier", "Crayon")),\n        OWN,\n'
    registry.write_text(registry.read_text(encoding="utf-8").replace("        OWN,\n", line), encoding="utf-8")
    return root


def relecture(root, *words):
    done = subprocess.run(
        [sys.executable, "-m", "relecture", *map(str, words)],
        env={"PYTHONPATH": str(root / "lib"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "COLUMNS": "200"},
        cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, " ".join(done.stdout.split())


def test_a_further_format_is_known_to_the_command_the_recognition_and_the_messages(larger):
    assert " paper (Papier, Crayon)" in relecture(larger, "export", "--help")[1]
    assert " Papier ou Crayon" in relecture(larger, "validate", "--help")[1]
    status, message = relecture(larger, "export", "guefif", "paper", larger / "q.txt")
    assert (status, message[:19]) == (0, "non exprimé : rien ")


def test_a_file_of_a_further_format_is_recognised_by_its_headers(larger):
    script = (
        "from relecture.answers.files import headers\n"
        "from relecture.answers.formats.registry import FORMATS\n"
        "from relecture.answers.questionnaire.instrument import load\n"
        f"one = load({str(ROOT / 'data' / 'guefif' / 'instrument.yaml')!r})\n"
        "names = tuple(FORMATS['paper'].dialect(one).header(column) for column in one.columns.values())\n"
        "print([layout.format.label for layout in headers.best_layouts(one, ('feuille', *names))])\n"
    )
    environment = {"PYTHONPATH": str(larger / "lib"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.stdout == "['Papier ou Crayon']\n", done.stderr


def test_no_other_module_names_a_format_or_its_tool():
    words = {word for one in FORMATS.values() for word in (one.name, *one.tools)} - {"Relecture"}
    named = re.compile(rf"[\"']({'|'.join(words)})[\"']", re.IGNORECASE)
    modules = [path for path in LIBRARY.rglob("*.py") if path.parent != LIBRARY / "answers" / "formats"]
    assert len(modules) > 100
    assert [path.name for path in modules if named.search(path.read_text(encoding="utf-8"))] == []
