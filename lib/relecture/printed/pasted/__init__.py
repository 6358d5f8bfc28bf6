"""Tables as they are printed, pasted in a file: read, understood, and audited as a study."""
