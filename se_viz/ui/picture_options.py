"""Beside the uploader: what files of pictures do not say about themselves."""

from __future__ import annotations

from se_viz.pictures import PictureOptions


def show() -> None:
    """The choices, folded away: without them, what the files say decides."""


def chosen() -> PictureOptions:
    """How the next upload is to be read."""
    return PictureOptions()
