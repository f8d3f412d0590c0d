"""What SE costs, in closed form: weights, and multiply-adds of a forward pass."""

from se_viz.complexity.networks import Config, blocks_by_part, cost, weights_by_block
from se_viz.complexity.se_inception import GRIDS, inception_blocks, inception_cost
from se_viz.complexity.se_resnet import (
    Cost,
    added_weights,
    excitation_weights,
    resnet_blocks,
    se_weights,
    side_of,
)

__all__ = [
    "GRIDS",
    "Config",
    "Cost",
    "added_weights",
    "blocks_by_part",
    "cost",
    "excitation_weights",
    "inception_blocks",
    "inception_cost",
    "resnet_blocks",
    "se_weights",
    "side_of",
    "weights_by_block",
]
