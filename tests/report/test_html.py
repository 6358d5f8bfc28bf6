"""Oracle: the OWASP cheat sheets on cross-site scripting and CSV injection; each case is one way in."""

import pytest

from relecture.core.french import slug
from relecture.report.html import OUTPUT, escaped, html_text, sanitized, shortened


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
    assert sanitized(html) == kept


@pytest.mark.parametrize(
    "html",
    [
        '<figure class="figure"><img alt="a" src="data:image/svg+xml;base64,PHN2Zz4="></figure>',
        '<a href="#constat-1">a</a>',
        '<a href="guefif.html#lieu">a</a>',
        '<a href="https://a.example/b?c=1">a</a>',
        '<a download="a.csv" href="data:text/csv;charset=utf-8;base64,77u/">a</a>',
        '<table><tbody><tr><th colspan="2" scope="rowgroup">a &lt; b<wbr>c</th></tr></tbody></table>',
    ],
)
def test_what_a_report_needs_is_kept(html):
    assert sanitized(html) == html


def test_escaped_and_slug():
    assert escaped('<a title="x">\u2066&') == "&lt;a title=&quot;x&quot;&gt;&amp;"
    assert slug("Œuvre n° 2 : l’été") == "oeuvre-n-2-l-ete"
    assert slug("???") == "partie"


@pytest.mark.parametrize("text", ["", "oui", "x" * 50])
def test_a_text_that_fits_is_left_alone(text):
    assert shortened(text, 50) == text


def test_a_cut_text_fits_says_so_and_is_not_cut_again():
    cut = shortened("x" * 1_000_000)
    assert len(cut) == 2_000 and cut.endswith("… [texte coupé\u00a0: 1\u202f000\u202f000\u00a0caractères]")
    assert shortened(cut) == cut


def test_worded_is_bounded_set_in_french_and_escaped():
    assert html_text("L'un : <b>") == "L’un\u00a0: &lt;b&gt;"
    assert len(html_text("x" * 5_000)) == 2_000


@pytest.mark.parametrize("around", ["{}", "<p>{}</p>", "<p>a{}", "{}</p>"])
@pytest.mark.parametrize("text", ["é" * 100_000, "&lt;" * 100_000])
def test_a_text_that_would_fill_a_page_is_cut_and_counted_as_it_is_read(around, text):
    kept = sanitized(around.format(text))
    assert len(kept) < 5 * OUTPUT
    assert "texte coupé\u00a0: 100\u202f00" in kept


@pytest.mark.parametrize("html", ["<a" * 100_000, "<div>" * 100_000, "<p><b>" * 50_000 + ">" * 50_000])
def test_a_fragment_made_to_exhaust_the_parser_is_text(html):
    kept = sanitized(html)
    assert kept.startswith("<pre>&lt;") and len(kept) < 5 * OUTPUT


def test_an_honest_fragment_may_nest_and_leave_tags_open_and_is_read_as_a_browser_does():
    assert sanitized("<b>" * 300 + "a") == "<b>" * 300 + "a" + "</b>" * 300
    assert sanitized("<ul><li>a<li>b") == "<ul><li>a</li><li>b</li></ul>"
    assert sanitized("<table><tr><td>a</table>") == "<table><tbody><tr><td>a</td></tr></tbody></table>"
    assert sanitized("<th>a</th>") == "a"  # no cell outside of a table
    assert sanitized("1 < 2 et <b>3 > 2</b>") == "1 &lt; 2 et <b>3 &gt; 2</b>"


def test_characters_that_no_file_can_hold_are_gone():
    assert sanitized("a\ud800<b title='\ud800\uffff'>b</b>") == 'a<b title="">b</b>'
