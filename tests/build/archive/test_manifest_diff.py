"""Two builds are told apart from their manifests alone: what differs first, and what they were not both made of.

The manifests are written here by hand, so that what differs between them is known.
"""

from copy import deepcopy

import pytest

from relecture.build.archive import manifest_diff
from relecture.build.state.manifest import Part

TOP, AGES = Part("00", "texte", ""), Part("01", "tableau", "Âges")
TEXT, CHART = Part("02", "texte", "Qui a répondu"), Part("03", "figure", "Deux sur trois")
PARTS = [TOP, AGES, TEXT, CHART]
PAGE = {
    "inputs": {"notebooks/jouet.ipynb": "n1", "data/jouet/printed.csv": "d1"},
    "parts": ["  ".join(part) for part in PARTS],
}
BUILD = {
    "files": {"jouet.html": {"sha256": "a", "size": 1}, "index.html": {"sha256": "b", "size": 2}},
    "library": {"lib/relecture/un.py": "l1", "requirements.lock": "l2"},
    "pages": {"jouet": PAGE},
    "versions": {"Relecture": "0.1.0", "Python": "3.11", "numpy": "2.4.6"},
}
AUTHORS = {"elsewhere": "chez les auteurs"}


def changed(**parts):
    """The build with other files, library, pages or versions; None takes an entry out."""
    build = deepcopy(BUILD)
    for name, entries in parts.items():
        build[name] = {key: value for key, value in (build[name] | entries).items() if value is not None}
    return build


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def other(part):
    return part._replace(fingerprint="ff")


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (PARTS, ""),
        ([TOP, other(AGES), TEXT, CHART], "premier écart au tableau « Âges »"),
        ([TOP, AGES, TEXT, other(CHART)], "premier écart à la figure « Deux sur trois »"),
        ([other(TOP), AGES, TEXT, other(CHART)], "premier écart à la figure « Deux sur trois »"),  # text comes second
        ([TOP, AGES, TEXT], "premier écart à la figure « Deux sur trois »"),  # a figure less
        ([TOP, CHART, TEXT, AGES], "premier écart au tableau « Âges »"),  # in another order: what stands here
        (
            [TOP, AGES, other(TEXT), CHART],
            "mêmes tableaux, mêmes figures ; premier écart dans le texte, dans la partie « Qui a répondu »",
        ),
        (
            [other(TOP), AGES, TEXT, CHART],
            "mêmes tableaux, mêmes figures ; premier écart dans le texte, avant la première partie",
        ),
    ],
)
def test_the_first_table_or_figure_that_differs_is_named_before_any_text(there, told):
    assert plain(manifest_diff.first_gap(PARTS, there)) == told


def test_a_table_that_only_the_others_have_is_named():
    assert plain(manifest_diff.first_gap([TOP], PARTS)) == "premier écart au tableau « Âges »"


def test_the_same_bytes_have_no_gap_whatever_they_were_made_of():
    there = changed(library={"requirements.lock": "autre"}, versions={"numpy": "9"})
    assert manifest_diff.differences(BUILD, there, **AUTHORS) == {"index.html": "", "jouet.html": ""}


def test_gaps_are_told_file_by_file():
    page = PAGE | {"parts": ["  ".join(part) for part in (TOP, other(AGES), TEXT, CHART)]}
    there = changed(
        files={"jouet.html": {"sha256": "z", "size": 1}, "index.html": None, "jouet/a.csv": {"sha256": "c", "size": 3}},
        pages={"jouet": page},
    )
    gaps = manifest_diff.differences(BUILD, there, **AUTHORS)
    assert {name: plain(gap) for name, gap in gaps.items()} == {
        "index.html": "absent chez les auteurs",
        "jouet.html": "premier écart au tableau « Âges »",
        "jouet/a.csv": "absent ici",
    }


@pytest.mark.parametrize("pages", [{"jouet": None}, {}], ids=["made of other inputs there", "not a page"])
def test_a_file_whose_parts_are_not_known_only_differs(pages):
    name = "jouet.html" if pages else "index.html"
    there = changed(files={name: {"sha256": "z", "size": 1}}, pages=pages)
    assert manifest_diff.differences(BUILD, there, **AUTHORS)[name] == "contenu différent"


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ({}, ["mêmes entrées et mêmes versions : reste la machine (processeur, système)"]),
        ({"versions": {"numpy": "2.5.5"}}, ["numpy : autre version (2.4.6 ici, 2.5.5 chez les auteurs)"]),
        ({"versions": {"igraph": "1.0.0"}}, ["igraph : autre version (aucune ici, 1.0.0 chez les auteurs)"]),
        ({"versions": {"Python": "3.12"}}, ["Python : autre version (3.11 ici, 3.12 chez les auteurs)"]),
        (
            {"pages": {"jouet": PAGE | {"inputs": {"notebooks/jouet.ipynb": "n2", "data/jouet/printed.csv": "d1"}}}},
            ["notebooks/jouet.ipynb a changé"],
        ),
        ({"library": {"requirements.lock": "x"}}, ["requirements.lock a changé"]),
        (
            {"library": {"lib/relecture/un.py": None, "lib/relecture/deux.py": "l3"}},
            ["lib/relecture/deux.py est absent ici", "lib/relecture/un.py est absent chez les auteurs"],
        ),
        (
            {"library": {f"lib/relecture/{name}.py": "x" for name in ("un", "b", "c", "d")}},
            ["lib/ : 4 fichiers de la bibliothèque diffèrent"],
        ),
        ({"pages": {"jouet": None}, "library": {"requirements.lock": "x"}}, ["requirements.lock a changé"]),
    ],
)
def test_the_causes_are_what_the_builds_were_not_both_made_of(there, told):
    assert [plain(cause) for cause in manifest_diff.causes(BUILD, changed(**there), **AUTHORS)] == told
