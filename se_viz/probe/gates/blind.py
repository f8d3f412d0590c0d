"""A network in which no SE block was found, and what was looked at."""

from __future__ import annotations

from se_viz.probe.gates.sites import Found

MOST = 40  # places that are listed
NOWHERE = "nothing in it multiplies two tensors of its graph, so there was no place to look at"


class BlindError(ValueError):
    """A sentence for people; what was looked at comes beside it.

    Attributes:
        places: one line for each, with the reason why it is no SE block.
    """

    def __init__(self, title: str, found: Found) -> None:
        super().__init__(f"{title} has no SE block, so there is no gate to look at.")
        self.places = _places(found)


def refuse_blind(title: str, found: Found) -> None:
    """Raises BlindError for a network, by its title, in which no SE block was found."""
    if not found.sites:
        raise BlindError(title, found)


def _places(found: Found) -> tuple[str, ...]:
    lines = [place.describe() for place in found.rejected] or [NOWHERE]
    more = [f"and {len(lines) - MOST:,} more"] if len(lines) > MOST else []
    return tuple(lines[:MOST] + more)
