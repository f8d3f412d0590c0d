"""Synthetic stimuli."""
