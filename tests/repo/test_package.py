"""The wheel holds what lies beside the modules, schemas, templates and lists, and all of it counts as the library."""

import subprocess
import sys
import zipfile

from relecture.core import fingerprints
from relecture.core.study import ROOT


def test_the_wheel_holds_every_file_that_counts_as_the_library(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("relecture/")}
    counted = {path.removeprefix("lib/") for path in fingerprints.of_library(ROOT) if path.startswith("lib/")}
    beside = {path.relative_to(ROOT / "lib").as_posix() for path in (ROOT / "lib").rglob("*.schema.json")}
    assert names == counted
    assert beside <= counted and len(beside) > 5
