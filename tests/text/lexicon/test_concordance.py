"""Each occurrence of a form, in the words said, and nothing of the next passage."""

import pytest

from relecture.core.errors import InputError
from relecture.text.corpus.iramuteq import parse
from relecture.text.corpus.segments import prepare
from relecture.text.corpus.tokens import Settings
from relecture.text.lexicon.concordance import concordance

CORPUS = """**** *med_1
Mes mots de passe sont là, dans le tiroir.
Le tiroir ferme.
**** *med_2
-*a
Un mot de passe
-*b
Des tiroirs partout
"""


@pytest.fixture(scope="module")
def cut():
    return prepare(parse(CORPUS), Settings(min_frequency=1))


def test_every_occurrence_in_its_words(cut):
    assert concordance(cut, "tiroir", around=2).to_numpy().tolist() == [
        [0, 0, "dans le", "tiroir", ". Le tiroir"],
        [0, 0, "tiroir. Le", "tiroir", "ferme"],
        [1, 2, "Des", "tiroirs", "partout"],
    ]
    assert concordance(cut, "mot_de_passe", around=1)["said"].tolist() == ["mots de passe", "mot de passe"]


def test_an_absent_form_names_its_neighbours(cut):
    with pytest.raises(InputError, match="forme « tirette » : absente du corpus ; voisines : tiroir"):
        concordance(cut, "tirette")
    with pytest.raises(InputError, match=r"absente du corpus$"):
        concordance(cut, "xyz")
