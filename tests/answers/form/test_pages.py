"""Every question is on a page, in order, and no page is too high."""

import pytest

from relecture import ROOT, load_study, studies
from relecture.answers.form import pages
from relecture.answers.form.questions import Question
from relecture.answers.questionnaire import instrument

NAMES = [name for name in studies() if (ROOT / "data" / name / instrument.FILE).exists()]


@pytest.mark.parametrize("name", NAMES)
def test_every_part_is_on_one_page_within_its_height(name):
    one = instrument.load(load_study(name))
    questions = {item.id: Question(one, item, lambda: None) for item in one.items}
    shown = pages.pages(one, questions)
    boxes = [box for page in shown for box in page.box.children]
    heights = {box: height for question in questions.values() for box, height in question.parts}
    assert [box for box in boxes if box in heights] == [*heights]
    assert max(sum(heights.get(box, 0) for box in page.box.children) for page in shown) <= pages.HIGHEST
    assert shown[0].title.startswith(f"Section 1 sur {len(one.sections)}")


def test_the_summary_tells_what_was_passed_over_and_escapes_what_was_typed(toy):
    questions = [Question(toy, toy[item], lambda: None) for item in ("mss", "lesquelles", "avis", "ville")]
    questions[0].controls["mss"].value = "oui"
    questions[2].controls["avis.sure"].value = "oui"
    questions[3].controls["ville"].value = "<b>Sète</b>"
    html = pages.summary([("Vous", questions)], "1 réponse")
    assert "<li>Êtes-vous d’accord\u202f? (2 lignes sur 3)</li>" in html and "(obligatoire)" in html
    assert "Questions passées\u00a0: 2" in html
    assert "&lt;b&gt;Sète" in html and "<b>Sète" not in html and "<dd>Oui</dd>" in html
