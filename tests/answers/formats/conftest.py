"""Every questionnaire that the exports are held to: the toy, which has each feature, and those of the studies."""

import pytest

from relecture.answers.questionnaire import instrument
from relecture.core.study import ROOT

STUDIES = sorted(path.parent.name for path in ROOT.glob("data/*/instrument.yaml"))


@pytest.fixture(scope="session")
def forms(toy, hard):
    return {"jouet": toy, "ardu": hard} | {name: instrument.load(ROOT / "data" / name) for name in STUDIES}


@pytest.fixture(scope="session", params=["jouet", "ardu", *STUDIES])
def one(request, forms):
    return forms[request.param]
