"""Labels, headings and sources that hold a name or a number."""

from __future__ import annotations

from collections.abc import Iterable


def built_in_set(pictures: int) -> str:
    """The title of the built-in class profile."""
    return f"built-in validation set, {pictures:,} pictures"


def stimuli(number: int) -> str:
    """The title of synthetic stimuli."""
    return f"{number} pictures drawn by code"


def measured_on_picture(name: str) -> str:
    """Where numbers come from: a picture of the person's."""
    return f"measured on {name}"


def scenes(number: int, photographs: int = 0) -> str:
    """The title of the rendered scenes, and of photographs beside them."""
    beside = f" and {photographs} photographs" if photographs else ""
    return f"{number} rendered scenes at noon{beside}"


def at_noon(scene: str) -> str:
    """A rendered scene in the light of noon."""
    return f"{scene}, at noon"


def measured_on_scene(name: str) -> str:
    return measured_on_picture(f"the rendered scene {name}")


def in_block(source: str, block: str) -> str:
    """Where numbers come from, with the block that they are of."""
    return f"{source}, {block}"


def work_out_intervals(title: str) -> str:
    return f"Work out intervals for {title}"


def channel_of(block: str, number: int) -> str:
    return f"{block}, channel {number}"


def channels_up_to(last: int) -> str:
    return f"Channel, 0 to {last:,}"


def open_it(name: str) -> str:
    return f"Open {name}"


def measured_on(title: str) -> str:
    return f"Measured on: {title}"


def beside(title: str) -> str:
    """Of the list of networks to compare one with."""
    return f"{title}, beside"


def the_network(title: str) -> str:
    return f"The network: {title}"


def network_at_side(title: str) -> str:
    return f"Network: **{title}**"


def all_networks(number: int) -> str:
    return f"All {number} networks"


def rejected(number: int) -> str:
    return f"**Rejected: {number}**"


def trusted_files(suffixes: Iterable[str]) -> str:
    kinds = ", ".join(f"`{suffix}`" for suffix in suffixes)
    return f"Open files of people you trust only: {kinds}."


def one_file(name: str) -> str:
    return f"{name} is a network by itself: open one file at a time."


def for_instance(example: str) -> str:
    return f"for instance {example}"


def explained(name: str, text: str) -> str:
    """A choice, or a network, with what there is to know of it."""
    return f"{name}: {text}"


def licensed(origin: str, licence: str) -> str:
    return f"{origin} Licence of the weights: {licence}."


def assumed(output: str) -> str:
    """What a network is taken to give; `output` is a sentence."""
    return f"{output} Say below what it is."


def nothing_is_read(problem: str) -> str:
    return f"{problem} Nothing is read until this is right."


def class_from(label: str, origin: str) -> str:
    """A picture's class, and where that comes from."""
    return f"{label} ({origin})"


def in_the_block(block: str, clause: str) -> str:
    return f"In {block}, {clause}"
