"""A message that names files says the same in every folder; other words are left alone.

Expected texts are worked out by hand from the rule of the module.
"""

import os
import sysconfig
from pathlib import Path

import nbformat
import pytest

from relecture.build import pages as build
from relecture.build.notebooks import neutral_paths
from relecture.build.progress import Lines

PACKAGES, STANDARD = sysconfig.get_path("purelib"), sysconfig.get_path("stdlib")
HOME = os.path.expanduser("~")


def shortened(text, *folders):
    outputs = [
        nbformat.v4.new_output("stream", name="stderr", text=text),
        nbformat.v4.new_output("error", ename="E", evalue=text, traceback=[text]),
        nbformat.v4.new_output("display_data", {"text/plain": text}),
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)])
    neutral_paths.remove_machine_paths(notebook, *folders)
    stream, error, data = notebook.cells[0].outputs
    assert stream.text == error.evalue == error.traceback[0]
    assert data.data["text/plain"] == text
    return stream.text


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("File /un recueil/lib/relecture/core/study.py:12, in f", "File lib/relecture/core/study.py:12, in f"),
        ("File \x1b[32m/un recueil/lib/x.py:12\x1b[39m", "File \x1b[32mlib/x.py:12\x1b[39m"),
        ("'/un recueil/a' et '/un recueil/b'", "'a' et 'b'"),
        ("/ailleurs/un recueil/a et a/un recueil/b", "/ailleurs/un recueil/a et a/un recueil/b"),
        ("/un recueil, /un recueillement/a", "/un recueil, /un recueillement/a"),
        ("/tmp/x/ipykernel_4242/1716.py:3: UserWarning: gare", "cellule:3: UserWarning: gare"),
        (f"{PACKAGES}/pandas/core.py:3", "site-packages/pandas/core.py:3"),
        (f"{STANDARD}/json/decoder.py", f"{Path(STANDARD).name}/json/decoder.py"),
        (f"{HOME}/recueil/lib/x.py ~/recueil/lib/x.py", "lib/x.py lib/x.py"),
    ],
)
def test_known_folders_are_cut_at_the_start_of_a_path_only(text, short):
    assert shortened(text, Path("/un recueil"), Path("/tmp/x"), Path(HOME, "recueil")) == short


RAISING = "import sys; sys.path.insert(0, '../lib')\nimport jouet_fautif\njouet_fautif.f()"


def test_a_failure_and_a_warning_give_the_same_page_in_two_folders(toy, plain_pages, tmp_path):
    cells = [("code", "import warnings; warnings.warn('gare')", []), ("code", RAISING, [])]
    fault = "import yaml\ndef f():\n    return yaml.safe_load('[')\n"
    toy.write({"notebooks/jouet.ipynb": toy.notebook(cells), "lib/jouet_fautif.py": fault})
    there = toy.root.rename(tmp_path / "ailleurs et plus loin")
    pages = []
    for root in (there, tmp_path / "jouets"):
        there.rename(root)
        build.build(root=root, show=Lines(lambda line: None))
        pages.append((root / "outputs/jouet.failed.html").read_text(encoding="utf-8"))
        there = root
    assert pages[0] == pages[1]
    assert "cellule:1: UserWarning: gare" in pages[0] and "lib/jouet_fautif.py" in pages[0]
    assert "site-packages/yaml" in pages[0]
    assert str(tmp_path) not in pages[0] and PACKAGES not in pages[0] and HOME not in pages[0]


@pytest.mark.parametrize("given", [lambda path: path, lambda path: [path], lambda path: {"files": [path], "tool": ""}])
def test_a_file_that_a_reader_brings_is_named_without_its_folder(given):
    """Whatever shows it: code, data, text; words beside a notebook go the same way, other paths stay."""
    path = "/home/dr-untel/é l'été/a.csv"
    output = nbformat.v4.new_output("display_data", {"text/plain": f"lu : {path}", "text/html": f"<b>{path}</b>"})
    cell = nbformat.v4.new_code_cell(f'answers = "{path}"  # /home/autre.csv', outputs=[output])
    notebook, cause = neutral_paths.without_folders(
        [nbformat.v4.new_notebook(cells=[cell]), f"{path} : illisible"], {"answers": given(path), "seed": 3}
    )
    assert (notebook.cells[0].source, cause) == ('answers = "a.csv"  # /home/autre.csv', "a.csv : illisible")
    assert notebook.cells[0].outputs[0].data == {"text/plain": "lu : a.csv", "text/html": "<b>a.csv</b>"}
