"""Find the SE blocks of a Keras network by structure, and read them in one forward pass."""
