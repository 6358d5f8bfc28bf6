"""How does text that came from elsewhere enter a page without becoming part of it?

Answers, tracebacks and outputs of other libraries may hold tags, event handlers, outside addresses
or characters that turn the reading order round. `escaped` makes a text harmless to show;
`harmless` keeps of an HTML fragment only what a report needs, and closes what it left open, so that
nothing leaves its own cell; `slug` makes an address of a heading. An allow-list, never a deny-list.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from bs4 import Tag

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_TAGS = """
    a abbr aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img kbd li mark ol p pre q s samp section small span strong sub summary sup table
    tbody td tfoot th thead time tr u ul var wbr
"""
_UNREAD = "embed iframe math noscript object script style svg template title"
_ATTRIBUTES = """
    alt aria-hidden aria-label aria-labelledby class colspan datetime download headers height href id lang role
    rowspan scope src start tabindex title width
"""
_KEPT, _DROPPED, _ALLOWED = (frozenset(names.split()) for names in (_TAGS, _UNREAD, _ATTRIBUTES))
_ADDRESSES = {
    "href": re.compile(r"(?:https?://|mailto:|#|data:text/csv[;,]|[\w.][\w./-]*(?:#[\w-]*)?$)", re.IGNORECASE),
    "src": re.compile(r"data:image/(?:svg\+xml|png|jpeg|gif|webp);base64,", re.IGNORECASE),
}
_UNDESCRIBED = "Image sans description"


def escaped(text: object) -> str:
    """The text as HTML shows it, without invisible characters that reorder or hide what follows.

    >>> escaped("<b onclick='x'>\\u202eoui")
    '&lt;b onclick=&#x27;x&#x27;&gt;oui'
    """
    return escape(_UNSEEN.sub("", str(text)))


def harmless(html: str) -> str:
    """The fragment, well formed, without scripts, styles, handlers or anything fetched from outside.

    >>> harmless('<p onclick="x()">oui<script>x()</script> <img src="http://a.example/b.png" alt="carte">')
    '<p>oui [carte]</p>'
    """
    from bs4 import BeautifulSoup
    from bs4.element import PreformattedString

    soup = BeautifulSoup(html, "html.parser")
    for text in soup.find_all(string=True):
        if isinstance(text, PreformattedString):  # comments, declarations
            text.extract()
        else:
            text.replace_with(_UNSEEN.sub("", text))
    for tag in soup.find_all(True):
        _tame(tag)
    return str(soup)


def slug(text: str) -> str:
    """An address made of a heading: no accent, no space, never empty.

    >>> slug("Ce que l’étude a trouvé : 3 cœurs")
    'ce-que-l-etude-a-trouve-3-coeurs'
    """
    folded = normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", " "))
    return re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-") or "partie"


def _tame(tag: Tag) -> None:
    if tag.decomposed:
        return
    if tag.name in _DROPPED:
        tag.decompose()
        return
    if tag.name not in _KEPT:
        tag.unwrap()
        return
    tag.attrs = {name: value for name, value in tag.attrs.items() if _is_kept(name, value)}
    if tag.name == "img":
        tag.attrs.setdefault("alt", _UNDESCRIBED)
        if "src" not in tag.attrs:
            tag.replace_with(f"[{tag['alt']}]")


def _is_kept(name: str, value: str | list[str]) -> bool:
    if name in _ADDRESSES:
        return bool(_ADDRESSES[name].match("".join(value).strip()))
    return name in _ALLOWED
