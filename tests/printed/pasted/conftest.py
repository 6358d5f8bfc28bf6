"""Pasted tables, as text, and their audit."""

from collections import Counter
from types import SimpleNamespace

import pytest

from relecture.printed import audit
from relecture.printed.pasted import tables


@pytest.fixture
def pasted(tmp_path):
    """Function (text, n, name, encoding) -> the audit of a table: study, findings, tally, labels of a verdict."""

    def audited(text, n=None, name="tableau.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        study = tables.load(path, n=n)
        findings = audit.audit(study, draws=False)
        tally = Counter(str(each.finding.verdict) for each in findings)
        labels = lambda verdict: [each.label for each in findings if each.finding.verdict == verdict]  # noqa: E731
        return SimpleNamespace(study=study, findings=findings, tally=tally, labels=labels)

    return audited
