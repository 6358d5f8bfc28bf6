"""What a build knows: jobs, fingerprints, manifest, the folder of pages."""
