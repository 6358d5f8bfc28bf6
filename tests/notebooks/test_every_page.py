"""What each page owes its readers, whatever its study; the oracle is the Page section of the design."""

import re

import pytest

from relecture.build.state import jobs
from relecture.core.study import ROOT, load_study, studies
from relecture.printed import audit
from relecture.printed.frames import across_studies
from relecture.report.page.notebook_parts import study_of

NOTEBOOKS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(jobs.notebooks(ROOT).values())}
SECOND = [f"{name}-methode" for name, text in NOTEBOOKS.items() if '"page:methode"' in text]
FURTHER = "nouvelle"  # the study that the fixtures write with `relecture new`


@pytest.fixture(params=[*NOTEBOOKS, *SECOND, FURTHER])
def name(request):
    return request.param


@pytest.fixture
def page(pages, name):
    return pages[name]


@pytest.fixture
def root(worlds):
    """The copy of the repository whose pages are read."""
    return worlds[0].parent


@pytest.fixture
def study(root, name):
    """The study that the page tells of; None for a page that tells of several."""
    return load_study(name, root) if name in studies(root) else None


def plain(text):
    return " ".join(text.replace("’", "'").replace("\u2060", "").split())


def test_two_worlds_give_the_same_bytes(worlds, name):
    one, other = ((world / f"{name}.html").read_bytes() for world in worlds)
    assert one == other


def test_it_weighs_less_than_three_megabytes(worlds, name):
    assert (worlds[0] / f"{name}.html").stat().st_size < 3_000_000


def test_it_has_a_language_and_the_title_of_its_study(page, study):
    assert page.html["lang"] == "fr"
    (heading,) = page.find_all("h1")
    assert plain(page.title.get_text()).startswith(plain(heading.get_text()))
    assert study is None or plain(heading.get_text()) == plain(study.about["title"])


def test_every_picture_says_what_it_shows(page):
    alts = [image.get("alt") or image.get("aria-label", "") for image in page.select("img, svg")]
    assert alts and all(len(alt) > 40 for alt in alts)


def test_every_table_has_a_caption_and_named_columns(page):
    tables = page.find_all("table")
    assert tables and all(table.caption.get_text(strip=True) and table.select("th[scope=col]") for table in tables)


def test_nothing_is_asked_of_another_host(page):
    asked = [tag.get("src") or tag.get("href") for tag in page.find_all(["img", "script", "link", "iframe", "source"])]
    assert [address for address in asked if address and not address.startswith("data:")] == []
    assert "@import" not in str(page.style) and "url(http" not in str(page.style)
    assert page.find_all("script") == []


def test_no_cell_failed_and_no_code_is_in_sight(page, read):
    words = read(page)
    assert "Traceback" not in words and "Warning" not in words and "nan" not in words.split()
    assert page.select(".error, details.messages, pre.printed") == []


def test_every_address_within_the_page_leads_somewhere(page):
    ids = {tag["id"] for tag in page.find_all(id=True)}
    targets = [link["href"][1:] for link in page.select("a[href^='#']")]
    assert targets and [target for target in targets if target not in ids] == []


@pytest.mark.parametrize("name", [*NOTEBOOKS, FURTHER])
def test_its_tally_is_that_of_the_audit(page, name, root, study):
    """The synthesis adds up the audits of the studies that it names; a page that reads no folder of data has none."""
    if not (root / "data" / name).is_dir():
        assert page.select(".tally") == []
        return
    book = {} if study else across_studies.load(root / "data" / name / "rows.yaml")
    told = [study] if study else [load_study(one, root) for one in (*book["studies"], book["context"])]
    counts = [audit.tally(audit.audit(one, repairs=False)) for one in told]
    total = [sum(one[verdict] for one in counts) for verdict in counts[0]]
    shown = [int(re.search(r"\d+", item.get_text())[0]) for item in page.select(".tally li")]
    assert shown == [count for count in total if count]


def test_numbers_are_written_in_french(page, name, root, read):
    """A point stands only in « version 2.0 » and in the number of a section of a thesis, as the data cite it."""
    cited = "".join(path.read_text(encoding="utf-8") for path in (root / "data" / study_of(name)).glob("co*.yaml"))
    points = re.findall(r"(?<!version )(?<![\w.])\d+\.\d+(?![\w.])", read(page))
    assert set(points) - set(re.findall(r"(?<![\w.])\d\.\d(?![\w.])", cited)) == set()
