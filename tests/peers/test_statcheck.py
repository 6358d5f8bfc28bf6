"""statcheck's rule on its own test strings, recomputed by R where R is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def test_strings_expressible_as_relations(vectors):
    strings = {(row.arguments, row.conventions) for row in vectors["statcheck"]}
    assert len(strings) == len(vectors["statcheck"]) == 426


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R n'est pas installé")
def test_expected_verdicts_follow_the_rule_of_statcheck(vectors):
    """All of them: what its tests tell (`told`: test), and what they only extract (`told`: rule)."""
    command = ["Rscript", HERE / "statcheck_rule.R", HERE / "data" / "vectors" / "statcheck.csv"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed.splitlines() == [row.expected for row in vectors["statcheck"]]
