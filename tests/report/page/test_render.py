"""A page is one accessible, self-contained, French file, whatever the notebook holds.

Oracle: the Page and Look sections of the design; WCAG 2.2 for names, structure and contrast (1.4.3).
"""

import re
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from relecture.report.page import elements, render
from relecture.report.page.elements import prose
from relecture.report.tables.html_table import table

STYLE = Path(render.__file__).parent / "template" / "style.css"
IMAGE = '<img src="data:image/png;base64,iVBORw0KGgo=" alt="Une courbe">'
FIGURE = f'<figure class="figure">{IMAGE}<figcaption>F</figcaption></figure>'
STORY = {
    "answer": {"text": "Oui : <i>."},
    "facts": {"pairs": [["Année", "2023"], ["Répondants", "81"]]},
    "key-points": {"sentences": ["Un.", "Deux <b>.", "Trois."]},
    "source": {"text": "Une autrice, sa thèse"},
}
HOSTILE = '<script>x()</script><img src="http://a.example/p.png" onerror="x()"></div></main><p onclick="x()">reste</p>'


def shown(**data):
    return new_output("display_data", {name.replace("_", "/"): value for name, value in data.items()})


def displayed(thing, source="montrer()"):
    """A cell that displayed an object of the library, as IPython would have stored it."""
    from IPython.core.formatters import DisplayFormatter

    return new_code_cell(source, outputs=[new_output("display_data", DisplayFormatter().format(thing)[0])])


def notebook():
    raw = new_output("display_data", {"image/png": "iVBORw0KGgo="}, metadata={"image/png": {"alt": "Un nuage"}})
    frame = pd.DataFrame({"a": ["x"], "b": [1.5]})
    cells = [
        new_markdown_cell("# Une thèse : *relue*\n\nQue demandait l'étude ?"),
        new_code_cell("seed: int = 1", metadata={"tags": ["parameters"]}),
        new_code_cell("seed = 2", metadata={"tags": ["injected-parameters"]}),
        displayed(elements.tally({"reproduced": 2, "inconsistent": 1}, {"inconsistent": "#resultats"})),
        new_markdown_cell("## Résultats\n\n| h |\n|---|\n| v |"),
        displayed(prose("Sur 240 répondants <script>x()</script> : **rien**.")),
        displayed(table(frame, "Des valeurs")),
        new_markdown_cell("### Détail\n\n## Résultats\n\n# Encore un titre"),
        new_code_cell("figure", outputs=[shown(text_html=FIGURE, text_plain="<Figure>"), raw]),
        new_code_cell("frame", outputs=[shown(text_html=frame.to_html(), text_plain="a b")]),
        new_code_cell("answer", outputs=[shown(text_html=HOSTILE, text_plain="x")]),
        new_code_cell("print", outputs=[new_output("stream", name="stdout", text="<b>\x1b[31mdit\x1b[0m</b>")]),
        new_code_cell("warn", outputs=[new_output("stream", name="stderr", text="<i>gare</i>")]),
    ]
    return new_notebook(cells=cells)


def failed():
    error = new_output("error", ename="KeyError", evalue="'âge' <b>", traceback=["\x1b[31mTrace\x1b[0m <b>"])
    node = notebook()
    node.cells.append(new_code_cell("frame['âge']", outputs=[error]))
    return node


def soup(node, fallback="repli"):
    return BeautifulSoup(render.export(node, title_fallback=fallback), "html.parser")


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture(scope="module")
def report():
    return soup(notebook())


@pytest.fixture(scope="module")
def unfinished():
    return soup(failed())


@pytest.fixture(scope="module")
def index():
    entries = [
        render.IndexEntry("un", "L'une : <i>", {"reproduced": 3}, STORY, {"un-methode.html": "La méthode, refaite"}),
        render.IndexEntry("deux", "Deux", {}),
        render.IndexEntry("ensemble", "Synthèse", {"reproduced": 3}, STORY, study=False),
        render.IndexEntry("atelier", "S'exercer", {}, study=False),
    ]
    return BeautifulSoup(render.index(entries), "html.parser")


@pytest.fixture(params=["report", "unfinished", "index"])
def every(request):
    return request.getfixturevalue(request.param)


def test_language_title_and_one_first_heading(report, index):
    assert report.html["lang"] == index.html["lang"] == "fr"
    assert plain(report.title.get_text()) == "Une thèse : relue – Relecture"
    assert index.title.get_text() == "Relecture"


def test_landmarks_and_skip_link(every):
    assert [len(every.select(f"body > {name}")) for name in ("header", "main", "footer")] == [1, 1, 1]
    assert every.select_one("body > a.skip")["href"] == f"#{every.main['id']}"
    assert len(every.select("h1")) == len(every.select("main h1")) == 1


def test_nothing_comes_from_outside_and_nothing_runs(every):
    assert not every.select("script, iframe, object, embed, link, base, svg:not(.drawing)")
    assert all(img["src"].startswith("data:image/") for img in every.select("img"))
    assert not [tag for tag in every.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert not re.search(r"url\(|@import|https?:", every.style.string)
    assert "default-src 'none'" in every.select_one("meta[http-equiv]")["content"]


def test_ids_are_unique_and_inner_links_resolve(every):
    ids = [tag["id"] for tag in every.find_all(id=True)]
    assert len(ids) == len(set(ids))
    inner = {a["href"].removeprefix("#") for a in every.select("a[href^='#']")}
    assert inner and inner <= set(ids)


def test_contents_lists_headings_with_stable_addresses(report):
    assert report.nav["aria-label"] == "Sommaire"
    links = [(a["href"], a.get_text()) for a in report.select("nav .wide a")]
    assert links == [
        ("#resultats", "Résultats"),
        ("#detail", "Détail"),
        ("#resultats-2", "Résultats"),
        ("#encore-un-titre", "Encore un titre"),
    ]
    assert report.select_one("nav .wide li li a")["href"] == "#detail"
    narrow = report.select_one("nav details.narrow")
    assert [a["href"] for a in narrow.select("a")] == [href for href, _ in links]


def test_code_stands_after_what_it_shows_and_one_switch_shows_it(report):
    assert len(report.select(".cell > .code:last-child")) == 10  # one a code cell, parameters included
    switch = report.select_one("header label")
    assert plain(switch.get_text()) == "Voir le code" and switch.input["type"] == "checkbox"
    assert f"body:not(:has(#{switch.input['id']}:checked)) .code {{ display: none; }}" in report.style.string
    assert not report.select("details[open]")
    assert not re.search(r"(?:In|Out)\s*\[", report.main.get_text())
    assert report.select(".code .highlight span[class]")


def test_prose_is_typeset_in_french(report):
    text = report.main.get_text()
    assert "l’étude\u202f?" in text
    assert "répondants <script>x()</script>\u00a0: rien." in text  # data in prose: shown, not run


def test_pictures_have_words(every):
    assert all(img["alt"].strip() for img in every.select("img"))


def test_alternative_texts_of_the_author_are_kept(report):
    assert [img["alt"] for img in report.select("figure img")] == ["Une courbe", "Un nuage"]
    assert report.figcaption.get_text() == "F"


def test_every_table_has_scopes_and_a_named_region(every):
    for found in every.select("table"):
        assert not found.select("th:not([scope]), th:empty")
        region = found.find_parent(class_="table-scroll")
        assert region["tabindex"] == "0" and region["role"] == "region" and region["aria-label"].strip()
    names = [region["aria-label"] for region in every.select(".table-scroll")]
    assert len(names) == len(set(names)) == len(every.select("table"))


def test_hostile_output_stays_in_its_cell(report):
    assert report.find("p", string="reste").find_parent(class_="cell")
    assert report.find("footer").find_parent("main") is None


def test_streams_are_text_and_warnings_wait_folded(report):
    assert report.select_one("pre.printed").get_text() == "<b>dit</b>"
    messages = report.select_one("details.messages")
    assert messages.summary.get_text() == "Messages"
    assert messages.pre.get_text() == "<i>gare</i>"


def test_failure_is_named_and_shown_plainly(unfinished, report):
    banner = unfinished.select_one("main .failure")
    assert "Échec\u00a0: ce rapport n’est pas terminé" in banner.get_text()
    assert "cellule de code n° 10, dans la partie « Encore un titre » (KeyError)" in plain(banner.get_text())
    cell = unfinished.find(id=banner.a["href"].removeprefix("#"))
    assert "frame['âge']" in cell.select_one(".highlight").get_text()
    assert not cell.select(".code, b")
    assert plain(cell.select_one(".error > p").get_text()) == "KeyError : 'âge' <b>"
    assert plain(cell.select_one(".error pre").get_text()) == "Trace <b>"
    assert not report.select(".failure")


def test_a_failure_without_an_error_in_sight_is_told_too():
    node, told = notebook(), "cellule de code n° 3 : le noyau s'est arrêté <b>"
    html = render.export(node, title_fallback="a", failure=told)
    banner = BeautifulSoup(html, "html.parser").select_one("main .failure")
    sentence = "L’exécution s’est arrêtée : cellule de code n° 3 : le noyau s’est arrêté <b>. Ce qui"
    assert sentence in plain(banner.get_text())
    assert not banner.select("a, b")


def test_the_cell_that_shows_an_error_says_more_than_the_sentence(unfinished):
    html = render.export(failed(), title_fallback="repli", failure="cellule de code n° 10 : KeyError")
    assert BeautifulSoup(html, "html.parser").select_one(".failure") == unfinished.select_one(".failure")


def test_figures_are_offered_for_download_under_the_name_of_the_page():
    pixels = "iVBORw0KGgo="
    output = shown(text_html=FIGURE.replace("png", "svg+xml"), image_png=pixels)
    made = soup(new_notebook(cells=[new_code_cell("f", outputs=[output])]), fallback="étude")
    assert [a["download"] for a in made.select("figure + .download a")] == ["etude-f.png"]  # the drawing is no SVG
    assert made.select_one("figure + .download a")["href"] == f"data:image/png;base64,{pixels}"
    assert len(made.select("main img")) == 1


def test_an_output_that_is_no_picture_is_not_shown_as_one():
    node = new_notebook(cells=[new_code_cell("f", outputs=[shown(image_png='"><script>x()</script>')])])
    made = soup(node)
    assert not made.select("main img, script") and "Image illisible." in made.main.get_text()


def test_a_widget_says_where_it_works():
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "7"}, "text/plain": "Text(value='')"}
    made = soup(new_notebook(cells=[new_code_cell("w", outputs=[new_output("display_data", view)])]))
    assert "JupyterLab" in made.select_one(".cell .note").get_text() and "Text(" not in made.get_text()


def test_title_falls_back():
    made = soup(new_notebook(cells=[new_markdown_cell("Sans titre")]), fallback="une étude")
    assert made.h1.get_text() == "une étude"
    assert not made.select("nav")


def test_footer_says_licences_and_that_findings_are_about_numbers(every):
    text = plain(every.footer.get_text())
    assert "CC BY 4.0" in text and "MIT" in text
    assert "Les constats portent sur des nombres, jamais sur des personnes." in text


def test_index_opens_with_what_was_found_then_a_card_a_study(index):
    listed = index.select(".reports > li")
    assert [(li["id"], li.a["href"]) for li in listed] == [
        (name, f"{name}.html") for name in ("ensemble", "un", "deux", "atelier")
    ]
    assert [li.get_text() for li in index.select("section.key-points li")] == ["Un.", "Deux <b>.", "Trois."]
    card = listed[1]
    assert plain(card.h3.get_text()) == "L’une : <i>" and plain(card.select_one(".answer").get_text()) == "Oui : <i>."
    assert plain(card.select_one(".facts").get_text(" ")) == "Année : 2023 Répondants : 81"
    assert plain(card.select_one(".tally").get_text()) == "✓ 3 retrouvés"
    assert card.find("a", string="La méthode, refaite")["href"] == "un-methode.html"
    assert "Source : Une autrice, sa thèse" in plain(card.get_text())
    assert plain(listed[2].select_one("p.none").get_text()) == "Cette page ne rend pas de verdict."
    assert [len(li.select(".none, .tally")) for li in listed] == [1, 1, 1, 0]
    assert len(index.select("details.key li .verdict")) == 5


def test_an_index_of_own_answers_names_their_files():
    entry = render.IndexEntry("un", "L'une", {}, {"files": ["mes réponses.csv", "<b>.xlsx"]})
    own = BeautifulSoup(render.index([entry]), "html.parser")
    assert plain(own.h1.get_text()) == "Vos réponses" == plain(own.title.get_text()).partition(" – ")[0]
    assert "Fichier donné : mes réponses.csv, <b>.xlsx" in plain(own.select_one(".reports li").get_text())
    assert not own.select(".none, .key"), "answers get no verdict"
    twice = render.IndexEntry("un", "L'une", {}, {"files": ["a.csv"], "facts": {"pairs": [["Fichier", "a.csv"]]}})
    assert render.index([twice]).count("a.csv") == 1


def test_same_notebook_same_bytes(tmp_path, monkeypatch):
    first = render.export(failed(), title_fallback="a")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    assert render.export(failed(), title_fallback="a") == first


def test_the_notebook_is_left_as_it_was():
    node = notebook()
    before = str(node)
    render.export(node, title_fallback="a")
    assert str(node) == before


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_contrast_formula():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)  # WCAG 2.2, definition of contrast ratio
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the classic near miss


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
def test_every_text_colour_is_readable(mode, ground):
    themes = [dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in STYLE.read_text().split(":root {")[1:]]
    colours = themes[mode]
    texts = set(colours) - {"paper", "panel", "rule", "stripe"}
    assert len(texts) == 11
    assert {name: ratio for name in texts if (ratio := contrast(colours[name], colours[ground])) < 4.5} == {}


def test_style_cares_for_print_dark_motion_and_focus(report):
    style = report.style.string
    for care in ("@page { size: A4", "prefers-color-scheme: dark", "prefers-reduced-motion", ":focus-visible"):
        assert care in style
