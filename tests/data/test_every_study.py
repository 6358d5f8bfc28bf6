"""What every study owes, whatever its name: the one file that a further study has to satisfy, next to its page.

Studies are found in `data/`, notebooks in `notebooks/`; each failure names the file and what to put in it, and
`relecture new study NAME` writes files that owe nothing. The page is held by tests/notebooks, and the fingerprints that
`make manifest` writes by tests/repo/test_manifest.py. What one study alone promises stands in a file of its own.
"""

import json
import re
import time

import pytest

from relecture import load_study
from relecture.answers import codebook
from relecture.answers.questionnaire import instrument
from relecture.build.state import jobs
from relecture.core import schemas
from relecture.core.study import ROOT
from relecture.printed import audit, ledger
from relecture.report import legends, story

OWED = {
    "study.yaml": "what the study set out to do, in our own words; its keys: lib/relecture/core/study.schema.json",
    "printed.csv": "one row a printed number: address,value,kind,place,note",
    "relations.yaml": "how the printed numbers hold together, one entry a relation",
    "README.md": "the codebook: the source, and a line for each file of the folder",
}
TOLD = ("title", "short", "author", "year", "subject", "question", "design", "period", "place", "figures_lost")
MARKS = ("study.yaml", "printed.csv", "relations.yaml")  # any of them makes a folder a study
FOLDERS = sorted(path for path in (ROOT / "data").iterdir() if path.is_dir())
STUDIES = [path.name for path in FOLDERS if any((path / name).exists() for name in MARKS)]
FORMS = [name for name in STUDIES if (ROOT / "data" / name / instrument.FILE).exists()]
STORIES = [name for name in STUDIES if (ROOT / "data" / name / story.FILE).exists()]
TEXTS = re.compile(r"\btexts\(")  # a notebook that takes words from its folder of data
NOTEBOOKS = sorted(name for name, path in jobs.notebooks(ROOT).items() if TEXTS.search(path.read_text("utf-8")))


def _code(name):
    """The code of a notebook, as text."""
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def _page_of(name):
    return name in NOTEBOOKS or (ROOT / "data" / name / "legends.yaml").exists()


@pytest.mark.parametrize("file", OWED)
@pytest.mark.parametrize("name", STUDIES)
def test_each_file_is_there(name, file):
    assert (ROOT / "data" / name / file).exists(), f"data/{name}/{file} is missing: {OWED[file]}"


@pytest.mark.parametrize("name", STUDIES)
def test_the_study_file_says_what_pages_and_archives_show(name):
    missing = [key for key in TOLD if key not in load_study(name).about]
    assert missing == [], f"data/{name}/study.yaml: write these keys, as the other studies do"


@pytest.mark.parametrize("name", STUDIES)
def test_no_printed_number_is_without_a_relation_or_a_reason(name):
    lost = ledger.load(load_study(name)).unexplained
    assert lost == (), f"data/{name}: use each in relations.yaml, or say why not in its note (uncheckable: …, cited: …)"


@pytest.mark.parametrize("name", STUDIES)
def test_every_relation_says_what_it_checks_and_where(name):
    relations = ledger.load(load_study(name)).relations
    assert relations, f"data/{name}/relations.yaml: at least one relation"
    bare = [one.id for one in relations if not (one.label and one.section and one.addresses)]
    assert bare == [], f"data/{name}/relations.yaml: give each a label, a section and addresses"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_codebook_names_every_file(folder):
    text = (folder / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in folder.iterdir()} - {"README.md"}
    assert sorted(file for file in files if f"`{file}`" not in text) == [], (
        f"data/{folder.name}/README.md: a line for each, its name between backticks"
    )


@pytest.mark.parametrize("name", [name for name in sorted({*STUDIES, *NOTEBOOKS}) if _page_of(name)])
def test_a_page_has_its_notebook_and_its_words(name):
    owed = name in STUDIES  # what reads several studies has no findings of its own
    for path, holds in (
        (f"notebooks/{name}.ipynb", "the story of the study, executed (make notebooks)"),
        (f"data/{name}/legends.yaml", "the words around each figure and table of the notebook"),
        *([(f"data/{name}/findings.yaml", "the answer, the key points, the causes of what does not hold")] * owed),
    ):
        assert (ROOT / path).exists(), f"{path} is missing: {holds}"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_figure_and_table_has_its_words_and_each_figure_an_alternative_text(name):
    code, entries = _code(name), schemas.read(ROOT / "data" / name / "legends.yaml", legends.SCHEMA)
    asked = set(re.findall(r"""texts\(\s*["']([^"']+)["']""", code))
    where = f"data/{name}/legends.yaml"
    assert sorted(asked - {*entries}) == [], f"{where}: an entry of that name is missing (title, caption, alt…)"
    unused = [entry for entry in entries if not re.search(rf"""["']{re.escape(entry)}["']""", code)]
    assert unused == [], f"{where}: no cell of notebooks/{name}.ipynb asks for these"
    mute = [entry for entry, words in entries.items() if "title" in words and not words.get("alt")]
    assert mute == [], f"{where}: `alt` says what the figure shows, then the main reading"


@pytest.mark.parametrize("name", STORIES)
def test_the_answer_the_key_points_and_the_causes_are_those_of_the_findings(name):
    """Each claim has the verdict of the finding it rests on; each finding that does not hold has one cause."""
    study = load_study(name)
    document = story.read(study.folder, study.findings(), study.values)
    told = [one.id for cause in document["causes"] for one in story.told_by(cause["findings"], study.findings())]
    owed = [one.id for one in study.findings() if one.finding.verdict in story.TOLD]
    assert len(document["key_points"]) == 3 and sorted({*told} & {*owed}) == sorted(owed)


@pytest.mark.parametrize("name", STORIES)
def test_no_number_is_typed_in_what_is_told_of_findings(name):
    document = story.read(load_study(name).folder, load_study(name).findings(), load_study(name).values)
    claims = [document["answer"], *document["key_points"]]
    words = [claim["text"] for claim in claims] + [
        cause[part] for cause in document["causes"] for part in ("title", "text", "changes", "question")
    ]
    assert [text for text in words if re.search(r"\d", re.sub(r"\{[^}]*\}", "", text))] == []


@pytest.mark.parametrize("name", FORMS)
def test_the_codebook_is_in_step_with_the_instrument(name):
    study = load_study(name)
    readme = (study.folder / "README.md").read_text(encoding="utf-8")
    assert codebook.with_instrument(readme, instrument.load(study)) == readme, "python -m relecture.answers.codebook"


@pytest.mark.parametrize("name", FORMS)
def test_every_item_says_where_it_stands_in_the_annex(name):
    """Lines within those of the annex, in its order: matrices share theirs, and a text follows its question."""
    form = instrument.load(load_study(name))
    first, last = form.source["lines"]
    assert form.id == name
    assert [item.id for item in form.items if not first <= item.source.lines[0] <= item.source.lines[1] <= last] == []
    starts = [item.source.lines[0] for item in form.items]
    assert starts == sorted(starts)


@pytest.mark.timed
def test_all_sources_are_audited_in_twenty_seconds():
    """Repairs included: the promise of the design for its five sources."""
    start = time.perf_counter()
    findings = sum(len(audit.audit(load_study(name))) for name in STUDIES)
    assert findings > 300
    assert time.perf_counter() - start < 20
