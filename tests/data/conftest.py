"""The findings of the study that a test module names STUDY, and the time that the audit takes."""

import time

import pytest

from relecture.printed.audit import audit


@pytest.fixture(scope="module")
def found(request):
    """Findings by name, repairs included; an audit stays under five seconds."""
    start = time.perf_counter()
    checked = {one.id: one for one in audit(request.module.STUDY)}
    assert time.perf_counter() - start < 5
    return checked
