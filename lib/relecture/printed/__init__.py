"""What was printed: strings -> intervals -> checks -> findings."""
