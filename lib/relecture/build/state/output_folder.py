"""The folder of pages: one build at a time, and nothing left by one that died.

A file is written beside and renamed (`core.files`): a reader sees the old one or the new one, never half of one. The
lock is the system's, so that a dead build locks nothing. What a build leaves there when it is killed (`.….part`) is
swept away by the next one. A folder that cannot be written is refused in one French line.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from relecture.core.errors import InputError
from relecture.core.files import refusal, remove

LOCK = ".lock"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Lock the folder, made if need be, for one build; InputError when another build does, or when it cannot be."""
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
def scratch_folder(out: Path) -> Iterator[Path]:
    """A folder for what lasts no longer than a build; to be asked for while the folder of pages is locked."""
    folder = out / f".{os.getpid()}.part"
    try:
        folder.mkdir()
    except OSError as error:
        raise refusal(folder, error) from error
    try:
        yield folder
    finally:
        remove(folder)
