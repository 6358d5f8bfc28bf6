"""How it is taught: exercises of critical reading, their pages and sheets."""
