"""Laws of tests, ranges of values and tables of counts: what printed numbers allow, computed."""
