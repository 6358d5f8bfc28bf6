"""What `against_r.py` draws for R, and how often intervals hold the truth."""
