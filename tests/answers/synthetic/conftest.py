"""The studies that have a plan of synthetic answers, found by themselves, and a small plan on the toy questionnaire."""

from functools import cache

import pytest

from relecture import load_study, studies
from relecture.answers.synthetic import reading

PLANNED = [name for name in studies() if (load_study(name).folder / reading.FILE).exists()]


@pytest.fixture(scope="session", params=PLANNED)
def study(request):
    return load_study(request.param)


@pytest.fixture(scope="session")
def draw():
    """`draw(study, n, seed)`: its synthetic answers, made once."""

    @cache
    def drawn(name, n=None, seed=2023):
        return load_study(name).synthetic(n=n, seed=seed)

    return lambda study, n=None, seed=2023: drawn(study.name, n, seed)


@pytest.fixture
def toy_plan():
    """To be spoiled at will. Two choices are counted as « payante »; `groupe` follows from `mss`."""
    return {
        "respondents": "n",
        "same": ["enc*"],
        "counts": {"mss": "mss.{}", "lesquelles": "tic.{}"},
        "shares": {"mss": {"oui": "part"}},
        "only": {"duree": [0, 9]},
    }


@pytest.fixture
def toy_printed():
    counts = {"mss.oui": "12", "mss.non": "8", "tic.mailiz": "5", "tic.payante": "9"}
    return {"n": "20", "encore": "20", **counts, "part": "60"}


@pytest.fixture
def grouped_plan():
    """The same questionnaire, for two groups that are compared."""
    return {
        "respondents": {"groupe": "groupe.{}"},
        "counts": {"alarme": "alarme.{}.{groupe}", "lesquelles": {"mailiz": "tic.mailiz.{groupe}"}},
        "totals": {"tic.{groupe}": "lesquelles.*"},
        "numbers": [
            {"of": "age", "mean": "age.m.{groupe}", "sd": "age.s.{groupe}"},
            {"of": "note_avis", "where": {"groupe": "equipes"}, "mean": "note.m", "sd": "note.s"},
        ],
        "checks": [{"of": "age", "mean": "age.m", "sd": "age.s"}],
        "outcomes": {"equipe": {"column": "groupe", "among": ["equipes"], "within": "equipement"}},
        "covariates": {
            "alarme": {"column": "alarme", "among": ["oui"]},
            "age": {"column": "age", "below": 40},
            "mailiz": {"column": "lesquelles.mailiz", "ticked": True},
        },
    }


@pytest.fixture
def grouped_printed():
    """Nobody is printed without an alarm among the others: blank cells are 0."""
    counts = {"groupe.equipes": "8", "groupe.autres": "12", "alarme.oui.equipes": "6", "alarme.non.equipes": "2"}
    ages = {"age.m.equipes": "41,5", "age.s.equipes": "8,2", "age.m.autres": "44,1", "age.s.autres": "10"}
    more = {"alarme.oui.autres": "12", "tic.mailiz.equipes": "5", "tic.equipes": "5", "age.m": "43", "age.s": "12"}
    return counts | ages | more | {"note.m": "6,5", "note.s": "1,5"}


@pytest.fixture
def grouped_toy(document):
    """The toy, with a variable that says who has a group, through `groupe`."""
    from relecture.answers.questionnaire import instrument

    values = {"connu": {"label": "connu", "when": {"in": {"groupe": ["equipes", "autres"]}}}}
    document["derived"].append({"id": "equipement", "label": "Équipement", "values": values})
    return instrument.build(document)
