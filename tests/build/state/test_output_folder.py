"""A folder of pages has one builder at a time, and what a dead one left is swept away."""

import errno
import os
import subprocess
import sys

import pytest

from relecture.build import pages
from relecture.build.notebooks import kernels
from relecture.build.progress import Lines
from relecture.build.state import output_folder
from relecture.core import files
from relecture.core.errors import InputError

QUIET = Lines(lambda line: None)
HOLDER = "import sys, time; from pathlib import Path; from relecture.build.state import output_folder\n"
HOLDER += "with output_folder.locked(Path(sys.argv[1])): print('tenu', flush=True); time.sleep(60)"


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "tenu\n"
    yield process
    process.kill()
    process.communicate()


def test_a_folder_has_one_builder_at_a_time_and_a_dead_one_holds_nothing(tmp_path, holder):
    with pytest.raises(InputError) as refusal, output_folder.locked(tmp_path):
        pass
    assert refusal.value.faults == (f"une autre construction est en cours dans «\u00a0{tmp_path}\u00a0»",)
    holder.kill()
    holder.wait()
    for _ in range(2):
        with output_folder.locked(tmp_path):
            files.write(tmp_path / "page.html", "x")


def test_what_a_dead_build_left_is_swept_away_and_nothing_else(tmp_path):
    (tmp_path / ".99999.part/jouet").mkdir(parents=True)
    for name in (".99999.part/jouet/kernel.json", ".jouet.html.99999.part", "jouet.html", "jouet.failed.html"):
        (tmp_path / name).touch()
    with output_folder.locked(tmp_path), output_folder.scratch_folder(tmp_path) as folder:
        (folder / "reste").touch()
    assert {path.name for path in tmp_path.iterdir()} == {output_folder.LOCK, "jouet.html", "jouet.failed.html"}


def test_what_a_kernel_of_a_dead_build_writes_while_another_build_runs_is_swept_away_too(tmp_path):
    with output_folder.locked(tmp_path):
        (tmp_path / ".99999.part/jouet/profile_default").mkdir(parents=True)
    assert [path.name for path in tmp_path.iterdir()] == [output_folder.LOCK]


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("room", "name", "place"),
    [
        (output_folder.os, "replace", "jouet.html"),
        (kernels.Kernels, "manager", f".{os.getpid()}.part"),
        (output_folder.Path, "mkdir", ""),
    ],
    ids=["page", "kernel", "folder"],
)
def test_a_full_disk_is_one_line_and_keeps_the_page(toy, plain_pages, monkeypatch, room, name, place):
    (before,) = pages.build(root=toy.root, show=QUIET)
    kept = before.page.read_bytes()
    monkeypatch.setattr(room, name, full)
    if place:
        faults = [fault for report in pages.build(root=toy.root, show=QUIET, force=True) for fault in report.faults]
    else:
        with pytest.raises(InputError) as refusal:
            pages.build(root=toy.root, show=QUIET, force=True)
        faults = refusal.value.faults
    target = before.page.parent / place
    assert faults[0] == f"«\u00a0{target}\u00a0»\u00a0: écriture impossible (disque plein)"
    monkeypatch.undo()
    assert before.page.read_bytes() == kept
    assert not list(before.page.parent.glob(".*.part"))


def test_a_failing_cell_is_told_even_when_its_page_cannot_be_written(toy, plain_pages, monkeypatch):
    toy.write({"notebooks/jouet.ipynb": toy.notebook([("code", "1 / 0", [])])})
    monkeypatch.setattr(output_folder.os, "replace", full)
    faults = pages.build(root=toy.root, show=QUIET)[0].faults
    assert faults[0] == "cellule de code n° 1\u00a0: ZeroDivisionError\u00a0: division by zero"
    assert faults[1].endswith("jouet.failed.html\u00a0»\u00a0: écriture impossible (disque plein)")
