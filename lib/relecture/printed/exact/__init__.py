"""Exact searches: tables, samples and sums of whole numbers behind what was printed."""
