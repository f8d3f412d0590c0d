"""What a network does to its pixels before its first weights.

Many networks scale pictures themselves, by layers such as `Rescaling` and `Normalization` or by
plain operators such as x / 127.5 - 1. Which they are plays no part here: all steps up to the first
with weights are run on pictures of one colour each, and what they make of a channel is read from
the numbers, y = scale * x + offset.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from se_viz.nets.pixel_options import PIXELS
from se_viz.probe.graph import Graph, Node, Slot, channels_first
from se_viz.probe.operations import nodes as operations

COLOURS = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [0.25, 0.5, 0.75]], np.float32
)
"""Black, three that tell channels apart, and two that show whether each goes its own straight way.
Their numbers lie within every range that networks expect."""
SAME = 1e-3


@dataclass(frozen=True, eq=False)
class Scaling:
    """What becomes of the red, green and blue of a picture: y = scale * x + offset.

    Attributes:
        scale, offset: float64 (3,).
        steps: what does it, in order.
        takers: the steps with weights that take it.
    """

    scale: np.ndarray
    offset: np.ndarray
    steps: tuple[Node, ...]
    takers: tuple[Node, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether pixels come to the first weights as they are."""
        return bool(np.allclose([self.scale - 1, self.offset], 0, atol=SAME))

    def ends(self, pixels: str) -> tuple[np.ndarray, np.ndarray]:
        """What becomes of black and white in one of `PIXELS`, the lower first, (3,) each."""
        mean, std = map(np.array, PIXELS[pixels])
        black, white = (self.scale * (x - mean) / std + self.offset for x in (0, 1))
        return np.minimum(black, white), np.maximum(black, white)


class UnclearError(Exception):
    """Why it cannot be told what a network does to its pixels; part of a sentence."""


Values = Callable[[Sequence[Slot], np.ndarray], Mapping[Slot, np.ndarray]]
"""Gives some tensors of a network for its input, see `Program.values`."""


def read(graph: Graph, values: Values, size: int) -> Scaling:
    """What a network does to pixels before its first weights.

    Args:
        graph: of the network.
        values: runs its first steps.
        size: of its pictures, (N, size, size, 3) or (N, 3, size, size).

    Raises:
        UnclearError: where it is no such map of each channel by itself.
    """
    taken, takers = _frontier(graph)
    if not taken:
        raise UnclearError("nothing with weights takes its pixels")
    try:
        seen = _run(graph, values, taken, size)
    except (ValueError, TypeError) as error:
        raise UnclearError("its first steps cannot be run by themselves") from error
    first, *others = (_map(seen[slot]) for slot in taken)
    if not all(np.allclose(first, other, SAME, SAME) for other in others):
        raise UnclearError("its first layers take pixels in different ranges")
    steps = (node for node in graph.needed(taken) if not operations.is_identity(node))
    return Scaling(first[0], first[1], tuple(steps), takers)


def _frontier(graph: Graph) -> tuple[list[Slot], tuple[Node, ...]]:
    """The tensors at which what has no weights ends, and the steps that take them."""
    before, takers = set(graph.inputs), []
    for node in graph.nodes:
        if before.issuperset(node.inputs) and not node.learned:
            before.update(node.outputs)
        elif before.intersection(node.inputs):
            takers.append(node)
    taken = dict.fromkeys(s for node in takers for s in node.inputs if s in before)
    return list(taken), tuple(takers)


def _run(graph: Graph, values: Values, taken: list[Slot], size: int) -> dict[Slot, np.ndarray]:
    """What becomes of the colours in the middle of a picture, (colours, channels), one by one for
    the memory's sake."""
    seen: dict[Slot, list[np.ndarray]] = {slot: [] for slot in taken}
    first = channels_first(graph.shapes[graph.inputs[0]])
    for colour in COLOURS:
        picture = np.broadcast_to(colour, (1, size, size, 3))
        given = np.moveaxis(picture, 3, 1) if first else picture
        made = values(taken, np.ascontiguousarray(given))
        for slot in taken:
            seen[slot].append(_middle(made[slot]))
    return {slot: np.stack(rows).astype(np.float64) for slot, rows in seen.items()}


def _middle(values: np.ndarray) -> np.ndarray:
    """The channels of one picture in its middle, (channels,)."""
    values = np.moveaxis(values, 1, -1) if channels_first(values.shape) else values
    return values[0][tuple(length // 2 for length in values.shape[1:-1])]


def _map(seen: np.ndarray) -> np.ndarray:
    """Scale and offset of red, green and blue, (2, 3), from `COLOURS` as seen, (6, channels)."""
    offsets, slopes = seen[0], seen[1:4] - seen[0]
    steep = np.abs(slopes).max()
    straight = offsets + COLOURS.astype(np.float64) @ slopes
    if not (steep > 0 and np.allclose(seen, straight, SAME * 1e-2, SAME * steep)):
        raise UnclearError("its first steps do not simply scale and shift pixels")
    moved = np.abs(slopes) > SAME * steep
    if (moved.sum(0) > 1).any():
        raise UnclearError("its first steps mix red, green and blue")
    return np.stack([_one(slopes[c, moved[c]], offsets[moved[c]]) for c in range(3)], 1)


def _one(scales: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Scale and offset, (2,), of a colour wherever it went."""
    if not scales.size:
        raise UnclearError("its first steps leave out a colour")
    pairs = np.stack([scales, offsets])
    if not np.allclose(pairs, pairs[:, :1], SAME, SAME * np.abs(scales).max()):
        raise UnclearError("its first steps scale pixels differently from place to place")
    return pairs[:, 0]
