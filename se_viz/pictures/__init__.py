"""Bytes to checked, labelled, preprocessed pictures, and pictures drawn by code."""

from __future__ import annotations

from se_viz.pictures.decode import FORMATS, HEIC, SUFFIXES, decode
from se_viz.pictures.limits import Limits
from se_viz.pictures.load import default_workers, load, load_one, thumbnail
from se_viz.pictures.preprocessing import INTERPOLATIONS, Preprocessing, normalise, view
from se_viz.pictures.records import Picture, PictureError, Skipped, Source
from se_viz.pictures.sources import gather_paths, gather_uploads

__all__ = [
    "FORMATS",
    "HEIC",
    "INTERPOLATIONS",
    "SUFFIXES",
    "Limits",
    "Picture",
    "PictureError",
    "Preprocessing",
    "Skipped",
    "Source",
    "decode",
    "default_workers",
    "gather_paths",
    "gather_uploads",
    "load",
    "load_one",
    "normalise",
    "thumbnail",
    "view",
]
