"""Checks of whole numbers, dates, statements and lists of participants."""
