"""The study notebooks, run on answers that a reader brings: whatever these are, the page tells of them and of nobody.

Answers are drawn by `generate.coded`, then given the labels, the town and the free text that a real file would
have, and bent into what a small survey may bring. The oracles are the Disclosure section of the design and the
files themselves: what must not be read is looked for in the whole page.
"""

import ast
import base64
import io
import os
import re
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from relecture import load_study
from relecture.answers.questionnaire import instrument, missing, skip_logic
from relecture.answers.synthetic import generate
from relecture.build.notebooks import execute
from relecture.core.study import ROOT
from relecture.report.page import render
from relecture.report.page.notebook_parts import EVERYWHERE, OPENS

SMALLEST = 5
START, END = "refaite sur des réponses|Tout le questionnaire", "conclure"
SECRET, NAME = "Villeneuve-Secrète", "Docteur-Untel"
COUNT = re.compile(r"^([\d ]+)(?: \(\d+ %\))?$")


def drawn(study, n):
    """Synthetic answers of n respondents, those of 81 drawn again and again where more are asked for."""
    one, plan = instrument.load(load_study(study)), load_study(study).document("synthetic.yaml")
    frame = generate.coded(one, plan, load_study(study).values, n=min(n, 81)).frame
    frame = frame.sample(n, replace=True, random_state=1) if n > 81 else frame
    frame.index = [f"{NAME}-{rank}" for rank in range(len(frame))]
    texts = [column for column in frame if one.columns[column].item.kind == "text"]
    asked = frame[texts] != missing.Missing.NOT_ASKED
    frame[texts] = frame[texts].mask(asked, SECRET)
    return frame.rename_axis(missing.RESPONDENT), one


SILENT = {"guefif": ["genre", "ess"], "ajoodha": ["sexe", "envoi"], "zerhoui": ["alarme", "papier_raisons"]}
FILTER = {"guefif": "predice", "ajoodha": "equipement", "zerhoui": "protection_suffisante"}
FOLLOWS = {  # an answer that says the same as the group: complete separation
    "guefif": ("aisance", {"oui": "excellente", "non": "bonne"}),
    "ajoodha": ("sexe", {"oui": "femme", "non": "homme"}),
    "zerhoui": ("verrouillage", {"oui": "oui", "non": "non"}),
}


def unchanged(frame, one):
    return frame


def thin(frame, one):
    """A group of one respondent; questions, and a whole grid, that nobody answered."""
    silent = [column.name for name in SILENT[one.id] for column in one[name].columns]
    frame = frame.assign(**dict.fromkeys(silent, str(missing.Missing.NO_ANSWER)))
    group = frame[FILTER[one.id]]
    return frame[(group != group.value_counts().idxmin()) | (frame.groupby(group).cumcount() == 0)]


def alike(frame, one):
    """Everybody gives the answers of the first, so that the other group has nobody."""
    return frame.assign(**frame.iloc[0])


def separated(frame, one):
    """One answer is given by a whole group, and by it only."""
    name, words = FOLLOWS[one.id]
    return frame.assign(**{name: frame[FILTER[one.id]].map(words)})


FULL = bool(os.environ.get("CI"))
CASES = [
    *[(study, 5000, unchanged) for study in FILTER if FULL or study == "guefif"],
    *[(study, 81, separated) for study in FILTER],  # the whole page
    *[(study, 30, change) for study in FILTER for change in (thin, alike)],
]  # fmt: skip
IDS = [f"{study}-{n}-{change.__name__}" for study, n, change in CASES]


def letters(text):
    return re.sub(r"\W", "", text).lower()


def unanswered(frame, one):
    """Labels of the questions that nobody answered: their zeros tell of nobody."""
    empty = frame.isin(missing.CODES).all()
    return [letters(item.label) for item in one.items if all(empty[column.name] for column in item.columns)]


def names(source):
    """What a code cell defines, and what it reads."""
    tree = ast.parse(source)
    aliases = [one.asname or one.name for one in ast.walk(tree) if isinstance(one, ast.alias)]
    found = [one for one in ast.walk(tree) if isinstance(one, ast.Name)]
    return {*aliases, *(one.id for one in found if isinstance(one.ctx, ast.Store))}, {one.id for one in found}


def place(notebook, tag, title):
    """The rank of the first cell that is tagged so, or has that title where none is."""
    ranks = [rank for rank, cell in enumerate(notebook.cells) if tag in cell.metadata.get("tags", ())]
    titles = [rank for rank, cell in enumerate(notebook.cells)
              if cell.cell_type == "markdown" and re.search(rf"^## .*({title})", cell.source, re.M)]  # fmt: skip
    return (ranks or titles)[0]


def about_answers(notebook):
    """The notebook without the code cells that its part on the answers does not need: answers change none."""
    start, end = place(notebook, OPENS, START), place(notebook, EVERYWHERE, END)
    kept, needed = [], set()
    for rank, cell in reversed([*enumerate(notebook.cells)]):
        made, read = names(cell.source) if cell.cell_type == "code" else (set(), set())
        needs = start <= rank < end or made & needed or {"parameters", EVERYWHERE} & {*cell.metadata.get("tags", ())}
        if cell.cell_type != "code" or needs:
            kept.append(cell)
            needed |= read if rank < end else set()
    notebook.cells = kept[::-1]
    return notebook


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own") / "notebooks"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def runs(folder, kernels):
    """Every case, two at a time: the whole page once a study, the section on the answers for the others."""

    def ran(case):
        study, n, change = case
        path = folder / f"{IDS[CASES.index(case)]}.ipynb"
        notebook = nbformat.read(ROOT / "notebooks" / f"{study}.ipynb", 4)
        nbformat.write(notebook if change is separated else about_answers(notebook), path)
        frame, one = drawn(study, n)
        asked = skip_logic.apply(one, change(frame, one))[0]
        blank = (
            asked.iloc[:3].assign(**dict.fromkeys(asked, "")).set_axis(["a", "b", "c"]).rename_axis(asked.index.name)
        )
        (pd.concat([asked, blank]) if change is separated else asked).to_csv(path.with_suffix(".csv"))
        answers = {"answers": str(path.with_suffix(".csv")), "smallest_cell": SMALLEST}
        return execute.run(path, answers, kernels), unanswered(asked, one)

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(IDS, pool.map(ran, CASES), strict=True))


@pytest.mark.parametrize("study", FILTER)
def test_what_answers_do_not_reach_is_kept_as_it_was_saved_and_the_page_is_the_same(study, runs, folder, kernels):
    """The outputs saved are those committed: `make notebooks` when the library has changed."""
    path = folder / f"{study}-81-separated.ipynb"
    copy = shutil.copy(path, folder / f"{study}-saved.ipynb")
    answers = {"answers": str(path.with_suffix(".csv")), "smallest_cell": SMALLEST}
    again, whole = execute.run(copy, answers, kernels, saved=True), runs[path.stem][0]
    kept = [cell for cell in again.notebook.cells if cell.get("outputs") and not cell.execution_count]
    assert len(kept) >= 10
    assert render.export(again.notebook, title_fallback="page") == render.export(whole.notebook, title_fallback="page")


@pytest.fixture(params=IDS, scope="module")
def told_of(runs, request):
    return runs[request.param]


@pytest.fixture(scope="module")
def run(told_of):
    return told_of[0]


@pytest.fixture(scope="module")
def told(run):
    """The page of the answers: the whole page of a notebook that makes one only."""
    return render.pages(run.notebook, "page", own=True)["page"]


@pytest.fixture(scope="module")
def section(told):
    """What the page shows of the answers: all of it before its colophon, or from the chain to the conclusions."""
    whole = BeautifulSoup(told, "html.parser")
    start = whole.find("h2", string=re.compile(START)) or whole.h1
    end = whole.find("h2", string=re.compile(END if start.name == "h2" else "Comment cette page"))
    before = set(map(id, end.find_all_next()))
    return [tag for tag in start.find_all_next(True) if id(tag) not in before and tag is not end]


def shown_tables(section):
    return [tag for tag in section if tag.name == "table"]


def test_no_cell_dies(run):
    assert run.failure == ""


def test_nothing_is_said_to_be_synthetic(section):
    striped = [tag for tag in section if "synthetic" in tag.get("class", [])]
    captions = [tag.get_text() for tag in section if tag.name in ("caption", "figcaption")]
    assert striped == []
    assert captions and not [caption for caption in captions if "synthétique" in caption]


def test_neither_names_nor_free_text_reach_the_page(told):
    assert SECRET not in told and NAME not in told


def test_of_the_file_only_its_name_reaches_the_page(told, folder):
    """Nor the files that can be downloaded from it: CSV, Word, pictures, all of them in base 64."""
    parts = [base64.b64decode(part) for part in re.findall(r"base64,([A-Za-z0-9+/=]+)", told)]
    packed = [zipfile.ZipFile(io.BytesIO(part)) for part in parts if part.startswith(b"PK")]
    parts += [archive.read(name) for archive in packed for name in archive.namelist()]
    assert len(parts) > 3
    assert not [part for part in [told.encode(), *parts] if os.fsencode(folder) in part]
    assert re.search(r"réponses = .*[a-z]+-\d+-[a-z]+\.csv", BeautifulSoup(told, "html.parser").get_text())


def test_rows_that_are_no_answer_are_in_the_flow_chart(told):
    """Where the file has some: three rows without any answer after 81 people."""
    shown = re.sub(r"\s", " ", BeautifulSoup(told, "html.parser").get_text())
    some = "84 lignes, 3 sans réponse, 81 réponses" in shown
    assert some == ("-separated.csv" in told)


def test_no_small_count_is_shown(section, told_of):
    small, heading = [], ""
    for table in shown_tables(section):
        heads = [head.get_text(strip=True) for head in table.select("thead th")]
        for row in table.select("tbody tr"):
            cells = [re.sub(r"\s", " ", cell.get_text(strip=True)) for cell in row.find_all(["th", "td"])]
            told = dict(zip(heads, cells, strict=False))
            heading = letters(cells[0]) if len(cells) != len(heads) else heading
            if len(cells) != len(heads) or "sans réponse" in cells[0]:
                continue  # a group heading; who did not answer
            if told.get("Sur") == "0" or any(heading.startswith(label) for label in told_of[1]):
                continue  # a question that nobody answered, which tells of nobody
            counts = [COUNT.search(cell) for head, cell in told.items() if head == "Effectif" or "(n" in head]
            small += [(cells, found[0]) for found in counts if found and int(found[1].replace(" ", "")) < SMALLEST]
    assert small == []


def test_the_page_says_how_many_cells_were_masked(section):
    said = " ".join(tag.get_text(" ") for tag in section if tag.name == "p")
    assert re.search(r"masquée?s?\b|Aucun effectif n.a eu à être masqué", said)
