"""Pages built from notebooks: execution, state, archives."""
