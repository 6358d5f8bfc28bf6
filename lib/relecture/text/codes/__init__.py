"""Codes put on a corpus: trees, codings, agreement, saturation."""
