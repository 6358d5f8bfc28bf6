"""Corpora: texts read, cut into word forms and segments."""
