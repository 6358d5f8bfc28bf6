"""Labels are the same for a person, or they are not."""

import pytest

from relecture.answers.questionnaire.labels import label_key, plain_label


@pytest.mark.parametrize(("one", "other"), [
    ("L’été, à Sète", "l'ete, a sete"), ("Médecin\u202f?", "médecin ?"), ("Sœur – aînée", "SOEUR - AINEE"),
    ("E\u0301te\u0301", "Été"), ("Prise en charge…", "prise en charge..."),
])  # fmt: skip
def test_typography_case_and_accents_are_set_aside(one, other):
    assert plain_label(one) == plain_label(other)


@pytest.mark.parametrize(("one", "other"), [("< 5 ans", "> 5 ans"), ("oui", "oui, mais"), ("a+", "a"), ("<b>", "")])
def test_signs_that_make_two_labels_differ_are_kept(one, other):
    assert plain_label(one) != plain_label(other)


def test_a_key_has_words_and_signs_of_comparison_alone():
    assert label_key("<p>Lequel&nbsp;?</p>") == "lequel nbsp"
    assert label_key("« Oui » (≥ 50 %)") == label_key("oui_[≥_50_%]") == "oui ≥ 50 %"
    assert label_key("?!") == ""
