"""What is left when a build is killed, again and again, at any moment?

A small compendium of two notebooks is changed before each build, so that every build has two pages to
replace, then killed at a random moment (seeded). After each kill every page must be there, whole, and of one
version; a last build must complete, and leave neither a file of a dead one nor a kernel.
"""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

SEED = 2023
NAMES = ("premier", "second")
CELLS = (
    "import os, time\nopen(f'../pids/{{os.getpid()}}', 'w').close()\nprint('version {version} commence')",
    "time.sleep(0.2)",
    "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots(); axes.plot([1, {version}])\ndisplay(figure)",
    "print('version {version} finit')",
)
WRITTEN = (".fingerprints.json", "manifest.json")


class Killed(NamedTuple):
    """How many kills, and what was wrong after them; `stopped` counts those that came before the build had ended."""

    kills: int
    stopped: int
    corrupt: int
    lost: int
    left: int


def killed(root: Path, command: Sequence[str], environment: dict[str, str], kills: int, *, warm: bool) -> Killed:
    """Kill that many builds of the two notebooks of `root`; with `warm`, every other one has warm kernels."""
    took = build(root, [*command, *["--cold"] * (not warm)], environment, version=0)
    rng, stopped, corrupt, lost = random.Random(SEED), 0, 0, 0
    for version in range(1, kills + 1):
        options = [] if warm and version % 2 else ["--cold"]
        stopped += stop(root, [*command, *options], environment, version, rng.uniform(0.05, took))
        wrong = [fault(root / "outputs", name) for name in NAMES]
        lost += wrong.count("lost")
        corrupt += wrong.count("corrupt") + (not readable(root / "outputs"))
    build(root, command, environment, version=kills + 1)
    last = [version_of((root / "outputs" / f"{name}.html").read_text(encoding="utf-8")) for name in NAMES]
    corrupt += last != [kills + 1] * len(NAMES)
    return Killed(kills, stopped, corrupt, lost, left(root))


def build(root: Path, command: Sequence[str], environment: dict[str, str], version: int) -> float:
    """Seconds of a whole build."""
    write(root, version)
    begun = time.perf_counter()
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begun


def stop(root: Path, command: Sequence[str], environment: dict[str, str], version: int, after: float) -> bool:
    """Kill a build after that many seconds; False when it had ended by itself."""
    write(root, version)
    builder = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        builder.wait(after)
        return False
    except subprocess.TimeoutExpired:
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        return True


def write(root: Path, version: int) -> None:
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": f"# Version {version}"}]
    for rank, source in enumerate(CELLS):
        code = {"source": source.format(version=version), "outputs": [], "execution_count": None}
        cells.append({"cell_type": "code", "id": f"b{rank}", "metadata": {}, **code})
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    for name in NAMES:
        path = root / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def fault(out: Path, name: str) -> str:
    """What is wrong with a page, or nothing."""
    page = out / f"{name}.html"
    if not page.is_file():
        return "lost"
    return "" if version_of(page.read_text(encoding="utf-8")) >= 0 else "corrupt"


def version_of(text: str) -> int:
    """The version that a page is whole in; -1 for a page that is cut, or of two versions."""
    told = re.findall(r'<pre class="printed">version (\d+) (commence|finit)\n?</pre>', text)
    whole = text.rstrip().endswith("</html>") and [word for _, word in told] == ["commence", "finit"]
    return int(told[0][0]) if whole and told[0][0] == told[1][0] else -1


def readable(out: Path) -> bool:
    """True when what a build writes of itself is JSON."""
    try:
        return all(isinstance(json.loads((out / name).read_bytes()), dict) for name in WRITTEN)
    except (OSError, ValueError):
        return False


def left(root: Path) -> int:
    """Files of dead builds, and kernels that still run (two seconds after the last one)."""
    time.sleep(2)
    return len(list((root / "outputs").glob(".*.part"))) + sum(map(alive, (root / "pids").iterdir()))


def alive(path: Path) -> bool:
    """True when the process that wrote this file runs; not when it has ended, nor when another has its number since."""
    try:
        process = psutil.Process(int(path.name))
        another = process.create_time() > path.stat().st_mtime + 2  # the system gives times of birth to the second
        return not another and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
