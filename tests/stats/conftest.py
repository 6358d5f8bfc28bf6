"""Property tests have no deadline: the first example pays for the imports, and machines are shared."""

import warnings

import pytest
from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture
def no_warning_escapes():
    """A warning fails the test; what the collector then meets (loops of kernels) other tests of the process left."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", pytest.PytestUnraisableExceptionWarning)
        yield
