"""A terminal gets a bar that names the study and the cell, anything else one line a notebook."""

import io
import time

import pytest

from relecture.build import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def play(show):
    show.begin({"jouet": 2, "autre": 1})
    show.started("jouet")
    show.cell("jouet", 1)
    show.started("autre")
    show.cell("jouet", 2)
    show.say("un mot")
    show.cell("autre", 1)
    show.end()


def test_elsewhere_a_line_a_notebook():
    said = []
    play(progress.on(io.StringIO(), said.append))
    assert said == ["jouet\u00a0: exécution du carnet…", "autre\u00a0: exécution du carnet…", "un mot"]


def test_on_a_terminal_a_bar_that_goes_away():
    stream, said = Terminal(), []
    play(progress.on(stream, said.append))
    shown = stream.getvalue()
    assert said == []
    assert "jouet, cellule 2 sur 2" in shown and "2/3 cellules" in shown
    assert "un mot\n" in shown
    assert shown.endswith("\r") and "exécution" not in shown


@pytest.mark.parametrize(
    ("stream", "after", "told"), [(Terminal(), 0.0, True), (Terminal(), 60.0, False), (io.StringIO(), 0.0, False)]
)
def test_long_work_is_told_on_a_terminal_only_and_once_it_lasts(stream, after, told):
    with progress.waiting("Lecture", stream, after=after):
        time.sleep(0.5)
    assert ("Lecture… 00:00" in stream.getvalue()) == told
