"""Checks of printed effects: ratios, differences, coefficients, sizes of effects, accuracy of tests."""
