"""Published files: fetched, checked, and why they could not be."""
