"""Every word of click's that a command can bring up is French; bad usage is status 2."""

import os
import re
import shutil
import sys
from pathlib import Path

import click
import pytest

from relecture.cli import french_click
from relecture.core.french import typeset

ENGLISH = re.compile(
    r"\b(usage:|error|options:|commands:|try|show|exit|missing|no such|did you mean|invalid|requires|got|is not)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ([], 2, "Usage : relecture [OPTIONS] COMMANDE"),
        (["--help"], 0, "Commandes :"),
        (["build", "--help"], 0, "Affiche cette aide."),
        (["audit", "--help"], 0, "ÉTUDE|DOSSIER|TABLEAU"),
        (["--version"], 0, "relecture 0."),
        (["dessine"], 2, "La commande « dessine » n'existe pas."),
        (["buil"], 2, "Vouliez-vous dire « build » ?"),
        (["build", "--bruit"], 2, "L'option « --bruit » n'existe pas."),
        (["build", "--out"], 2, "L'option « --out » demande une valeur."),
        (["build", "--jobs", "0"], 2, "0 est refusé, il en faut au moins 1."),
        (["build", "--jobs", "deux"], 2, "« deux » n'est pas un nombre entier."),
        (["build", "--force=1"], 2, "L'option « --force » ne prend pas de valeur."),
        (["build", "--fo"], 2, "Vouliez-vous dire l'un de ceux-ci :"),
        (["audit"], 2, "Il manque l'argument « ÉTUDE|DOSSIER|TABLEAU »"),
        (["audit", "a", "b"], 2, "Argument en trop : b"),
        (["audit", "a", "b", "c"], 2, "Arguments en trop : b c"),
        (["audit", "a", "--format", "xml"], 2, "« xml » n'est pas une présentation. Attendu : texte, csv, json."),
    ],
)
def test_click_speaks_french_and_bad_usage_is_status_2(relecture, words, status, told):
    result = relecture(*words)
    assert result.exit_code == status
    assert typeset(told) in result.output
    assert ENGLISH.findall(re.sub(r"Usage\u00a0:|--[a-z]+", "", result.output)) == []


class Terminal:
    """What the command is printed on, of 80 columns and 24 lines."""

    def __init__(self, monkeypatch):
        self.paged, self.printed = [], []
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(shutil, "get_terminal_size", lambda *_: os.terminal_size((80, 24)))
        monkeypatch.setattr(click, "echo_via_pager", self.paged.append)
        monkeypatch.setattr(click, "echo", lambda text, **_: self.printed.append(text))


def test_a_long_text_goes_through_a_pager_on_a_terminal_only(monkeypatch, capsys):
    long, short = "ligne\n" * 24, "ligne\n" * 23
    french_click.show(long)
    assert capsys.readouterr().out == long and french_click.width() == 100
    terminal = Terminal(monkeypatch)
    french_click.show(long)
    french_click.show(short)
    assert (terminal.paged, terminal.printed) == ([long], [short.encode()])
    assert french_click.width() == 80


def test_a_path_is_shown_as_one_types_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert french_click.shown(tmp_path / "a/b.csv") == Path("a/b.csv")
    assert french_click.shown(tmp_path.parent / "b.csv") == tmp_path.parent / "b.csv"
