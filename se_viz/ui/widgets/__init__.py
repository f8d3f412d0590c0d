"""Pieces of which pages are made."""
