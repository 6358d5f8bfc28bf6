"""What people said: transcripts to forms, graph, classes."""
