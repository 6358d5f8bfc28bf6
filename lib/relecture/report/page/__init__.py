"""Pages: what an executed notebook becomes, and the elements a notebook shows."""
