"""How much a lesson may hold, so that nobody's file keeps the app busy or fills a screen."""

from __future__ import annotations

BYTES = 50_000
SCENES = 60
CHOICES = range(2, 7)
"""Of a question; each has a number key."""
HEADING, CHOICE, TEXT, LINK = 100, 120, 600, 500
"""Characters."""
FILES = 100
"""Lessons of a folder."""
