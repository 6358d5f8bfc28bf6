"""Results that a paper may print: drawn, computed by scipy, statsmodels or R, and written as people write them."""
