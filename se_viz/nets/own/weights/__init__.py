"""Weights of files, checked and put where they belong."""
