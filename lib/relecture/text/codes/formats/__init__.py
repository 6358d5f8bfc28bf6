"""Coding trees written for, and read from, other programs."""
