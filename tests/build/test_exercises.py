"""Pages of exercises, written with the others: stale ones only, and none without exercises."""

import shutil

import pytest

from relecture.build import exercises
from relecture.build.state import records
from relecture.core.errors import InputError
from relecture.core.study import ROOT


@pytest.fixture(scope="module")
def compendium(tmp_path_factory):
    root = tmp_path_factory.mktemp("compendium")
    shutil.copytree(ROOT / "data", root / "data")
    return root


def test_pages_are_written_once_and_again_when_one_is_lost(compendium, tmp_path):
    known = {}
    assert exercises.update(compendium, tmp_path, known) and not exercises.update(compendium, tmp_path, known)
    assert records.read(tmp_path) == known
    (tmp_path / "diapositives.html").unlink()
    assert exercises.update(compendium, tmp_path, known) and (tmp_path / "diapositives.html").is_file()
    names = {f"{name}.html" for name in ("exercices", *known["exercices"].beside)}
    assert names <= {path.name for path in tmp_path.iterdir()}


def test_a_number_of_a_study_makes_them_stale(compendium, tmp_path):
    known = {}
    exercises.update(compendium, tmp_path, known)
    ledger = compendium / "data" / "exemple" / "printed.csv"
    ledger.write_text(
        ledger.read_text("utf-8").replace("tableau1.hommes.non_formes,19", "tableau1.hommes.non_formes,18")
    )
    with pytest.raises(InputError, match="deux réponses valent 44"):  # the slip is gone, and the exercise with it
        exercises.update(compendium, tmp_path, known)


def test_nothing_is_written_without_exercises(tmp_path):
    assert not exercises.update(tmp_path, tmp_path, {}) and list(tmp_path.iterdir()) == []
