"""Random but plausible readings and profiles: gates that depend on class and depth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from se_viz.nets.output import Output
from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading
from se_viz.profiles import Origin, Profile, of_reading

BLOCKS = tuple(
    Block(f"SE_{stage}_{index}", stage, index, channels, 16.0)
    for stage, (number, channels) in enumerate([(3, 128), (4, 256), (6, 512), (3, 1024)], 2)
    for index in range(1, number + 1)
)
CLASSES = (
    "tench",
    "English springer",
    "cassette player",
    "chain saw",
    "church",
    "French horn",
    "garbage truck",
    "gas pump",
    "golf ball",
    "parachute",
)
ORIGIN = Origin("made for tests", "no network", "0" * 64, {"size": 224}, {"numpy": "2"})


def make_reading(
    labels: Sequence[str] = CLASSES, blocks: Sequence[Block] = BLOCKS, seed: int = 0
) -> Reading:
    """One picture for each label. Early gates ignore the class, later ones depend on it; the last
    block but one of stage 5 is nearly saturated, the last has one pattern for every class."""
    rng = np.random.default_rng(seed)
    classes = tuple(dict.fromkeys(labels))
    rows = np.array([classes.index(label) for label in labels], int)
    gates = {
        block.name: _gates(rng, block, place / max(len(blocks) - 1, 1), len(classes), rows)
        for place, block in enumerate(blocks)
    }
    squeezes = {
        block.name: rng.gamma(2, 0.2, (len(rows), block.channels)).astype(np.float32)
        for block in blocks
    }
    names = tuple(f"{i}.png" for i in range(len(rows)))
    outputs = rng.normal(size=(len(rows), 10)).astype(np.float32)
    return Reading(names, tuple(labels), outputs, gates, squeezes, single(10))


def single(classes: int | Sequence[str]) -> Output:
    """Logits of one class of several: of these names, or of so many."""
    names = [f"class {i}" for i in range(classes)] if isinstance(classes, int) else classes
    return Output("logits", tuple(names))


def _gates(rng, block: Block, depth: float, classes: int, rows: np.ndarray) -> np.ndarray:
    usual = rng.normal(0, 0.7, block.channels)
    taste = rng.normal(0, 0.03 + 0.7 * depth**2, (classes, block.channels))
    noise = rng.normal(0, 0.25, (len(rows), block.channels))
    if block.name == "SE_5_2":
        usual, taste = usual + 4.5, taste / 4
    if block.name == "SE_5_3":
        usual, taste = usual - 1, taste / 40 + rng.normal(0, 0.15, (classes, 1))
    return (1 / (1 + np.exp(-(usual + taste[rows] + noise)))).astype(np.float32)


def make_profile(
    classes: Sequence[str] = CLASSES,
    blocks: Sequence[Block] = BLOCKS,
    pictures: int = 6,
    seed: int = 0,
) -> Profile:
    """The profile of `make_reading` with some pictures of each class."""
    labels = [name for name in classes for _ in range(pictures)]
    return of_reading(make_reading(labels, blocks, seed), blocks, ORIGIN)


def blocks_by_stage(counts: Sequence[int], channels: int = 64) -> tuple[Block, ...]:
    """Blocks of a ResNet: so many in each stage from 2, channels doubling from stage to stage."""
    return tuple(
        Block(f"SE_{stage}_{index}", stage, index, channels * 2 ** (stage - 2), 16.0)
        for stage, number in enumerate(counts, 2)
        for index in range(1, number + 1)
    )


def blocks_by_depth(channels: Sequence[int], ratio: float = 4.0) -> tuple[Block, ...]:
    """Blocks of a network without stages, one for each number of channels."""
    return tuple(
        Block(f"SE_{index}", 0, index, width, ratio) for index, width in enumerate(channels, 1)
    )
