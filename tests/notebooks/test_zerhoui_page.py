"""The Zerhoui page, built from a copy of the repository and read back as a reader's browser would.

Twice: without answers (two folders, time zones, locales and hash seeds must give the same bytes), and with a file of
thirty answers whose labels and free texts must never be seen. The oracle of the other tests is the Page and Disclosure
sections of the design, and the printed values themselves.
"""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from relecture import load_study
from relecture.answers import instrument, missing, synthetic
from relecture.printed import audit
from relecture.study import ROOT

STUDY = load_study("zerhoui")
WORLDS = (
    ("ici", {"TZ": "Europe/Paris", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}, None),
    ("un autre dossier", {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "2"}, None),
    ("ses réponses", {"TZ": "Europe/Paris", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "3"}, 30),
)
PARTS = ("lib", "data", "notebooks", "requirements.lock", "pyproject.toml")
SECRETS = ("Docteur Untel", "une porte que seul Untel a")


def copied(root):
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, root / part)
    return root


def own(path, n):
    """Answers under names, one of whom ticked « autre » and said what: neither may reach the page."""
    form = instrument.load(STUDY)
    frame = synthetic.coded(form, STUDY.document("synthetic.yaml"), STUDY.values, n=n, seed=5).frame
    frame.index = [f"{SECRETS[0]} {rank}" for rank in range(n)]
    first = frame.index[0]
    frame.loc[first, "cle_cabinet"], frame.loc[first, "cle_cabinet_autre"] = "autre", SECRETS[1]
    missing.ask(form, frame)[0].rename_axis(missing.RESPONDENT).to_csv(path)


def started(root, world, n):
    command = [sys.executable, "-m", "relecture", "build", "zerhoui"]
    if n:
        own(root / "reponses.csv", n)
        command += ["--answers", str(root / "reponses.csv"), "--out", str(root / "outputs")]
    environment = os.environ | world | {"PYTHONPATH": str(root / "lib")}
    return subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The bytes of the page from each world, built side by side."""
    roots = [copied(tmp_path_factory.mktemp(name)) for name, *_ in WORLDS]
    builds = [started(root, *world) for root, (_, *world) in zip(roots, WORLDS, strict=True)]
    said = [build.communicate()[0].decode() for build in builds]
    assert [build.returncode for build in builds] == [0, 0, 0], said
    return [(root / "outputs" / "zerhoui.html").read_bytes() for root in roots]


@pytest.fixture(scope="module")
def page(pages):
    return BeautifulSoup(pages[0].decode("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def answered(pages):
    return BeautifulSoup(pages[2].decode("utf-8"), "html.parser")


def read(page):
    """What is read: no code, no files to download."""
    shown = BeautifulSoup(str(page.main), "html.parser")
    for hidden in shown.select("details.code, .colophon"):
        hidden.decompose()
    return " ".join(shown.get_text(" ").replace("\u00a0", " ").replace("\u202f", " ").split())


def last_part(page):
    """Figures and tables of the part about answers."""
    after = page.find("h2", string=re.compile("refaite sur des réponses"))
    end = page.find("h2", string=re.compile("conclure"))
    return [tag for tag in after.find_all_next(["figure", "table"]) if tag.sourceline < end.sourceline]


def test_two_worlds_give_the_same_bytes(pages):
    assert pages[0] == pages[1]


def test_the_page_has_a_language_a_title_and_one_first_heading(page):
    assert page.html["lang"] == "fr"
    assert page.title.get_text().startswith("Que font les médecins généralistes")
    assert len(page.find_all("h1")) == 1


def test_every_picture_says_what_it_shows(page):
    alts = [image.get("alt", "") for image in page.find_all("img")]
    assert len(alts) >= 9
    assert all(len(alt) > 40 for alt in alts)


def test_every_table_has_a_caption_and_named_columns(page):
    tables = page.find_all("table")
    assert len(tables) >= 14
    assert all(table.caption.get_text(strip=True) and table.select("th[scope=col]") for table in tables)


def test_nothing_is_asked_of_another_host(page):
    asked = [tag.get("src") or tag.get("href") for tag in page.find_all(["img", "script", "link", "iframe", "source"])]
    assert [address for address in asked if address and not address.startswith("data:")] == []
    assert page.find_all("script") == []


@pytest.mark.parametrize("which", [0, 2])
def test_no_cell_failed_and_no_code_is_in_sight(pages, which):
    shown = BeautifulSoup(pages[which].decode("utf-8"), "html.parser")
    assert "Traceback" not in read(shown) and "Warning" not in read(shown)
    assert shown.select(".error, details.messages, details.code[open]") == []


def test_every_address_within_the_page_leads_somewhere(page):
    ids = {tag["id"] for tag in page.find_all(id=True)}
    targets = [link["href"][1:] for link in page.select("a[href^='#']")]
    assert [target for target in targets if target not in ids] == []


def test_the_tally_of_the_page_is_that_of_the_audit(page):
    counts = audit.tally(audit.audit(STUDY, repairs=False))
    shown = [
        int(re.match(r"\d+", item.get_text(strip=True).lstrip("✓≈~✗?\u00a0 "))[0]) for item in page.select(".tally li")
    ]
    assert shown == [count for count in counts.values() if count]


def test_numbers_are_written_in_french(page):
    versions = re.compile(r"version \d+\.\d+")  # of a guide, as its title has it
    assert re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", versions.sub("", read(page))) == []


def test_no_number_is_typed_in_prose():
    cells = json.loads((ROOT / "notebooks" / "zerhoui.ipynb").read_text(encoding="utf-8"))["cells"]
    markdown = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    assert [text for text in markdown if re.search(r"\d", text)] == []
    prose = ["".join(cell["source"]).partition('prose(f"""')[2] for cell in cells if cell["cell_type"] == "code"]
    assert [text for text in prose if re.search(r"\d", re.sub(r"\{[^{}]*\}", "", text))] == []


def test_the_findings_are_told_with_what_the_calculation_gives(page):
    # 25 May (article 99), 35 + 6 + 7 + 3 = 51, 33 x log2(26) = 155, question 6 behind at most 3 doctors
    told = read(page)
    assert all(words in told for words in ("25 mai 2018", "font 51 pour 50", "en donne 155", "3 au plus sur 50"))


def test_bounds_of_unsecured_messages_are_those_of_the_printed_table(page):
    # at most 50 - max(24, 26) in town, 50 - max(10, 16) with hospitals
    assert "24 au plus se passent de tout message non sécurisé" in read(page)
    assert "34 au plus avec l’hôpital" in read(page)


def test_every_practice_of_the_rules_has_its_line(page):
    table = next(table for table in page.find_all("table") if "pratiques face aux règles" in table.caption.get_text())
    heads = [row.get_text().replace("’", "'") for row in table.select("th[scope=row]")]
    assert heads == [about["label"] for about in STUDY.document("rules.yaml")["practices"].values()]


def test_all_questions_of_the_form_but_free_texts_are_tabulated():
    form = instrument.load(STUDY)
    named = [name for block in STUDY.about["blocks"].values() for name in block]
    due = [item.id for item in form.items if item.kind != "text"] + [one.id for one in form.derived]
    assert sorted(named) == sorted(due)
    free = {item.source.item for item in form.items} - {item.source.item for item in form.items if item.id in named}
    assert free == {"10", "13", "19", "44"}  # how, when and how often: never asked


def test_whatever_is_synthetic_says_so(page):
    shown = last_part(page)
    assert len(shown) >= 8
    assert all(tag.find_parent(class_="synthetic") or "synthetic" in tag.get("class", []) for tag in shown)


def test_own_answers_are_not_called_synthetic(answered):
    assert answered.select(".synthetic") == []
    assert "30 réponses au même questionnaire" in read(answered)
    assert "synthétiques" not in read(answered)


def test_own_answers_are_under_disclosure_control(answered):
    assert "masqué" in read(answered)
    assert re.search(r"\d+ cases? de moins de 5 répondants (ont|a) été masquée", read(answered))
    for table in (tag for tag in last_part(answered) if tag.name == "table" and "côte à côte" not in tag.get_text()):
        counts = [row.find_all("td")[0].get_text(strip=True) for row in table.select("tbody tr") if row.find("td")]
        assert [count for count in counts if count.isdigit() and 0 < int(count) < 5] == []


def test_no_name_and_no_free_text_reaches_the_page(pages):
    assert [secret for secret in SECRETS if secret in pages[2].decode("utf-8")] == []


def test_the_page_weighs_less_than_three_megabytes(pages):
    assert max(map(len, pages)) < 3_000_000
