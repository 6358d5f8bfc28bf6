"""The findings of the study that a test module names STUDY."""

import pytest


@pytest.fixture(scope="module")
def found(request, audited):
    """Findings by name, repairs included."""
    return {one.id: one for one in audited(request.module.STUDY.name)}
