"""The study notebooks, run on answers that a reader brings: whatever these are, the page tells of them and of nobody.

Answers are drawn by `synthetic.coded`, then given the labels, the town and the free text that a real file would
have, and bent into what a small survey may bring. The oracles are the Disclosure section of the design and the
files themselves: what must not be read is looked for in the whole page.
"""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup

from relecture import load_study
from relecture.answers import instrument, missing, synthetic
from relecture.report import execute, page
from relecture.report.kernels import Kernels
from relecture.study import ROOT

SMALLEST = 5
SECRET, NAME = "Villeneuve-Secrète", "Docteur-Untel"
COUNT = re.compile(r"(\d+) \(\d+ %\)|^(\d+)$")


def drawn(study, n):
    one = instrument.load(load_study(study))
    frame = synthetic.coded(one, load_study(study).document("synthetic.yaml"), load_study(study).values, n=n).frame
    frame.index = [f"{NAME}-{rank}" for rank in range(len(frame))]
    texts = [column for column in frame if one.columns[column].item.kind == "text"]
    asked = frame[texts] != missing.Missing.NOT_ASKED
    frame[texts] = frame[texts].mask(asked, SECRET)
    return frame.rename_axis(missing.RESPONDENT), one


def thin(frame, one):
    """A group of one respondent; a question, and a whole grid, that nobody answered."""
    silent = ["genre", *(column.name for column in one["ess"].columns)]
    frame = frame.assign(**dict.fromkeys(silent, str(missing.Missing.NO_ANSWER)))
    return frame[(frame["predice"] != "oui") | (frame.groupby("predice").cumcount() == 0)]


def alike(frame, one):
    """Everybody gives the answers of the first, so that the other group has nobody."""
    return frame.assign(**frame.iloc[0])


def separated(frame, one):
    """One answer is given by all the users, and by them only."""
    return frame.assign(aisance=frame["predice"].map({"oui": "excellente", "non": "bonne"}))


def unchanged(frame, one):
    return frame


CASES = [
    ("guefif", 5000, unchanged), ("guefif", 30, unchanged), ("guefif", 81, separated), ("guefif", 30, thin),
    ("guefif", 30, alike), ("ajoodha", 30, unchanged), ("zerhoui", 81, unchanged),
]  # fmt: skip
IDS = [f"{study}-{n}-{change.__name__}" for study, n, change in CASES]


def letters(text):
    return re.sub(r"\W", "", text).lower()


def unanswered(frame, one):
    """Labels of the questions that nobody answered: their zeros tell of nobody."""
    empty = frame.isin(missing.CODES).all()
    return [letters(item.label) for item in one.items if all(empty[column.name] for column in item.columns)]


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Every case, two at a time, each in a kernel of its own."""
    folder = tmp_path_factory.mktemp("own")

    def ran(case):
        study, n, change = case
        name = IDS[CASES.index(case)]
        frame, one = drawn(study, n)
        asked = missing.ask(one, change(frame, one))[0]
        asked.to_csv(folder / f"{name}.csv")
        (folder / name).mkdir()
        kernels = Kernels(folder / name, warm=False)
        try:
            answers = {"answers": str(folder / f"{name}.csv"), "smallest_cell": SMALLEST}
            return execute.run(ROOT / "notebooks" / f"{study}.ipynb", answers, kernels), unanswered(asked, one)
        finally:
            kernels.stop()

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(IDS, pool.map(ran, CASES), strict=True))


@pytest.fixture(params=IDS)
def told_of(runs, request):
    return runs[request.param]


@pytest.fixture
def run(told_of):
    return told_of[0]


@pytest.fixture
def section(run):
    """What the page shows of the answers: from the chain of the study to the conclusions."""
    whole = BeautifulSoup(page.export(run.notebook, title_fallback="page"), "html.parser")
    start = whole.find("h2", string=re.compile("refaite sur des réponses|Tout le questionnaire"))
    end = whole.find("h2", string=re.compile("conclure"))
    before = set(map(id, end.find_all_next()))
    return [tag for tag in start.find_all_next(True) if id(tag) not in before and tag is not end]


def shown_tables(section):
    """The tables of the answers, without those that also hold what the thesis printed."""
    tables = [tag for tag in section if tag.name == "table"]
    return [one for one in tables if not any("mprim" in head.get_text() for head in one.select("thead th"))]


def test_no_cell_dies(run):
    assert run.failure == ""


def test_nothing_is_said_to_be_synthetic(section):
    striped = [tag for tag in section if "synthetic" in tag.get("class", [])]
    captions = [tag.get_text() for tag in section if tag.name in ("caption", "figcaption")]
    assert striped == []
    assert captions and not [caption for caption in captions if "synthétique" in caption]


def test_neither_names_nor_free_text_reach_the_page(run):
    told = page.export(run.notebook, title_fallback="page")
    assert SECRET not in told and NAME not in told


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
            small += [(cells, found[0]) for found in counts if found and int(found[1] or found[2]) < SMALLEST]
    assert small == []


def test_the_page_says_how_many_cells_were_masked(section):
    said = " ".join(tag.get_text(" ") for tag in section if tag.name == "p")
    assert re.search(r"masquée?s?\b|Aucun effectif n.a eu à être masqué", said)
