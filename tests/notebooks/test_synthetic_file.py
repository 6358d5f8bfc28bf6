"""A file of synthetic answers given back as one's own is shown as what it is, on its page and in its downloads."""

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from relecture.answers.synthetic_label import LABEL
from relecture.cli.commands import main


@pytest.mark.parametrize("study", ["guefif", "ajoodha", "zerhoui"])
def test_synthetic_answers_given_back_are_labelled_as_such(study, tmp_path):
    path = tmp_path / "reponses.synthetic.csv"
    for words in (["synthesise", study, str(path)], ["build", study, "--answers", str(path), "--out", str(tmp_path)]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
    page = BeautifulSoup((tmp_path / f"{study}.html").read_text(encoding="utf-8"), "html.parser")
    labels = [tag.get_text() for tag in page.select(".synthetic .label")]
    assert len(labels) >= 5 and {*labels} == {LABEL}
    assert len(page.select("a[download*='-synthetique.']")) >= 5
    assert not page.find(string="Où exercent les répondants")  # nobody practises anywhere
    for tag in page.select(".synthetic"):
        tag.decompose()
    assert LABEL in page.main.get_text()  # in the words of the page too
