"""Pages are built when their content is stale, never lost, and the same bytes everywhere.

The oracle is the promise of the Build section of the design: each test names one sentence of it.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from relecture.build import pages as build
from relecture.build.notebooks import execute
from relecture.build.progress import Lines
from relecture.build.state import output_folder, records
from relecture.core.errors import InputError
from relecture.core.study import ROOT

BUILT = {records.RECORDS, output_folder.LOCK, "index.html", "jouet.html", "manifest.json"}
FAILING = ("code", "1 / 0  # panne", [])
QUIET = Lines(lambda line: None)
pytestmark = pytest.mark.usefixtures("plain_pages")


def made(toy, **options):
    """Build the toy; its only report."""
    (report,) = build.build(root=toy.root, show=QUIET, **options)
    return report


@pytest.fixture
def built(toy, monkeypatch):
    """A toy whose page is fresh; from now on an execution takes no time and shows nothing."""
    canned = execute.ExecutedNotebook(nbformat.v4.new_notebook())
    monkeypatch.setattr(execute, "run", lambda *_: canned)
    assert made(toy).state == "built"
    return toy


def test_a_build_writes_the_page_and_the_index_then_has_nothing_to_do(toy):
    first = made(toy)
    page = first.page.read_text(encoding="utf-8")
    index = (toy.root / "outputs/index.html").read_text(encoding="utf-8")

    assert (first.state, first.page) == ("built", toy.root / "outputs/jouet.html")
    assert "dose 3" in page
    assert "'title': 'Un jouet', 'tally': {'reproduced': 3}" in index
    assert made(toy).state == "fresh"
    assert {path.name for path in first.page.parent.iterdir()} == BUILT


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/jouet/printed.csv", "address,value,kind,place,note\nsujets.total,51,count,Résultats l. 1,\n"),
        ("data/jouet/README.md", "un fichier de plus\n"),
        ("lib/relecture/jouet.py", "LEVEL = 2\n"),
        ("lib/relecture/report/page/template/page.html.j2", "<p>"),
        ("requirements.lock", "jouet==2\n"),
        ("outputs/jouet.html", "retouché à la main"),
    ],
)
def test_a_change_of_content_makes_the_page_stale(built, path, text):
    built.write({path: text})
    assert made(built).state == "built"
    assert made(built).state == "fresh"


def test_a_change_in_a_cell_or_in_the_parameters_makes_the_page_stale(built):
    built.write({"notebooks/jouet.ipynb": built.notebook([*built.cells, ("markdown", "Une phrase.", [])])})
    assert made(built).state == "built"
    assert made(built, parameters={"dose": 4}).state == "built"
    assert made(built, parameters={"dose": 4}).state == "fresh"


def test_outputs_file_times_and_hidden_files_do_not(built):
    path = built.root / "notebooks/jouet.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][2] |= {"execution_count": 7, "id": "autre", "outputs": []}
    built.write({"notebooks/jouet.ipynb": json.dumps(notebook), "data/jouet/.brouillon": "x"})
    os.utime(built.root / "data/jouet/study.yaml", (0, 0))
    assert made(built).state == "fresh"


def test_a_missing_page_an_unreadable_record_and_force_build_again(built):
    (built.root / "outputs/jouet.html").unlink()
    assert made(built).state == "built"
    built.write({"outputs/.fingerprints.json": "{"})
    assert made(built).state == "built"
    assert made(built, force=True).state == "built"


SECOND = ("markdown", "# La méthode", ["page:methode"])


@pytest.fixture
def two(toy):
    """A toy whose notebook makes two pages."""
    toy.write({"notebooks/jouet.ipynb": toy.notebook([*toy.cells, SECOND])})
    assert made(toy, cold=True).state == "built"
    return toy


def listed(toy, out="outputs"):
    return {path.name for path in (toy.root / out).iterdir()} - {records.RECORDS, output_folder.LOCK}


def test_a_notebook_makes_two_pages_and_both_have_their_place_in_the_manifest(two):
    first, second = (two.root / "outputs" / name for name in ("jouet.html", "jouet-methode.html"))
    assert "dose 3" in first.read_text() and "La méthode" in second.read_text() and "dose 3" not in second.read_text()
    told = json.loads((two.root / "outputs/manifest.json").read_text())
    assert sorted(told["files"]) == ["index.html", second.name, first.name] and len(told["pages"]) == 2
    assert made(two).state == "fresh"


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("retouchée")])
def test_a_second_page_that_is_missing_or_altered_is_stale(two, change, monkeypatch):
    change(two.root / "outputs/jouet-methode.html")
    (reason,) = build.explain(root=two.root)
    assert "à refaire — page" in reason
    assert made(two, cold=True).state == "built"
    assert made(two).state == "fresh"


def test_a_second_page_goes_with_its_notebook_or_with_its_tag(two, monkeypatch):
    two.write({"notebooks/jouet.ipynb": two.notebook()})
    assert made(two, cold=True).state == "built"
    assert listed(two) == {"index.html", "jouet.html", "manifest.json"}
    two.write({"notebooks/jouet.ipynb": two.notebook([*two.cells, SECOND])})
    assert made(two, cold=True).state == "built" and "jouet-methode.html" in listed(two)
    (two.root / "notebooks/jouet.ipynb").unlink()
    assert made(two).state == "gone"
    assert listed(two) == {"manifest.json"}


def test_on_own_answers_the_second_part_is_the_page_and_the_thesis_stands_beside(two):
    cells = [*two.cells[:1], ("code", "answers: str = ''", ["parameters"]), *two.cells[2:], SECOND]
    cells[2] = ("code", "print('la thèse')", [])
    two.write({"notebooks/jouet.ipynb": two.notebook(cells[:3] + cells[4:]), "réponses.csv": "q1\noui\n"})
    own = {"parameters": {"answers": str(two.root / "réponses.csv")}, "out": two.root / "pages"}
    assert made(two, cold=True, **own).state == "built"
    assert listed(two, "pages") == {"index.html", "jouet.html", "jouet-these.html", "manifest.json"}
    assert "la thèse" in (two.root / "pages/jouet-these.html").read_text()
    assert "la thèse" not in (two.root / "pages/jouet.html").read_text()


def test_a_second_page_never_takes_the_place_of_that_of_another_notebook(two):
    two.write({"notebooks/jouet-methode.ipynb": two.notebook()})
    reports = {report.name: report for report in build.build(root=two.root, show=QUIET, cold=True, force=True)}
    assert reports["jouet"].faults == ("« jouet-methode » : nom d'un autre carnet, que sa page perdrait",)
    assert "dose 3" in reports["jouet-methode"].page.read_text(encoding="utf-8")


def test_both_pages_are_kept_or_neither(two):
    before = {name: (two.root / "outputs" / name).read_bytes() for name in ("jouet.html", "jouet-methode.html")}
    two.write({"notebooks/jouet.ipynb": two.notebook([*two.cells, SECOND, FAILING])})
    assert made(two, cold=True).state == "failed"
    assert {name: (two.root / "outputs" / name).read_bytes() for name in before} == before
    assert [name for name in listed(two) if "failed" in name] == ["jouet.failed.html"]
    two.write({"notebooks/jouet.ipynb": two.notebook([*two.cells, SECOND]), "ailleurs/jouet-methode.html/x": ""})
    report = made(two, cold=True, out=two.root / "ailleurs")
    assert report.state == "failed" and "un dossier porte déjà ce nom" in report.faults[0]
    assert not (two.root / "ailleurs/jouet.html").exists()


@pytest.mark.parametrize("name", ["index.html", "manifest.json"])
def test_a_missing_index_or_manifest_is_written_again(built, name):
    (built.root / "outputs" / name).unlink()
    assert made(built).state == "fresh"
    assert (built.root / "outputs" / name).is_file()


def test_a_build_with_nothing_to_do_writes_nothing(built):
    before = {path.name: path.stat().st_mtime_ns for path in (built.root / "outputs").iterdir()}
    made(built)
    after = {path.name: path.stat().st_mtime_ns for path in (built.root / "outputs").iterdir()}
    del before[output_folder.LOCK], after[output_folder.LOCK]
    assert after == before


def test_the_page_of_a_notebook_that_is_gone_goes_too(built):
    built.write({"notebooks/autre.ipynb": built.notebook(), "outputs/autre/table.csv": "a\n"})
    build.build(root=built.root, show=QUIET, cold=True)
    (built.root / "notebooks/autre.ipynb").unlink()
    (built.root / "outputs/ancien.failed.html").touch()
    gone = build.build(root=built.root, show=QUIET)
    index = (built.root / "outputs/index.html").read_text(encoding="utf-8")

    assert {report.name: report.state for report in gone} == {"ancien": "gone", "autre": "gone", "jouet": "fresh"}
    assert {path.name for path in (built.root / "outputs").iterdir()} == BUILT
    assert "'jouet'" in index and "autre" not in index
    assert "autre" not in (built.root / "outputs/manifest.json").read_text(encoding="utf-8")

    (built.root / "notebooks/jouet.ipynb").unlink()
    assert [report.state for report in build.build(root=built.root, show=QUIET)] == ["gone"]
    assert {path.name for path in (built.root / "outputs").iterdir()} == BUILT - {"index.html", "jouet.html"}


def test_a_file_given_as_a_parameter_counts_by_its_content(built):
    answers = built.root.parent / "réponses.csv"
    answers.write_text("q1\noui\n", encoding="utf-8")
    assert made(built, parameters={"dose": str(answers)}).state == "built"
    moved = answers.rename(built.root / "réponses.csv")
    assert made(built, parameters={"dose": str(moved)}).state == "fresh"
    moved.write_text("q1\nnon\n", encoding="utf-8")
    assert made(built, parameters={"dose": str(moved)}).state == "built"


def test_a_notebook_that_changes_while_it_runs_is_built_again(built, monkeypatch):
    def run(path, *_):
        path.write_text(built.notebook([*built.cells, FAILING]), encoding="utf-8")
        return execute.ExecutedNotebook(nbformat.v4.new_notebook())

    monkeypatch.setattr(execute, "run", run)
    assert made(built, force=True).state == "built"
    assert made(built).state == "built"


def test_a_failing_cell_keeps_the_page_says_where_and_lets_the_others_build(toy):
    previous = made(toy).page.read_text(encoding="utf-8")
    broken = toy.notebook([*toy.cells, FAILING, ("code", "print('jamais')", [])])
    toy.write({"notebooks/jouet.ipynb": broken, "notebooks/autre.ipynb": toy.notebook()})
    other, report = build.build(root=toy.root, show=QUIET, cold=True)
    failed = toy.root / "outputs/jouet.failed.html"
    shown = failed.read_text(encoding="utf-8")

    assert (other.name, other.state, report.state) == ("autre", "built", "failed")
    assert report.faults[0] == "cellule de code n° 4 : ZeroDivisionError : division by zero"
    assert report.page.read_text(encoding="utf-8") == previous
    assert "1 / 0  # panne" in shown and "Traceback" in shown
    assert "papermill" not in shown

    toy.write({"notebooks/jouet.ipynb": toy.notebook()})
    assert build.build(["jouet"], root=toy.root, show=QUIET)[0].state == "fresh"
    assert not failed.exists()


@pytest.mark.parametrize(
    ("out", "reason"),
    [("fichier", "un fichier porte déjà ce nom"), ("fichier/pages", "une partie de ce chemin est un fichier")],
)
def test_a_folder_that_cannot_be_written_is_refused_in_one_line(toy, out, reason):
    toy.write({"fichier": ""})
    with pytest.raises(InputError) as refusal:
        made(toy, out=toy.root / out)
    (fault,) = refusal.value.faults
    assert fault.endswith(f"écriture impossible ({reason})")


def test_a_page_that_cannot_be_replaced_is_a_failure_and_leaves_nothing_behind(built):
    (built.root / "pages/jouet.html").mkdir(parents=True)
    report = made(built, out=built.root / "pages")
    assert report.faults == (f"« {report.page} » : écriture impossible (un dossier porte déjà ce nom)",)
    assert {path.name for path in report.page.parent.iterdir()} == BUILT - {"index.html"}


def test_a_malformed_ledger_is_told_fault_by_fault_and_keeps_the_page(built):
    page = (built.root / "outputs/jouet.html").read_bytes()
    rows = "sujets.total,cinquante,count,l. 1,\nsujets.total,50,nombre,l. 2,\n"
    built.write({"data/jouet/printed.csv": f"address,value,kind,place,note\n{rows}"})
    report = made(built)
    assert report.state == "failed"
    assert len(report.faults) >= 3, "an unreadable count, an address given twice, an unknown kind"
    assert (built.root / "outputs/jouet.html").read_bytes() == page


DRAWING = "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 3, 2])\ndisplay(figure)"
FRAME = "import pandas\npandas.DataFrame({'a': [1.5]})"


def test_two_folders_time_zones_locales_and_hash_seeds_give_the_same_bytes(toy, tmp_path):
    cells = [*toy.cells, ("code", "print({'a', 'b', 'c'}, hash('x'))", []), ("code", DRAWING, []), ("code", FRAME, [])]
    toy.write({"notebooks/jouet.ipynb": toy.notebook(cells)})
    shutil.copytree(ROOT / "lib", toy.root / "lib", dirs_exist_ok=True)
    here, there = tmp_path / "ici", tmp_path / "un autre {dossier}" / "là"
    sessions = [
        (here, {"TZ": "Europe/Paris", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        (there, {"TZ": "Pacific/Noumea", "LC_ALL": "fr_FR.UTF-8", "PYTHONHASHSEED": "2", "MPLBACKEND": "agg"}),
    ]
    for root, session in sessions:
        shutil.copytree(toy.root, root)
        _build_apart(root, session)
    pages = [{path.name: path.read_bytes() for path in (root / "outputs").iterdir()} for root, _ in sessions]
    assert set(pages[0]) == BUILT
    assert pages[0] == pages[1]


def _build_apart(root: Path, session: dict[str, str]) -> None:
    environment = os.environ | session | {"PYTHONPATH": str(root / "lib")}
    command = [sys.executable, "-m", "relecture", "build"]
    done = subprocess.run(command, env=environment, cwd=root.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
