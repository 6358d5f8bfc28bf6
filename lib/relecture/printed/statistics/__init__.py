"""Checks of means, standard deviations, intervals, odds ratios and tests."""
