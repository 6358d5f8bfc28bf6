"""Every peer's vectors against the audit: where the verdict parts from what the peer expects, an argument says why.

`expected` is the peer's word: possible, impossible, refused (not read, or an error), no power (any print is possible).
`verdict` is the audit's, where `holds` is reproduced or consistent; `condition` is the convention that it must name.
"""

import pytest

from relecture.printed.conventions import CONVENTIONS
from relecture.printed.finding import Verdict

HOLDS = (Verdict.REPRODUCED, Verdict.CONSISTENT)
AGREE = {"possible": "holds", "impossible": "inconsistent", "refused": "inconsistent", "no power": "uncheckable"}
DIFFERENCES = {"metafor": 12, "recalc": 15, "scrutiny": 38, "sprite": 73, "statcheck": 64}


def test_verdict(vector, findings):
    finding = findings(vector.file)[vector.id]
    assert ("holds" if finding.verdict in HOLDS else finding.verdict) == vector.verdict, finding.explanation
    for name, option in (each.split(":") for each in vector.condition.split()):
        assert CONVENTIONS[name][option].condition in " ".join(finding.conditions)


@pytest.mark.parametrize("peer", DIFFERENCES)
def test_differences_are_argued_one_by_one(peer, vectors):
    differing = [row for row in vectors[peer] if AGREE[row.expected] != row.verdict]
    assert differing == [row for row in vectors[peer] if row.argument]
    assert len(differing) == DIFFERENCES[peer]
