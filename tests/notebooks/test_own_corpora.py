"""The Planchenault notebook on a corpus of one's own: a page, or one clear French sentence, never a crash.

What people said never reaches the page: each corpus holds words that one text alone has (SECRET), and the
page, its tables and its pictures must not have them. Corpora of this file are written for it.
"""

import os
import random
import re
import shutil

import pytest
from bs4 import BeautifulSoup

from relecture import load_study
from relecture.build import pages
from relecture.build.notebooks import execute
from relecture.core.study import ROOT
from relecture.report.page import render
from relecture.text import interviews

SAID = "Le dossier du patient est ouvert. Le patient regarde son dossier. Le médecin écrit, puis parle au patient."
APART = " La secrétaire aide la secrétaire."  # in one text of two: the groups differ by it
SECRET = "zorglubine"
FICTION = (ROOT / "data/planchenault/corpus.fictif.txt").read_text(encoding="utf-8")


def texts(count, said=SAID, variables=""):
    starred = [f"**** *m_{rank} {variables.format(sex='FH'[rank % 2])}" for rank in range(count)]
    lines = [f"{star}\n{said}{APART * (rank % 2)}\n" for rank, star in enumerate(starred)]
    return "".join([*lines[:-1], lines[-1].rstrip() + f" {SECRET} {SECRET} {SECRET}, dit-il.\n"])


def paragraphs(count):
    """As many texts as wanted, of some 600 words: sentences of the fictional corpus drawn anew."""
    draw = random.Random(1)
    lines = [line for line in FICTION.split("\n") if line and not line.startswith(("****", "-*"))]
    sentences = [one for line in lines for one in re.split(r"(?<=[.?!]) ", line)]
    said = (f"*milieu_{draw.choice(('rural', 'urbain'))} *lieu_{draw.randrange(60)}" for _ in range(count))
    starred = (f"**** *m_{rank} {variables}\n" for rank, variables in enumerate(said))
    return "".join(star + " ".join(draw.sample(sentences, 45)) + "\n" for star in starred)


def built(path, out):
    found = pages.build(["planchenault"], out=out, parameters={"answers": str(path)})
    return next(one for one in found if one.name == "planchenault")


@pytest.fixture
def page_on(kernels, tmp_path):
    """Function (name of a file, its bytes) -> the page on that corpus, its code left out."""

    def page(name, content):
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir()
        shutil.copy(ROOT / "notebooks/planchenault.ipynb", path)
        (tmp_path / name).write_bytes(content)
        run = execute.run(path, {"answers": str(tmp_path / name)}, kernels)
        assert run.failure == ""
        return without_code(render.export(run.notebook, title_fallback="planchenault"))

    return page


def without_code(html):
    page = BeautifulSoup(html, "html.parser")
    for code in page.select(".code"):
        code.decompose()
    return page


TAGS = "<script>alert(1)</script> <img src=x onerror=f()>"
GOOD = [  # file, bytes, cells that a table must show
    ("trois textes.txt", texts(3).encode(), {"textes", "segments"}),
    ("windows.txt", texts(12, f"{TAGS} {SAID}", "*sexe_<b>{sex}</b>").encode("cp1252"), {"<b>F</b>", "<b>H</b>"}),
]


@pytest.mark.parametrize(("name", "content", "shown"), GOOD, ids=[name for name, *_ in GOOD])
def test_a_small_corpus_gives_a_page_without_its_words(page_on, tmp_path, name, content, shown):
    page = page_on(name, content)
    told = " ".join(page.get_text(" ").split())
    assert page.select("script, .error, img[onerror]") == []
    assert SECRET not in page.decode() and str(tmp_path) not in page.decode()
    assert "Le patient regarde son dossier" not in told
    assert "Corpus fictif" not in told and page.select(".synthetic") == []
    assert "porte sur le corpus donné" in told
    assert "Votre corpus" in told
    assert re.match(r"\d+\stextes\s: \d+\sformes en", page.select(".answer")[-1].get_text())
    assert shown <= {cell.get_text() for cell in page.select("th[scope=row]")}


BAD = [
    ("vide.txt", b"", "vide.txt, ligne 1 : texte vide"),
    ("un.txt", f"**** *m_1\n{SAID}".encode(), "1 texte ; il en faut au moins 3"),
    ("sans étoile.txt", SAID.encode(), "un texte s'ouvre par une ligne"),
    ("un mot.txt", b"**** *m_1\noui\n**** *m_2\noui\n**** *m_3\nnon\n", "aucune forme active n'atteint 3 occurrences"),
    ("un blanc.txt", f"**** *m_1\n\n**** *m_2\n{SAID}".encode(), "un blanc.txt, ligne 1 : texte vide"),
    ("word.txt", b"PK\x03\x04", "pas un fichier texte"),
]


@pytest.mark.parametrize(("name", "content", "told"), BAD, ids=[name for name, *_ in BAD])
def test_a_corpus_that_cannot_be_read_is_refused_in_one_sentence(name, content, told, tmp_path):
    """The notebook calls `gather` before anything else; the build of one refused corpus is the test below."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(interviews.InputError, match=re.escape(told)):
        interviews.load_interviews(load_study("planchenault"), tmp_path / name)


def test_the_build_tells_the_refusal_and_shows_it_without_a_path(tmp_path):
    (tmp_path / "vide.txt").write_bytes(b"")
    report = built(tmp_path / "vide.txt", tmp_path / "out")
    assert report.state == "failed"
    assert "vide.txt, ligne 1 : texte vide" in report.faults[0]
    failed = BeautifulSoup((tmp_path / "out/planchenault.failed.html").read_text(encoding="utf-8"), "html.parser")
    assert "vide.txt, ligne 1 : texte vide" in failed.select_one(".error p").get_text().replace("\u00a0", " ")


FEW = ("Le dossier, oui.", "Mon dossier, toujours.", "Un dossier, parfois.")
POOR = [  # file, its words, sentences of the page
    (
        "trois phrases.txt",
        "".join(f"**** *m_{rank}\n{said}\n" for rank, said in enumerate(FEW)),
        ("aucun segment n’a deux des formes comptées", "il faut 5 segments qui aient une forme, et il y en a 3"),
    ),
    (
        "tous pareils.txt",
        "".join(f"**** *sexe_{'FH'[rank % 2]}\n{SAID} {SAID} {SAID}\n" for rank in range(12)),
        ("rien ne les sépare", "Aucune forme ne s’écarte assez du hasard", "ce n’est le cas d’aucune"),
    ),
    (
        "sans variable.txt",
        f"****\n{SAID} {SAID} {SAID}\n" * 3,
        ("Le corpus n’a pas de variable", "Aucune variable n’a de groupes que l’on puisse comparer"),
    ),
]


@pytest.mark.parametrize(("name", "content", "told"), POOR, ids=[name for name, *_ in POOR])
def test_a_corpus_with_nothing_to_part_says_so(page_on, name, content, told):
    page = page_on(name, content.encode())
    words = " ".join(page.get_text(" ").split())
    assert page.select(".error") == []
    assert [one for one in told if one not in words] == []
    assert not any("inégalement" in tag.get_text() for tag in page.select("figcaption strong"))
    assert "sur 0" not in words


@pytest.mark.timed
def test_a_thousand_texts_take_less_than_a_minute(tmp_path):
    """Seconds of processor, kernel included. One variable has sixty groups: the page shows forty, and says so."""
    (tmp_path / "mille.txt").write_text(paragraphs(1000), encoding="utf-8")
    start = os.times()
    report = built(tmp_path / "mille.txt", tmp_path / "out")
    spent = sum(end - begin for begin, end in zip(start[:4], os.times()[:4], strict=True))
    assert report.faults == ()
    page = without_code(report.page.read_text(encoding="utf-8"))
    assert 5 < spent < 60
    assert report.page.stat().st_size < 3_000_000
    titles = [" ".join(tag.get_text().split()) for tag in page.select("figcaption strong")]
    assert any(re.search(r"\d classes de segments", title) for title in titles)
    (groups,) = [tag for tag in page.select("caption") if "Ce que chaque groupe dit davantage" in tag.get_text()]
    assert len(groups.find_parent("table").select("tbody th[scope=row]")) == 40
    assert "Groupes montrés, les plus contrastés : 40 sur 62" in " ".join(page.get_text(" ").split())


def test_the_fictional_corpus_as_ones_own_loses_its_label_and_what_one_interview_alone_says(tmp_path):
    (tmp_path / "mien.txt").write_text(f"{FICTION.rstrip()} {SECRET} {SECRET} {SECRET}.\n", encoding="utf-8")
    study = load_study("planchenault")
    fictional, own = interviews.load_interviews(study), interviews.load_interviews(study, tmp_path / "mien.txt")
    assert (fictional.label, own.label) == ("Corpus fictif", "")
    assert SECRET in set(own.segmented.tokens["form"])
    assert (
        own.segmented.forms["form"].tolist() == fictional.segmented.forms["form"].tolist()
    )  # each is said by two of them
