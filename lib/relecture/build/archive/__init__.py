"""What leaves the compendium: inventory, RO-Crate, comparison with the authors' bytes."""
