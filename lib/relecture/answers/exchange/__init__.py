"""One module a format: what a survey tool is given, and how the answers it collects are written."""
