"""Without Chromium the tests of this folder are skipped and one line says so; on the automatic check they fail.

Oracle: pytest itself, run again on this folder where no program of that name is found.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LINE = "Chromium is missing: the tests of tests/browser did not run (apt-get install chromium)"


@pytest.mark.parametrize(("check", "status", "outcome"), [("", 5, "no tests ran"), ("true", 1, "1 error")])
def test_a_missing_browser_is_told_in_one_line(check, status, outcome):
    folder = str(Path(__file__).parent)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder, "-k", "would_find"]
    environment = os.environ | {"PATH": "", "CI": check, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == status, run.stdout
    assert outcome in run.stdout
    assert run.stdout.splitlines().count(LINE) == 1
