"""What people answered: an instrument, its answers, and synthetic answers where none were published."""
