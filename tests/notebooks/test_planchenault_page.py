"""The Planchenault page, built from two copies of the repository and read back as a reader's browser would.

The copies are built in folders of different names, time zones, locales and hash seeds: the same bytes. The
oracle of the other tests is the Page section of the design, the printed values, and the fictional corpus.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from relecture import load_study
from relecture.printed import audit
from relecture.study import ROOT
from relecture.text import tree

WORLDS = (
    ("ici", {"TZ": "Europe/Paris", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
    ("un autre dossier", {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "2"}),
)
PARTS = ("lib", "data", "notebooks", "requirements.lock", "pyproject.toml")


def started(root, world):
    """A build in a copy of the repository, which nobody edits meanwhile."""
    for part in PARTS:
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, root / part)
    command = [sys.executable, "-m", "relecture", "build", "planchenault"]
    environment = os.environ | world | {"PYTHONPATH": str(root / "lib")}
    return subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The bytes of the page from each world, built side by side from one state of the repository."""
    roots = [tmp_path_factory.mktemp(name) for name, _ in WORLDS]
    builds = [started(root, world) for root, (_, world) in zip(roots, WORLDS, strict=True)]
    said = [build.communicate()[0].decode() for build in builds]
    assert [build.returncode for build in builds] == [0, 0], said
    return [(root / "outputs" / "planchenault.html").read_bytes() for root in roots]


@pytest.fixture(scope="module")
def study():
    return load_study("planchenault")


@pytest.fixture(scope="module")
def page(pages):
    return BeautifulSoup(pages[0].decode("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def prose(page):
    """What is read: no code, no files to download."""
    read = BeautifulSoup(str(page.main), "html.parser")
    for hidden in read.select("details.code, .colophon"):
        hidden.decompose()
    return " ".join(read.get_text(" ").split())


def between(page, first, last):
    """Figures and tables from one second-level heading to another."""
    start, end = (page.find("h2", string=re.compile(words)) for words in (first, last))
    return [tag for tag in start.find_all_next(["figure", "table"]) if tag.sourceline < end.sourceline]


def is_labelled(tag):
    return bool(tag.find_parent(class_="synthetic")) or "synthetic" in tag.get("class", [])


def test_two_worlds_give_the_same_bytes(pages):
    assert pages[0] == pages[1]


def test_the_page_has_a_language_a_title_and_one_first_heading(page):
    assert page.html["lang"] == "fr"
    assert page.title.get_text().startswith("Que change la santé numérique")
    assert len(page.find_all("h1")) == 1


def test_every_picture_says_what_it_shows(page):
    alts = [image.get("alt", "") for image in page.find_all("img")]
    assert len(alts) >= 11
    assert all(len(alt) > 40 for alt in alts)


def test_every_table_has_a_caption_and_named_columns(page):
    tables = page.find_all("table")
    assert len(tables) >= 20
    assert all(table.caption.get_text(strip=True) and table.select("th[scope=col]") for table in tables)


def test_nothing_is_asked_of_another_host(page):
    asked = [tag.get("src") or tag.get("href") for tag in page.find_all(["img", "script", "link", "iframe", "source"])]
    assert [address for address in asked if address and not address.startswith("data:")] == []
    assert page.find_all("script") == []


def test_no_cell_failed_and_no_code_is_in_sight(page, prose):
    assert "Traceback" not in prose and "Warning" not in prose
    assert page.select(".error, details.messages, details.code[open], pre.printed") == []


def test_every_address_within_the_page_leads_somewhere(page):
    ids = {tag["id"] for tag in page.find_all(id=True)}
    targets = [link["href"][1:] for link in page.select("a[href^='#']")]
    assert targets and [target for target in targets if target not in ids] == []


def test_the_tally_of_the_page_is_that_of_the_audit(page, study):
    counts = audit.tally(audit.audit(study, repairs=False))
    shown = [
        int(re.match(r"\d+", item.get_text(strip=True).lstrip("✓≈~✗?\u00a0 "))[0]) for item in page.select(".tally li")
    ]
    assert shown == [count for count in counts.values() if count]


def test_numbers_are_written_in_french(prose, study):
    """A point stands only in the number of a section of the thesis, as the data of the study cite it."""
    cited = "".join((study.folder / name).read_text(encoding="utf-8") for name in ("coreq.yaml", "coding.yaml"))
    points = re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", prose)
    assert set(points) - set(re.findall(r"(?<![\w.])\d\.\d(?![\w.])", cited)) == set()
    assert "47,8" in prose and "9 327" in prose


def test_the_two_printed_tables_are_there_row_by_row(page):
    """Oracle: the first and the last row of tables 1 and 2 of the thesis (l. 448-481)."""
    caption = next(tag for tag in page.select("caption") if "premier tableau" in tag.get_text())
    rows = [
        [cell.get_text().replace("\u00a0", " ") for cell in row.select("th, td")]
        for row in caption.find_parent("table").select("tr")
    ]
    assert rows[1] == ["M1", "> 60 ans", "F", "Cabinet de groupe", "Semi rurale", "> 15 ans", "-"]
    assert rows[-1] == ["M15", "< 40 ans", "F", "SOS médecin", "Urbaine", "5 - 15 ans", "-"]
    assert len(rows) == 1 + 15


def test_whatever_is_fictional_says_so(page):
    shown = between(page, "chaîne d’analyse", "conclure")
    assert len(shown) >= 16
    assert all(is_labelled(tag) for tag in shown)


def test_nothing_printed_is_called_fictional(page):
    shown = between(page, "Qui a été interrogé", "chaîne d’analyse")
    assert len(shown) >= 12
    assert not any(is_labelled(tag) for tag in shown)


def test_the_three_maps_hold_every_idea_of_the_tree(page, study):
    """The pictures are paths; their titles count the leaves of each branch, as the document has them."""
    titles = [tag.get_text() for tag in page.select("figcaption strong")]
    for node in tree.parse(study.document("coding.yaml")).nodes:
        frame = tree.parse(study.document("coding.yaml")).frame(node.id)
        ideas = (frame["depth"] == 4).sum()
        assert any(node.label.replace("'", "’") in title and f"{ideas} idées" in title for title in titles)


@pytest.mark.parametrize("suffix", [".qdc", ".mm", ".opml", ".md"])
def test_the_tree_can_be_taken_away(page, suffix):
    (link,) = [link for link in page.select("a[download]") if link["download"].endswith(suffix)]
    assert link["href"].startswith("data:application/octet-stream;base64,")


def test_saturation_is_not_recomputed_and_the_page_says_what_is_missing(prose, study):
    missing = [one["what"] for one in study.document("saturation.yaml")["needed"] if not one["published"]]
    assert "ne peut pas être recalculée" in prose
    for what in missing:
        words = what.split(" : ")[0].split(" :")[0].replace("'", "’")
        assert words in prose


def test_the_page_says_that_classes_depend_on_settings(prose):
    assert "dépendent des réglages" in prose


def test_the_page_weighs_less_than_three_megabytes(pages):
    assert len(pages[0]) < 3_000_000
