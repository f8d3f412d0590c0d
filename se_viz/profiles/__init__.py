"""The gates of many pictures as statistics that can be merged, in one file format.

Memory is bounded by classes x channels, never by pictures.
"""

from __future__ import annotations

from se_viz.profiles.building import empty, merge, of_reading
from se_viz.profiles.files import load
from se_viz.profiles.profile import BINS, FIELDS, VERSION, Origin, Profile, Stats

__all__ = [
    "BINS",
    "FIELDS",
    "VERSION",
    "Origin",
    "Profile",
    "Stats",
    "empty",
    "load",
    "merge",
    "of_reading",
]
