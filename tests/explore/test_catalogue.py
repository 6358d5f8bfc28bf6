"""The studies, and each in fifteen lines. Oracle: the data folders, and the bound of the design."""

import pytest
from lxml import html

from relecture import load_study, studies
from relecture.core.study import load_study as bare
from relecture.explore import catalogue, short_html
from relecture.explore.printed.findings import Findings


@pytest.fixture(scope="module")
def known():
    return catalogue.catalogue()


def test_every_study_is_there(known):
    assert [one.study for one in known] == [*studies()]
    assert known.frame()["printed"].tolist() == [len(bare(name).rows) for name in studies()]


def test_what_is_synthetic_or_fictional_says_so(known):
    told = {one.study: (one.n, one.instrument, one.answers) for one in known}
    assert told["guefif"] == ("81", "questionnaire", "synthétiques")
    assert told["planchenault"] == ("15", "guide d'entretien et corpus", "entretiens fictifs")
    assert told["clausener"] == ("–", "–", "–")
    assert catalogue.label_of(bare("exemple")) == "Étude fictive" and catalogue.label_of(bare("guefif")) == ""


def test_it_shows_itself_in_fifteen_lines_with_the_line_that_opens_one(known):
    assert len(repr(known).splitlines()) <= short_html.MOST
    page = html.fromstring(f"<div>{known._repr_html_()}</div>")
    assert page.xpath("string(//pre)") == repr(known).splitlines()[-1] == 'study = rl.load_study("guefif")'


def test_an_empty_compendium_has_no_line_to_type(tmp_path):
    assert repr(catalogue.catalogue(tmp_path)) == ""


@pytest.mark.parametrize("name", studies())
def test_the_lines_to_type_run(name, audited):
    """Each is what a reader copies: it must give something."""
    study = load_study(name)
    findings = Findings(audited(name))
    vars(study)["_found"] = {(True, True): findings}
    for found in (None, findings):
        lines = [line.partition("#")[0].strip() for line in catalogue.text(study, found).splitlines() if "  # " in line]
        assert {"study.findings", "study.numbers", "study.verdict"} <= {line.partition("(")[0] for line in lines}
        asked = {"study": study}
        for line in lines:
            exec(line, asked)


def test_findings_are_told_when_they_are_at_hand(audited):
    study, findings = bare("guefif"), Findings(audited("guefif", repairs=False, draws=False))
    assert findings.in_words() in catalogue.text(study, findings) and findings.in_words() in catalogue.html(
        study, findings
    )
    assert "quelques secondes" in catalogue.text(study, None)


def test_a_folder_with_a_faulty_questionnaire_shows_itself(tmp_path):
    """What is wrong in a file is told to who asks for it, not to who looks at the study."""
    for name, words in {
        "printed.csv": "address,value,kind,place,note\n",
        "relations.yaml": "[]\n",
        "instrument.yaml": "[\n",
    }.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    (tmp_path / "study.yaml").write_text("title: Essai\nsample: [rien]\n", encoding="utf-8")
    assert catalogue.text(load_study(tmp_path), None).splitlines()[1] == "0\u00a0nombre imprimé · questionnaire"
