"""Every codebook we write obeys the rules of REFI-QDA, which are strict enough to refuse what breaks them."""

from pathlib import Path

import pytest
from lxml import etree

from relecture.core.study import load_study, studies
from relecture.text.codes.formats import refi_qda
from relecture.text.codes.tree import parse_tree

RULES = etree.XMLSchema(file=str(Path(__file__).with_name("codebook.xsd")))
SMALL = parse_tree(
    {
        "title": "Arbre",
        "groups": {"g": "Données & sécurité", "vide": "Sans code"},
        "nodes": [
            {"id": "a", "label": "Accès « sûr » <b>", "codable": False, "children": [
                {"id": "b", "label": "Œil", "group": "g", "children": [{"id": "c", "label": "Ç", "place": "p. 1"}]},
            ]},
            {"id": "d", "label": "Seul", "description": "Deux\n\nalinéas", "group": "g"},
        ],
    }
)  # fmt: skip
TREES = [name for name in studies() if (load_study(name).folder / "coding.yaml").exists()]


def _document(tree):
    return etree.fromstring(refi_qda.write_codebook(tree))


def test_a_codebook_obeys_the_rules():
    RULES.assertValid(_document(SMALL))


@pytest.mark.parametrize("study", TREES)
def test_the_codebook_of_a_study_obeys_the_rules(study):
    RULES.assertValid(_document(parse_tree(load_study(study).document("coding.yaml"))))


def test_codes_are_nested_accents_kept_and_sets_refer_to_codes():
    root = _document(SMALL)
    names = {"q": "urn:QDA-XML:codebook:1.0"}
    assert root.xpath("/q:CodeBook/q:Codes/q:Code/q:Code/q:Code/@name", namespaces=names) == ["Ç"]
    assert root.xpath("//q:Code/@isCodable", namespaces=names) == ["false", "true", "true", "true"]
    guids = root.xpath("//q:Code/@guid", namespaces=names)
    members = root.xpath("//q:Set[@name='Données & sécurité']/q:MemberCode/@guid", namespaces=names)
    assert members == [guids[1], guids[3]]
    assert root.xpath("string(//q:Code[@name='Ç']/q:Description)", namespaces=names) == "Identifiant : c\nLieu : p. 1"


_GUID = "2a08bddf-4c35-4250-bf77-7de37b50c930"
_CODE = f'<Code guid="{_GUID}" name="a" isCodable="true"/>'
_SETS = f'<Sets><Set guid="{{{_GUID}}}" name="s"/></Sets>'
_CODES = f"<Codes>{_CODE}</Codes>"


@pytest.mark.parametrize(
    ("inside", "valid"),
    [
        (_CODES, True),
        (_CODES + _SETS, True),
        (_CODES.replace("/>", ' color="#ff0"/>'), True),
        ("<Codes/>", False),  # no code
        (_SETS + _CODES, False),  # wrong order
        (_CODES.replace("guid", "id"), False),
        (_CODES.replace("true", "oui"), False),
        (_CODES.replace("2a08", ""), False),
        (_CODES.replace("/>", ' color="red"/>'), False),
        (_CODES.replace("/>", f">{_CODE}<Description/></Code>"), False),  # description last
    ],
)
def test_the_rules_refuse_what_breaks_them(inside, valid):
    book = etree.fromstring(f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0">{inside}</CodeBook>')
    assert RULES.validate(book) is valid
