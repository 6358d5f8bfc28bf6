"""Synthetic answers of a study of one sample."""
