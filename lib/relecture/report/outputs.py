"""How does a folder of pages stay whole, whatever becomes of the build that writes into it?

A file is written beside and renamed: a reader sees the old one or the new one, never half of one. One build
at a time holds the folder: the lock is the system's, so that a dead build holds nothing. What a build
leaves there when it is killed (`.….part`) is swept away by the next one. A folder that cannot be
written is told in one French line.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

from relecture.study import InputError

LOCK = ".lock"
REASONS = {
    errno.EACCES: "accès refusé",
    errno.EDQUOT: "quota de disque atteint",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EISDIR: "un dossier porte déjà ce nom",
    errno.ENOSPC: "disque plein",
    errno.ENOTDIR: "une partie de ce chemin est un fichier",
    errno.EPERM: "accès refusé",
    errno.EROFS: "support en lecture seule",
}


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Hold the folder, made if need be, for one build; InputError when another build does, or when it cannot be."""
    from filelock import FileLock, Timeout

    try:
        out.mkdir(parents=True, exist_ok=True)
        if not os.access(out, os.W_OK):
            raise PermissionError(errno.EACCES, "")
        lock = FileLock(out / LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise InputError([f"une autre construction est en cours dans « {out} »"]) from error
    except OSError as error:
        raise refusal(out, error) from error
    with lock:
        _sweep(out)
        yield
        _sweep(out)  # a kernel of a dead build, which learns within a second that it is alone, may have written since
    lock.release()


def _sweep(out: Path) -> None:
    for left in out.glob(".*.part"):
        remove(left)


@contextmanager
def workplace(out: Path) -> Iterator[Path]:
    """A folder for what lasts no longer than a build; to be asked for while the folder of pages is held."""
    folder = out / f".{os.getpid()}.part"
    try:
        folder.mkdir()
    except OSError as error:
        raise refusal(folder, error) from error
    try:
        yield folder
    finally:
        remove(folder)


def write(target: Path, content: str | bytes) -> None:
    """Write beside, then rename, text as UTF-8; InputError when it cannot be."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(beside, target)
    except OSError as error:
        remove(beside)
        raise refusal(target, error) from error


def remove(path: Path) -> None:
    """Remove a file, or a folder with what it holds; nothing happens when there is none."""
    if path.is_dir() and not path.is_symlink():
        rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def refusal(target: Path, error: OSError) -> InputError:
    """What to tell of a file or folder that could not be written."""
    return InputError([f"« {target} » : écriture impossible ({REASONS.get(error.errno, error.strerror)})"])
