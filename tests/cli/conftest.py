"""The command, and a compendium that it works on."""

import pytest
from click.testing import CliRunner

from relecture.cli.commands import main
from relecture.core import study


@pytest.fixture(scope="session")
def relecture():
    """Function (words) -> the result of the command."""
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], prog_name="relecture")


@pytest.fixture
def at_toy(toy, monkeypatch, plain_pages):
    monkeypatch.setattr(study, "ROOT", toy.root)
    return toy
