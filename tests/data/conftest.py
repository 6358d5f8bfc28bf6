"""The findings of the study that a test module names STUDY."""

import pytest

from relecture.printed.audit import audit


@pytest.fixture(scope="module")
def found(request):
    """Findings by name, repairs included."""
    return {one.id: one for one in audit(request.module.STUDY)}
