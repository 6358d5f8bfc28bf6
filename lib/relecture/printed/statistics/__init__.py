"""Checks of means, standard deviations, quantiles and tests, of groups and of tables of counts."""
