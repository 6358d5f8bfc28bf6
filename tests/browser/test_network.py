"""Nothing reaches an outside host: neither a page that is read, nor a build that runs.

Oracle: the browser's own list of requests, and Python's audit events for every socket of the build
and of its kernels.
"""

import re
import shutil
import sys

from relecture.cli import lab
from relecture.core.study import ROOT

ASK = "import urllib.request; urllib.request.urlopen('http://a.example/', timeout=1)"
IMPORTS = """import matplotlib.pyplot, pandas, pingouin, scipy.stats, seaborn, statsmodels.api
pandas.DataFrame({'a': [1.5]})"""
OTHERS = "performance.getEntriesByType('resource').filter(one => !one.name.startsWith('data:'))"


def test_a_page_asks_for_nothing_but_itself(opened, pages, name):
    with opened(pages[name]) as page:
        page.locator("footer").scroll_into_view_if_needed()
        asked = [url for url in page.asked if not url.startswith("data:image/")]
        assert asked == [pages[name].as_uri()]
        assert page.evaluate(OTHERS) == []


def test_a_page_forbids_what_it_does_not_need(opened, pages):
    """Without help: a script put in the page does not run, and a request does not leave."""
    with opened(pages["kitchen"]) as page:
        page.context.set_offline(False)
        seen = page.evaluate(
            """async () => {
              const stopped = []
              document.addEventListener('securitypolicyviolation', event => stopped.push(event.effectiveDirective))
              const script = document.createElement('script')
              script.textContent = 'window.pwned = 1'
              document.body.append(script)
              await fetch('http://a.example/').catch(() => 0)
              const image = document.body.appendChild(new Image())
              image.src = 'http://a.example/x.png'
              await new Promise(done => setTimeout(done, 100))
              return {pwned: window.pwned, stopped: stopped.sort()}}"""
        )
    assert seen == {"pwned": None, "stopped": ["connect-src", "img-src", "script-src-elem"]}


def test_figures_and_tables_are_downloaded_under_their_names(opened, pages, tmp_path):
    with opened(pages["kitchen"], accept_downloads=True) as page:
        found = {}
        for link in page.locator("a[download]:visible").all()[:6]:
            with page.expect_download() as download:
                link.click()
            download.value.save_as(tmp_path / download.value.suggested_filename)
            found[download.value.suggested_filename] = (tmp_path / download.value.suggested_filename).read_bytes()
    assert len(found) == 6 and all(re.fullmatch(r"kitchen-[a-z0-9-]+\.(csv|png|svg)", name) for name in found)
    signs = {"csv": b"\xef\xbb\xbf", "png": b"\x89PNG", "svg": b"<svg"}
    assert {name.rpartition(".")[2] for name in found} == set(signs)
    assert [name for name, content in found.items() if not content.startswith(signs[name.rpartition(".")[2]])] == []
    assert any(name.endswith("-synthetique.png") for name in found)


def test_whoever_asks_for_a_host_is_caught(outside):
    tried = outside(sys.executable, "-c", ASK)
    assert tried.code == 1 and "a.example" in tried.asked


def test_a_build_asks_nothing_of_any_host(outside, toy):
    shutil.copytree(ROOT / "lib", toy.root / "lib", dirs_exist_ok=True)
    toy.write({"notebooks/jouet.ipynb": toy.notebook([*toy.cells, ("code", IMPORTS, [])])})
    built = outside(sys.executable, "-m", "relecture", "build", path=toy.root / "lib", cwd=toy.root)
    assert built.code == 0, built.said
    assert built.asked == ""
    assert "1.5" in (toy.root / "outputs/jouet.html").read_text(encoding="utf-8")
    assert "Un jouet" in (toy.root / "outputs/index.html").read_text(encoding="utf-8")


def test_jupyterlab_neither_looks_for_updates_nor_for_news():
    options = lab.command("guefif")
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in options
    assert "--LabApp.news_url=None" in options
    assert "-m relecture lab\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
