"""Oracle: the OWASP cheat sheets on cross-site scripting and CSV injection; each case is one way in."""

import pytest

from relecture.report.markup import escaped, harmless, slug


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<script>alert(1)</script>a", "a"),
        ("<ScRiPt src=//a.example/x.js></ScRiPt>a", "a"),
        ('<p onclick="x()" style="background:url(http://a.example)">a</p>', "<p>a</p>"),
        ('<img src=x onerror="x()">', "[Image sans description]"),
        ('<img src="http://a.example/b.png" alt="carte">', "[carte]"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<a href=" java\tscript:x()">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ("<svg><script>x()</script></svg>a", "a"),
        ("<iframe src=http://a.example></iframe>a", "a"),
        ("<form><button>a</button></form>", "a"),
        ("<!-- <script>x()</script> -->a", "a"),
        ("</div></details>a", "a"),  # does not leave its own cell
        ("<details><div>a", "<details><div>a</div></details>"),
        ("a\u202eb", "ab"),
    ],
)
def test_harmful_parts_are_dropped(html, kept):
    assert harmless(html) == kept


@pytest.mark.parametrize(
    "html",
    [
        '<figure class="figure"><img alt="a" src="data:image/svg+xml;base64,PHN2Zz4="/></figure>',
        '<a href="#constat-1">a</a>',
        '<a href="guefif.html#lieu">a</a>',
        '<a href="https://a.example/b?c=1">a</a>',
        '<a download="a.csv" href="data:text/csv;charset=utf-8;base64,77u/">a</a>',
        '<th colspan="2" scope="rowgroup">a &lt; b</th>',
    ],
)
def test_what_a_report_needs_is_kept(html):
    assert harmless(html) == html


def test_escaped_and_slug():
    assert escaped('<a title="x">\u2066&') == "&lt;a title=&quot;x&quot;&gt;&amp;"
    assert slug("Œuvre n° 2 : l’été") == "oeuvre-n-2-l-ete"
    assert slug("???") == "partie"
