"""Words of a corpus: graph of co-occurrences, classes, specificities."""
