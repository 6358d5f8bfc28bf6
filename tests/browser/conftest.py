"""The built pages, opened in a real browser.

The pages are those of a reader: one a notebook, made of the outputs that are committed (other tests
hold these against a new run); indexes; a page whose notebook failed; and a kitchen sink, a notebook
that holds every kind of output that another notebook may ever show. Each is a file, opened as by a
double click.

Without Chromium these tests are skipped, and one line says so; on the automatic check (CI) that is a
failure.
"""

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from types import SimpleNamespace

import pytest

from relecture.build.state import jobs
from relecture.core.study import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "Chromium is missing: the tests of tests/browser did not run (apt-get install chromium)"
OUTSIDE = """
import os, sys
def watch(event, args):
    if event == "socket.connect":
        host = args[1][0] if isinstance(args[1], tuple) else "local"
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    if host not in ("local", "localhost", "127.0.0.1", "::1", "0.0.0.0", "", None):
        with open(os.environ["ASKED"], "a") as asked:
            asked.write(f"{event} {args[-1] if event.endswith('connect') else args}\\n")
        raise OSError("no network in this test")
sys.addaudithook(watch)
"""
NOTEBOOKS = sorted(path.stem for path in jobs.notebooks(ROOT).values())
SECOND = [name for name in NOTEBOOKS if '"page:methode"' in (ROOT / f"notebooks/{name}.ipynb").read_text("utf-8")]
NAMES = (*NOTEBOOKS, *(f"{name}-methode" for name in SECOND), "kitchen", "failed", "stopped", "five", "one")
LONG_WORD = "anticonstitutionnellement" * 12
LONG_LINE = f"resultat = {{{', '.join(f'cle_{rank}: valeur_{rank}' for rank in range(60))}}}"


def pytest_ignore_collect(collection_path):
    """Skip the folder in one go: fifty skipped tests would hide the others."""
    return True if CHROMIUM is None and collection_path.name.startswith("test_") and not os.environ.get("CI") else None


def pytest_terminal_summary(terminalreporter):
    if CHROMIUM is None:
        terminalreporter.write_line(MISSING, yellow=True)


@pytest.fixture(scope="session")
def chromium():
    assert CHROMIUM, MISSING
    return CHROMIUM


@pytest.fixture(scope="module")
def browser(chromium):
    """One browser a module: while it runs, no other event loop can."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def opened(browser):
    """`with opened(path, width=375, color_scheme="dark") as page`: offline, and every request noted in `page.asked`."""

    @contextmanager
    def open_(path, *, width=1280, height=900, **choices):
        context = browser.new_context(viewport={"width": width, "height": height}, **choices)
        context.set_offline(True)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(Path(path).as_uri())
        yield page
        context.close()

    return open_


@pytest.fixture(scope="session")
def outside(tmp_path_factory):
    """`outside(command, **options)` runs a program that may not reach any host, and tells whom it asked for."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "sitecustomize.py").write_text(OUTSIDE)

    def run(*command, path=ROOT / "lib", **options):
        (folder / "asked").write_text("")
        environment = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{path}", "ASKED": str(folder / "asked")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **options)
        asked = (folder / "asked").read_text()
        return SimpleNamespace(code=done.returncode, said=done.stdout + done.stderr, asked=asked)

    return run


@pytest.fixture(scope="module")
def lab(chromium, tmp_path_factory):
    """What `relecture lab` starts, on a copy of the repository: its `url`, its `folder`, whom it `asked` for."""
    from relecture.cli import lab as start

    folder, apart = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("lab")
    for name in ("lib", "data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    (apart / "sitecustomize.py").write_text(OUTSIDE)
    (apart / "asked").write_text("")
    places = {f"JUPYTER_{name}_DIR": str(apart / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    path = f"{apart}{os.pathsep}{folder / 'lib'}"
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        "--IdentityProvider.token=",
        "--expose-app-in-browser",
        "--port_retries=0",
        f"--port={port}",
    ]
    python, *words = start.command(start.FIRST)
    command = [python, *(word.replace(str(ROOT), str(folder)) for word in words), *options]
    environment = os.environ | places | {"PYTHONPATH": path, "ASKED": str(apart / "asked")}
    environment["IPYTHONDIR"] = str(apart / "ipython")
    with (apart / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    yield SimpleNamespace(url=f"http://127.0.0.1:{port}", folder=folder, asked=apart / "asked", log=apart / "log")
    server.terminate()
    server.wait(30)


@pytest.fixture(scope="module")
def jupyterlab(browser, lab):
    """`with jupyterlab("decouvrir.ipynb") as page`, or sources of cells: opened, and all run.

    `page.outside()` tells the requests that left the machine, `page.errors` what the console said.
    """

    @contextmanager
    def open_(*cells, width=1280, height=900, **choices):
        name = cells[0] if cells[0].endswith(".ipynb") else "essai.ipynb"
        if cells[0] != name:
            (lab.folder / "notebooks" / name).write_text(_unrun(cells), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR", **choices)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        _reached(page, f"{lab.url}/lab/tree/notebooks/{name}?reset")
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        page.wait_for_function("jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")
        page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        page.outside = lambda: [url for url in page.asked if not url.startswith((lab.url, "data:", "blob:"))]
        yield page
        page.evaluate("jupyterapp.shell.currentWidget.context.sessionContext.shutdown()")
        context.close()

    return open_


def _reached(page, url, patience=240):
    """The page of a server that may still be starting."""
    from playwright.sync_api import Error

    for _ in range(patience):
        try:
            return page.goto(url)
        except Error:
            page.wait_for_timeout(250)
    raise AssertionError("JupyterLab did not start")


def _unrun(cells):
    from nbformat import v4, writes

    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return writes(v4.new_notebook(cells=list(map(v4.new_code_cell, cells)), metadata={"kernelspec": kernel}))


@pytest.fixture(scope="session")
def pages(chromium, shared):
    """The file of each page by name; those of the notebooks are made of their committed outputs."""
    folder = shared("read-pages", _written)
    return {name: folder / f"{name}.html" for name in NAMES}


def _written(folder):
    import nbformat

    from relecture.report.page import render

    nodes = {name: nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4) for name in NOTEBOOKS}
    nodes |= {"kitchen": kitchen(), "failed": failed()}
    made = {file: html for name, node in nodes.items() for file, html in render.pages(node, name).items()}
    stop = "cellule de code n° 3 : mémoire insuffisante"
    made["stopped"] = render.export(notebook("Sans titre"), title_fallback="arrêt", failure=stop)
    entries = list(_entries(render.IndexEntry))
    made |= {"five": render.index(entries), "one": render.index(entries[:1])}
    for name, html in made.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")


def pytest_generate_tests(metafunc):
    """A test that takes `name`, and does not say which, is run on every page."""
    chosen = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "name" in metafunc.fixturenames and not any("name" in names for names in chosen):
        metafunc.parametrize("name", NAMES)


def _entries(entry):
    """Five reports: a long title, a short one, every verdict, one verdict, none."""
    every = {"reproduced": 1054, "consistent": 83, "conditional": 4, "inconsistent": 24, "uncheckable": 33}
    title = "Communication entre professionnels de santé libéraux et sécurité des données : une étude transversale"
    story = {
        "answer": {"text": "Une phrase qui dit ce que l'étude a trouvé."},
        "facts": {"pairs": [["Autrice", LONG_WORD], ["Répondants", "1 240"], ["Lieu", "La Réunion"]]},
        "key-points": {"sentences": ["Un.", LONG_WORD, "Trois."]},
        "source": {"text": f"Une autrice, {LONG_WORD}, thèse"},
    }
    yield entry("kitchen", title, every, story, {"one.html": "La méthode, refaite"})
    yield entry("failed", "Deux", {"reproduced": 1}, {"files": [f"{LONG_WORD}.csv"]})
    yield entry("trois", LONG_WORD, {"reproduced": 0, "inconsistent": 0})
    yield entry("synthese", "Synthèse", every, story, study=False)
    yield entry("atelier", "Atelier : l'envers du décor ?", {}, study=False)


def shown(thing, source="montrer()"):
    """A cell that displayed this object, as IPython would have stored it."""
    from IPython.core.formatters import DisplayFormatter
    from nbformat.v4 import new_code_cell, new_output

    data, metadata = DisplayFormatter().format(thing)
    data = {kind: _text(value) for kind, value in data.items()}
    return new_code_cell(source, outputs=[new_output("display_data", data, metadata=metadata)])


def raw(kind, value, source="montrer()"):
    """A cell whose output has one media type, and text beside."""
    from nbformat.v4 import new_code_cell, new_output

    return new_code_cell(source, outputs=[new_output("display_data", {kind: value, "text/plain": "<objet>"})])


def silent():
    """A cell that only sets up."""
    from nbformat.v4 import new_code_cell

    return new_code_cell("import relecture as rl")


def said(text, name="stdout"):
    from nbformat.v4 import new_code_cell, new_output

    return new_code_cell("print(tout)", outputs=[new_output("stream", name=name, text=text)])


def _text(value):
    from base64 import b64encode

    return b64encode(value).decode() if isinstance(value, bytes) else value


def notebook(*cells):
    """A notebook of these cells; a string is prose."""
    from nbformat.v4 import new_markdown_cell, new_notebook

    return new_notebook(cells=[new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells])


def kitchen():
    """Every kind of output, none of it well behaved."""
    import pandas as pd

    from relecture.report.page import elements
    from relecture.report.page.elements import prose
    from relecture.report.tables.html_table import table

    wide = pd.DataFrame({f"colonne {rank}": [f"valeur {rank}", rank] for rank in range(40)})
    pairs = pd.MultiIndex.from_product([["ville", "campagne"], ["oui", "non"]], names=["lieu", "réponse"])
    levels = pd.DataFrame(1.5, index=pairs, columns=pd.MultiIndex.from_product([["2019", "2023"], ["n", "part"]]))
    long = pd.DataFrame({"mot": [LONG_WORD, "court"], "texte": ["une phrase qui dure " * 40, "oui"]})
    findings = pd.DataFrame({"nombre": ["12,5", "3"], "verdict": ["reproduced", "inconsistent"]})
    return notebook(
        "# Tout ce qu'une page peut montrer\n\nUne question ?",
        shown(elements.answer("Une phrase qui dit ce que l'étude a trouvé.")),
        shown(elements.facts({"Répondants": 1240, "Lieu": LONG_WORD, "Période": "mars 2022", "Méthode": "en ligne"})),
        shown(elements.tally({"reproduced": 1, "inconsistent": 1}, {"inconsistent": "#deux", "reproduced": "#cinq"})),
        shown(elements.key_points(["Un.", "Deux.", "Trois."])),
        shown(elements.key_points(["Quatre.", "Cinq.", "Six."])),
        shown(elements.lost([("Figure 1", "Qui a répondu ?")])),
        "#### Un titre qui saute deux niveaux\n\n## Deux\n\n##### Cinq\n\n### Trois\n\n# Encore un premier\n\n## Deux",
        "- un\n  - deux\n    1. trois\n    2. quatre\n- cinq\n\n> Une citation.\n\n---\n\nUn [lien](https://a.example/),"
        " un [renvoi](#deux), une ![image](data:image/png;base64,iVBORw0KGgo=) et une ![absente](ailleurs.png).",
        "Des formules : $\\hat{p} = \\frac{x}{n}$ et\n\n$$\\int_0^1 " + "x^2 + " * 60 + "1\\,dx$$",
        "`du code " + "x" * 300 + "`",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\n" + LONG_LINE + "\n```\n\n" + LONG_WORD,
        shown(table(findings, "Deux légendes pareilles", note="Une note."), LONG_LINE),
        shown(table(findings, "Deux légendes pareilles", columns={"nombre": "Nombre"}, synthetic="Synthétique")),
        shown(table(long, "Des textes longs", folded="Voir les deux lignes")),
        shown(table(wide, "Quarante colonnes")),
        shown(levels),
        shown(wide),
        shown(pd.DataFrame({"vide": []})),
        shown(drawn()),
        shown(drawn("Réponses synthétiques")),
        raw("image/png", _text(drawn().png)),
        raw("image/svg+xml", drawn().svg.decode()),
        shown(prose("Sur 240 répondants : **rien** n'est sûr.\n\n- un\n- deux")),
        raw("text/html", f"<h5>Un titre</h5><div style='width:4000px'>{LONG_WORD}</div><details open><summary>Plus"),
        raw("text/latex", "$$x$$"),
        silent(),
        raw("application/vnd.jupyter.widget-view+json", {"model_id": "1"}),
        said(f"\x1b[31mrouge\x1b[0m {LONG_WORD}\n{'colonne ' * 60}"),
        said("UserWarning: gare\n", "stderr"),
        shown(elements.colophon({"Empreinte": "9f86d081884c" * 8, "Graine": 2023})),
    )


def failed():
    """A notebook stopped by an error."""
    from nbformat.v4 import new_code_cell, new_output

    error = new_output("error", ename="KeyError", evalue="'âge' " * 60, traceback=[f"\x1b[31m{LONG_LINE}\x1b[0m"] * 5)
    prose = "# Un rapport\n\n## Une partie\n\nDe la prose."
    return notebook(prose, said("commencé"), new_code_cell(f"frame['âge']  # {LONG_LINE}", outputs=[error]))


def drawn(synthetic=""):
    """A figure of the house."""
    import pandas as pd

    from relecture.report.figures import estimates

    rows = pd.DataFrame({"label": ["oui", "non"], "count": [8, 12], "n": 20, "low": [0.2, 0.3], "high": [0.6, 0.8]})
    words = {"title": "Huit oui sur vingt : l'essentiel", "alt": "Barres : huit oui.", "caption": "Wilson."}
    return estimates.bars(rows, **words, synthetic=synthetic)


@pytest.fixture(scope="session")
def make():
    """What a test needs to build a page of its own."""
    return SimpleNamespace(notebook=notebook, shown=shown, raw=raw, said=said, figure=drawn())
