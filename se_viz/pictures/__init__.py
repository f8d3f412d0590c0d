"""Bytes to checked, labelled, preprocessed pictures, and synthetic stimuli."""

from __future__ import annotations

from se_viz.pictures.decoding.decode import decode
from se_viz.pictures.decoding.formats import FORMATS, HEIC, SUFFIXES
from se_viz.pictures.decoding.ranges import GreyRange
from se_viz.pictures.limits import Limits
from se_viz.pictures.load import default_workers, load, load_one, model_input_of, thumbnail
from se_viz.pictures.options import EACH, FIRST, PictureOptions
from se_viz.pictures.preprocessing import INTERPOLATIONS, Preprocessing, model_input, normalise
from se_viz.pictures.records import Earlier, Picture, PictureError, Remark, Repeat, Skipped, Source
from se_viz.pictures.sources.intake import gather_paths, gather_uploads
from se_viz.pictures.spare import spare
from se_viz.pictures.spool import Spool
from se_viz.pictures.synthetic.stimuli import WHY as WHY_STIMULI
from se_viz.pictures.synthetic.stimuli import Stimulus, draw_stimuli

__all__ = [
    "EACH",
    "FIRST",
    "FORMATS",
    "HEIC",
    "INTERPOLATIONS",
    "SUFFIXES",
    "WHY_STIMULI",
    "Earlier",
    "GreyRange",
    "Limits",
    "Picture",
    "PictureError",
    "PictureOptions",
    "Preprocessing",
    "Remark",
    "Repeat",
    "Skipped",
    "Source",
    "Spool",
    "Stimulus",
    "decode",
    "default_workers",
    "draw_stimuli",
    "gather_paths",
    "gather_uploads",
    "load",
    "load_one",
    "model_input",
    "model_input_of",
    "normalise",
    "spare",
    "thumbnail",
]
