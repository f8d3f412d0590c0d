"""What can be done to gates: one kind a file, listed in `registry`."""
