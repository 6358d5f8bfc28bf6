"""XML from elsewhere is read, or refused without harm."""

import pytest

from relecture.core.errors import InputError
from relecture.text.codes.formats import xml

_BOMB = "<!DOCTYPE a [<!ENTITY b 'x'>" + "".join(
    f"<!ENTITY b{n} '{f'&b{n - 1};' * 9}'>" for n in range(1, 9)
).replace("&b0;", "&b;") + "]><a>&b8;</a>"  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "f.xml, ligne 1, colonne 1 : écriture XML incorrecte"),
        (b"<a>", "f.xml, ligne 1, colonne 4 : écriture XML incorrecte"),
        (b"<a>&b;</a>", "f.xml, ligne 1, colonne 4 : écriture XML incorrecte"),
        (b"<a>\x07</a>", "f.xml, ligne 1, colonne 4 : écriture XML incorrecte"),
        (b"<b/>", "f.xml : élément « b » au lieu de « a »"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "f.xml : encodage XML inconnu"),
        (_BOMB.encode(), "f.xml : définition de type ou d'entité, refusée par sécurité"),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/hostname'><a/>", "f.xml : définition de type ou d'entité, refusée par"),
        (b"<!DOCTYPE a><a/>", "f.xml : définition de type ou d'entité, refusée par sécurité"),
    ],
)
def test_what_is_not_safe_xml_is_refused_with_its_place(data, reason):
    with pytest.raises(InputError) as refused:
        xml.parse_xml(data, "f.xml", "a")
    assert str(refused.value).startswith(reason)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_declared_encodings_are_read(encoding):
    declared = encoding.removesuffix("-sig")
    data = f"<?xml version='1.0' encoding='{declared}'?><a>é</a>".encode(encoding)
    assert xml.parse_xml(data, "f.xml", "a").text == "é"


def test_namespaces_are_ignored_and_text_is_whole():
    root = xml.parse_xml(b"<q:a xmlns:q='urn:x'><q:b>un <i>deux</i></q:b><b>trois</b></q:a>", "f.xml", "a")
    assert len(list(xml.children(root, "b"))) == 2
    assert xml.child_text(root, "b") == "un deux"
    assert xml.child_text(root, "absent") == ""
