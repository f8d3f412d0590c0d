"""Gates by class, block after block."""
