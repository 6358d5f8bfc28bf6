"""A questionnaire of two questions, the second put to those who say yes, and a variable recoded from the first."""

from types import SimpleNamespace

import pandas as pd
import pytest

from relecture.answers.coded import recoding
from relecture.answers.questionnaire import instrument, skip_logic
from relecture.stats.survey import questions

OUI_NON = {"oui": "Oui", "non": "Non"}
FORM = instrument.build({
    "id": "jouet", "title": "Un jouet", "collection": "entretien",
    "source": {"thesis": "Jouet 2024", "annex": "annexe 1", "lines": [1, 9]},
    "sections": [{"id": "usage", "title": "Usages", "items": [
        {"id": "mss", "kind": "single", "label": "Messagerie sécurisée ?", "source": {"item": "1", "lines": [1, 2]},
         "choices": {**OUI_NON, "ne_sait_pas": "Je ne sais pas"}},
        {"id": "avis", "kind": "single", "label": "Utile ?", "source": {"item": "2", "lines": [3, 4]},
         "choices": OUI_NON, "relevant": {"equals": {"mss": "oui"}}},
    ]}],
    "derived": [{"id": "groupe", "label": "Groupe", "values": {
        "equipes": {"label": "équipés", "when": {"equals": {"mss": "oui"}}},
        "autres": {"label": "non équipés", "when": {"in": {"mss": ["non", "ne_sait_pas"]}}},
    }}],
})  # fmt: skip


@pytest.fixture(scope="session")
def form():
    return FORM


@pytest.fixture(scope="session")
def asked():
    """Its questions, by name."""
    return SimpleNamespace(**{question.id: question for question in questions.of_instrument(FORM)})


@pytest.fixture(scope="session")
def answered():
    """Coded answers to the questionnaire: how many for each (mss, avis)."""

    def answer(counts):
        rows = [pair for pair, n in counts.items() for _ in range(n)]
        frame = pd.DataFrame(rows, columns=["mss", "avis"], dtype="str")
        return recoding.derive(FORM, skip_logic.apply(FORM, frame)[0])

    return answer
