"""Names of what a network gives, which depend on what its numbers are found to be."""

from __future__ import annotations

from se_viz.nets.network import Network

UNNAMED = {
    "sigmoid": ("no", "yes (above 0.5)"),
    "multilabel-logits": ("no", "yes (above 0)"),
}
"""Two classes that nobody named, by what the one number is."""
ONLY = "output"
"""A single score that nobody named."""


def names_of(network: Network, count: int, kind: str, binary: bool) -> tuple[str, ...]:
    """As they were given, where there are as many as there are numbers.

    Args:
        network: with the names.
        count: numbers that it gives for a picture.
        kind: of its output, one of `KINDS`.
        binary: whether its only number tells two classes apart; one name is that of the second.

    Raises:
        ValueError: where they are too few or too many.
    """
    names = network.classes
    if count == 1 and not names:
        return UNNAMED[kind] if binary else (ONLY,)
    if binary and len(names) == 1:
        return f"not {names[0]}", names[0]
    if len(names) == count + binary:
        return names
    if count == 1:
        what = "a probability of one of two classes" if binary else "no probability"
        raise ValueError(
            f"{network.title} gives one number, {what}, and {len(names):,} names were given."
        )
    raise ValueError(
        f"{network.title} tells {count:,} classes apart, and {len(names):,} names were given."
    )
