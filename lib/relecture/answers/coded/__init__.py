"""Coded answers: recoded variables, exposures and scores."""
