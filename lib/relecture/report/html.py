"""Text and HTML that came from elsewhere, made harmless to show in a page.

Answers, tracebacks and outputs of other libraries may hold tags, event handlers, outside addresses
or characters that turn the reading order round. `escaped` makes a text harmless to show, `shortened`
makes it short enough; `sanitized` keeps of an HTML fragment only what a report needs, and closes what
it left open, so that nothing leaves its own cell. An allow-list, never a deny-list.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING

from relecture.core.french import plural, typeset

if TYPE_CHECKING:
    from nh3 import Cleaner

CELL, OUTPUT = 2_000, 20_000  # characters shown of one cell, and of one printed text
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
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
_SCHEMES = "data http https mailto"
_ADDRESSES = {
    "href": re.compile(
        r"(?:https?://|mailto:|#|data:(?:text/csv[;,]|application/octet-stream;base64,)|[\w.][\w./-]*(?:#[\w-]*)?$)",
        re.IGNORECASE,
    ),
    "src": re.compile(r"data:image/(?:svg\+xml|png|jpeg|gif|webp);base64,", re.IGNORECASE),
}
_ALONE = frozenset("br col hr img wbr input link meta source".split())
_DEEP, _STRAY = 500, 100  # a fragment nested deeper, or with more signs that open nothing, would take hours to read
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
_RUN = re.compile(rf"(?:^|(?<=>))[^<>]{{{OUTPUT + 1},}}(?=<|$)")
_IMAGE = re.compile(r"<img([^<>]*)>")
_ALT = re.compile(r' alt="([^"]*)"')
_UNDESCRIBED = "Image sans description"


def visible_text(text: str) -> str:
    """The text without invisible characters that reorder or hide what follows, nor any that no file can hold."""
    return _UNSEEN.sub("", text)


def escaped(text: object) -> str:
    """The text as HTML shows it, without invisible characters.

    >>> escaped("<b onclick='x'>\\u202eoui")
    '&lt;b onclick=&#x27;x&#x27;&gt;oui'
    """
    return escape(visible_text(str(text)))


def shortened(text: str, most: int = CELL) -> str:
    """The text, or as much of it as leaves room to say how long it was.

    >>> shortened("oui" * 100, 40)
    'ouiouiou… [texte coupé\\xa0: 300\\xa0caractères]'
    """
    if len(text) <= most:
        return text
    note = f"… [texte coupé\u00a0: {plural(len(text), 'caractère')}]"
    return text[: most - len(note)] + note


def html_text(text: object) -> str:
    """The words of a page: bounded, set in French, escaped."""
    return escaped(typeset(shortened(str(text))))


def sanitized(html: str) -> str:
    """The fragment as a browser reads it, without scripts, styles, handlers or anything fetched from outside.

    One made to exhaust whoever reads it is shown as text.

    >>> sanitized('<p onclick="x()">oui<script>x()</script> <img src="http://a.example/b.png" alt="carte">')
    '<p>oui [carte]</p>'
    """
    if not _is_readable(html):
        return f"<pre>{escaped(shortened(html, OUTPUT))}</pre>"
    clean = _cleaner().clean(visible_text(html))  # every sign < or > left is that of a tag
    return _IMAGE.sub(_described, _RUN.sub(lambda run: escape(shortened(unescape(run[0]), OUTPUT)), clean))


@cache
def _cleaner() -> Cleaner:
    from nh3 import Cleaner

    return Cleaner(
        tags=set(_TAGS.split()),
        clean_content_tags=set(_UNREAD.split()),
        attributes={"*": set(_ATTRIBUTES.split())},
        attribute_filter=_attribute,
        url_schemes=set(_SCHEMES.split()),
        link_rel=None,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in _ADDRESSES:
        return value if _ADDRESSES[name].match(value.strip()) else None
    return shortened(value)


def _described(image: re.Match[str]) -> str:
    """An image has words; one without a picture is nothing but its words."""
    alt = _ALT.search(image[1])
    if " src=" not in image[1]:
        return f"[{alt[1] if alt else _UNDESCRIBED}]"
    return image[0] if alt else f'<img{image[1]} alt="{_UNDESCRIBED}">'


def _is_readable(html: str) -> bool:
    """Whether a parser gets through the fragment in a time that grows with its length only."""
    depth = deepest = 0
    tags = _TAG.findall(html)
    for closing, name in tags:
        depth += 0 if name.lower() in _ALONE else -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest <= _DEEP and html.count("<") - len(tags) <= _STRAY
