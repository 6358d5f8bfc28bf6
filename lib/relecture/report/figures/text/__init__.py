"""Figures of texts and codes: graphs, classes, trees, agreement, saturation."""
