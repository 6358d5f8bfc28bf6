"""Notebooks executed in kernels, forked or plain."""
