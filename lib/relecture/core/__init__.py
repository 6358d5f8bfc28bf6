"""What every room uses: studies, printed numbers, French, files, errors, fingerprints."""
