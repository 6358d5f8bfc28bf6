"""A page made before its notebook has run serves only if the run shows the same, to the last letter.

Oracle: `page.export` of the run itself.
"""

import json
from copy import deepcopy
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, writes

from relecture.build import prerender
from relecture.build.notebooks import execute
from relecture.core.study import ROOT
from relecture.report.page import elements, provenance, render


def ran(shown="<p>oui</p>"):
    """A notebook that has run, as `execute.run` returns it: cells named after their place."""
    said = new_output("display_data", {"text/html": shown, "text/plain": "oui"})
    cells = [new_markdown_cell("# Une étude"), new_code_cell("montrer()", execution_count=1, outputs=[said])]
    for rank, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{rank}"
    return new_notebook(cells=cells, metadata={"language_info": {"name": "python", "version": "3.11.0"}})


@pytest.fixture
def saved(tmp_path):
    """Jobs of notebooks saved with these texts, in a fresh memory."""
    prerender._made.cache_clear()

    def written(*texts):
        paths = [tmp_path / f"n{rank}.ipynb" for rank in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return [SimpleNamespace(notebook=path, name=path.stem, root=ROOT) for path in paths]

    return written


@pytest.fixture
def exports(monkeypatch):
    """How many pages were laid out."""
    real, made = render.export, []
    monkeypatch.setattr(render, "export", lambda *node, **words: made.append(words) or real(*node, **words))
    return made


@pytest.mark.parametrize(
    ("shown", "laid_out"), [("<p>oui</p>", 1), ("<p>oui.</p>", 2)], ids=["the same", "one letter more"]
)
def test_the_page_is_that_of_the_run_and_made_again_only_if_the_run_differs(saved, exports, shown, laid_out):
    expected = render.export(ran(shown), title_fallback="n0")
    exports.clear()
    prerender.rehearse(saved(writes(ran())))
    assert prerender.html(ran(shown), "n0") == expected
    assert len(exports) == laid_out


@pytest.mark.parametrize(("said", "laid_out"), [("oui", 1), ("non", 2)], ids=["same results", "another result"])
def test_another_library_that_shows_the_same_makes_the_same_page(saved, exports, said, laid_out):
    """The notebook was saved by a library of another fingerprint; only its signature differs."""
    before, now = ({provenance.LIBRARY: sign, "Résultat": "oui"} for sign in ("0123456789ab", provenance.library(ROOT)))
    due = ran(elements.colophon(now | {"Résultat": said})._repr_html_())
    expected = render.export(due, title_fallback="n0")
    exports.clear()
    prerender.rehearse(saved(writes(ran(elements.colophon(before)._repr_html_()))))
    assert prerender.html(due, "n0") == expected
    assert len(exports) == laid_out


def test_another_version_of_python_shows_the_same(saved, exports):
    jobs, later = saved(writes(ran())), ran()
    later.metadata.language_info.version = "3.11.99"
    prerender.rehearse(jobs)
    prerender.html(later, "n0")
    assert len(exports) == 1


def test_files_of_two_pages_have_two_names():
    table = '<div class="table"><table><caption>T</caption></table><a download="t.csv" href="data:,a">csv</a></div>'
    first, second = (prerender.html(ran(table), name) for name in ("a", "b"))
    assert 'download="a-t.csv"' in first
    assert 'download="b-t.csv"' in second


def test_the_run_is_left_as_it_was():
    node = ran()
    before = deepcopy(node)
    prerender.html(node, "a")
    assert node == before


def test_what_cannot_be_laid_out_stops_nothing(saved, exports):
    headless = json.loads(writes(ran()))
    del headless["cells"][1]["outputs"][0]["data"]
    jobs = saved("{", json.dumps(headless), writes(ran()))
    prerender.rehearse(jobs)
    assert [words["title_fallback"] for words in exports][-1] == "n2"


def test_what_papermill_noted_does_not_count(saved):
    noted = ran()
    noted.metadata["papermill"] = noted.cells[0].metadata["papermill"] = {"duration": 1.5}
    (job,) = saved(writes(noted))
    assert execute.saved(job.notebook).cells == ran().cells
