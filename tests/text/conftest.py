"""The fictional interviews of Planchenault, cut into segments: written on six themes, which no method is shown."""

import pytest

from relecture.core.study import ROOT
from relecture.text.corpus import iramuteq, segments


@pytest.fixture(scope="session")
def fictional():
    return segments.segment_corpus(iramuteq.read_corpus(ROOT / "data/planchenault/corpus.fictif.txt"))
