"""The same for every network that there is a builder of."""

from __future__ import annotations

from se_viz.complexity.se_inception import inception_blocks, inception_cost
from se_viz.complexity.se_resnet import Cost, Load, resnet_blocks, resnet_cost, se_load
from se_viz.nets.se_inception.layout import SEInception
from se_viz.nets.se_resnet.layout import SEResNet

Config = SEResNet | SEInception


def cost(config: Config, size: int = 224) -> Cost:
    """What a network and its SE blocks cost, for pictures of size x size pixels."""
    if isinstance(config, SEInception):
        return inception_cost(config, size)
    return resnet_cost(config, size)


def blocks_by_part(config: Config, size: int = 224) -> list[tuple[str, int, int, Load]]:
    """(what it belongs to, channels, height of its maps, what it adds) of every SE block, in order
    of depth: "stage 2", or the grid of an Inception module, "35 x 35" for pictures of 299 px."""
    if isinstance(config, SEInception):
        blocks, named = inception_blocks(config, size), "{0} x {0}"
    else:
        blocks, named = list(resnet_blocks(config, size)), "stage {0}"
    return [
        (named.format(part), channels, side, se_load(channels, side, config, part))
        for part, channels, side in blocks
    ]
