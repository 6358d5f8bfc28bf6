"""Maps and outlines as the programs that open them expect; exchanges both ways are in test_exchange."""

from xml.etree import ElementTree

from relecture.text.codes.formats import mindmaps
from relecture.text.codes.tree import parse_tree

TREE = parse_tree(
    {
        "title": "Arbre",
        "nodes": [
            {"id": "acces", "label": "Accès à l’hôpital", "codable": False, "children": [
                {"id": "mdp", "label": "Mot de passe", "place": "p. 3", "description": "Une ligne\nDeux lignes"},
            ]},
        ],
    }
)  # fmt: skip


def test_the_map_opens_like_freemind_s_own():
    """FreeMind reads its own files from `<map version=` on, in ASCII; others it first converts."""
    data = mindmaps.write_freemind(TREE)
    assert data.startswith(b'<map version="1.0.1">')
    assert data.isascii()
    assert "Accès à l’hôpital" in [node.get("TEXT") for node in ElementTree.fromstring(data).iter("node")]


def test_a_note_is_a_page_with_a_paragraph_a_line():
    root = ElementTree.fromstring(mindmaps.write_freemind(TREE))
    lines = root.findall(".//richcontent[@TYPE='NOTE']/html/body/p")
    assert [line.text for line in lines] == ["Une ligne", "Deux lignes"]


def test_an_outline_has_the_parts_of_opml_and_extra_fields_in_their_namespace():
    """OPML 2.0: version, head, body; outlines with a text; what the format does not know is namespaced."""
    root = ElementTree.fromstring(mindmaps.write_opml(TREE))
    assert (root.tag, root.get("version"), [part.tag for part in root]) == ("opml", "2.0", ["head", "body"])
    lines = root.findall("./body//outline")
    assert [line.get("text") for line in lines] == ["Accès à l’hôpital", "Mot de passe"]
    known = {"text", "_note"}
    assert all(
        key in known or key.startswith(f"{{{mindmaps.RELECTURE_NAMESPACE}}}") for line in lines for key in line.attrib
    )


def test_markdown_escapes_what_would_be_a_sign():
    nodes = [{"id": "a", "label": "<script>alert(1)</script>", "description": "**gras** [lien](javascript:x) `code`"}]
    assert mindmaps.write_markdown(parse_tree({"title": "T", "nodes": nodes})).decode() == (
        "# T\n\n- **\\<script\\>alert(1)\\</script\\>** (`a`) — \\*\\*gras\\*\\* \\[lien\\](javascript:x) \\`code\\`\n"
    )


def test_markdown_nests_the_codes():
    assert mindmaps.write_markdown(TREE).decode().splitlines() == [
        "# Arbre",
        "",
        "- **Accès à l’hôpital** (`acces`)",
        "  - **Mot de passe** (`mdp`) — Une ligne Deux lignes — *p. 3*",
    ]
