"""A tree that leaves comes back the same; what comes from elsewhere is read or refused with a reason."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relecture.core.errors import InputError
from relecture.text.codes.formats import refi_qda, registry
from relecture.text.codes.formats.registry import TREE_FORMATS, import_tree
from relecture.text.codes.tree import parse_tree

DOCUMENT = {
    "title": "Arbre d'essai <b> & Cie",
    "description": "Deux lignes,\ndont une seconde.",
    "groups": {"securite": "Sécurité « des données »", "vide": "Sans code"},
    "nodes": [
        {
            "id": "acces",
            "label": "Accès à l’hôpital",
            "codable": False,
            "children": [
                {"id": "acces.mdp", "label": "Mot de passe", "group": "securite", "place": "p. 3, l. 12"},
                {"id": "autre", "label": "Même libellé", "description": "Un\n\nIdentifiant : faux\nLieu : faux"},
            ],
        },
        {"id": "temps", "label": "Même libellé", "group": "securite", "description": "Identifiant : faux"},
    ],
}
TREE = parse_tree(DOCUMENT)
BACK = [suffix for suffix, form in TREE_FORMATS.items() if form.read]
HOSTILE = [
    "<script>alert(1)</script>",
    "]]> & \" ' <!-- -->",
    "=HYPERLINK(1)",
    "\u202egnirts\u202c",
    "**gras** [lien](javascript:x) `code`",
    "&lt;déjà échappé&gt; &#x41;",
    "œ É 𝄞 🙂 \u00a0: \u202f%",
    "$x^2$ \\ %s {0}",
]


def _back(tree, suffix, folder):
    path = folder / f"arbre{suffix}"
    path.write_bytes(TREE_FORMATS[suffix].write(tree))
    return import_tree(path)


def _untold(tree, suffix):
    """What the format has no room for: a codebook knows neither title nor description of the whole."""
    return replace(tree, title="arbre", description="") if suffix == ".qdc" else tree


@pytest.mark.parametrize("suffix", BACK)
def test_the_same_tree_comes_back(suffix, tmp_path):
    assert _back(TREE, suffix, tmp_path) == _untold(TREE, suffix)


@pytest.mark.parametrize("suffix", BACK)
@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_words_stay_words(label, suffix, tmp_path):
    nodes = [{"id": "a", "label": label, "description": label, "place": label, "group": "g"}]
    tree = parse_tree({"title": label, "groups": {"g": label}, "nodes": nodes})
    assert _back(tree, suffix, tmp_path) == _untold(tree, suffix)


_LEGAL = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=12)
_LABEL = _LEGAL.filter(lambda text: text.strip())
_RECORD = st.recursive(
    st.fixed_dictionaries({"label": _LABEL, "description": _LEGAL, "place": _LEGAL, "codable": st.booleans()}),
    lambda inner: st.fixed_dictionaries({"label": _LABEL, "children": st.lists(inner, max_size=3)}),
    max_leaves=8,
)


def _numbered(records, above="c"):
    return [
        {**record, "id": f"{above}.{rank}", "children": _numbered(record.get("children", []), f"{above}.{rank}")}
        for rank, record in enumerate(records)
    ]


@settings(max_examples=40, deadline=None)
@given(title=_LABEL, records=st.lists(_RECORD, min_size=1, max_size=3))
def test_any_tree_comes_back(title, records, tmp_path_factory):
    tree = parse_tree({"title": title, "nodes": _numbered(records)})
    for suffix in BACK:
        assert _back(tree, suffix, tmp_path_factory.mktemp("trees")) == _untold(tree, suffix)


@pytest.mark.parametrize("form", TREE_FORMATS.values(), ids=lambda form: form.suffix)
def test_same_bytes_twice(form):
    assert form.write(TREE) == form.write(parse_tree(DOCUMENT))


def test_guids_tell_codes_apart_and_do_not_follow_labels():
    renamed = parse_tree(DOCUMENT | {"nodes": [{"id": "acces", "label": "Autre nom"}]})
    first = [
        code.get("guid") for code in ElementTree.fromstring(refi_qda.write_codebook(TREE)).iter() if code.get("guid")
    ]
    assert len(set(first)) == 4 + 2  # four codes and two sets; two members repeat the guid of their code
    assert refi_qda.code_guid(TREE.title, "acces").encode() in refi_qda.write_codebook(renamed)


# Files as other programs write them, shortened: attributes and structure from their documentation.
NVIVO = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" origin="NVivo" xmlns="urn:QDA-XML:codebook:1.0">
<Codes><Code guid="{2A08BDDF-4C35-4250-BF77-7DE37B50C930}" name="Œuvre d’équipe" isCodable="true" color="#ff0000">
<Description>Travail à plusieurs</Description>
<Code guid="2d969af8-c875-4fae-bcd8-f0162bc27396" name="2e avis" isCodable="false"/></Code>
<Code guid="3d969af8-c875-4fae-bcd8-f0162bc27396" name="Œuvre d’équipe" isCodable="1"/></Codes>
<Sets><Set guid="9d969af8-c875-4fae-bcd8-f0162bc27396" name="Retenus">
<MemberCode guid="2a08bddf-4c35-4250-bf77-7de37b50c930"/></Set></Sets></CodeBook>"""
FREEPLANE = """<map version="freeplane 1.11.5">
<!--To view this file, download free mind mapping software Freeplane-->
<node TEXT="Entretiens" FOLDED="false" ID="ID_696401721"><hook NAME="MapStyle"><properties show_icon="true"/></hook>
<node TEXT="Accès" POSITION="right" ID="ID_12"><richcontent TYPE="NOTE"><html><head/><body>
<p>Premier alinéa</p><p>Second</p></body></html></richcontent><icon BUILTIN="idea"/><node ID="ID_13">
<richcontent TYPE="NODE"><html><body><p>Mot</p><p>riche</p></body></html></richcontent></node></node></node></map>"""
OUTLINER = """<?xml version="1.0" encoding="ISO-8859-1"?><opml version="1.0"><head><title>Plan</title></head>
<body><outline text="Acc\xe8s"><outline text="Carte" _note="Note"/></outline></body></opml>"""


@pytest.mark.parametrize(
    ("name", "data", "title", "expected"),
    [
        (
            "nvivo.qdc", NVIVO.encode(), "nvivo",
            [
                ("oeuvre-d-equipe", "Œuvre d’équipe", "Travail à plusieurs", True, "ensemble-1"),
                ("code-2e-avis", "2e avis", "", False, ""),
                ("oeuvre-d-equipe-2", "Œuvre d’équipe", "", True, ""),
            ],
        ),
        (
            "carte.mm", FREEPLANE.encode(), "Entretiens",
            [("acces", "Accès", "Premier alinéa\nSecond", True, ""), ("mot-riche", "Mot riche", "", True, "")],
        ),
        (
            "plan.opml", OUTLINER.encode("latin-1"), "Plan",
            [("acces", "Accès", "", True, ""), ("carte", "Carte", "Note", True, "")],
        ),
        ("yaml.YAML", "title: T\nnodes:\n- {id: a, label: Été}".encode(), "T", [("a", "Été", "", True, "")]),
    ],
)  # fmt: skip
def test_trees_of_other_programs_are_read(name, data, title, expected, tmp_path):
    (tmp_path / name).write_bytes(data)
    tree = import_tree(tmp_path / name)
    codes = [path[-1] for path in tree.walk()]
    assert tree.title == title
    assert [(code.id, code.label, code.description, code.codable, code.group) for code in codes] == expected


_DEEP = 60_000
_ENTITIES = '<!DOCTYPE o [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;"/></body></opml>'


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.docx", b"", "a.docx : format inconnu (acceptés : .yaml, .qdc, .mm, .opml)"),
        ("a.qdc", b"", "a.qdc, ligne 1, colonne 1 : écriture XML incorrecte"),
        ("a.qdc", b"<CodeBook><Codes></CodeBook>", "a.qdc, ligne 1, colonne 20 : écriture XML incorrecte"),
        ("a.qdc", b"<Project/>", "a.qdc : élément « Project » au lieu de « CodeBook »"),
        ("a.qdc", b"<CodeBook/>", "a.qdc, nodes : 0 élément ; attendu : au moins 1"),
        ("a.opml", _ENTITIES.encode(), "a.opml : définition de type ou d'entité, refusée par sécurité"),
        ("a.opml", b"<!DOCTYPE o SYSTEM 'file:///x'><opml/>", "a.opml : définition de type ou d'entité, refusée par"),
        ("a.opml", b"<opml/>", "a.opml, nodes : 0 élément ; attendu : au moins 1"),
        ("a.mm", b"<map/>", "a.mm, nodes : 0 élément ; attendu : au moins 1"),
        (
            "a.mm",
            b"<map><node TEXT='T'><node TEXT=''/></node></map>",
            "a.mm, nodes.code.label : «  » ; attendu : un texte",
        ),
        ("a.mm", b"<?xml version='1.0' encoding='klingon'?><map/>", "a.mm : encodage XML inconnu"),
        ("a.mm", b"<map>" + b"<node TEXT='a'>" * _DEEP + b"</node>" * _DEEP + b"</map>", "a.mm : beaucoup trop de niv"),
        ("a.yaml", b"title: [", "a.yaml, ligne 1 : écriture YAML incorrecte"),
        ("a.yaml", b"[" * 20_000, "a.yaml, ligne 1 : beaucoup trop de niveaux"),
        ("a.yaml", b"- 1", "a.yaml, ligne 1, document : « [1] » ; attendu : des paires « clé: valeur »"),
        ("a.mm", None, "a.mm : fichier absent ou illisible"),
        ("a.yaml", None, "a.yaml : fichier absent"),
    ],
)
def test_what_is_no_tree_is_refused_with_a_reason(name, data, fault, tmp_path):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as refused:
        import_tree(tmp_path / name)
    assert str(refused.value).startswith(fault)


def test_an_identifier_already_taken_gets_a_number():
    records = [{"label": "A"}, {"id": "a", "label": "B"}, {"label": "à!"}]
    records = [record | {"children": []} for record in records]
    registry._identify(records)
    assert [record["id"] for record in records] == ["a-2", "a", "a-3"]
