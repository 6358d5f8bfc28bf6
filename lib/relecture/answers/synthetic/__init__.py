"""Synthetic answers that reproduce printed numbers; nobody gave them."""
