"""The lab and the sweep in words."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from se_viz.nets.output import Output
from se_viz.ui.sentences.common import counted

UNREADABLE = "Some of the pictures could not be read any more; add them again."
NO_GATE = "No gate is chosen. Choose a block, a stage, or all."


def with_means(done: str, means: str) -> str:
    """What is done, with whose means."""
    return f"{done} ({means})"


def under(source: str, done: str) -> str:
    """Where numbers under an intervention come from."""
    return f"{source}, {done}"


def as_chosen(source: str, done: str) -> str:
    """Where numbers under it and others come from."""
    return f"{source}; as chosen: {done}"


def frozen_at(source: str, means: str) -> str:
    """Where numbers of a sweep come from."""
    return f"{source}; frozen at the mean over the {means}"


def can_be(low: float, high: float, least: float, most: float) -> str:
    """What gates of a network can be, and between which numbers those of a picture lie."""
    ends = f"from {low:g} to {high:g}" if isfinite(high) else f"{low:g} or more"
    seen = f"this picture's lie between {least:.3g} and {most:.3g}"
    return f"Gates of this network can be {ends}; {seen}."


def on_all(number: int) -> str:
    """A heading."""
    return f"The same on all {counted(number, 'picture')}"


def see_all(done: str) -> str:
    """A button."""
    return f"See all pictures with {done}"


def predictions_change(done: str, changed: int, number: int) -> str:
    return (
        f"With **{done}**, the prediction changes for **{changed}** of "
        f"**{counted(number, 'picture')}**."
    )


def sweep_over(number: int) -> str:
    """A button."""
    return f"Sweep over {counted(number, 'picture')} of yours"


def on_validation_set(number: int) -> str:
    """Where numbers come from."""
    return f"measured on the built-in validation set, {number:,} pictures"


def how_swept(record: Mapping[str, Any]) -> str:
    """How the shipped sweep was made."""
    return (
        f"{record['pictures']:,} pictures ({record['files']}), each seen with every block, "
        "every stage and all blocks bypassed, and then frozen. Gates were frozen at "
        f"{record['frozen_at']}. It took {record['seconds'] / 60:.0f} minutes on "
        f"{record['device']}. Again:"
    )


def instead(output: Output, name: str) -> str:
    """Of a sweep over one rendered scene, where no picture of known classes is there."""
    why = "No picture with a known class yet, so " if output.guesses else "Instead, "
    what = "prediction" if output.guesses else "highest score"
    return (
        f"{why}here is what each block's gates do to the {what} of one rendered scene, **{name}**."
    )
