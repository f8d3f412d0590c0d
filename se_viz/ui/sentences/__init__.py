"""Sentences for people: made here of values, and only put on pages."""
