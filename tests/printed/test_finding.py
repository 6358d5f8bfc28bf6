"""Verdicts: what counts as holding, and exact comparisons."""

import pytest

from relecture.printed.finding import Finding, Verdict, decided


@pytest.mark.parametrize("verdict", Verdict)
def test_a_relation_holds_unless_contradicted_or_undecided(verdict):
    assert Finding(verdict, "").holds == (verdict in ("reproduced", "consistent", "conditional"))


@pytest.mark.parametrize(("holds", "verdict"), [(True, Verdict.REPRODUCED), (False, Verdict.INCONSISTENT)])
def test_an_exact_comparison_is_reproduced_or_inconsistent(holds, verdict):
    assert decided(holds, "12 sur 20", "12") == Finding(verdict, "12 sur 20", "12")
