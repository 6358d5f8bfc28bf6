"""Estimates, intervals and tests, as the theses' methods say."""
