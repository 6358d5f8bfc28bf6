"""State of a build: jobs, records, manifest, the folder of pages."""
