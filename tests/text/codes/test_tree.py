"""A tree is read as it stands: order, paths, spaces."""

import pytest

from relecture.text.codes.tree import Code, parse_tree

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
