"""The Guefif page, built from two copies of the repository and read back as a reader's browser would.

The copies stand in folders of different names and are built under different time zones, locales and
hash seeds: the pages must be the same bytes. The oracle of the other tests is the Page section of the
design, and the printed values themselves.
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

WORLDS = (
    ("ici", {"TZ": "Europe/Paris", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
    ("un autre dossier", {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "2"}),
)
PARTS = ("lib", "data", "notebooks", "requirements.lock", "pyproject.toml")


def copied(root):
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, root / part)
    return root


def started(root, world):
    command = [sys.executable, "-m", "relecture", "build", "guefif"]
    environment = os.environ | world | {"PYTHONPATH": str(root / "lib")}
    return subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The bytes of the page from each world, built side by side."""
    roots = [copied(tmp_path_factory.mktemp(name)) for name, _ in WORLDS]
    builds = [started(root, world) for root, (_, world) in zip(roots, WORLDS, strict=True)]
    said = [build.communicate()[0].decode() for build in builds]
    assert [build.returncode for build in builds] == [0, 0], said
    return [(root / "outputs" / "guefif.html").read_bytes() for root in roots]


@pytest.fixture(scope="module")
def page(pages):
    return BeautifulSoup(pages[0].decode("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def prose(page):
    """What is read: no code, no files to download."""
    read = BeautifulSoup(str(page.main), "html.parser")
    for hidden in read.select("details.code, .colophon"):
        hidden.decompose()
    return read.get_text(" ")


def test_two_worlds_give_the_same_bytes(pages):
    assert pages[0] == pages[1]


def test_the_page_has_a_language_a_title_and_one_first_heading(page):
    assert page.html["lang"] == "fr"
    assert page.title.get_text().startswith("Une messagerie instantanée sécurisée")
    assert len(page.find_all("h1")) == 1


def test_every_picture_says_what_it_shows(page):
    alts = [image.get("alt", "") for image in page.find_all("img")]
    assert len(alts) >= 9
    assert all(len(alt) > 40 for alt in alts)


def test_every_table_has_a_caption_and_named_columns(page):
    tables = page.find_all("table")
    assert len(tables) >= 9
    assert all(table.caption.get_text(strip=True) and table.select("th[scope=col]") for table in tables)


def test_nothing_is_asked_of_another_host(page):
    asked = [tag.get("src") or tag.get("href") for tag in page.find_all(["img", "script", "link", "iframe", "source"])]
    assert [address for address in asked if address and not address.startswith("data:")] == []
    assert "@import" not in str(page.style) and "url(http" not in str(page.style)
    assert page.find_all("script") == []


def test_no_cell_failed_and_no_code_is_in_sight(page, prose):
    assert "Traceback" not in prose and "Warning" not in prose
    assert page.select(".error, details.messages, details.code[open]") == []


def test_every_address_within_the_page_leads_somewhere(page):
    ids = {tag["id"] for tag in page.find_all(id=True)}
    targets = [link["href"][1:] for link in page.select("a[href^='#']")]
    assert [target for target in targets if target not in ids] == []


def test_the_tally_of_the_page_is_that_of_the_audit(page):
    counts = audit.tally(audit.audit(load_study("guefif"), repairs=False))
    shown = [
        int(re.match(r"\d+", item.get_text(strip=True).lstrip("✓≈~✗?\u00a0 "))[0]) for item in page.select(".tally li")
    ]
    assert shown == [count for count in counts.values() if count]


def test_numbers_are_written_in_french(prose):
    assert re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", prose) == []
    assert "16,6" in prose and "0,941" in prose


def test_whatever_is_synthetic_says_so(page):
    after = page.find("h2", string=re.compile("refaite sur des réponses"))
    end = page.find("h2", string=re.compile("conclure"))
    shown = [tag for tag in after.find_all_next(["figure", "table"]) if tag.sourceline < end.sourceline]
    assert len(shown) >= 12
    assert all(tag.find_parent(class_="synthetic") or "synthetic" in tag.get("class", []) for tag in shown)


def test_the_page_weighs_less_than_three_megabytes(pages):
    assert len(pages[0]) < 3_000_000
