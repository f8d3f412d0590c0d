"""Channel gates found by structure (arXiv 1709.01507, section 3)."""
