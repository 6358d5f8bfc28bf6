"""The printed side of a study: its numbers and what is found on them."""
