"""One page a file, or a folder where it has parts."""
