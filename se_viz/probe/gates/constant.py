"""Gates that stay the same whatever the picture: of blocks that have not learned, and others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from se_viz.probe.gates.excitation import reaches
from se_viz.probe.gates.sites import Site
from se_viz.probe.graph import Node
from se_viz.probe.operations import nodes

ALIKE = 1e-6
"""Gates that lie no further apart are one; float32 rounds to 6e-8."""
HALF = 0.5
"""What a sigmoid makes of 0, as the last layer gives it before it has learned."""
WHATEVER = "whatever the picture"
NO_ANSWER = "no unit of the bottleneck answers to what was seen"
NAMED = 4


def constant(low: np.ndarray, high: np.ndarray, pictures: int) -> float | None:
    """The value that all gates of a block share.

    Args:
        low, high: (C,), the smallest and the largest gate of each channel over pictures.
        pictures: how many they are, 1 or more.

    Returns:
        Not a number where each channel keeps a value of its own; None where gates follow the
        picture, or that cannot be told from a single one.
    """
    if (high - low).max(initial=0) > ALIKE:
        return None
    if high.max() - low.min() <= ALIKE:
        return float(low.mean(dtype=np.float64))
    return math.nan if pictures > 1 else None


def of_gates(gates: Mapping[str, np.ndarray]) -> dict[str, float]:
    """`constant` of each block whose gates (N, C) do not follow the picture."""
    found = {n: constant(g.min(0), g.max(0), len(g)) for n, g in gates.items() if len(g)}
    return {name: value for name, value in found.items() if value is not None}


def by_weights(sites: Sequence[Site]) -> dict[str, float]:
    """`constant` of each block in which a layer of zeros keeps the squeeze from its gates; blocks
    that cannot be recomputed are left out."""
    found = {}
    for site in sites:
        if not reaches(site, _hides):
            try:
                found[site.block.name] = site.kind.excite(site, np.zeros((2, site.block.channels)))
            except ValueError:
                continue
    return of_gates(found)


def _hides(node: Node) -> bool:
    """Whether what comes out is the same whatever comes in."""
    zeros = nodes.is_dense(node) and not nodes.matrix(node)[0].any()
    return zeros or nodes.is_constant(node)


def sentences(sites: Sequence[Site], measured: Mapping[str, float], pictures: int) -> list[str]:
    """What a person should know of a network's gates that do not follow the picture.

    Args:
        sites: its blocks.
        measured: `of_gates`, on so many pictures.
        pictures: how many.
    """
    sure = by_weights(sites)
    rest = {name: value for name, value in measured.items() if name not in sure}
    return told(sure, len(sites), WHATEVER) + told(rest, len(sites), on_pictures(pictures))


def told(found: Mapping[str, float], blocks: int, on: str) -> list[str]:
    """Sentences for people, one for each value.

    Args:
        found: of `of_gates` or `by_weights`.
        blocks: how many the network has.
        on: what it was found on, `WHATEVER` or such as "on all 12 pictures".
    """
    groups: dict[str, list[str]] = {}
    for name, value in found.items():
        groups.setdefault("" if math.isnan(value) else f"{value:.4g}", []).append(name)
    return [_sentence(value, names, blocks, on) for value, names in groups.items()]


def _sentence(value: str, names: list[str], blocks: int, on: str) -> str:
    whole = len(names) == blocks > 1
    who = "this network" if whole else listed(names)
    if not value:
        return f"Each gate of {who} is the same {on}: it is a fixed scale, and adapts to nothing."
    said = f"Every gate of {who} is {value} {on}: "
    if value != f"{HALF:g}":
        return f"{said}all channels are scaled alike."
    learned = "this block has not learned" if len(names) == 1 else "these blocks have not learned"
    return f"{said}{learned}" + ("." if on == WHATEVER else f", or {NO_ANSWER}.")


def listed(names: Sequence[str]) -> str:
    """`SE_2_1, SE_2_2, SE_2_3, SE_3_1 and 12 more`."""
    shown, more = names[:NAMED], len(names) - NAMED
    rest = f" and {more} more" if more > 0 else ""
    return ", ".join(shown) + rest


def on_pictures(count: int) -> str:
    """`on all 12 pictures`."""
    return f"on all {count:,} pictures" if count > 1 else "on the one picture"
