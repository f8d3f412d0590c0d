"""SE-ResNets from one builder (arXiv 1709.01507, section 3)."""
