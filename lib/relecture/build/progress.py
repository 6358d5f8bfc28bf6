"""Progress of a build: a bar on a terminal, elsewhere one line a notebook; and the time of any other long work.

The bar names the study and the cell that started last. Notebooks run side by side: both ways of showing may be called
from any thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, TextIO

from relecture.core.french import typeset

_BEAT = 0.2  # seconds between two tellings of the time


class Lines:
    """One line a notebook that starts."""

    def __init__(self, say: Callable[[str], None] = print) -> None:
        self.say = say

    def begin(self, cells: Mapping[str, int]) -> None:
        """`cells` is how many code cells each notebook has."""

    def started(self, name: str) -> None:
        self.say(f"{name} : exécution du carnet…")

    def cell(self, name: str, number: int) -> None:
        """A code cell of that number starts."""

    def end(self) -> None:
        """Nothing runs any more."""


class Bar(Lines):
    """A bar of all the code cells to run, gone once they have."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(lambda line: self._bar.write(line, file=stream))
        self._stream = stream
        self._bar: Any = None

    def begin(self, cells: Mapping[str, int]) -> None:
        from tqdm import tqdm

        self._cells = cells
        bar = "{desc} {bar} {n_fmt}/{total_fmt} cellules, {elapsed}"
        options = {"bar_format": bar, "leave": False, "mininterval": 0}  # each cell is seen, however short the last one
        self._bar = tqdm(total=sum(cells.values()), file=self._stream, **options)

    def started(self, name: str) -> None:
        self._bar.set_description_str(name)

    def cell(self, name: str, number: int) -> None:
        self._bar.set_description_str(f"{name}, cellule {number} sur {self._cells[name]}", refresh=False)
        self._bar.update()

    def end(self) -> None:
        if self._bar is not None:  # it may be stopped before it begins
            self._bar.close()


def on(stream: TextIO, say: Callable[[str], None]) -> Lines:
    """A bar if the stream is a terminal, else lines given to `say`."""
    return Bar(stream) if stream.isatty() else Lines(say)


@contextmanager
def waiting(words: str, stream: TextIO | None = None, *, after: float = 1.0) -> Iterator[None]:
    """On a terminal, standard error unless told, what is done and for how long, after that many seconds; then gone."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield
        return
    done = Event()
    teller = Thread(target=_tell_time, args=(stream, typeset(words), after, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell_time(stream: TextIO, words: str, after: float, done: Event) -> None:
    if done.wait(after):
        return
    from tqdm import tqdm

    with tqdm(file=stream, bar_format="{desc} {elapsed}", desc=f"{words}…", leave=False) as bar:
        bar.start_t -= after
        while not done.wait(_BEAT):
            bar.refresh()
