"""Warnings that a test must not let through."""

import warnings

import pytest


@pytest.fixture
def no_warning_escapes():
    """A warning fails the test; what the collector then meets (loops of kernels) other tests of the process left."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", pytest.PytestUnraisableExceptionWarning)
        yield
