"""What each study tells of each item of a reporting guideline: every item once, its place in the source, its fact.

Studies and guidelines are found in `data/`. ABSENT and NOT_APPLICABLE were decided item by item on the text of the
scan.
"""

import re

import pytest
import yaml

from relecture import load_study
from relecture.core.study import ROOT
from relecture.printed.frames import reporting

GUIDELINES = list(yaml.safe_load(reporting.GUIDELINES.read_text(encoding="utf-8")))
READ = [(path.parent.name, path.stem) for name in GUIDELINES for path in sorted((ROOT / "data").glob(f"*/{name}.yaml"))]
FRAMES = {pair: reporting.reporting_checklist(load_study(pair[0]), pair[1]) for pair in READ}
ROWS = [(study, row) for (study, _), frame in FRAMES.items() for row in frame.itertuples()]
LAST = {"ajoodha": 601, "guefif": 1651, "planchenault": 1042, "zerhoui": 859}  # lines of the text of each scan
ABSENT = {
    ("guefif", "strobe"): "10 12e",
    ("guefif", "cherries"): "2 3 11 12 14 15 17 19 20 21 23 24 25 26 27 28 29 30",
    ("zerhoui", "strobe"): "12a 12c 13b 13c 21 22",
    ("ajoodha", "strobe"): "12a 12c 13c 14b 22",
    ("planchenault", "coreq"): "5 8 18 20 23 28",
}
NOT_APPLICABLE = {
    ("guefif", "strobe"): "12d 16c",
    ("guefif", "cherries"): "10",
    ("zerhoui", "strobe"): "12b 12d 12e 16c 17",
    ("ajoodha", "strobe"): "12b 12d 12e 16c 17",
    ("planchenault", "coreq"): "",
}


def _lines(place):
    """(first, last) of each `l. 515-525` of a place."""
    return [(int(first), int(last or first)) for first, last in re.findall(r"l\. (\d+)(?:-(\d+))?", place)]


def test_each_thesis_was_read_against_what_its_design_asks_for():
    """An interview study for COREQ, surveys for STROBE, the one that went out on line for CHERRIES too."""
    assert set(FRAMES) == set(ABSENT)


@pytest.mark.parametrize("pair", READ, ids="-".join)
@pytest.mark.parametrize(("status", "expected"), [("absent", ABSENT), ("not_applicable", NOT_APPLICABLE)])
def test_what_is_not_told_is_what_the_reading_found(pair, status, expected):
    frame = FRAMES[pair]
    assert frame.loc[frame["status"] == status, "number"].tolist() == expected[pair].split()


@pytest.mark.parametrize(("study", "row"), ROWS, ids=[f"{study}-{row.domain}-{row.number}" for study, row in ROWS])
def test_each_item_says_where_or_what_was_read(study, row):
    places = _lines(row.place)
    assert all(1 <= first <= last <= LAST[study] for first, last in places)
    assert bool(places) == (row.status in ("reported", "partial"))
    assert all(re.fullmatch(r"[^;]+, l\. \d+(-\d+)?", part) for part in row.place.split(" ; ") if part)
    assert ("(lu : " in row.note) == (row.status == "absent")


@pytest.mark.parametrize(("study", "row"), ROWS, ids=[f"{study}-{row.domain}-{row.number}" for study, row in ROWS])
def test_each_item_tells_one_fact_and_accuses_nobody(study, row):
    assert row.note.endswith(".") and len(row.note.split()) <= 45
    assert not re.search(r"\b(omet|omis|néglig|faute|aurait dû|insuffisan|mauvais)", row.note)
