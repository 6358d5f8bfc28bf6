"""Samples of whole numbers with given sums and sums of squares: whether they exist, which, how many."""
