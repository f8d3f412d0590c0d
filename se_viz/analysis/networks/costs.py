"""What SE costs, as tables: stage by stage, as a whole, and over the reduction ratio."""

from __future__ import annotations

import pandas as pd

from se_viz import quoted
from se_viz.analysis.networks.ratios import RATIOS, bottleneck_of
from se_viz.complexity import Config, blocks_by_part, cost
from se_viz.nets.se_resnet.layout import PLACES, SEResNet

STAGES = (2, 3, 4, 5)
AT_A_DEPTH = 224
"""Pixels of the paper's pictures."""
WHAT = ("weights", "multiply-adds", "activations")
BYTES = 4
"""Of an activation, in float32."""


def stage_table(config: Config, size: int = AT_A_DEPTH) -> pd.DataFrame:
    """What SE adds in each stage; blocks of like width and height stand together.

    Returns:
        Columns stage ("stage 2", or the grid of Inception's modules, "35 x 35"), blocks, channels,
        side (of its maps, in positions), ratio (r); weights, operations (multiply-adds) and
        activations (of all of these blocks); share (of all weights that SE adds, in [0, 1]). Stages
        without SE have no row.
    """
    known = blocks_by_part(config, size)
    rows = []
    for part, channels, side, load in dict.fromkeys(known):
        blocks = known.count((part, channels, side, load))
        of_all = [blocks * number for number in vars(load).values()]
        ratio = config.ratio_of(int(part.split()[-1]))
        rows.append((part, blocks, channels, side, ratio, *of_all))
    numbers = ["blocks", "channels", "side", "ratio", "weights", "operations", "activations"]
    table = pd.DataFrame(rows, columns=["stage", *numbers])
    return table.assign(share=table["weights"] / max(table["weights"].sum(), 1))


def whole_table(config: Config, size: int) -> pd.DataFrame:
    """The network without SE and with it.

    Returns:
        Columns what ("weights", "multiply-adds", "activations"; their "memory" in bytes, at four
        for each), plain, with_se and more (a share of the plain network's).
    """
    found = cost(config, size)
    counts = list(zip(WHAT, vars(found.plain).values(), vars(found.se).values(), strict=True))
    _, *kept = counts[-1]
    rows = [*counts, ("memory", *(BYTES * number for number in kept))]
    return pd.DataFrame(
        [(what, plain, plain + more, more / plain) for what, plain, more in rows],
        columns=["what", "plain", "with_se", "more"],
    )


def ways_of_counting() -> pd.DataFrame:
    """The multiply-adds that SE adds to the paper's networks, r = 16, in four ways.

    Returns:
        Columns network, dense (both layers alone), scaled (one pass over U with them), counted (and
        the additions of the squeeze) and printed (the ratio of the paper's rounded figures), shares
        of the plain network's.
    """
    rows = []
    for depth, told in quoted.DEPTHS.items():
        found = cost(SEResNet(depth=depth, stride_in="1x1"), AT_A_DEPTH)
        dense, both = sum(found.added), found.added_operations
        scaled = dense + (both - dense) / 2
        shares = [count / found.operations for count in (dense, scaled, both)]
        rows.append((f"SE-ResNet-{depth}", *shares, told.more_operations))
    return pd.DataFrame(rows, columns=["network", "dense", "scaled", "counted", "printed"])


def trade_off_table() -> pd.DataFrame:
    """The paper's table 10: error over weights, the network without SE first.

    Returns:
        Columns network, ratio (nan without SE), weights (millions, as the paper prints them),
        counted (millions, in closed form), top1 and top5 (error in %).
    """
    rows = [(quoted.PLAIN, float("nan"), cost(SEResNet(depth=50)).weights / 1e6)]
    for ratio, told in sorted(quoted.RATIOS.items(), reverse=True):
        found = cost(SEResNet(depth=50, ratio=ratio))
        rows.append((told, float(ratio), (found.weights + sum(found.added)) / 1e6))
    return pd.DataFrame(
        [(told.name, r, told.weights, counted, told.top1, told.top5) for told, r, counted in rows],
        columns=["network", "ratio", "weights", "counted", "top1", "top5"],
    )


def ratios_of(config: Config, stage: int | None = None) -> tuple[int, ...]:
    """Reduction ratios at which every block's bottleneck has a whole width, from 2 to 32; those of
    one stage, or of all."""
    named = f"stage {stage}"
    blocks = blocks_by_part(config)
    widths = {channels for part, channels, *_ in blocks if stage is None or part == named}
    return tuple(r for r in RATIOS if all(bottleneck_of(width, r)[0] for width in widths))


def places_of(config: SEResNet) -> tuple[str, ...]:
    """Places that its residual branches have."""
    return PLACES if config.expansion > 1 else tuple(place for place in PLACES if place != "3x3")
