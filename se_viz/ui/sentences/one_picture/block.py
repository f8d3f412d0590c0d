"""Sentences of the page of the block."""

from __future__ import annotations

TITLE = "How a network turns its own channels up and down"
PICTURE = "Picture"
SAVED = "The button SVG in the figure saves it as a picture."
READ = (
    "One row is one channel, from left to right: its map U, its mean z, what it gives to the "
    "bottleneck and gets from it, its gate s, and the scaled map X on the same colours as U (blue "
    "above 0, orange below). Four of the highest gates stand above four of the lowest, of those "
    "maps that vary at least as much as most. Lines show what a weight carries: weight times "
    "number, blue for more, orange for less. In another light, dashed outlines stay where the "
    "clean picture's mean and gate were; rows stay the clean picture's. The bars under the strip "
    "show how far the gates of each block moved, and how much of that, in squares, goes the way "
    "of many pictures' mean move. Held gates are an oracle: they know the clean picture. With "
    "another r than the network's own, only counts change, as nothing else can be known."
)


def passing(name: str) -> str:
    """While a picture passes through the network in every light."""
    return f"Passing {name} through the network in every light"


def looking(block: str) -> str:
    """While a block is looked into."""
    return f"Looking into {block}"


def scenes(rule: str) -> str:
    """Which rendered scenes stand beside the picture."""
    return f"Rendered scenes in the figure: {rule}."


def cannot_look(error: Exception) -> str:
    """Why there is nothing to see of a picture."""
    return f"This picture cannot be shown in the block: {error}"


NO_NUMBERS = (
    "gates, or what the network says, are no numbers (nan) in some light, as where its numbers "
    "grow too large. The page The network says more under “Are my gates all right?”."
)
