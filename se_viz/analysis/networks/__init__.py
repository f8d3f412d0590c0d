"""Whole networks: their stages, the paper's observations, two side by side."""
