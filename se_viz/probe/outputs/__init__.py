"""What the outputs of a network are, told by its structure."""
