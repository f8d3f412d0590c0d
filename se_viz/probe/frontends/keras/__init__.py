"""Keras networks as graphs."""
