"""The same for every network that there is a builder of."""

from __future__ import annotations

from se_viz.complexity.se_inception import inception_blocks, inception_cost
from se_viz.complexity.se_resnet import Cost, excitation_weights, resnet_blocks, resnet_cost
from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import SEResNet

Config = SEResNet | SEInception


def cost(config: Config, size: int = 224) -> Cost:
    """What a network and its SE blocks cost, for pictures of size x size pixels."""
    if isinstance(config, SEInception):
        return inception_cost(config, size)
    return resnet_cost(config, size)


def weights_by_block(config: Config) -> list[tuple[str, int, int]]:
    """(what it belongs to, channels, weights) of every SE block, as `blocks_by_part`."""
    parts = [0] * len(blocks_by_part(config))
    if isinstance(config, SEResNet):
        parts = [stage for stage, _ in resnet_blocks(config)]
    return [
        (name, channels, excitation_weights(channels, config, part))
        for part, (name, channels) in zip(parts, blocks_by_part(config), strict=True)
    ]


def blocks_by_part(config: Config) -> list[tuple[str, int]]:
    """(what it belongs to, channels) of every SE block, in order of depth: "stage 2", or the grid
    of an Inception module, "35 x 35" for pictures of 299 px."""
    if isinstance(config, SEInception):
        return [(f"{grid} x {grid}", channels) for grid, channels, _ in inception_blocks(config)]
    return [(f"stage {stage}", channels) for stage, channels in resnet_blocks(config)]
