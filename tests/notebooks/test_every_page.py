"""What each page owes its readers, whatever its study; the oracle is the Page section of the design."""

import re

import pytest

from relecture import load_study
from relecture.core.study import ROOT, studies
from relecture.printed import audit

# the first words of the title, and how many figures and tables at least
OWED = {
    "ajoodha": ("Les généralistes envoient-ils", 8, 14),
    "guefif": ("Une messagerie instantanée sécurisée", 9, 9),
    "planchenault": ("Que change la santé numérique", 11, 20),
    "synthese": ("Que disent ensemble quatre thèses", 5, 7),
    "zerhoui": ("Que font les médecins généralistes", 9, 14),
}


@pytest.fixture(params=OWED)
def name(request):
    return request.param


@pytest.fixture
def page(pages, name):
    return pages[name]


def test_every_notebook_is_held_here():
    assert sorted(OWED) == sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_two_worlds_give_the_same_bytes(worlds, name):
    one, other = ((world / f"{name}.html").read_bytes() for world in worlds)
    assert one == other


def test_it_weighs_less_than_three_megabytes(worlds, name):
    assert (worlds[0] / f"{name}.html").stat().st_size < 3_000_000


def test_it_has_a_language_a_title_and_one_first_heading(page, name):
    assert page.html["lang"] == "fr"
    assert page.title.get_text().startswith(OWED[name][0])
    assert len(page.find_all("h1")) == 1


def test_every_picture_says_what_it_shows(page, name):
    alts = [image.get("alt", "") for image in page.find_all("img")]
    assert len(alts) >= OWED[name][1]
    assert all(len(alt) > 40 for alt in alts)


def test_every_table_has_a_caption_and_named_columns(page, name):
    tables = page.find_all("table")
    assert len(tables) >= OWED[name][2]
    assert all(table.caption.get_text(strip=True) and table.select("th[scope=col]") for table in tables)


def test_nothing_is_asked_of_another_host(page):
    asked = [tag.get("src") or tag.get("href") for tag in page.find_all(["img", "script", "link", "iframe", "source"])]
    assert [address for address in asked if address and not address.startswith("data:")] == []
    assert "@import" not in str(page.style) and "url(http" not in str(page.style)
    assert page.find_all("script") == []


def test_no_cell_failed_and_no_code_is_in_sight(page, read):
    words = read(page)
    assert "Traceback" not in words and "Warning" not in words and "nan" not in words.split()
    assert page.select(".error, details.messages, details.code[open], pre.printed") == []


def test_every_address_within_the_page_leads_somewhere(page):
    ids = {tag["id"] for tag in page.find_all(id=True)}
    targets = [link["href"][1:] for link in page.select("a[href^='#']")]
    assert targets and [target for target in targets if target not in ids] == []


def test_its_tally_is_that_of_the_audit(page, name):
    """The synthesis adds up the audits of every study that is no fiction."""
    told = [name] if name in studies() else [one for one in studies() if not load_study(one).about.get("fictional")]
    counts = [audit.tally(audit.audit(load_study(one), repairs=False)) for one in told]
    total = [sum(one[verdict] for one in counts) for verdict in counts[0]]
    shown = [int(re.search(r"\d+", item.get_text())[0]) for item in page.select(".tally li")]
    assert shown == [count for count in total if count]


def test_numbers_are_written_in_french(page, name, read):
    """A point stands only in « version 2.0 » and in the number of a section of a thesis, as the data cite it."""
    cited = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "data" / name).glob("co*.yaml"))
    points = re.findall(r"(?<!version )(?<![\w.])\d+\.\d+(?![\w.])", read(page))
    assert set(points) - set(re.findall(r"(?<![\w.])\d\.\d(?![\w.])", cited)) == set()
