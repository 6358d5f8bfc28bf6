"""Every source together: each number has a relation or a reason, and the whole audit is quick.

Twenty seconds for the five sources, repairs included, is the promise of the design.
"""

import time

import pytest

from relecture import load_study
from relecture.core.study import studies
from relecture.printed import audit, ledger


@pytest.mark.parametrize("name", studies())
def test_no_printed_number_is_without_a_relation_or_a_reason(name):
    assert ledger.load(load_study(name)).unexplained == ()


@pytest.mark.parametrize("name", studies())
def test_every_relation_says_what_it_checks_and_where(name):
    relations = ledger.load(load_study(name)).relations
    assert relations
    assert all(relation.label and relation.section and relation.addresses for relation in relations)


@pytest.mark.timed
def test_all_sources_are_audited_in_twenty_seconds():
    start = time.perf_counter()
    findings = sum(len(audit.audit(load_study(name))) for name in studies())
    assert findings > 300
    assert time.perf_counter() - start < 20
