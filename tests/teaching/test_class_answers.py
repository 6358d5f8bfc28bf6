"""What a class answered: counts by exercise, the mistake that several made, and nobody given back."""

import pytest

from relecture.core.errors import InputError
from relecture.core.study import ROOT
from relecture.teaching import class_answers
from relecture.teaching.course import FILE, load

FIRST = "Relecture, exercices (contenu abc)\n"
ONE = FIRST + "[somme_genre] 45 | juste | essais : 1\n[vote] sans réponse\n"
TWO = FIRST + "[somme_genre] 44 | à revoir | essais : 2 | solution ouverte | reprise\n"


@pytest.fixture(scope="module")
def course():
    return load(ROOT / "data" / FILE)


def test_answers_are_counted_by_exercise(course):
    found = class_answers.pooled([ONE, TWO, TWO, TWO], course, "abc")
    assert found[["exercise", "answered", "right", "opened", "mistake", "by"]].to_numpy().tolist() == [
        ["somme_genre", 4, 1, 3, "44", 3]
    ]
    assert found["feedback"].item().startswith("Vous avez lu le total imprimé")
    words = "4\xa0textes. Le plus difficile : Les deux lignes et leur total (1 sur 4)."
    assert class_answers.in_words(found, 4) == words


def test_a_mistake_of_few_is_not_told(course):
    assert class_answers.pooled([ONE, TWO, TWO], course, "abc")["mistake"].tolist() == [""]


def test_texts_of_other_exercises_and_no_texts_are_refused(course):
    with pytest.raises(InputError) as error:
        class_answers.pooled([ONE, "bonjour", ONE.replace("abc", "def")], course, "abc")
    words = ("ce n’est pas un export", "autres exercices que ceux de ce dossier")
    assert error.value.faults == (f"texte n° 2 : {words[0]}", f"texte n° 3 : {words[1]}")


def test_nobody_answered(course):
    assert class_answers.in_words(class_answers.pooled([], course, "abc"), 0) == "0\xa0texte, aucune réponse."
