"""Figures drawn from frames whose numbers are already computed."""
