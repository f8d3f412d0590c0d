"""Lessons at hand, and the one that is given."""
