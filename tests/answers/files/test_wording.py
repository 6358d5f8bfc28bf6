"""Headers that are the words of questions: every shape, and repeats told apart by the order of the form or refused."""

import pytest

from relecture.answers.files.wording import NOTE, Claim, known_words, placed, targets
from relecture.answers.questionnaire import instrument

COLUMN = ("column", "mss")


@pytest.fixture
def stands_for(toy):
    words = known_words(toy)
    return lambda header: targets(header, words)[0]


@pytest.mark.parametrize("shape", [
    "{}", "12. {}", "Q3 - {}", "4) {} *", "<b>{}</b>", "{}.1", "{}2", "{} (2)", "{}_2", "SECTION/{}", "{}\u00a0",
    "G01Q02 : {}", "G01Q02[SQ001]. {}",
])  # fmt: skip
def test_a_question_is_known_by_its_words(toy, stands_for, shape):
    header = shape.format(toy["mss"].label).replace("SECTION", toy.sections[0].title)
    assert stands_for(header) == (COLUMN,)


@pytest.mark.parametrize("shape", [
    "{} [{}]", "{} - {}", "{}/{}", "{} ({})", "{} : {}", "{}.{}", "{} | {}", "{}_{}", "{} (choice={})", "{}_[{}]",
])  # fmt: skip
def test_a_row_or_a_choice_follows_its_question(toy, stands_for, shape):
    row, choice = toy["avis"].columns[0], toy["lesquelles"].choices[2]
    assert stands_for(shape.format(toy["avis"].label, row.label)) == (("column", row.name),)
    assert stands_for(shape.format(toy["lesquelles"].label, choice.label)) == (("tick", "lesquelles", choice.id),)


def test_a_row_alone_a_rank_a_cut_title_and_a_text_of_the_form(toy, stands_for):
    assert stands_for(toy["avis"].columns[1].label) == (("column", toy["avis"].columns[1].name),)
    assert stands_for(f"{toy['lesquelles'].label}_2") == (("tick", "lesquelles", toy["lesquelles"].choices[1].id),)
    assert stands_for(toy["lesquelles"].label) == (("list", "lesquelles"),)
    assert stands_for(toy["avis"].label) == (NOTE,)
    assert stands_for(f"{toy['duree'].label[:-3]}…") == (("column", "duree"),)
    assert stands_for("…") == stands_for("Commentaire") == stands_for("2") == ()


def test_signs_tell_choices_apart(document):
    document["sections"][0]["items"][1]["choices"] |= {"jeune": "< 5 ans", "vieux": "> 5 ans"}
    one = instrument.build(document)
    header = f"{one['lesquelles'].label} [< 5 ans]"
    assert targets(header, known_words(one))[0] == (("tick", "lesquelles", "jeune"),)


A, B, C, D = (("column", name) for name in "abcd")
ORDER = {A: 0, B: 1, C: 2, D: 3}


@pytest.mark.parametrize(
    ("claims", "places", "refused"),
    [
        ([Claim(0, (A,)), Claim(1, (B, D)), Claim(2, (C,)), Claim(3, (B, D))], {A: 0, B: 1, C: 2, D: 3}, []),
        ([Claim(0, (A,)), Claim(1, (B, D)), Claim(2, (C,))], {A: 0, B: 1, C: 2}, []),  # its neighbours say which
        ([Claim(0, (B, D)), Claim(1, (B, D))], {B: 0, D: 1}, []),
        ([Claim(0, (B, D), 2), Claim(1, (B, D))], {B: 1, D: 0}, []),  # numbered before they were moved
        ([Claim(0, (B, D))], {}, [0]),
        ([Claim(0, (C,)), Claim(1, (A,)), Claim(2, (B, D)), Claim(3, (B, D))], {C: 0, A: 1, B: 2, D: 3}, []),
        ([Claim(0, (C,)), Claim(1, (B, D)), Claim(2, (B, D)), Claim(3, (A,))], {C: 0, A: 3}, [1, 2]),  # columns moved
        ([Claim(0, (A,)), Claim(1, (A,))], {A: 0}, [1]),
        ([Claim(0, (A,)), Claim(1, (A, B))], {A: 0, B: 1}, []),
        ([Claim(0, (B, D)), Claim(1, (B, D)), Claim(2, (B, D))], {}, [0, 1, 2]),
    ],
)
def test_columns_of_the_same_words_are_told_apart_or_refused(claims, places, refused):
    found, wrong = placed(claims, ORDER)
    assert (found, sorted(claim.place for claim in wrong)) == (places, refused)
