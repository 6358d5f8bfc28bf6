"""A build says what it does, where the pages are and which cell failed, and refuses answers before it runs."""

import resource
import subprocess
import sys
import webbrowser

import pytest

from relecture.api import Study, load_study
from relecture.build import pages
from relecture.cli import page_commands
from relecture.core import study
from relecture.explore.printed.findings import Findings


def test_a_build_says_what_it_does_and_where_the_pages_are(relecture, at_toy):
    first, second = relecture("build"), relecture("build")
    index = at_toy.root / "outputs/index.html"
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.splitlines() == [
        "jouet : exécution du carnet…",
        f"Construites : 1 ; les pages sont dans {index}",
    ]
    assert second.stdout == f"Rien à refaire, tout est à jour ; les pages sont dans {index}\n"


def test_a_failing_notebook_is_named_with_its_cell_and_its_error(relecture, at_toy):
    at_toy.write({"notebooks/jouet.ipynb": at_toy.notebook([("code", "raise ValueError('a\\nb')", [])])})
    result = relecture("build", "jouet", "--out", str(at_toy.root / "pages"))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[:3] == [
        "jouet : ÉCHEC",
        "  cellule de code n° 1 : ValueError : a",
        "  b",
    ]
    assert str(at_toy.root / "pages/jouet.failed.html") in result.stderr
    assert "En échec : 1" in result.stdout


def test_own_answers_need_one_study_and_a_file(relecture, tmp_path):
    assert relecture("build", "--answers", tmp_path).exit_code == 2
    missing = relecture("build", "guefif", "--answers", tmp_path / "absent.csv")
    assert missing.exit_code == 1 and "fichier introuvable" in missing.output


@pytest.fixture
def own(tmp_path):
    """A file of 81 answers, and a function that writes it with a word that no question expects."""
    path = tmp_path / "dr-untel" / "réponses.csv"
    path.parent.mkdir()
    frame = load_study("guefif").synthetic(n=81).frame

    def write(**columns):
        frame.assign(**columns).to_csv(path)
        return path

    return write


def test_refused_answers_are_told_as_validate_tells_them_and_nothing_runs(relecture, own, tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "build", lambda *_, **__: pytest.fail("a notebook was run"))
    path = own(predice="peut-être", age="vieux")
    built = relecture("build", "guefif", "--answers", path, "--out", tmp_path / "pages")
    assert (built.exit_code, built.stdout) == (1, "")
    assert built.stderr == relecture("validate", "guefif", path).stderr
    assert built.stderr.count("81\u00a0cases") == 2 and not (tmp_path / "pages").exists()


def test_answers_that_are_accepted_reach_the_notebook_with_what_was_said_of_them(relecture, own, monkeypatch):
    asked = []
    monkeypatch.setattr(pages, "build", lambda *_, **options: asked.append(options["parameters"]) or [])
    path = own()
    alone = relecture("build", "guefif", "--answers", path)
    assert alone.stdout.startswith(relecture("validate", "guefif", path).stdout)
    relecture("build", "guefif", "--answers", path, "--missing", "-99")
    relecture("build", "planchenault", "--answers", path, "--answers", path)
    name = str(path)
    assert asked == [
        {"answers": name}, {"answers": {"files": [name], "missing": ("-99",)}}, {"answers": [name, name]}
    ]  # fmt: skip


def test_answers_are_checked_here_when_the_server_is_gone(own):
    class Gone:
        def ask(self, *question):
            raise BrokenPipeError

    arguments = ["guefif", str(study.ROOT), [str(own(predice="peut-être"))], {}]
    here, there = page_commands._checked(None, arguments), page_commands._checked(Gone(), arguments)
    assert here == there and "peut-être" in here[0][0]


@pytest.mark.timed
def test_answers_are_refused_at_once(own):
    """Under two seconds of processor for 81 respondents, the start of Python included (issue 18)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "relecture", "build", "guefif", "--answers", own(predice="peut-être")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2


def test_the_list_says_what_each_study_holds_and_where_its_page_is(relecture, at_toy, monkeypatch):
    monkeypatch.chdir(at_toy.root)
    before = relecture("list")
    relecture("build")
    after = relecture("list").stdout.replace("\u00a0", " ")
    assert before.exit_code == 0 and "relecture build jouet" in before.stdout
    assert "jouet : " in after and "1 nombre imprimé" in after and "page : outputs/jouet.html" in after


def test_the_verdicts_are_listed_once_they_are_known(relecture, at_toy, monkeypatch, audited):
    told = []
    monkeypatch.setattr(Study, "findings_at_hand", lambda study: told.append(study.name))
    assert "relecture audit jouet" in relecture("list").stdout and told == ["jouet"]
    monkeypatch.setattr(Study, "findings_at_hand", lambda study: Findings(audited("clausener", repairs=False)))
    assert "✓\u00a09\u00a0retrouvés" in relecture("list").stdout


@pytest.mark.parametrize(("browser", "told"), [(True, ""), (False, "Aucun navigateur")])
def test_a_page_is_opened_or_its_path_told(relecture, at_toy, monkeypatch, browser, told):
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or browser)
    relecture("build")
    index, page = relecture("open"), relecture("open", "jouet")
    outputs = at_toy.root / "outputs"
    assert opened == [(outputs / name).as_uri() for name in ("index.html", "jouet.html")]
    assert str(outputs / "jouet.html") in page.stdout and told in index.stdout
    assert (index.exit_code, page.exit_code) == (0, 0)


@pytest.mark.parametrize(
    ("words", "told"), [([], "relecture build\n"), (["jouet"], "relecture build jouet"), (["joue"], "« jouet »")]
)
def test_a_page_that_is_not_there_says_what_to_do(relecture, at_toy, monkeypatch, words, told):
    monkeypatch.setattr(webbrowser, "open", lambda address: pytest.fail("opened"))
    refused = relecture("open", *words)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert told in refused.stderr.replace("\u00a0", " ")
