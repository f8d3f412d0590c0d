"""The gates of many pictures as statistics that can be merged, in one file format.

Memory is bounded by classes x channels, never by pictures.
"""

from __future__ import annotations

from se_viz.profiles.bins import BINS
from se_viz.profiles.building import empty, merge, of_reading
from se_viz.profiles.files import as_npz, load, save
from se_viz.profiles.profile import FIELDS, Origin, Profile, Stats

__all__ = [
    "BINS",
    "FIELDS",
    "Origin",
    "Profile",
    "Stats",
    "as_npz",
    "empty",
    "load",
    "merge",
    "of_reading",
    "save",
]
