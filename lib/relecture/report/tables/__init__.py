"""Tables as HTML, CSV and Word files."""
