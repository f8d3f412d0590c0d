"""What the operations of a graph do to numbers, axes and channels."""
