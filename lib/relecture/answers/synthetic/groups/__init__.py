"""Synthetic answers of a study that compares groups."""
