"""The page of the block."""
