"""A second build in other conditions is compared byte by byte; the authors' one by its manifest.

One test really builds twice, with a notebook that shows its time zone; the others put two folders side by side.
Takes about ten seconds: two real builds.
"""

import locale
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from relecture.build.archive import rebuild_check
from relecture.build.state import manifest, records
from relecture.cli.commands import main
from relecture.core import study
from relecture.core.errors import InputError
from relecture.core.study import ROOT

ZONE = """
import os
from IPython.display import HTML
display(HTML(f"<table><caption>Fuseau</caption><tr><td>{os.environ['TZ'] == 'Europe/Paris'}</td></tr></table>"))
"""
PAGE = "<h2>Un</h2>\n<table><caption>Âges</caption><tr><td>{age}</td></tr></table>\n"


def plain(lines):
    return [line.replace("\u00a0", " ").replace("\u202f", " ") for line in lines]


@pytest.fixture
def told():
    return []


@pytest.fixture
def built(toy, record):
    """A toy whose pages were written without a kernel; `toy.page(root, age)` writes those of another folder."""

    def page(root, age="41,1"):
        for name, text in {"jouet": PAGE.format(age=age), "index": "<p>liste\n"}.items():
            (root / "outputs").mkdir(exist_ok=True)
            (root / f"outputs/{name}.html").write_text(text, encoding="utf-8")
        record(root, "jouet", "index")

    page(toy.root)
    return SimpleNamespace(**vars(toy), page=page, out=toy.root / "outputs")


def test_two_real_builds_differ_only_where_the_notebook_shows_its_session(toy, told):
    toy.write({"notebooks/jouet.ipynb": toy.notebook([("markdown", "# Un jouet", []), ("code", ZONE, [])])})
    shutil.copytree(ROOT / "lib", toy.root / "lib", dirs_exist_ok=True)
    environment = os.environ | {"TZ": "Europe/Paris", "PYTHONPATH": str(toy.root / "lib")}
    subprocess.run([sys.executable, "-m", "relecture", "build"], env=environment, check=True, capture_output=True)

    assert rebuild_check.compare_with_rebuild(toy.root, toy.root / "outputs", told.append) is False
    first, *lines = plain(told)
    assert first.startswith("Seconde construction : autre dossier, fuseau UTC")
    assert lines[:2] == [
        "  index.html : identique",
        "  jouet.html : diffère : premier écart au tableau « Fuseau »",
    ]
    here, there = lines[2:]
    assert "ici : " in here and "<td>True</td>" in here
    assert "ailleurs : " in there and "<td>False</td>" in there


@pytest.mark.parametrize(("age", "same"), [("41,1", True), ("41,2", False)])
def test_a_second_build_is_told_file_by_file(built, told, monkeypatch, age, same):
    monkeypatch.setattr(rebuild_check, "_build", lambda root, session: built.page(root, age))
    assert rebuild_check.compare_with_rebuild(built.root, built.out, told.append) is same
    assert plain(told)[1:] == ["  index.html : identique"] + (
        ["  jouet.html : identique"]
        if same
        else [
            "  jouet.html : diffère : premier écart au tableau « Âges »",
            "      ligne 2, ici : …tion>Âges</caption><tr><td>41,1</td></tr></table>",
            "      ligne 2, ailleurs : …tion>Âges</caption><tr><td>41,2</td></tr></table>",
        ]
    )


def test_a_page_retouched_by_hand_differs_even_if_the_stored_manifest_says_otherwise(built, told, monkeypatch):
    monkeypatch.setattr(rebuild_check, "_build", lambda root, session: built.page(root))
    (built.out / "index.html").write_text("<p>autre", encoding="utf-8")
    assert rebuild_check.compare_with_rebuild(built.root, built.out, told.append) is False
    assert plain(told)[1] == "  index.html : diffère : contenu différent"


def test_the_second_build_has_what_pages_are_made_of_and_nothing_else(built, told, monkeypatch):
    left_out = ["lib/relecture/__pycache__/a.pyc", "data/.brouillon", "mes-reponses.csv", "lib/b/c.py"]
    built.write(dict.fromkeys(left_out, ""))
    seen = []
    monkeypatch.setattr(rebuild_check, "_build", lambda root, session: (seen.extend(_below(root)), built.page(root)))
    rebuild_check.compare_with_rebuild(built.root, built.out, told.append)
    assert seen == [
        "data/jouet/printed.csv",
        "data/jouet/relations.yaml",
        "data/jouet/study.yaml",
        "lib/relecture/jouet.py",
        "notebooks/jouet.ipynb",
        "requirements.lock",
    ]


def _below(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_a_second_build_that_fails_says_why(toy, told):
    toy.write({"lib/relecture/__init__.py": "", "lib/relecture/__main__.py": "raise SystemExit('panne')\n"})
    with pytest.raises(InputError) as refusal:
        rebuild_check.compare_with_rebuild(toy.root, toy.root / "outputs", told.append)
    assert refusal.value.faults == ("la seconde construction a échoué :", "panne")


def test_the_session_is_another_and_this_one_keeps_its_own(monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    before = locale.setlocale(locale.LC_ALL)
    session = rebuild_check._session()
    assert session["PYTHONHASHSEED"] == "2"
    assert session["TZ"] != os.environ.get("TZ")
    assert locale.setlocale(locale.LC_ALL) == before
    monkeypatch.setattr(rebuild_check, "_is_available", lambda name: name.startswith("de"))
    assert rebuild_check._session()["LC_ALL"] == "de_DE.UTF-8"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert rebuild_check._session()["LC_ALL"] == "C", "the only other one is in use"


def test_the_same_bytes_as_the_authors(built, told):
    manifest.publish(built.out, built.root)
    rebuild_check.compare_with_authors(built.root, built.out, told.append)
    assert plain(told) == [
        "Par rapport aux auteurs (data/manifest.json) :",
        "  index.html : identique",
        "  jouet.html : identique",
        "2 fichiers sur 2 : mêmes octets que les auteurs",
    ]


def test_a_difference_with_the_authors_is_explained(built, told, monkeypatch):
    manifest.publish(built.out, built.root)
    built.write({"notebooks/jouet.ipynb": built.notebook([*built.cells, ("markdown", "Une phrase.", [])])})
    theirs = manifest.versions()
    monkeypatch.setattr(manifest, "versions", lambda: theirs | {"numpy": "2.5.5"})
    built.page(built.root, "41,2")
    rebuild_check.compare_with_authors(built.root, built.out, told.append)
    assert plain(told)[1:] == [
        "  index.html : identique",
        "  jouet.html : diffère : premier écart au tableau « Âges »",
        "1 fichier sur 2 : mêmes octets que les auteurs",
        "Ce qui n’est pas comme chez les auteurs :",
        "  notebooks/jouet.ipynb a changé",
        f"  numpy : autre version (2.5.5 ici, {theirs['numpy']} chez les auteurs)",
    ]


def test_without_a_manifest_of_the_authors_there_is_nothing_to_compare(built, told):
    rebuild_check.compare_with_authors(built.root, built.out, told.append)
    assert plain(told) == ["Pas de manifeste des auteurs (data/manifest.json) : rien d’autre à comparer"]


@pytest.fixture
def at_toy(built, monkeypatch, plain_pages):
    monkeypatch.setattr(study, "ROOT", built.root)
    return built


def relecture(*words):
    return CliRunner().invoke(main, words, prog_name="relecture")


@pytest.mark.parametrize(("same", "status"), [(True, 0), (False, 1)])
def test_only_a_difference_between_the_two_builds_made_here_is_a_failure(at_toy, monkeypatch, same, status):
    built = at_toy.out / "jouet.html"
    manifest.publish(at_toy.out, at_toy.root)
    monkeypatch.setattr(rebuild_check, "compare_with_rebuild", lambda root, out, tell: same)
    (at_toy.root / "data/jouet/README.md").write_text("autre chose que chez les auteurs", encoding="utf-8")
    at_toy.page(at_toy.root, "41,2")
    result = relecture("verify")
    assert result.exit_code == status
    assert "data/jouet/README.md est absent chez les auteurs" in result.stdout
    assert "premier écart au tableau" in result.stdout
    assert built.read_text(encoding="utf-8") == PAGE.format(age="41,2"), "fresh: not built again"


@pytest.mark.parametrize("words", [["verify"], ["manifest"], ["crate", "depot"]])
def test_a_build_that_fails_ends_there(at_toy, monkeypatch, words):
    monkeypatch.setattr(rebuild_check, "compare_with_rebuild", lambda *_: pytest.fail("compared a failed build"))
    at_toy.write({"data/jouet/printed.csv": "address\n"})
    result = relecture(*words)
    assert result.exit_code == 1
    assert plain(result.stderr.splitlines())[0] == "jouet : ÉCHEC"
    assert not (at_toy.root / "data/manifest.json").exists()


def test_the_authors_refresh_their_manifest_in_one_command(at_toy):
    result = relecture("manifest")
    committed = at_toy.root / "data/manifest.json"
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, str(committed))
    built = manifest.describe(at_toy.out, at_toy.root, records.read(at_toy.out))
    assert committed.read_text(encoding="utf-8") == manifest.text(built)
