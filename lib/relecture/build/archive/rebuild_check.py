"""Pages built again and compared to the last byte: on this machine, and with the authors' build.

The second build is made as differently as one machine allows: the notebooks, the data and the library copied to another
folder, another time zone, locale and hash seed, kernels started cold, one at a time. Any difference with it is a fault
of the compendium. The build of the authors is known by its manifest, committed with the code: a difference with it is
explained (inputs, versions, or the machine), and is no fault. Lines are in French, file by file.
"""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from relecture.build import progress
from relecture.build.archive import manifest_diff
from relecture.build.state import manifest, records
from relecture.core.errors import InputError
from relecture.core.french import plural, typeset

_INPUTS = ("data", "lib/relecture", "notebooks", "requirements.lock")
_FOLDER = "un autre {dossier} là"  # spaces, braces and an accent: what breaks a path shows
_LOCALES = ("tr_TR.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "en_US.UTF-8")  # Turkish first: its i is a known trap
_OPTIONS = ("--jobs", "1", "--cold")
_BEFORE, _AFTER = 30, 50  # characters shown around a difference


def compare_with_rebuild(root: Path, out: Path, tell: Callable[[str], None]) -> bool:
    """Build again elsewhere and tell of each file whether it is the same; True when all are.

    Raises InputError with what the second build said when it fails.
    """
    session = _session()
    place = f"fuseau UTC{session['TZ'][1:4]}, langue {session['LC_ALL']}"
    conditions = f"autre dossier, {place}, graine de hachage {session['PYTHONHASHSEED']}"
    tell(typeset(f"Seconde construction : {conditions}, noyaux froids, un à la fois…"))
    with TemporaryDirectory(prefix="relecture-") as folder:
        copy = _copy_sources(root, Path(folder, _FOLDER))
        with progress.waiting("Seconde construction"):
            _build(copy, session)
        here, there = _manifest(root, out), _manifest(copy, copy / "outputs")
        gaps = manifest_diff.differences(here, there, elsewhere="ailleurs")
        for name, gap in gaps.items():
            tell(_line(name, gap))
            for line in _first_different_line(out / name, copy / "outputs" / name) if gap else ():
                tell(f"      {line}")
    return not any(gaps.values())


def compare_with_authors(root: Path, out: Path, tell: Callable[[str], None]) -> None:
    """Tell of each file whether it has the bytes of the authors' one, and where not, what differs first and why."""
    if not (root / manifest.AUTHORS).is_file():
        tell(typeset(f"Pas de manifeste des auteurs ({manifest.AUTHORS.as_posix()}) : rien d'autre à comparer"))
        return
    here, there = _manifest(root, out), manifest.read(root / manifest.AUTHORS)
    tell(typeset(f"Par rapport aux auteurs ({manifest.AUTHORS.as_posix()}) :"))
    gaps = manifest_diff.differences(here, there, elsewhere="chez les auteurs")
    for name, gap in gaps.items():
        tell(_line(name, gap))
    same = list(gaps.values()).count("")
    tell(typeset(f"{plural(same, 'fichier')} sur {len(gaps)} : mêmes octets que les auteurs"))
    if same < len(gaps):
        tell(typeset("Ce qui n'est pas comme chez les auteurs :"))
        for cause in manifest_diff.causes(here, there, elsewhere="chez les auteurs"):
            tell(f"  {cause}")


def _line(name: str, gap: str) -> str:
    return typeset(f"  {name} : diffère : {gap}" if gap else f"  {name} : identique")


def _manifest(root: Path, out: Path) -> dict[str, Any]:
    """The manifest of what is in the folder now, whatever the stored one says."""
    return manifest.describe(out, root.resolve(), records.read(out))


def _session() -> dict[str, str]:
    """A time zone, a locale and a hash seed that are not those of this process."""
    zone = "<-11>11" if time.timezone < 0 else "<+13>-13"  # as POSIX writes them, for any machine
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    return {"TZ": zone, "LC_ALL": _locale(), "PYTHONHASHSEED": seed}


def _locale() -> str:
    """A locale that this machine has and does not use; C when there is none."""
    current = locale.setlocale(locale.LC_ALL)
    used = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    try:
        return next((name for name in _LOCALES if name != used and _is_available(name)), "C")
    finally:
        locale.setlocale(locale.LC_ALL, current)


def _is_available(name: str) -> bool:
    try:
        return bool(locale.setlocale(locale.LC_ALL, name))
    except locale.Error:
        return False


def _copy_sources(root: Path, folder: Path) -> Path:
    """What pages are made of, in another folder."""
    unread = shutil.ignore_patterns("__pycache__", ".*")
    for part in _INPUTS:
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        if (root / part).is_dir():
            shutil.copytree(root / part, folder / part, ignore=unread)
        else:
            shutil.copy(root / part, folder / part)
    return folder


def _build(root: Path, session: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "relecture", "build", *_OPTIONS]
    environment = os.environ | session | {"PYTHONPATH": str(root / "lib")}
    done = subprocess.run(command, cwd=root.parent, env=environment, capture_output=True, check=False)
    if done.returncode:
        faults = done.stderr.decode("utf-8", errors="replace").splitlines()
        raise InputError(["la seconde construction a échoué :", *faults])


def _first_different_line(here: Path, there: Path) -> list[str]:
    """The first line that differs, in both files, cut around the first character that does."""
    if not (here.is_file() and there.is_file()):
        return []
    lines = [path.read_text(encoding="utf-8", errors="replace").split("\n") for path in (here, there)]
    rank = _common_length(*lines)
    pair = ["".join(those[rank : rank + 1]) for those in lines]
    cuts = (_cut(line, _common_length(*pair)) for line in pair)
    return [f"ligne {rank + 1}, {place} : {cut}" for place, cut in zip(("ici", "ailleurs"), cuts, strict=True)]


def _cut(line: str, rank: int) -> str:
    start, end = max(0, rank - _BEFORE), rank + _AFTER
    return "…" * (start > 0) + line[start:end] + "…" * (end < len(line))


def _common_length(here: Sequence[str], there: Sequence[str]) -> int:
    """Rank of the first item that two sequences do not share."""
    pairs = enumerate(zip(here, there, strict=False))
    return next((rank for rank, pair in pairs if pair[0] != pair[1]), min(len(here), len(there)))
