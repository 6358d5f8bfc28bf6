"""A tree is refused whole, with the place of every fault."""

import pytest
import yaml

from relecture.core.errors import InputError
from relecture.text.codes.tree import parse_tree
from relecture.text.codes.tree_checks import is_identifier

DOCUMENT = {
    "title": "Arbre d'essai",
    "groups": {"securite": "Sécurité des données"},
    "nodes": [
        {"id": "acces", "label": "Accès", "children": [{"id": "acces.mdp", "label": "Code", "group": "securite"}]},
        {"id": "temps", "label": "Temps"},
    ],
}


def _faults(document):
    with pytest.raises(InputError) as refused:
        parse_tree(document)
    return refused.value.faults


def _with(**changes):
    """The document whose first code is changed."""
    first, *others = DOCUMENT["nodes"]
    return DOCUMENT | {"nodes": [first | changes, *others]}


@pytest.mark.parametrize(
    ("document", "faults"),
    [
        (None, ["des paires « clé: valeur » sont attendues (title, nodes)"]),
        ({"nodes": []}, ["« title » : un texte est attendu", "« nodes » : une liste d'au moins un code est attendue"]),
        (DOCUMENT | {"titel": "x"}, ["« titel » : clé inconnue (prévues : title, description, groups, nodes)"]),
        (DOCUMENT | {"groups": ["a"]}, ["« groups » : des paires « identifiant: libellé » sont attendues"]),
        (_with(id="acces.mdp"), ["code n° 1.1 (« acces.mdp ») : identifiant déjà employé par le code n° 1"]),
        (_with(label=" "), ["code n° 1 (« acces ») : « label » : un texte est attendu"]),
        (_with(label=True), ["code n° 1 (« acces ») : « label » : « True » n'est pas un texte (le mettre entre guill"]),
        (_with(label="a\x07"), ["code n° 1 (« acces ») : « label » : caractère de commande U+0007 interdit"]),
        (_with(label="a\ud800"), ["code n° 1 (« acces ») : « label » : caractère de commande U+D800 interdit"]),
        (_with(group="x"), ["code n° 1 (« acces ») : groupe « x » inconnu (connus : securite)"]),
        (_with(codable="non"), ["code n° 1 (« acces ») : « codable » : « 'non' » ; attendu : true ou false"]),
        (_with(children={}), ["code n° 1 (« acces ») : « children » : une liste de codes est attendue"]),
        (_with(children=["x"]), ["code n° 1.1 : « 'x' » n'est pas une suite de paires « clé: valeur »"]),
        (_with(colour="red"), ["code n° 1 (« acces ») : clé inconnue « colour » (prévues : id, label, description,"]),
    ],
)
def test_each_fault_has_its_place_and_says_what_was_expected(document, faults):
    found = [fault for fault in _faults(document) if "groupe « securite »" not in fault]
    assert [fault[: len(f"coding.yaml, {wanted}")] for fault, wanted in zip(found, faults, strict=True)] == [
        f"coding.yaml, {wanted}" for wanted in faults
    ]


def test_all_faults_come_at_once():
    nodes = [{"id": "É", "label": ""}, {"id": "a", "label": "A", "codable": 1}]
    assert len(_faults({"title": "", "nodes": nodes})) == 1 + 2 + 1


@pytest.mark.parametrize("bad", ["", "É", "1a", "A", "a b", "a/b", None, 3])
def test_an_identifier_is_plain(bad):
    assert not is_identifier(bad)


def test_a_document_that_grows_without_end_is_refused_at_once():
    """Ten lines of YAML whose aliases stand for 9 ** 9 codes, and a list that holds itself."""
    lines = ["a0: &a0 {id: x, label: X}"]
    for n in range(1, 10):
        lines.append(f"a{n}: &a{n} {{id: x, label: X, children: [{', '.join([f'*a{n - 1}'] * 9)}]}}")
    bomb = yaml.safe_load("\n".join(lines))["a9"]
    (fault,) = _faults({"title": "T", "nodes": [bomb]})
    assert fault == "coding.yaml, plus de 5000 codes : ce n'est pas un arbre de codage"
    loop = yaml.safe_load("&loop {id: x, label: X, children: [*loop]}")
    assert any(fault.endswith("plus de 12 niveaux") for fault in _faults({"title": "T", "nodes": [loop]}))
    assert len(str(_faults({"title": "T", "nodes": [[bomb] * 9]}))) < 400
