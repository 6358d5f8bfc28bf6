"""Hostile answers stay text, whichever way they reach a page, a CSV file or the notebook itself.

Oracle: a browser. Every payload sets `pwned` if it ever runs; the page is loaded with its security
policy set aside, so that escaping alone is on trial. Payloads follow the OWASP cheat sheets on
cross-site scripting and CSV injection.
"""

import base64
import csv
import io
import re
from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

RUN = "window.pwned=(window.pwned||0)+1;alert(1)"
PAGE = "data:text/html;base64," + base64.b64encode(b"<script>opener.pwned=1</script>").decode()
SVG = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" onload="pwned=1"><script>pwned=1</script></svg>')
PAYLOADS = {
    "script": f"<script>{RUN}</script>",
    "broken script": f"<scr<script>ipt>{RUN}</scr</script>ipt><ScRiPt/x>{RUN}</sCrIpT >",
    "way out": f"\"'></td></table></div></div></main></textarea></title></style><script>{RUN}</script><p class=astray>",
    "handler": f'<img src=x onerror="{RUN}"><b onmouseover="{RUN}" onfocus="{RUN}" tabindex=0 autofocus>x</b>',
    "link": f'<a href="javascript:{RUN}">x</a><a href=" java\tscript:{RUN}">x</a><a href="&#106;avascript:{RUN}">x</a>',
    "address": f"javascript:{RUN}",
    "page": f'<a href="{PAGE}" target=_blank>x</a><iframe src="{PAGE}"></iframe>',
    "picture": f'<svg onload="{RUN}"><script>{RUN}</script><a href="javascript:{RUN}"><text>x</text></a></svg>',
    "figure": f'<figure class="figure"><img src="data:image/svg+xml;base64,{SVG.decode()}" alt="x"></figure>',
    "style": "<style>body{display:none}@import 'http://a.example/x.css'</style>"
    '<p style="position:fixed;inset:0;background:url(http://a.example/x.png)">x</p>',
    "fetch": '<img src="http://a.example/x.png"><link rel=stylesheet href="http://a.example/x.css">'
    '<video poster="http://a.example/x.png"></video><meta http-equiv=refresh content="0;url=http://a.example/">',
    "form": '<form action="http://a.example/"><input autofocus><button>x</button></form><base href="http://a.example/">',
    "formula": "=cmd|' /C calc'!A0",
    "other formula": '+HYPERLINK("http://a.example/","x")',
    "blank formula": "\u200b\t @SUM(1;1)",
    "bidi": "\u202eevil\u2066 \u200f\ufeff=1+1",
    "unseen": "a\x00b\x08\x1b[31mc\ud800 é",
    "comment": f"<!--><script>{RUN}</script>--><![CDATA[<script>{RUN}</script>]]><?php x ?><!DOCTYPE x>",
    "template": "{{7+7}} {% raw %}{{ cell.source }} ${7+7} #{7+7} <%= 7+7 %>",
    "markdown": f"# Titre\n\n[x](javascript:{RUN}) [y]({PAGE}) ![z](http://a.example/z.png) <b id=contenu>\n\n"
    f"[r]: javascript:{RUN}\n\n[r] <javascript:{RUN}> `<script>{RUN}</script>`\n\n```\n<script>{RUN}</script>\n"
    f"```\n\n| a |\n|---|\n| <i onclick={RUN}> |",
    "LaTeX": f"$\\href{{javascript:{RUN}}}{{x}}$ \\[<script>{RUN}</script>\\] $$\\style{{x}}{{y}}$$ $<b onclick=x>",
    "clobber": '<img name=cookie><a id=contenu name=body>x</a><b id=cellule-1 class="skip failure">x</b>',
    "megabyte": "x" * 1_000_000,
    "open tags": "<a" * 50_000,
    "open Markdown": "[" * 50_000 + "](" * 25_000,
    "deep": "<div>" * 5_000 + ">" * 5_000,
}  # fmt: skip
TEXTS = list(PAYLOADS.values())
ALLOWED = re.compile(r"#|https?://|mailto:|data:(?:text/csv;charset=utf-8|image/png|image/svg\+xml);base64,|[\w.]+$")
SHAPES = set("clipPath defs desc g path rect style svg text title use".split())
FORBIDDEN = (
    "script, iframe, object, embed, svg:not(.drawing), math, form, input:not(#voir-le-code), button, base, video, "
    "template, main style"
)
LEFT = """(forbidden) => ({
    tags: [...document.querySelectorAll(forbidden)].map(tag => tag.outerHTML.slice(0, 80)),
    handlers: [...document.querySelectorAll('*')].flatMap(tag => [...tag.attributes])
      .filter(one => one.name != 'style' || !one.ownerElement.closest('svg.drawing')).map(one => one.name)
      .filter(name => name.startsWith('on') || ['srcdoc', 'style', 'action'].includes(name)),
    looks: [...document.querySelectorAll('svg.drawing [style]')].flatMap(tag => [...tag.style])
      .filter(name => !/^(fill|stroke|opacity|font-(size|weight|style)|text-anchor)/.test(name)),
    links: [...document.links].map(link => link.getAttribute('href')),
    ids: [...document.querySelectorAll('[id]')].map(tag => tag.id),
    parts: [...document.body.children].map(tag => tag.localName).filter(name => name != 'nav'),
    metas: document.querySelectorAll('meta').length,
    astray: document.querySelectorAll('.astray:not(.cell *)').length,
    shown: getComputedStyle(document.body).display})"""
POKE = """() => {
    for (const tag of document.querySelectorAll('body *'))
      for (const kind of ['load', 'error', 'mouseover', 'focus', 'focusin', 'toggle', 'animationstart'])
        tag.dispatchEvent(new Event(kind, {bubbles: true}))}"""


def tables(make, text):
    import pandas as pd

    from relecture.report.tables.html_table import table

    frame = pd.DataFrame({"a": [text, text], "b": [text, "oui"], "g": [text, text], text: 1})
    words = {"caption": text, "note": text, "folded": text, "name": text, "synthetic": text}
    chosen = table(frame, columns={"a": text, "b": "Réponse"}, group="g", **words)
    return [make.shown(chosen), make.shown(table(frame, text))]


def elements(make, text):
    from relecture.report.page import elements

    made = [
        elements.facts({text: text}),
        elements.tally({"reproduced": 1}, {"reproduced": text}),
        elements.key_points([text] * 3),
        elements.lost([(text, text)]),
        elements.colophon({text: text}),
    ]
    return [make.shown(one) for one in made]


def frames(make, text):
    import pandas as pd

    frame = pd.DataFrame({"a": [text], text: [text]}, index=pd.Index([text], name=text))
    with pd.option_context("display.max_colwidth", None):
        return [make.shown(frame), make.shown(frame["a"])]


def prints(make, text):
    return [make.said(text), make.said(text, "stderr")]


def prose(make, text):
    from relecture.report.page.elements import prose

    return [make.shown(prose(f"Une réponse : {text}")), make.raw("text/markdown", text)]


def errors(make, text):
    from nbformat.v4 import new_code_cell, new_output

    error = new_output("error", ename=text, evalue=text, traceback=[text, text])
    return [new_code_cell("échouer()", outputs=[error])]


def figures(make, text):
    return [make.shown(replace(make.figure, title=text, alt=text, caption=text, synthetic=text))]


def drawings(make, text):
    """Every payload as a label of one drawing, made when its turn comes."""
    import pandas as pd

    from relecture.report.figures import estimates

    if text != TEXTS[-1]:
        return []
    rows = {"label": TEXTS, "variable": TEXTS, "count": 1, "n": 4, "low": 0.1, "high": 0.9, "group": "a"}
    every = " ".join(text[:1000] for text in TEXTS)
    words = {"title": every, "alt": PAYLOADS["megabyte"], "caption": PAYLOADS["template"], "synthetic": TEXTS[2]}
    return [make.shown(estimates.bars(pd.DataFrame(rows), **words))]


def raws(make, text):
    kinds = ("text/html", "text/latex", "image/svg+xml", "image/png", "application/javascript")
    return [make.raw(kind, text) for kind in kinds]


@pytest.fixture(scope="module", params=[tables, elements, frames, prints, prose, errors, figures, drawings, raws])
def hostile(request, tmp_path_factory, make):
    """The page that every payload entered one way: its file, its text, and the notebook."""
    from relecture.report.page import render

    notebook = make.notebook("# Un titre sûr", *(cell for text in TEXTS for cell in request.param(make, text)))
    html = render.export(notebook, title_fallback="hostile", failure=TEXTS[0])
    path = tmp_path_factory.mktemp("hostile") / "page.html"
    path.write_text(html, encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    return SimpleNamespace(way=request.param.__name__, path=path, html=html, soup=soup, notebook=notebook)


def test_nothing_runs_and_nothing_is_left_that_could(opened, hostile):
    with opened(hostile.path, bypass_csp=True) as page:
        dialogs = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.evaluate(POKE)
        page.wait_for_timeout(50)
        left = page.evaluate(LEFT, FORBIDDEN)
        assert page.evaluate("window.pwned") is None and dialogs == []
        assert [url for url in page.asked if not url.startswith("data:image/")] == [hostile.path.as_uri()]
        assert page.url == hostile.path.as_uri() and len(page.context.pages) == 1
    assert left["tags"] == [] and left["handlers"] == [] and left["looks"] == [] and left["astray"] == 0
    assert [link for link in left["links"] if not ALLOWED.match(link)] == []
    assert (left["metas"], left["parts"]) == (4, ["a", "header", "main", "footer"]) and left["shown"] != "none"
    assert len(left["ids"]) == len(set(left["ids"]))


def test_every_cell_stays_in_its_place(hostile):
    code = [rank for rank, cell in enumerate(hostile.notebook.cells, start=1) if cell.cell_type == "code"]
    assert [cell["id"] for cell in hostile.soup.select("main > .cell")] == [f"cellule-{rank}" for rank in code]
    assert hostile.soup.h1.get_text() == "Un titre sûr" and len(hostile.soup.select("h1")) == 1
    assert hostile.soup.title.get_text() == "Un titre sûr – Relecture"
    assert "{{7+7}}" in hostile.soup.main.get_text()


def test_invisible_characters_are_gone(hostile):
    assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", hostile.html)


def test_a_megabyte_is_cut_and_says_so(hostile):
    assert len(hostile.html.encode()) < 3_000_000
    assert max(len(text) for text in hostile.soup.main.find_all(string=True)) < 21_000
    cut = "texte coupé\u00a0: 1\u202f000\u202f000\u00a0caractères"
    assert cut in hostile.html


def test_downloads_hold_no_formula_and_no_script(hostile):
    links = hostile.soup.select("a[download]")
    assert links or hostile.way not in ("tables", "figures", "drawings")
    for link in links:
        kind = re.fullmatch(r"hostile-[a-z0-9-]+\.(csv|png|svg)", link["download"])[1]
        content = base64.b64decode(link["href"].split("base64,")[1])
        if kind == "svg":
            parts = list(ElementTree.fromstring(content).iter())
            assert {part.tag.rpartition("}")[2] for part in parts} <= SHAPES
            names = {name.rpartition("}")[2]: value for part in parts for name, value in part.attrib.items()}
            assert not [name for name in names if name.startswith("on")]
            assert {value[0] for name, value in names.items() if name == "href"} == {"#"}
        if kind == "csv":
            rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
            cells = [cell for row in rows for cell in row]
            assert cells and not [cell for cell in cells if re.match(r"[\s\u200b]*[=+\-@]", cell) or len(cell) > 2_100]


def test_the_notebook_itself_is_inert(opened, hostile, tmp_path):
    """What our objects give Jupyter as HTML is already harmless: a trusted notebook shows it as it is."""
    outputs = [output for cell in hostile.notebook.cells for output in cell.get("outputs", ()) if "data" in output]
    shown = "\n".join(output.data.get("text/html", "") for output in outputs if hostile.way != "raws")
    (tmp_path / "notebook.html").write_text(f"<!doctype html><meta charset=utf-8><body>{shown}", "utf-8", "replace")
    with opened(tmp_path / "notebook.html") as page:
        page.evaluate(POKE)
        assert page.evaluate("window.pwned") is None
        assert page.locator("script, iframe, svg, form, [onerror], [onload], a[href^=javascript]").count() == 0
