"""People's own networks: `.keras` files, and weights for our own builders. Loads no Keras."""

from __future__ import annotations

from se_viz.nets.own.classes import read_classes
from se_viz.nets.own.isolation import open_upload
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.opening import (
    FORMS,
    SUFFIXES,
    SWITCH,
    Options,
    allowed,
    how_to_allow,
    is_own,
    open_file,
)

__all__ = [
    "FORMS",
    "SUFFIXES",
    "SWITCH",
    "FileLimits",
    "Options",
    "allowed",
    "how_to_allow",
    "is_own",
    "open_file",
    "open_upload",
    "read_classes",
]
