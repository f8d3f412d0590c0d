"""What is added as one file and one line works everywhere it should."""
