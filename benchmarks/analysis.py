"""Figures of the analysis from gates in memory: table, figure, and what is sent to the browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io

from benchmarks.table import Row
from se_viz import profiles
from se_viz.analysis.networks.paper import findings
from se_viz.analysis.profiles.contrast import contrast_table, summary_by_block
from se_viz.analysis.profiles.depth import omega_table, saturation_table
from se_viz.analysis.profiles.distances import distance_matrix, parting_table
from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.one_channel import channel_pictures, channel_table
from se_viz.analysis.profiles.variance import variance_table
from se_viz.figures.profiles.depth import entropy_by_depth, saturation_by_depth
from se_viz.figures.profiles.one_channel import channel_by_class
from se_viz.figures.statistics.contrast import ranked_channels, telling_by_depth, volcano
from se_viz.figures.statistics.distances import class_map, parting_by_depth
from se_viz.figures.statistics.omega import omega_by_depth
from se_viz.figures.statistics.variance import variance_by_depth
from se_viz.figures.style.palette import class_colours
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading
from se_viz.profiles import Origin

PICTURES, CLASSES, ROUNDS, PROMISE = 200, 10, 5, 0.5
BLOCK = "SE_5_1"
Builders = tuple[Callable[[Reading, Group], pd.DataFrame], Callable[[pd.DataFrame], go.Figure]]
"""The table from gates, and the figure of it."""


def figures() -> list[Row]:
    """Each figure of 200 pictures x 15,104 gates, redrawn from gates in memory."""
    reading, blocks = gates()
    origin = Origin("made for a benchmark", "none", "0" * 64, {}, {})
    group = Group("pictures", profiles.of_reading(reading, blocks, origin))
    return [_row(name, builders, reading, group) for name, builders in FIGURES.items()]


def gates() -> tuple[Reading, tuple[Block, ...]]:
    """Random gates of an SE-ResNet-50's blocks, that follow class and picture."""
    rng = np.random.default_rng(0)
    counts, rows = SEResNet(depth=50).counts, np.arange(PICTURES) % CLASSES
    blocks = tuple(
        Block(f"SE_{stage}_{index}", stage, index, 64 * 2**stage, 16.0)
        for stage, number in enumerate(counts, 2)
        for index in range(1, number + 1)
    )
    made = {block.name: _gates(rng, block.channels, rows) for block in blocks}
    names, labels = map(tuple, ([f"{i}.png" for i in range(PICTURES)], map(str, rows)))
    return Reading(names, labels, np.zeros((PICTURES, CLASSES), np.float32), made, made), blocks


def _gates(rng: np.random.Generator, channels: int, rows: np.ndarray) -> np.ndarray:
    taste, noise = rng.normal(0, 1, (CLASSES, channels)), rng.normal(0, 1, (len(rows), channels))
    return (1 / (1 + np.exp(-taste[rows] - noise))).astype(np.float32)


def _row(name: str, builders: Builders, reading: Reading, group: Group) -> Row:
    _seconds(builders, reading, group)
    times = [_seconds(builders, reading, group) for _ in range(ROUNDS)]
    table, whole = median(t[0] for t in times), median(t[1] for t in times)
    size = sum(values.shape[1] for values in reading.gates.values())
    return Row(
        f"figure: {name}, {PICTURES} pictures x {size:,} gates",
        f"{whole:.3f} s of processor time",
        f"its table alone: {table:.3f} s",
        f"{whole / max(table, 1e-9):.1f}",
        f"under {PROMISE} s",
        whole < PROMISE,
    )


def _seconds(builders: Builders, reading: Reading, group: Group) -> tuple[float, float]:
    """Processor time until the table is there, and until the figure is ready to be sent."""
    table_of, figure_of = builders
    start = time.process_time()
    table = table_of(reading, group)
    there = time.process_time() - start
    plotly.io.to_json(figure_of(table), validate=False)
    return there, time.process_time() - start


def _one_channel(table: pd.DataFrame) -> go.Figure:
    pictures = table["gate"].notna()
    return channel_by_class(table[~pictures], COLOURS, table[pictures])


COLOURS = class_colours(map(str, range(CLASSES)))
FIGURES: dict[str, Builders] = {
    "variance shares": (lambda _, g: variance_table([g]), variance_by_depth),
    "class specificity": (lambda _, g: omega_table([g]), omega_by_depth),
    "saturation": (
        lambda _, g: saturation_table([g]),
        lambda table: saturation_by_depth(table, COLOURS),
    ),
    "entropy": (
        lambda _, g: saturation_table([g]),
        lambda table: entropy_by_depth(table, COLOURS),
    ),
    "distances between classes": (
        lambda _, g: distance_matrix(g, BLOCK),
        lambda table: class_map(table, BLOCK),
    ),
    "where two classes part": (
        lambda _, g: parting_table(g, "0", "1"),
        lambda table: parting_by_depth(table, "0", "1"),
    ),
    "channels that tell two classes": (
        lambda _, g: contrast_table(g, "0", "1"),
        lambda table: ranked_channels(table, "0", "1"),
    ),
    "every channel of two classes": (
        lambda _, g: contrast_table(g, "0", "1"),
        lambda table: volcano(table, "0", "1"),
    ),
    "two classes by depth": (
        lambda _, g: summary_by_block(contrast_table(g, "0", "1")),
        telling_by_depth,
    ),
    "one channel": (
        lambda reading, g: pd.concat(
            [channel_table([g], BLOCK, 0), channel_pictures(reading, BLOCK, 0)]
        ),
        lambda table: _one_channel(table),
    ),
    "the paper's observations": (
        lambda _, g: pd.DataFrame([vars(finding) for finding in findings(g)]),
        lambda table: go.Figure(),
    ),
}
