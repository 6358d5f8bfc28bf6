"""The direction of rooms is held by a contract that bites: a room that imports a sibling, or a room above it,
is refused. `make test` runs the contract on the library; here it is run on a library at fault."""

import os
import shutil
import subprocess
import sys

import pytest

from relecture.core.study import ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def _lint(root):
    environment = os.environ | {"PYTHONPATH": str(root / "lib")}
    command = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("module", "line", "status"),
    [
        ("stats/fautif.py", "from relecture.printed import value\n", 0),
        ("printed/fautif.py", "from relecture.report import build\n", 1),
        ("printed/fautif.py", "def f():\n    from relecture.answers import fautif\n", 1),
        ("orpheline.py", "import json\n", 1),
    ],
    ids=["below", "above, and lazily", "sibling", "room without a place"],
)
def test_the_contract_bites(tmp_path, module, line, status):
    shutil.copytree(ROOT / "lib", tmp_path / "lib")
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for room in ("answers", "stats"):
        (tmp_path / "lib/relecture" / room).mkdir(exist_ok=True)
        (tmp_path / "lib/relecture" / room / "__init__.py").touch()
    (tmp_path / "lib/relecture/answers/fautif.py").touch()
    (tmp_path / "lib/relecture" / module).write_text(line, encoding="utf-8")
    done = _lint(tmp_path)
    assert done.returncode == status, done.stdout + done.stderr
