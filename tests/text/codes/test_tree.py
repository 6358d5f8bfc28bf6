"""A tree is read as it stands, order, paths and spaces, or refused whole with the place of every fault."""

import pytest
import yaml

from relecture.core.errors import InputError
from relecture.text.codes.tree import Code, parse_tree, read_tree

DOCUMENT = {
    "title": "Arbre d'essai",
    "groups": {"securite": "Sécurité des données"},
    "nodes": [
        {
            "id": "acces",
            "label": "Accès au  dossier",
            "codable": False,
            "children": [
                {"id": "acces.mdp", "label": "Mot de passe", "group": "securite", "place": "p. 3"},
                {"id": "acces.carte", "label": "Carte", "description": "Une carte.\n\n  Deux  usages. "},
            ],
        },
        {"id": "temps", "label": "Temps\u00a0gagné"},
    ],
}
TREE = parse_tree(DOCUMENT)


def test_codes_are_walked_in_the_order_of_the_document():
    assert [[node.id for node in path] for path in TREE.walk()] == [
        ["acces"],
        ["acces", "acces.mdp"],
        ["acces", "acces.carte"],
        ["temps"],
    ]


def test_spaces_are_made_single_and_no_break_spaces_stay():
    assert (TREE["acces"].label, TREE["temps"].label) == ("Accès au dossier", "Temps\u00a0gagné")
    assert TREE["acces.carte"].description == "Une carte.\n\nDeux usages."


def test_a_code_is_known_by_its_identifier():
    assert TREE["acces.mdp"].label == "Mot de passe"
    with pytest.raises(KeyError):
        TREE["inconnu"]


def test_the_frame_has_one_row_a_code():
    frame = TREE.frame().set_index("id")
    assert frame["depth"].to_dict() == {"acces": 1, "acces.mdp": 2, "acces.carte": 2, "temps": 1}
    assert frame.loc["acces.mdp"].to_dict() == {
        "label": "Mot de passe",
        "depth": 2,
        "path": "Accès au dossier › Mot de passe",
        "group": "Sécurité des données",
        "place": "p. 3",
        "description": "",
        "codable": True,
        "leaf": True,
    }
    assert not frame.loc["acces", "leaf"]
    assert TREE.frame("acces")["depth"].tolist() == [1, 2, 2]
    assert TREE.frame("acces.mdp")["path"].tolist() == ["Mot de passe"]


def test_a_node_needs_a_name_and_a_label_only():
    assert Code("a", "A").codable
    assert not Code("a", "A").children


def _faults(document):
    with pytest.raises(InputError) as refused:
        parse_tree(document)
    return list(refused.value.faults)


def _with(**changes):
    """The document whose first code is changed."""
    first, *others = DOCUMENT["nodes"]
    return DOCUMENT | {"nodes": [first | changes, *others]}


KEYS = "children, codable, description, group, id, label, place"
CONTROL = "nodes.acces.label : un caractère de commande n'est pas permis"


@pytest.mark.parametrize(
    ("document", "faults"),
    [
        (None, ["document : « None » ; attendu : des paires « clé: valeur »"]),
        ({"nodes": []}, ["document : il manque « title »", "nodes : 0 élément ; attendu : au moins 1"]),
        (DOCUMENT | {"titel": "x"}, ["document : « titel » inconnu ; attendus : description, groups, nodes, title"]),
        (DOCUMENT | {"groups": ["a"]}, ["groups : « ['a'] » ; attendu : des paires « clé: valeur » ou rien"]),
        (_with(id="temps"), ["« temps » : identifiant de 2 codes (Accès au dossier ; Temps\u00a0gagné)"]),
        (_with(label=" "), ["nodes.acces.label : «   » ; attendu : un texte"]),
        (_with(label=True), ["nodes.acces.label : « True » ; attendu : un texte ou rien",
                             "nodes.acces.label : « True » ; attendu : un texte"]),
        (_with(label="a\x07"), [f"{CONTROL} (« a\x07 »)"]),
        (_with(label="a\ud800"), [f"{CONTROL} (« a\ud800 »)"]),
        (_with(group="x"), ["« acces » : groupe « x » inconnu (connus : securite)"]),
        (_with(codable="non"), ["nodes.acces.codable : « non » ; attendu : true ou false"]),
        (_with(children={}), ["nodes.acces.children : « {} » ; attendu : une liste ou rien"]),
        (_with(children=["x"]), ["nodes.acces.children.1 : « x » ; attendu : des paires « clé: valeur »"]),
        (_with(colour="red"), [f"nodes.acces : « colour » inconnu ; attendus : {KEYS}"]),
    ],
)  # fmt: skip
def test_each_fault_has_its_place_and_says_what_was_expected(document, faults):
    assert _faults(document) == [f"arbre, {fault}" for fault in faults]


def test_a_fault_of_a_file_has_its_line(tmp_path):
    path = tmp_path / "coding.yaml"
    path.write_text("title: T\nnodes:\n  - id: a\n    label: A\n    codable: 1\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"^coding\.yaml, ligne 5, nodes\.a\.codable : « 1 » ; attendu : true ou false$"
    ):
        read_tree(path)


def test_all_faults_come_at_once():
    nodes = [{"id": "É", "label": ""}, {"id": "a", "label": "A", "codable": 1}]
    assert len(_faults({"title": "", "nodes": nodes})) == 1 + 2 + 1


@pytest.mark.parametrize("bad", ["", "É", "1a", "A", "a b", "a/b", None, 3])
def test_an_identifier_is_plain(bad):
    assert _faults({"title": "T", "nodes": [{"id": bad, "label": "L"}]})


def test_levels_without_end_are_refused():
    record = {"id": "c0", "label": "L"}
    for rank in range(1, 13):
        record = {"id": f"c{rank}", "label": "L", "children": [record]}
    assert _faults({"title": "T", "nodes": [record]}) == ["arbre, « c0 » : plus de 12 niveaux"]


def test_a_document_that_grows_without_end_is_refused_at_once():
    """Ten lines of YAML whose aliases stand for 9 ** 9 codes, and a list that holds itself."""
    lines = ["a0: &a0 {id: x, label: X}"]
    for n in range(1, 10):
        lines.append(f"a{n}: &a{n} {{id: x, label: X, children: [{', '.join([f'*a{n - 1}'] * 9)}]}}")
    bomb = yaml.safe_load("\n".join(lines))["a9"]
    loop = yaml.safe_load("&loop {id: x, label: X, children: [*loop]}")
    for nodes in ([bomb], [loop], [[bomb] * 9]):
        (fault,) = _faults({"title": "T", "nodes": nodes})
        assert fault == "arbre, plus de 50000 valeurs : ce n'est pas un arbre de codage"
