"""What both kinds of synthetic answers use: samples, grids, rows of the account."""
