"""Checks of sums, shares, dates, sentences, claims of significance, lists of participants and bits of passwords."""
