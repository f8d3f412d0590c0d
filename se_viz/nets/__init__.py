"""Networks with Squeeze-and-Excitation blocks, and their weights."""
