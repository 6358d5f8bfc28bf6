"""What may be shown: which cells, sums and means must be hidden."""
